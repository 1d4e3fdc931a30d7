"""
Side against side: how often each technology stands on one side for every time on the other.

    units of two territories  --side_ratios-->  one row per (pair, technology): odds, and how far
                                               apart the two would have to lie to be told apart

Two specialisations against the rest say little of each other: one may be shown and the other not,
and still they do not differ.  This is the direct comparison; it needs no reference outside.
"""

import numpy as np
import pandas as pd

from studylib.diversify.specialisation import labels
from studylib.patents import complement, differences
from studylib.patents.dataset import Dataset
from studylib.stats import quotients
from studylib.stats.power import NOT_POSSIBLE

SIDES = ("first", "second")


def side_ratios(study: Dataset) -> pd.DataFrame:
    """
    One row per (pair of territories, WIPO sector): as `sector_differences`, as ratios.

    Returns
    -------
    The columns of `sector_differences`; then odds (of the sector in the first territory over those
    in the second, half a unit added to each count), odds_low, odds_high (95 %, Woolf);
    share_outside (of the rest of the reference; missing without one), quotient_first,
    quotient_second (share over share_outside), band_low, band_high (a pair that lies farther apart
    than this band, in this direction, would be found in 4 of 5 such studies; missing where no
    difference could have been shown).

    Notes
    -----
    Whole counts; units of both territories are left out, as they say nothing of a difference.
    Where no difference could have been shown and fewer than one unit is expected on a side, a
    single one would decide the ratio: odds and quotients are missing, counts and verdict are told.
    """
    table = differences.sector_differences(study)
    found = quotients.log_odds(*(table[column] for column in differences.COUNTS))
    odds = {"odds": "log_odds", "odds_low": "low", "odds_high": "high"}
    told = ~_hangs_on_one(table)
    table = table.assign(
        **{name: np.exp(found[column]).where(told) for name, column in odds.items()},
        share_outside=table["sector_id"].map(_shares_outside(study)).astype(float),
    )
    outside = table["share_outside"].where(table["share_outside"] > 0)
    for side in SIDES:
        base = table[f"base_{side}"].where(table[f"base_{side}"] > 0)
        table[f"quotient_{side}"] = (table[f"n_{side}"] / base / outside).where(told)
    low, high = _band(table)
    return table.assign(band_low=low / outside, band_high=high / outside)


def _shares_outside(study: Dataset) -> dict[int, float]:
    """The share of each sector in the rest of the reference; none without one."""
    outside = complement.outside(study)
    if outside.empty:
        return {}
    carried, every = labels(study, "sector_id")
    both = carried.merge(outside, on="unit_id")
    weight = both.groupby("sector_id")["weight"].sum()
    whole = float(outside["weight"].sum())
    return {int(one): float(weight.get(one, 0.0)) / whole for one in every}


def _hangs_on_one(table: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a single unit of a side would decide the ratio, where nothing could be shown."""
    n, base = (table[f"{what}_first"] + table[f"{what}_second"] for what in ("n", "base"))
    smaller = table[["base_first", "base_second"]].min(axis=1)
    expected = smaller * n / base.where(base > 0)
    return (expected < quotients.LEAST_EXPECTED) & (table["verdict"] == NOT_POSSIBLE)


def _band(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The smaller and the larger share that would just be told apart, around that of both."""
    n, base = (table[f"{what}_first"] + table[f"{what}_second"] for what in ("n", "base"))
    whole = n / base.where(base > 0)
    is_first = table["difference"] >= 0  # the larger side lies on the other one's part above
    weight = table["base_second"].where(is_first, table["base_first"]) / base.where(base > 0)
    low = whole - table["detectable"] * (1 - weight)
    return low.clip(lower=0.0), whole + table["detectable"] * weight
