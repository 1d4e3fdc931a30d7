"""The page on diversification: what lies near, which areas can be read, what the neighbour adds."""

from typing import Any

import pandas as pd

from studylib.ket.fields import field_name
from studylib.language.counted import fields
from studylib.language.words import _, interval, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import SHOWN, VARIANT, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import Absent, left_out_when_empty
from studylib.show.diversification.nearness import corpus_source
from studylib.show.measures import rules_of_two, unit_of, verified_note
from studylib.show.side_differences import named_verdicts
from studylib.stats.power import LEVEL

METRO = "metro_areas"


@left_out_when_empty
def complementarity(study: Dataset, found: pd.DataFrame) -> Table:
    """What the other side adds to each field, the smallest p first."""
    ranked = found.sort_values(["p", "field_id", "area"], kind="stable", ignore_index=True)
    return table(
        ranked.assign(
            item=[field_name(key) for key in ranked["field_id"]],
            direction=[
                f"{study.area_name(a)} ← {study.area_name(b)}"
                for a, b in zip(ranked["area"], ranked["other"], strict=True)
            ],
            drawn=[
                interval(low, high)
                for low, high in zip(ranked["chance_low"], ranked["chance_high"], strict=True)
            ],
            verdict_name=[label(SHOWN, "shown" if p < LEVEL else "not shown") for p in ranked["p"]],
        ),
        title=_("What the neighbour adds to what lies near a field"),
        measure=_("Density: the part of what lies near a field that a territory holds"),
        columns={
            "item": _("Technology field"),
            "direction": _("Territory ← neighbour"),
            "density": _("Own density"),
            "added": _("Added by the neighbour"),
            "drawn": _("By chance"),
            "p": _("p-value"),
            "verdict_name": _("Verdict"),
        },
        formats={"density": "share", "added": "share", "drawn": "figures", "p": common.p_value},
        intervals={},
        note=_(
            "By chance: what 95% of 1,000 draws add that deal the two names anew over all records. "
            "A draw is set to the mean over all fields that is observed. The p-value is that of the "
            "largest of all fields of one direction; both directions are not held together."
        ),
        source=common.sources_line(common.source(study), corpus_source(study)),
        sorted_by=["p"],
        most=12,
        csv_name="complementarity",
    )


def kets_together(study: Dataset, pairs: pd.DataFrame) -> Table | Absent:
    """Pairs of KETs beside chance, under each reading of the rules; none where none was tested."""
    return _kets_together(study, pairs.dropna(subset="p"))


@left_out_when_empty
def _kets_together(study: Dataset, pairs: pd.DataFrame) -> Table:
    """The pairs that could be held against chance."""
    met = pairs.sort_values(["variant", "n"], ascending=[True, False], kind="stable")
    own = pd.concat([met[met["variant"] == "study"], met[met["variant"] != "study"]])
    return table(
        own.assign(
            reading=[
                _("As in this study") if key == "study" else label(VARIANT, key)
                for key in own["variant"]
            ],
            pair=[
                f"{study.ket_name(a)} + {study.ket_name(b)}"
                for a, b in zip(own["ket"], own["other_ket"], strict=True)
            ],
            verdict_name=named_verdicts(own["verdict"]),
        ),
        title=_("Which KETs come together more often than by chance?"),
        measure=unit_of(study),
        columns={
            "pair": _("Two KETs"),
            "reading": _("Reading of the rules"),
            "n": _("Together"),
            "expected": _("By chance"),
            "p": _("p-value"),
            "verdict_name": _("Verdict"),
        },
        formats={"n": "count", "expected": common.or_dash("number"), "p": common.p_value},
        note=" ".join(
            [
                _(
                    "Chance keeps how many KETs each patent has, and on average how often each KET "
                    "occurs."
                ),
                *filter(None, [rules_of_two(study)]),
                verified_note(study),
            ]
        ),
        source=common.source(study),
        most=8,
        csv_name="kets_together",
    )


@left_out_when_empty
def kets_in_fields(study: Dataset, rows: pd.DataFrame) -> Table:
    """How much of each field carries a KET, fields where it is at work on every side first."""
    sides: dict[str, str] = {}
    formats: dict[str, Any] = {}
    for place, area in enumerate(study.territories):
        sides[f"n_{place}"] = study.area_name(area)
        sides[f"base_{place}"] = _("of its field")
        formats |= {f"n_{place}": "count", f"base_{place}": "count"}
    return table(
        rows.assign(
            ket_name=[study.ket_name(key) for key in rows["ket"]],
            item=[field_name(key) for key in rows["field_id"]],
            other_readings=[
                f"{number(held)} / {number(known)}"
                for held, known in zip(rows["readings"], rows["of_readings"], strict=True)
            ],
        ),
        title=_linked(study, rows),
        measure=unit_of(study),
        columns={
            "ket_name": _("KET"),
            "item": _("Technology field"),
            **sides,
            "other_readings": _("Other readings"),
        },
        formats=formats | {"other_readings": "figures"},
        intervals={f"n_{p}": (f"n_{p}_low", f"n_{p}_high") for p in range(len(study.territories))},
        note=" ".join(
            [
                _(
                    "In brackets: the fewest and the most under any reading of the rules that knows "
                    "the KET, the control by WIPO fields among them. KET and field are read from the "
                    "same symbols, so some pairs are one by definition."
                ),
                _("Other readings: under so many of them it is in the field too.")
                if len(study.territories) == 1
                else _("Other readings: under so many of them it is on every side too."),
                verified_note(study),
            ]
        ),
        source=common.source(study),
        most=12,
        csv_name="kets_in_fields",
    )


def _linked(study: Dataset, rows: pd.DataFrame) -> str:
    """The title: how many fields a KET meets, in how many of them on every side."""
    if len(study.territories) == 1:
        return _("Fields in which a KET is at work")
    every = fields(rows["field_id"].nunique())
    linked = rows.loc[rows["on_all_sides"].astype(bool), "field_id"].nunique()
    if not linked:
        finding = _("A KET meets {fields}, none of them on every side", fields=every)
    else:
        finding = _(
            "A KET meets {fields}, {n} of them with a patent on every side",
            fields=every,
            n=number(linked),
        )
    return common.headed(finding, common.wholly(study))
