"""What the records of a study show, field by field and sector by sector: headline of its page."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from studylib.diversify import specialisation
from studylib.ket.fields import field_name, sector_name
from studylib.language.counted import comparisons
from studylib.language.given import in_sentence
from studylib.language.words import _, listing, ngettext, number, years
from studylib.patents.dataset import Dataset
from studylib.show.common import is_made_up

NAMED = 3  # fields named in a sentence


def fields_shown(study: Dataset, found: pd.DataFrame) -> str:
    """How many comparisons of fields are shown, and which; nothing where none was made."""
    tested = found.dropna(subset="q")
    if tested.empty:
        return ""
    shown = tested[tested["verdict"] == "shown"]
    unable = int((tested["verdict"] == "could not have been shown").sum())
    made = comparisons(len(tested))
    if shown.empty:
        return _(
            "In the records of this study ({records}), of {made} of a field in a territory with the "
            "same field in the rest none shows a difference; in {unable} twice as often would probably have been missed.",
            records=_scope(study, found),
            made=made,
            unable=number(unable),
        )
    named = _named(study, shown.sort_values("q", kind="stable").head(NAMED), "field_id", field_name)
    return ngettext(
        "In the records of this study ({records}), of {made} of a field in a territory with the "
        "same field in the rest {n} shows a difference ({named}); in {unable} twice as often would probably have been missed.",
        "In the records of this study ({records}), of {made} of a field in a territory with the "
        "same field in the rest {n} show a difference ({named}); in {unable} twice as often would probably have been missed.",
        len(shown),
        records=_scope(study, found),
        made=made,
        named=_("; ").join(named),
        unable=number(unable),
    )


def sectors_shown(study: Dataset) -> str:
    """The sectors a territory files more or less often in, where that is shown; else nothing."""
    found = specialisation.specialisation(study, "sector_id")
    shown = found[found["verdict"] == "shown"].sort_values("q", kind="stable")
    if shown.empty:
        return ""
    named = _named(study, shown, "sector_id", sector_name)
    return ngettext(
        "By sector of technology, {n} comparison is shown ({named}).",
        "By sector of technology, {n} comparisons are shown ({named}).",
        len(named),
        named=_("; ").join(named),
    )


def _named(study: Dataset, shown: pd.DataFrame, item: str, name: Callable[[Any], str]) -> list[str]:
    """Each technology with its territory and how many times as often it is there, row by row."""
    return [
        _(
            "{field} in {area}, {ratio} times",
            field=in_sentence(name(row[item])),
            area=study.area_name(row["area"]),
            ratio=number(row["quotient"], 1),
        )
        for _i, row in shown.iterrows()
    ]


def _scope(study: Dataset, found: pd.DataFrame) -> str:
    """Years and classified patents of each territory, on which the comparisons rest."""
    digits = 0 if study.rule.weights == "whole" else 1
    bases = found.groupby("area", sort=False)["base"].first()
    parts = [f"{study.area_name(str(area))} {number(n, digits)}" for area, n in bases.items()]
    text = (
        _("made up, {years}, classified: {parts}")
        if is_made_up(study)
        else _("{years}, classified: {parts}")
    )
    return text.format(years=years(study.first_year, study.last_year), parts=listing(parts))
