"""
Numbers of the front page that rest on published figures: the largest ratio, projects in common.

    sections of all applications  --most_filed-->   ("5.8 times", what it is of)
    the study's own pair          --in_common-->    ("32", what chance gives)
"""

import pandas as pd

from studylib.diversify import published_sections
from studylib.language.words import _, interval, ngettext, number, years
from studylib.patents.dataset import Dataset
from studylib.report.labels import section_name

Number = tuple[str, str]


def most_filed(study: Dataset, sections: pd.DataFrame) -> list[Number]:
    """The largest ratio that is shown, of any territory; none where none is."""
    reference = study.definition.reference
    if reference is None or not len(sections):
        return []
    is_told = sections["area"].isin(list(study.territories)) & (sections["verdict"] == "shown")
    shown = sections[is_told & (sections["quotient"] > 1)].sort_values("quotient")
    if shown.empty:
        return []
    top = shown.iloc[-1]
    what = _(
        "as large a share of patent applications in {section} in {area} as in the rest of "
        "{reference} ({years}, Eurostat)",
        reference=reference.named(study.language),
        section=section_name(top["section"]),
        area=study.area_name(top["area"]),
        years=years(*published_sections.YEARS),
    )
    return [(_("{ratio} times", ratio=number(top["quotient"], 1)), what)]


def in_common(own: pd.DataFrame) -> list[Number]:
    """Joint projects of the study's two territories, and how many chance gives."""
    if len(own) != 1:
        return []
    row = own.iloc[0]
    what = ngettext(
        "project of the Seventh Framework Programme (2007–2013) with organisations of both "
        "territories; chance gives {expected}",
        "projects of the Seventh Framework Programme (2007–2013) with organisations of both "
        "territories; chance gives {expected}",
        int(row["joint"]),
        expected=_by_chance(row),
    )
    return [(number(row["joint"]), what)]


def _by_chance(row: "pd.Series") -> str:
    """What chance gives; where it says something else by what it keeps, both kinds with theirs."""
    if row["verdict"] == row["verdict_kept"]:
        return number(row["expected"], 1)
    return _(
        "{expected} (95%: {interval}) or {kept} (95%: {kept_interval}), depending on what it keeps",
        expected=number(row["expected"], 1),
        interval=interval(row["low"], row["high"], 0, as_percent=False),
        kept=number(row["expected_kept"], 1),
        kept_interval=interval(row["low_kept"], row["high_kept"], 0, as_percent=False),
    )
