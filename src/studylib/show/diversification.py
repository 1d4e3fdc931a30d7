"""The page on diversification: where each side is specialised, what lies near, what is added."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.ket.fields import field_name, sector_name
from studylib.language.words import _, is_missing, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import CHOICE, ENTRY_MODEL, SECTION, SHOWN, VARIANT, label
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.measures import share_of, unit_of, verified_note

EUROSTAT, METRO = "eurostat_pat_ep_ripc", "metro_areas"
TWO = 2


def named_verdicts(verdicts: "pd.Series[Any]") -> list[str]:
    """The verdict of each comparison in the language of the page; a dash where none."""
    return ["–" if is_missing(one) else label(SHOWN, one) for one in verdicts]


def ratio(value: float) -> str:
    """A quotient with two decimals; a dash where it is not defined."""
    return "–" if is_missing(value) else number(value, TWO)


def section_forest(study: Dataset, sections: pd.DataFrame) -> Picture:
    """Published specialisation by section, side against side."""
    return _forest(
        study,
        sections.assign(item=[label(SECTION, key) for key in sections["section"]]),
        title=_("All applications: what each side files more often than the rest of the reference"),
        measure=_(
            "Share of the applications to the EPO, 2005–2008, over the same share in the rest of "
            "{reference}; 1 is as often",
            reference=_reference(study),
        ),
        source=common.of_register(EUROSTAT),
        name="section_forest",
    )


def section_table(study: Dataset, sections: pd.DataFrame) -> Table:
    """The same with counts, against the reference as a whole, and with verdicts."""
    return table(
        _named(study, sections).assign(item=[label(SECTION, key) for key in sections["section"]]),
        title=_("All applications by section of the International Patent Classification"),
        measure=_("Applications to the EPO by inventor's residence, 2005–2008, in shares"),
        columns={
            "item": _("Section"),
            "area": _("Territory"),
            "n": _("Applications"),
            "quotient": _("Times as often as in the rest"),
            "quotient_whole": _("Times as often as in the whole"),
            "verdict_name": _("Verdict"),
        },
        formats={"n": lambda n: number(n, 1), "quotient": "number", "quotient_whole": ratio},
        intervals={"quotient": ("low", "high")},
        note=_reading(study),
        source=common.of_register(EUROSTAT),
        csv_name="section_specialisation",
    )


def specialisation_forest(study: Dataset, found: pd.DataFrame) -> Picture:
    """Specialisation of the study's records by sector or KET."""
    by = "sector_id" if "sector_id" in found else "ket"
    name = sector_name if by == "sector_id" else study.ket_name
    titles = {
        "sector_id": _("The records of this study: sectors, against the rest of the reference"),
        "ket": _("The records of this study: KETs, against the rest of the reference"),
    }
    return _forest(
        study,
        found.assign(item=[name(key) for key in found[by]]),
        title=titles[by],
        measure=_(
            "{share}, over the same share in the rest of {reference}; 1 is as often",
            share=share_of(study),
            reference=_reference(study),
        ),
        source=common.source(study),
        name=f"specialisation_{by}",
    )


def _forest(study: Dataset, found: pd.DataFrame, **words: Any) -> Picture:
    """Quotients with intervals, the largest of any side first."""
    shown = common.by_area(study, found.dropna(subset="quotient"))
    largest = shown.groupby("item")["quotient"].max()
    ranked = shown.assign(
        rank=-shown["item"].map(largest).astype(float), shown=shown["verdict"] == "shown"
    ).sort_values(["rank", "item"], kind="stable")
    return figures.ratios(
        ranked,
        by="area",
        ratio="quotient",
        territories=common.territory_names(study),
        alt=_("One row for each item, one mark with its interval for each territory, around 1."),
        note=_("Pale: not told from 1, all rows taken together."),
        **words,
    )


def specialisation_table(study: Dataset, found: pd.DataFrame) -> Table:
    """Fields of the study's records: the smallest q first, since that is what is shown."""
    ranked = _named(study, found).assign(
        item=[field_name(key) for key in found["field_id"]]
    ).sort_values(["q", "item"], kind="stable", ignore_index=True)  # fmt: skip
    return table(
        ranked,
        title=_("The records of this study: fields, against the rest of the reference"),
        measure=unit_of(study),
        columns={
            "item": _("Technology field"),
            "area": _("Territory"),
            "n": _("Here"),
            "quotient": _("Times as often as in the rest"),
            "shrunken": _("Drawn to 1 by its error"),
            "q": _("q-value (false discovery)"),
            "detectable": _("Found from"),
            "verdict_name": _("Verdict"),
        },
        formats={
            "n": "count" if study.rule.weights == "whole" else "number",
            "quotient": "number", "shrunken": ratio,
            "q": common.p_value, "detectable": ratio,
        },
        intervals={"quotient": ("low", "high")},
        note=" ".join([_reading(study), _found_from(), _prior(found)]),
        source=common.source(study),
        sorted_by=["q"],
        most=12,
        csv_name="specialisation_fields",
    )  # fmt: skip


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


def city_profiles(profiles: pd.DataFrame) -> Picture:
    """What the confirmed areas of the study do more often than Europe, the clearest first."""
    clear = profiles[(profiles["q"] < common.LEVEL) & (profiles["quotient"] > 1)]
    kept = list(dict.fromkeys(clear.sort_values("p", kind="stable")["field_id"]))[:12]
    rows = profiles[profiles["field_id"].isin(kept)]
    shown = rows.assign(
        item=[field_name(key) for key in rows["field_id"]],
        rank=rows["field_id"].map({key: place for place, key in enumerate(kept)}),
        shown=rows["q"] < common.LEVEL,
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
            verdict_name=[
                label(SHOWN, "shown" if p < common.LEVEL else "not shown") for p in ranked["p"]
            ],
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
        source=common.sources_line(common.source(study), common.of_register(METRO)),
        sorted_by=["p"],
        most=12,
        csv_name="complementarity",
    )


def kets_together(study: Dataset, pairs: pd.DataFrame) -> Table:
    """Pairs of KETs beside chance, under each reading of the rules."""
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
        formats={"n": "count", "expected": ratio, "p": common.p_value},
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


def kets_in_fields(study: Dataset, found: pd.DataFrame) -> Table:
    """Where a KET is at work on both sides: a field and a KET that both sides hold."""
    sides: dict[str, str] = {}
    formats: dict[str, Any] = {}
    for place, area in enumerate(study.territories):
        sides[f"n_{place}"] = study.area_name(area)
        sides[f"base_{place}"] = _("of its field")
        formats |= {f"n_{place}": "count", f"base_{place}": "count"}
    rows = found[found["on_all_sides"]] if len(study.territories) > 1 else found
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


def findings_under_choices(study: Dataset, found: pd.DataFrame) -> Table:
    """Which specialisations survive other choices, one row each."""
    names = {"sector_id": sector_name, "field_id": field_name, "ket": study.ket_name}
    rows = []
    for (area, kind, key), own in found.groupby(["area", "kind", "technology"], sort=False):
        by = own.set_index("variant")
        cells = {name: _ratio_and_verdict(by, name) for name in CHOICE}
        alike = own.iloc[0]
        rows.append(
            {
                "item": str(names[str(kind)](key)),  # type: ignore[arg-type]
                "area": study.area_name(str(area)),
                **cells,
                "provinces": f"{alike['provinces_alike']} / {alike['provinces']}",
            }
        )
    columns = ["item", "area", *CHOICE, "provinces"]
    frame = pd.DataFrame(rows, columns=columns)
    used = [name for name in CHOICE if name in set(found["variant"])]
    return table(
        frame,
        title=_("Which findings survive other choices?"),
        measure=_("Times as often as in the rest of the reference; * where it is shown"),
        columns={
            "item": _("Sector, field or KET"),
            "area": _("Territory"),
            **{name: label(CHOICE, name) for name in used},
            "provinces": _("Provinces alike"),
        },
        formats={**dict.fromkeys(used, "figures"), "provinces": "figures"},
        note=_(
            "Provinces alike: of the provinces or departments with at least 10 classified records, "
            "those whose ratio lies on the same side of 1. Wider: with the regions the study file "
            "names."
        ),
        source=common.source(study),
        csv_name="findings_under_choices",
    )


def _ratio_and_verdict(by: pd.DataFrame, name: str) -> str:
    """A ratio, with a star where it is shown; a dash where the variant has none."""
    if name not in by.index or is_missing(by["quotient"][name]):
        return "–"
    star = "*" if by["verdict"][name] == "shown" else ""
    return number(by["quotient"][name], TWO) + star


def _named(study: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    """Areas and verdicts as named on the page."""
    shown = common.by_area(study, found)
    return shown.assign(verdict_name=named_verdicts(found["verdict"]))


def _reference(study: Dataset) -> str:
    """The reference as named on the page."""
    reference = study.definition.reference
    return reference.named(study.language) if reference else ""


def _reading(study: Dataset) -> str:
    """How a verdict is reached."""
    return _(
        "The rest: {reference} without the territories. Shown: below 0.05 after holding all rows "
        "against false discovery; could not have been shown: twice as often would be missed in more "
        "than one of five such studies.",
        reference=_reference(study),
    )


def _found_from() -> str:
    """What `detectable` says."""
    return _("Found from: the ratio that a single test would find in four of five such studies.")


def _prior(found: pd.DataFrame) -> str:
    """The fitted prior, reported."""
    fitted = found.drop_duplicates("area")["prior"]
    return _(
        "The prior, gamma with mean 1, is fitted to all fields of a territory (a = {a}).",
        a="; ".join(number(value, 1) for value in fitted),
    )
