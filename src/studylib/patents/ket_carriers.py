"""
The tables of the patents report on who carries KETs: side by side, together, by kind of applicant.

As in `patents`, every function takes an opened study and returns a finished table.
"""

from itertools import combinations

import pandas as pd

from studylib.patents import counting
from studylib.patents.dataset import Dataset
from studylib.stats import estimate, exact, profiles


def ket_differences(study: Dataset) -> pd.DataFrame:
    """
    One row per (pair of territories, KET): do the shares of the two sides differ?

    Columns first, second, ket, n_first, base_first, n_second, base_second, difference
    (first minus second), low, high (Newcombe 95 %), p (Fisher, two-sided), p_holm (over all
    rows together).  Whole counts; units of both territories say nothing about a difference
    and are left out.
    """
    rule = study.with_rule(weights="whole")
    units = study.units_by(rule)
    units = units[units["area"].isin(study.territories) & units["has_ipc"].astype(bool)]
    carried = counting.labels_of_units(study.tags, study.applications, rule.unit, "ket")
    rows = []
    for first, second in combinations(study.territories, 2):
        pair = units[units["area"].isin([first, second])]
        pair = pair[~pair["unit_id"].duplicated(keep=False)]
        base = pair["area"].value_counts().reindex([first, second], fill_value=0)
        hits = pair.merge(carried, on="unit_id").groupby(["area", "ket"], observed=True).size()
        for name in study.scheme.kets:
            k = [int(hits.get((area, name), 0)) for area in (first, second)]
            rows.append((first, second, name, k[0], int(base[first]), k[1], int(base[second])))
    columns = ["first", "second", "ket", "n_first", "base_first", "n_second", "base_second"]
    table = pd.DataFrame(rows, columns=columns)
    counts = [table[c] for c in columns[3:]]
    known = (table["base_first"] > 0) & (table["base_second"] > 0)
    p = [
        exact.fisher(*row) if ok else float("nan") for ok, *row in zip(known, *counts, strict=True)
    ]
    ends = estimate.difference(*counts)
    return table.join(ends).assign(p=pd.Series(p, dtype="float64"), p_holm=profiles.holm(p))


def overlap(study: Dataset) -> pd.DataFrame:
    """
    Units of the territories that carry two KETs together: one row and one column per KET.

    The diagonal counts the units of a KET; a unit of both territories counts once.
    """
    units = study.units[study.units["area"].isin(study.territories)]["unit_id"].unique()
    carried = counting.labels_of_units(study.tags, study.applications, study.rule.unit, "ket")
    carried = carried[carried["unit_id"].isin(units)]
    flags = pd.crosstab(carried["unit_id"], carried["ket"].astype(str)) > 0
    flags = flags.reindex(columns=list(study.scheme.kets), fill_value=False).astype(int)
    together = flags.T @ flags
    return together.rename_axis(index="ket", columns="with_ket")


def by_applicant_kind(study: Dataset) -> pd.DataFrame:
    """
    One row per (area, applicant kind): units, units with a KET, share with interval.

    A unit with a company and a university counts under both kinds.
    """
    applicants = study.parties[study.parties["role"] == "applicant"].dropna(subset="kind")
    kinds = counting.labels_of_units(
        applicants[["application_id", "kind"]], study.applications, study.rule.unit, "kind"
    )
    tagged = counting.labels_of_units(study.tags, study.applications, study.rule.unit, "ket")
    units = study.units[study.units["area"].isin(study.territories)]
    units = units[units["has_ipc"].astype(bool)].merge(
        kinds.rename(columns={"kind": "applicant_kind"}), on="unit_id"
    )
    units["has_ket"] = units["unit_id"].isin(tagged["unit_id"])
    grouped = units.groupby(["area", "applicant_kind"], observed=True)
    table = pd.DataFrame(
        {
            "base": grouped["weight"].sum(),
            "n": units[units["has_ket"]]
            .groupby(["area", "applicant_kind"], observed=True)["weight"]
            .sum(),
        }
    ).fillna({"n": 0.0})
    table = table.reset_index()
    table = table.join(estimate.share(table["n"], table["base"]))
    order = {area: i for i, area in enumerate(study.territories)}
    return table.sort_values(
        ["area", "base", "applicant_kind"],
        key=lambda c: (
            c.astype("str").map(order) if c.name == "area" else -c if c.name == "base" else c
        ),
        kind="stable",
        ignore_index=True,
    )
