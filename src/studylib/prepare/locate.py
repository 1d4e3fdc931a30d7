"""
Where applications lie: on which basis, in which area, with which share.

    inventor, applicant   the addresses of the parties, by region where the export knows one
    priority              the countries of the priority claims, in equal shares
    office                the office of filing
"""

from typing import TYPE_CHECKING

import pandas as pd

from studylib.clean import places

if TYPE_CHECKING:  # what checks study files takes a tenth of the time of reading
    from studylib.study.model import Study


def locations(
    applications: pd.DataFrame, parties: pd.DataFrame, priority_countries: pd.Series, study: "Study"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Contract `locations`, and the parties with the territory each lies in.

    Parameters
    ----------
    priority_countries
        Countries of the priority claims joined by a blank (index: application_id); an
        application without a claim counts for its own office.
    """
    from studylib.study.areas import areas_of

    areas = areas_of(study)
    assigned = places.assign(parties, areas)
    located = parties[["application_id", "role", "weight"]].join(assigned, how="inner")
    by_party = located.rename(columns={"role": "basis"})
    office = applications.set_index("application_id")["office"].astype("str")
    by_office = _by_country(office.dropna(), areas).assign(basis="office")
    claimed = priority_countries.reindex(office.index).fillna(office).dropna()
    by_claim = _by_country(claimed.str.split(" ").explode(), areas).assign(basis="priority")
    parts = [part for part in (by_party, by_office, by_claim) if len(part)]
    key = ["application_id", "basis", "area", "kind"]
    table = (
        pd.concat(parts, ignore_index=True)
        .groupby(key, as_index=False, observed=True)[["weight"]]
        .sum()
        if parts
        else pd.DataFrame({name: pd.Series(dtype="str") for name in key}).assign(weight=0.0)
    )
    # Shares of three thirds may add up to a hair above one.
    table["weight"] = table["weight"].clip(upper=1.0)
    mine = assigned[assigned["kind"] != "reference"]
    mine = mine[~mine.index.duplicated()]
    return table, parties.assign(territory=mine["area"].reindex(parties.index))


def _by_country(countries: pd.Series, areas: pd.DataFrame) -> pd.DataFrame:
    """One row per application, country and area that is a whole country (equal shares)."""
    whole = areas[areas["country"].notna()]
    said = pd.DataFrame(
        {"application_id": countries.index, "country": countries.to_numpy()}
    ).drop_duplicates()
    said["weight"] = 1 / said.groupby("application_id")["country"].transform("size")
    return said.merge(whole[["area", "kind", "country"]], on="country").drop(columns="country")


def known_bases(applications: pd.DataFrame, parties: pd.DataFrame) -> dict[str, str]:
    """What the exports know of places: basis -> `region` or `country`; no key where nothing is."""
    found = {}
    for role in ("inventor", "applicant"):
        own = parties[parties["role"] == role]
        if own["nuts_id"].notna().any():
            found[role] = "region"
        elif own["country"].notna().any():
            found[role] = "country"
    if applications["office"].notna().any():  # without a claim, its own office counts
        found |= {"priority": "country", "office": "country"}
    return found


def out_of_reach(located_by: str, known: dict[str, str], study: "Study") -> list[str]:
    """The territories nothing can lie in: all where the basis is not known, else the regions."""
    if located_by not in known:
        return study.territory_ids
    by_country = known[located_by] == "country"
    return [area.id for area in study.territories if by_country and area.nuts]
