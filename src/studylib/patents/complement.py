"""
The outside reference: the units of the reference that lie in no territory of the study.

A territory that is part of what it is compared with pulls the comparison to 1, the more the larger
it is; and where territories were sampled more densely than the rest, far more than it should.
`patents.shares` and the room `diversify` compare with this and with nothing else.

Where the sources of the outside units were sampled at different rates (`sampling_rate` in the
register), units count by one over their rate; where only some rates are known, there is no
reference, and `refused` says why.
"""

import pandas as pd

from studylib.language.words import mark
from studylib.patents.counting import Rule
from studylib.patents.dataset import Dataset

UNKNOWN_RATE = mark(
    "Sources of the reference were sampled at rates of which some are not known, so nothing is "
    "compared with it. Say the sampling rate of every source in the register."
)


def outside(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """
    One row per classified unit of the reference outside the territories, sorted: unit_id, weight.

    A unit that is partly in a territory is left out whole.  Empty where the study names no
    reference, or the rates its sources were sampled at are known in part only.

    Notes
    -----
    Weights by one over the sampling rate are scaled to the effective number of units, (sum of
    weights) squared over the sum of squares, so that an interval on them is not too short
    (Kish 1965, Survey Sampling).
    """
    units = study.units if rule is None else study.units_by(rule)
    units = units[units["has_ipc"].astype(bool)]
    reference = study.definition.reference
    if reference is None:
        return units.iloc[:0][["unit_id", "weight"]]
    inside = units.loc[units["area"].isin(study.territories), "unit_id"]
    there = (units["area"] == reference.named("en")) & ~units["unit_id"].isin(inside)
    found = units.loc[there, ["unit_id", "weight"]].reset_index(drop=True)
    rate = _rates(study, found["unit_id"], (rule or study.rule).unit)
    if len(rate.drop_duplicates()) <= 1:
        return found
    if rate.isna().any():
        return found.iloc[:0]
    weight = found["weight"] / rate
    return found.assign(weight=weight * weight.sum() / (weight**2).sum())


def of_territories(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per classified unit and territory, sorted: unit_id, area, weight."""
    units = study.units if rule is None else study.units_by(rule)
    here = units["area"].isin(study.territories) & units["has_ipc"].astype(bool)
    return units.loc[here, ["unit_id", "area", "weight"]].reset_index(drop=True)


def refused(study: Dataset) -> str | None:
    """Why there is nothing to compare with although the study names a reference; None: there is."""
    reference = study.definition.reference
    if reference is None or len(outside(study)):
        return None
    units = study.units
    there = units.loc[units["area"] == reference.named("en"), "unit_id"]
    rate = _rates(study, there.drop_duplicates(), study.rule.unit)
    is_mixed = len(rate.drop_duplicates()) > 1 and bool(rate.isna().any())
    return UNKNOWN_RATE if is_mixed else None


def _rates(study: Dataset, unit_id: pd.Series, unit: str) -> pd.Series:
    """The rate at which the source of each unit was sampled outside the territories."""
    files = study.table("sources")
    if "rate_elsewhere" not in files:
        return pd.Series(float("nan"), index=unit_id.index)
    of_source = files.drop_duplicates("source_id").set_index("source_id")["rate_elsewhere"]
    key = "family_id" if unit == "family" else "application_id"
    first = study.applications.drop_duplicates(key).set_index(key)["source_id"].astype("object")
    rates: pd.Series = unit_id.astype("object").map(first).map(of_source.astype(float))
    return rates.astype(float)
