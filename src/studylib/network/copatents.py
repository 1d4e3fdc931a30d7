"""
Cooperation that patents already show: applications with parties on both sides of the border.

    parties --joint_links--> pairs of applicants, or of regions of inventors, of two territories
            --joint_patents--> the families behind them, of all families of the territories

Applicants are firms and institutes and are named.  Inventors are people: they are counted by the
region they live in and never named.
"""

from typing import Literal

import pandas as pd

from studylib.files.answers import once
from studylib.network import sector_patents
from studylib.patents import counting
from studylib.patents.dataset import Dataset

Role = Literal["applicant", "inventor"]
ROLES: tuple[Role, ...] = ("applicant", "inventor")


def parties(study: Dataset, role: Role) -> pd.DataFrame:
    """
    One row per (unit_id, node, territory), sorted: who of the territories stands on which family.

    A node is an applicant's name, or the region of an inventor (the territory where the export
    knows no region).  A private person who applies is counted by region too.
    """
    rows = study.parties
    rows = rows[(rows["role"] == role) & rows["territory"].isin(study.territories)]
    rows = rows.astype({"name": "object", "nuts_id": "object", "territory": "object"})
    region = rows["nuts_id"].fillna(rows["territory"])
    is_named = (rows["role"] == "applicant") & (rows["kind"].astype("object") != "person")
    unit = counting.unit_of(study.applications, study.rule.unit)
    unit = unit.set_axis(study.applications["application_id"])
    found = pd.DataFrame(
        {
            "unit_id": rows["application_id"].map(unit).to_numpy(),
            "node": rows["name"].where(is_named, region).to_numpy(),
            "territory": rows["territory"].to_numpy(),
        }
    )
    return found.drop_duplicates().sort_values(["unit_id", "node", "territory"], ignore_index=True)


def has_role(study: Dataset, role: Role) -> bool:
    """Whether the export says where parties of this role are."""
    return bool(len(parties(study, role)))


@once
def joint_links(study: Dataset, role: Role) -> pd.DataFrame:
    """
    Pairs across the border on the same families, most families first.

    One row per (node, territory, other_node, other_territory), the territory that comes first
    in the study first; n: families (applications) of both.
    """
    here = parties(study, role)
    order = {name: i for i, name in enumerate(study.territories)}
    both = here.merge(here, on="unit_id", suffixes=("", "_other"))
    both = both[both["territory"].map(order) < both["territory_other"].map(order)]
    both = both.rename(columns={"node_other": "other_node", "territory_other": "other_territory"})
    keys = ["node", "territory", "other_node", "other_territory"]
    counted = both.groupby(keys, as_index=False, sort=True).size().rename(columns={"size": "n"})
    return counted.sort_values(["n", *keys], ascending=[False] + [True] * 4, kind="stable",
                               ignore_index=True)  # fmt: skip


def joint_units(study: Dataset, role: Role) -> pd.Series:
    """unit_id of every family with parties of this role in two territories, sorted."""
    territories = parties(study, role).groupby("unit_id", sort=True)["territory"].nunique()
    return pd.Series(territories.index[territories > 1], name="unit_id", dtype="object")


@once
def joint_patents(study: Dataset) -> pd.DataFrame:
    """
    Families with parties on both sides: one row per role that the export locates.

    Columns role, n (of both sides), base (families with a party of the role in a territory),
    share, low, high (Wilson 95 %).
    """
    from studylib.stats import estimate

    rows = [
        (role, len(joint_units(study, role)), parties(study, role)["unit_id"].nunique())
        for role in ROLES
        if has_role(study, role)
    ]
    table = pd.DataFrame(rows, columns=["role", "n", "base"])
    return table.join(estimate.share(table["n"], table["base"]))


def by_sector(study: Dataset) -> pd.DataFrame:
    """Co-invented or co-applied families per sector: sector, n_joint; sectors with any, sorted."""
    units = pd.concat([joint_units(study, role) for role in ROLES]).drop_duplicates()
    carried = sector_patents.sectors_of_units(study)
    carried = carried[carried["unit_id"].isin(units)]
    return carried.groupby("sector", sort=True).size().rename("n_joint").reset_index()
