"""
Where organisations have their seats and what already runs between these places.

    regions of the territories + seats of the list  --seats-->  a row per region: how many seats
    joint projects, joint patents                   --links-->  a row per pair of regions and kind

Only regions below the territories' NUTS codes: a territory told by its country has no map.
"""

from collections.abc import Iterable

import pandas as pd

from studylib.clean import centres
from studylib.clean.region_names import named
from studylib.diversify import framework_projects
from studylib.network import Network, copatents
from studylib.patents.dataset import Dataset

KINDS = ("projects", "patents")
"""Of links: joint projects of FP7 (real), families with inventors in both regions."""


def seats(study: Dataset, network: Network) -> pd.DataFrame:
    """
    One row per NUTS 3 region of the territories, then per neighbour named as `wider`; by code.

    Columns nuts_id (2016), name (code and country where no rule knows one), area (territory; ""
    of a neighbour), lon, lat [degrees], n (organisations with a seat there; missing of a
    neighbour, and everywhere where the list says no region of any).
    """
    territories = study.definition.territories
    own = [centres.below(a.nuts, a.nuts_version).assign(area=a.id) for a in territories]
    inside = pd.concat(own, ignore_index=True)
    if "nuts" in network.organisations and len(known := network.organisations["nuts"].dropna()):
        counted = centres.of_codes(known.astype("str"))["nuts_id"].value_counts()
        inside["n"] = inside["nuts_id"].map(counted).fillna(0)
    near = [_neighbours(pd.Series(a.wider, dtype="str"), a.nuts_version) for a in territories]
    regions = pd.concat([inside.assign(name=names_of(inside["nuts_id"])), *near], ignore_index=True)
    regions["n"] = regions["n"].astype("Int64") if "n" in regions else pd.NA
    return regions[["nuts_id", "name", "area", "lon", "lat", "n"]]


def _neighbours(codes: pd.Series, version: str) -> pd.DataFrame:
    """Neighbours as they are named: one place each."""
    found = centres.of_codes(codes, version).assign(name=names_of(codes), area="")
    return found.dropna(subset=["lon"])


def elsewhere(study: Dataset, network: Network) -> pd.DataFrame:
    """The organisations without a seat in a region of the territories, in the order of the list."""
    people = network.organisations
    if "nuts" not in people:
        return people
    regions = set(seats(study, network).dropna(subset=["n"])["nuts_id"])
    seat = pd.Series("", index=people.index, dtype="object")
    told = people["nuts"].notna()
    seat[told] = centres.of_codes(people.loc[told, "nuts"].astype("str"))["nuts_id"].to_numpy()
    return people[~seat.isin(regions)]


def names_of(codes: Iterable[str]) -> list[str]:
    """What regions are called in the language of the page; see `region_names.named`."""
    return [named(code) for code in codes]


def links(study: Dataset, *, on_map: bool = True) -> pd.DataFrame:
    """
    One row per pair of regions of two territories and kind of link, most first.

    Columns kind (`KINDS`), nuts_id, area, other_nuts_id, other_area, n (projects with
    organisations in both; families with inventors in both).  With `on_map=False` also those whose
    regions have no place on the map, under the code of the export, or under the territory where
    it has none.
    """
    rows = pd.concat([_projects(study), _patents(study)], ignore_index=True)
    for column in ("nuts_id", "other_nuts_id"):
        placed = centres.of_codes(rows[column].astype("str"))["nuts_id"]
        rows[column] = placed if on_map else placed.fillna(rows[column])
    rows = rows.dropna(subset=["nuts_id", "other_nuts_id"])
    order = ["kind", "n", "nuts_id", "other_nuts_id"]
    return rows.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def n_projects(study: Dataset) -> int:
    """How many joint projects of FP7 both sides took part in."""
    return int(framework_projects.joint_project_list(study)["project"].nunique())


def _projects(study: Dataset) -> pd.DataFrame:
    """Pairs of regions in joint projects."""
    rows = framework_projects.joint_project_list(study)
    rows = rows.loc[rows["nuts_id"] != "", ["project", "area", "nuts_id"]].drop_duplicates()
    return _paired(rows.rename(columns={"project": "unit"}), study).assign(kind="projects")


def _patents(study: Dataset) -> pd.DataFrame:
    """Pairs of regions of inventors on one family."""
    rows = copatents.joint_links(study, "inventor")
    told = {"node": "nuts_id", "territory": "area", "other_node": "other_nuts_id",
            "other_territory": "other_area"}  # fmt: skip
    return rows.rename(columns=told).assign(kind="patents")


def _paired(rows: pd.DataFrame, study: Dataset) -> pd.DataFrame:
    """Units with a region on both sides, counted by pair; the study's first territory first."""
    order = {name: place for place, name in enumerate(study.territories)}
    both = rows.merge(rows, on="unit", suffixes=("", "_other"))
    both = both[both["area"].map(order) < both["area_other"].map(order)]
    both = both.rename(columns={"nuts_id_other": "other_nuts_id", "area_other": "other_area"})
    keys = ["nuts_id", "area", "other_nuts_id", "other_area"]
    return both.groupby(keys, as_index=False, sort=True).size().rename(columns={"size": "n"})
