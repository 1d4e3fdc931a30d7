"""What the pictures and tables of several pages share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.language.words import _, is_missing, number
from studylib.patents.dataset import Dataset
from studylib.report.cells import Format
from studylib.report.front_words import headed
from studylib.show.provenance import (
    captions,
    in_part,
    is_made_up,
    marked,
    of_register,
    source,
    sources_line,
    wholly,
    with_mark,
)
from studylib.stats.power import LEVEL

__all__ = [
    "Sides", "area_names", "by_area", "captions", "dots", "headed", "in_part", "is_made_up",
    "marked", "of_register", "or_dash", "p_value", "reference_names", "side_by_side", "source", "sources_line",
    "territory_names", "wholly", "with_mark",
]  # fmt: skip


@dataclass(frozen=True)
class Sides:
    """How a side-by-side table is shown; see `side_by_side`."""

    columns: dict[str, str]
    formats: dict[str, Format]
    intervals: dict[str, tuple[str, str]]


SMALLEST_P, TO_THE_POINT = 0.001, 0.1
ROUNDED_UP = LEVEL - 0.0005  # from here on three decimals would read as the threshold


def by_area(study: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with areas named in the language of the page."""
    return frame.assign(area=[shown_area(study, area) for area in frame["area"]])


def shown_area(study: Dataset, area: str) -> str:
    """An area as figures and tables name it: the reference is what is left without the territories."""
    name = study.area_name(area)
    is_reference = area in study.areas and area not in study.territories
    if not is_reference:
        return name
    if len(study.territories) == 1:
        return _("the rest of {reference}", reference=name)
    return _("rest of {reference}", reference=name)


def area_names(study: Dataset) -> list[str]:
    """The territories, then the reference, as named on the page: the order of their colours."""
    return [shown_area(study, area) for area in study.areas]


def territory_names(study: Dataset) -> list[str]:
    """The territories alone, as named on the page: the two sides of the border."""
    return [study.area_name(area) for area in study.territories]


def reference_names(study: Dataset) -> list[str]:
    """The reference as named on the page, if the study has one: drawn in grey."""
    return area_names(study)[len(study.territories) :]


def dots(
    study: Dataset,
    shares: pd.DataFrame,
    item: str,
    names: dict[Any, str],
    *,
    rule: str,
    **words: Any,
) -> Picture:
    """Shares with intervals, one row per item, items by the larger share first."""
    ranked = by_area(study, largest_first(study, shares.dropna(subset="share"), item, names))
    return figures.shares(
        ranked,
        item="item_name",
        by="area",
        n="base",
        territories=territory_names(study),
        outside=reference_names(study),
        source=source(study, "patents", rule),
        **words,
    )


def largest_first(
    study: Dataset, shares: pd.DataFrame, item: str, names: Mapping[Any, str]
) -> pd.DataFrame:
    """
    Rows of items by the largest share of a territory, then by name: of a figure and its tables.

    Adds item_name.  The reference does not decide the order.
    """
    here = shares[shares["area"].isin(study.territories)]
    largest = here.groupby(item, observed=True)["share"].max()
    rank = -shares[item].map(largest).astype(float).fillna(0.0)
    named = shares.assign(item_name=[names[key] for key in shares[item]], rank=rank)
    return named.sort_values(["rank", "item_name"], kind="stable").drop(columns="rank")


def or_dash(how: Format, digits: int | None = None) -> Callable[[Any], str]:
    """Writes a number, and a dash where there is none; a count without decimals, else with two."""
    digits = (0 if how == "count" else 2) if digits is None else digits
    return lambda value: "–" if is_missing(value) else number(value, digits)


def p_value(p: float) -> str:
    """
    A p-value: two decimals, three below 0.1 where the threshold lies, never zero.

    One below the threshold is never rounded up to it: 0.0496 has four, beside it stands "shown".
    """
    if is_missing(p):
        return "–"
    if p < SMALLEST_P:
        return "<\u00a0" + number(SMALLEST_P, 3)
    if ROUNDED_UP <= p < LEVEL:
        return number(p, 4) if p < LEVEL - 0.00005 else "<\u00a0" + number(LEVEL, 2)
    return number(p, 2 if p >= TO_THE_POINT else 3)


def side_by_side(study: Dataset, frame: pd.DataFrame, item: str) -> tuple[pd.DataFrame, Sides]:
    """
    A tidy table (one row per item and area) as one row per item with a column per area.

    Returns the frame, items in their order, with `area_0, n_0, base_0, share_0, low_0, high_0,
    area_1 ...`, and
    how `report.table` shows it: columns, formats and intervals.
    """
    # A reference of which nothing lies outside the territories is no column.
    known = set(frame.loc[frame["base"] > 0, "area"]) | set(study.territories)
    areas = [area for area in study.areas if area in set(frame["area"]) & known]
    wide = pd.DataFrame({item: list(dict.fromkeys(frame[item]))})
    sides = Sides({}, {}, {})
    for i, area in enumerate(areas):
        own = frame[frame["area"] == area].set_index(item)[["n", "base", "share", "low", "high"]]
        wide = wide.assign(**{f"area_{i}": area}).join(own.add_suffix(f"_{i}"), on=item)
        name, base = shown_area(study, area), _base(own["base"], study)
        if area in study.territories:
            sides.columns[f"n_{i}"] = name
            sides.columns[f"share_{i}"] = _("share of {n}", n=base)
        else:
            # The reference is there to compare shares with; its counts are in the CSV.
            sides.columns[f"share_{i}"] = _("{area}, of {n}", area=name, n=base)
        sides.formats[f"n_{i}"] = "count" if study.rule.weights == "whole" else "number"
        sides.formats[f"share_{i}"] = "share"
        sides.intervals[f"share_{i}"] = (f"low_{i}", f"high_{i}")
    return wide, sides


def _base(bases: pd.Series, study: Dataset) -> str:
    """The base all shares of an area have."""
    return number(bases.max(), 0 if study.rule.weights == "whole" else 1)
