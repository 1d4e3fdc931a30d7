"""
What is counted: families or applications, once per area or by share, on one basis of location.

    applications + locations  --units-->  one row per (unit_id, area): year, has_ipc, weight

Whole counting puts a unit of two areas into both with weight 1; fractional counting gives
each area its share.  Units are the base of every share in the patents report.
"""

from dataclasses import dataclass

import pandas as pd

from studylib.study.value_types import DateBasis, LocatedBy, Unit, Weights


@dataclass(frozen=True)
class Rule:
    """How patents are counted: unit, basis of location, whole or fractional, which date."""

    unit: Unit = "family"
    located_by: LocatedBy = "inventor"
    weights: Weights = "whole"
    date: DateBasis = "filing"


def units(
    applications: pd.DataFrame, locations: pd.DataFrame, with_ipc: pd.Series, rule: Rule
) -> pd.DataFrame:
    """
    One row per (unit_id, area), sorted: unit_id, area, kind, year, has_ipc, weight.

    Parameters
    ----------
    applications, locations
        Canonical tables.
    with_ipc
        application_id of every application with at least one readable IPC symbol.
    rule
        What is counted.

    Notes
    -----
    The weight of a family in an area is the mean over its applications, so the weights of a
    family over a partition of the world sum to 1 as those of its applications do.
    """
    of = unit_of(applications, rule.unit)
    described = pd.DataFrame(
        {
            "unit_id": of.to_numpy(),
            "year": applications[f"{rule.date}_year"].to_numpy(),
            "has_ipc": applications["application_id"].isin(with_ipc).to_numpy(),
        }
    )
    by_unit = described.groupby("unit_id", sort=True)
    facts = by_unit.agg(year=("year", "min"), has_ipc=("has_ipc", "any"), size=("year", "size"))
    here = locations[locations["basis"] == rule.located_by]
    here = here.assign(
        unit_id=here["application_id"]
        .map(of.set_axis(applications["application_id"]))
        .astype("str")  # also where nothing is found
    )
    located = (
        here.dropna(subset="unit_id")
        .groupby(["unit_id", "area", "kind"], as_index=False, sort=True, observed=True)
        .agg(weight=("weight", "sum"))
    )
    located = located[located["weight"] > 0].join(facts, on="unit_id")
    share = located["weight"] / located["size"]
    return located.assign(weight=1.0 if rule.weights == "whole" else share).drop(columns="size")


def unit_of(applications: pd.DataFrame, unit: Unit) -> pd.Series:
    """The unit each application belongs to (index as `applications`)."""
    return applications["family_id" if unit == "family" else "application_id"]


def labels_of_units(
    labels: pd.DataFrame, applications: pd.DataFrame, unit: Unit, label: str
) -> pd.DataFrame:
    """
    One row per (unit_id, label), sorted: what the applications of a unit carry, each label once.

    `labels` has one row per application and label (`tags` with label "ket", for instance).
    """
    of = unit_of(applications, unit).set_axis(applications["application_id"])
    carried = pd.DataFrame(
        {"unit_id": labels["application_id"].map(of).to_numpy(), label: labels[label].to_numpy()}
    )
    return (
        carried.dropna(subset="unit_id")
        .drop_duplicates()
        .sort_values(["unit_id", label], ignore_index=True)
    )


def count_by(counted: pd.DataFrame, carried: pd.DataFrame, label: str) -> pd.DataFrame:
    """
    How many units of each area carry each label.

    Returns
    -------
    One row per (area, label), every combination, sorted: area, label, n (sum of weights),
    n_units (units behind it, never weighted), base (sum of weights of classified units of
    the area, that is of those with IPC), base_units.
    """
    classified = counted[counted["has_ipc"].astype(bool)]
    base = classified.groupby("area", observed=True).agg(
        base=("weight", "sum"), base_units=("weight", "size")
    )
    hits = (
        classified.merge(carried, on="unit_id")
        .groupby(["area", label], observed=True)
        .agg(n=("weight", "sum"), n_units=("weight", "size"))
    )
    every = pd.MultiIndex.from_product(
        [sorted(counted["area"].unique()), sorted(carried[label].unique())], names=["area", label]
    )
    # A combination that does not occur is a count of zero, not an unknown.
    filled = hits.reindex(every).fillna({"n": 0.0, "n_units": 0}).reset_index()
    return filled.join(base, on="area").fillna({"base": 0.0, "base_units": 0})
