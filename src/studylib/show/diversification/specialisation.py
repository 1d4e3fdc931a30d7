"""The page on diversification: where each side is specialised, what lies near, what is added."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.ket.fields import field_name, sector_name
from studylib.language import counted
from studylib.language.chances import in_whole_percent
from studylib.language.words import _, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import SECTION, label
from studylib.report.table import Table, table
from studylib.show import common, findings
from studylib.show.absent import Absent, left_out_when_empty
from studylib.show.measures import open_marks, prior_note, unit_of, without_ratio
from studylib.show.side_differences import named_verdicts

EUROSTAT = "eurostat_pat_ep_ripc"


@left_out_when_empty
def section_forest(study: Dataset, sections: pd.DataFrame) -> Picture:
    """Published specialisation by section, side against side."""
    names = [label(SECTION, key) for key in sections["section"]]
    found = common.by_area(study, sections).assign(
        item=[name.partition(":")[2].strip() for name in names]  # without its letter
    )
    return _forest(
        study,
        sections.assign(item=names),
        title=findings.above(
            found,
            of=counted.sections,
            none=_("No section is shown to be more frequent than elsewhere"),
        ),
        measure=_(
            "Share of the applications to the EPO, 2005–2008, over the same share in the rest of "
            "{reference}; 1 is as often",
            reference=_reference(study),
        ),
        source=common.of_register(EUROSTAT),
        name="section_forest",
    )


@left_out_when_empty
def section_table(study: Dataset, sections: pd.DataFrame) -> Table:
    """The same with counts, against the reference as a whole, and with verdicts."""
    return table(
        _named(study, sections).assign(item=[label(SECTION, key) for key in sections["section"]]),
        title=_("All applications by section of the International Patent Classification"),
        measure=_(
            "Applications to the EPO by inventor's residence, 2005–2008, in fractional counting"
        ),
        columns={
            "item": _("IPC section"),
            "area": _("Territory"),
            "n": _("Applications"),
            "quotient": _("Times as often as in the rest"),
            "quotient_whole": _("Times as often as in the whole"),
            "detectable": _("Detectable from"),
            "verdict_name": _("Verdict"),
        },
        formats={
            "n": lambda n: number(n, 1),
            "quotient": "number",
            "quotient_whole": common.or_dash("number"),
            "detectable": common.or_dash("number"),
        },
        intervals={"quotient": ("low", "high")},
        note=" ".join([_reading(study), _found_from()]),
        source=common.of_register(EUROSTAT),
        csv_name="section_specialisation",
    )


@left_out_when_empty
def specialisation_forest(study: Dataset, found: pd.DataFrame) -> Picture | Absent:
    """Specialisation of the study's records by sector or KET; none where no row has a ratio."""
    if found["quotient"].isna().all():
        return Absent()
    by = "sector_id" if "sector_id" in found else "ket"
    name = sector_name if by == "sector_id" else study.ket_name
    none = {
        "sector_id": _("No sector is shown to be more frequent than elsewhere"),
        "ket": _("No key enabling technology is shown to be more frequent than elsewhere"),
    }
    asked = {"sector_id": counted.sectors, "ket": counted.kets}
    named = found.assign(item=[name(key) for key in found[by]])
    return _forest(
        study,
        named,
        title=common.headed(
            findings.above(common.by_area(study, named), of=asked[by], none=none[by]),
            common.wholly(study),
        ),
        measure=_(
            "Share of the classified units of each territory over the same share in the rest of "
            "{reference}; 1 is as often",
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
        note=" ".join(filter(None, [
            open_marks(),
            without_ratio(found["quotient"]),
        ])),
        **words,
    )  # fmt: skip


@left_out_when_empty
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
            "shrunken": _("Cautious estimate"),
            "p_above": _("Chance of more than elsewhere"),
            "detectable": _("Detectable from"),
            "verdict_name": _("Verdict"),
        },
        formats={
            "n": "count" if study.rule.weights == "whole" else "number",
            "quotient": common.or_dash("number"), "shrunken": common.or_dash("number"),
            "p_above": in_whole_percent,
            "detectable": common.or_dash("number"),
        },
        intervals={"quotient": ("low", "high")},
        note=" ".join(filter(None, [
            _reading(study), _found_from(), prior_note(found), without_ratio(found["quotient"]),
        ])),
        source=common.source(study),
        most=12,
        csv_name="specialisation_fields",
    )  # fmt: skip


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
    if len(study.territories) == 1:
        return _(
            "The rest: {reference} without the territory. Shown: below 0.05 after holding all rows "
            "against false discovery; could not have been shown: twice as often would be missed in "
            "more than one of five such studies.",
            reference=_reference(study),
        )
    return _(
        "The rest: {reference} without the territories. Shown: below 0.05 after holding all rows "
        "against false discovery; could not have been shown: twice as often would be missed in more "
        "than one of five such studies.",
        reference=_reference(study),
    )


def _found_from() -> str:
    """What `detectable` says."""
    return _(
        "Detectable from: the ratio that a single test would find in four of five such studies. "
        "Intervals are exact ones of the ratio of two counts."
    )
