"""The page on diversification: what lies near, which areas can be read, what the neighbour adds."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.ket.fields import field_name
from studylib.language.words import _, is_missing
from studylib.patents.dataset import Dataset
from studylib.report.labels import ENTRY_MODEL, SHOWN, VARIANT, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import Absent, left_out_when_empty
from studylib.show.measures import unit_of, verified_note
from studylib.show.nearness import corpus_source
from studylib.show.side_differences import named_verdicts
from studylib.stats.power import LEVEL

METRO = "metro_areas"


def entry_test(test: pd.DataFrame) -> Table:
    """How well each model foretells what an area takes up."""
    return table(
        test.assign(item=[label(ENTRY_MODEL, key) for key in test["model"]]),
        title=_("Does relatedness foretell what an area takes up next?"),
        measure=_(
            "330 European metropolitan areas: classes not held in 2000–2006, taken up in 2007–2012; "
            "each area foretold from the others"
        ),
        columns={
            "item": _("Foretold by"),
            "auc": _("Right order of two classes"),
            "precision": _("Precision"),
            "base": _("Precision by chance"),
        },
        formats={"auc": "share", "precision": "share", "base": "share"},
        intervals={"auc": ("auc_low", "auc_high")},
        note=_(
            "Right order: how often, of a class taken up and one not taken up, the first is ranked "
            "higher; half by chance. Precision: average share of hits down the ranking."
        ),
        source=common.of_register(METRO),
        csv_name="entry_test",
    )


def city_check(study: Dataset, check: pd.DataFrame) -> Table:
    """Which metropolitan areas can be read: the test against Eurostat's sections."""
    return table(
        check.assign(
            area=["–" if is_missing(a) else study.area_name(a) for a in check["area"]],
            verdict=[_("read") if good else _("refused") for good in check["usable"]],
        ),
        title=_("Which metropolitan areas can be read?"),
        measure=_(
            "Part of an area's assignments in another IPC section than Eurostat's applications"
        ),
        columns={
            "metro": _("Metropolitan area"),
            "area": _("Territory"),
            "assignments_before": _("2000–2006"),
            "assignments_after": _("2007–2012"),
            "distance": _("In another section"),
            "noise": _("By chance alone"),
            "verdict": _("Read?"),
        },
        formats={"distance": "share", "noise": "share"},
        intervals={},
        note=_(
            "Read: at least 100 assignments in each period and at most an eighth of them in another "
            "section. The rest are artefacts of placing addresses, or too few."
        ),
        source=common.of_register(METRO),
        csv_name="city_check",
    )


@left_out_when_empty
def city_profiles(profiles: pd.DataFrame) -> Picture:
    """What the confirmed areas of the study do more often than Europe, the clearest first."""
    clear = profiles[(profiles["q"] < LEVEL) & (profiles["quotient"] > 1)]
    kept = list(dict.fromkeys(clear.sort_values("p", kind="stable")["field_id"]))[:12]
    rows = profiles[profiles["field_id"].isin(kept)]
    shown = rows.assign(
        item=[field_name(key) for key in rows["field_id"]],
        rank=rows["field_id"].map({key: place for place, key in enumerate(kept)}),
        shown=rows["q"] < LEVEL,
    ).sort_values(["rank", "metro"], kind="stable")
    return figures.ratios(
        shown,
        by="metro",
        ratio="quotient",
        territories=list(dict.fromkeys(profiles["metro"])),
        title=_("What the confirmed metropolitan areas file more often than the rest of Europe"),
        measure=_(
            "Share of assignments 2000–2012 over the same share in all other European areas; 1 is "
            "as often"
        ),
        alt=_("One row for each field, one mark with its interval for each area, around 1."),
        note=_("Pale: not told from 1, all rows taken together."),
        source=common.of_register(METRO),
        name="city_profiles",
    )


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
            verdict_name=[label(SHOWN, "shown" if p < LEVEL else "not shown") for p in ranked["p"]],
        ),
        title=_("What the neighbour adds to what lies near a field"),
        measure=_("Density: the part of what lies near a field that a territory holds"),
        columns={
            "item": _("Technology field"),
            "direction": _("Territory ← neighbour"),
            "density": _("Own density"),
            "added": _("Added by the neighbour"),
            "needed": _("Would stand out from"),
            "p": _("p-value"),
            "verdict_name": _("Verdict"),
        },
        formats={"density": "share", "added": "share", "needed": "share", "p": common.p_value},
        intervals={"added": ("chance_low", "chance_high")},
        note=_(
            "In brackets: what 95% of 1,000 draws add that deal the two names anew over all "
            "records. The p-value is that of the largest of all fields."
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
                _("Chance keeps how many KETs each has and how often each KET occurs."),
                verified_note(study),
            ]
        ),
        source=common.source(study),
        most=8,
        csv_name="kets_together",
    )


def kets_in_fields(study: Dataset, found: pd.DataFrame) -> Table | Absent:
    """Where a KET is at work on both sides: a field and a KET that both sides hold."""
    several = len(study.territories) > 1
    return _kets_in_fields(study, found[found["on_all_sides"]] if several else found)


@left_out_when_empty
def _kets_in_fields(study: Dataset, rows: pd.DataFrame) -> Table:
    """The fields and KETs to show."""
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
        ),
        title=_("Fields where the same KET is at work on every side"),
        measure=unit_of(study),
        columns={"ket_name": _("KET"), "item": _("Technology field"), **sides},
        formats=formats,
        note=verified_note(study),
        source=common.source(study),
        most=12,
        csv_name="kets_in_fields",
    )
