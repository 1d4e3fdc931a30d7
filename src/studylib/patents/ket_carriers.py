"""
The tables of the patents report on who carries KETs: together, by kind of applicant.

As in `patents`, every function takes an opened study and returns a finished table.
"""

import pandas as pd

from studylib.files.answers import once
from studylib.patents import counting
from studylib.patents.dataset import Dataset
from studylib.stats import estimate


@once
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


@once
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
