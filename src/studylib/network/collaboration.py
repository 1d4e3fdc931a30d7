"""
The collaboration page's questions, asked of an opened study.

    cluster_network  the list, what it states, the themes
    by_territory     the list in numbers
    sector_evidence  the patents beside it
"""

import pandas as pd

from studylib.language import given
from studylib.network import Network, copatents, sector_patents
from studylib.network.listed import network_of
from studylib.patents.dataset import Dataset


def cluster_network(study: Dataset) -> Network:
    """
    The organisations of the study's list, what they state, and the themes that join them.

    Organisations and their seats have the names they bear in the language of the page.
    """
    organisations = given.spoken(study.table("clusters"), "name", "place")
    return network_of(study, organisations)


def by_territory(study: Dataset, organisations: Network) -> pd.DataFrame:
    """
    The list in numbers: one row per territory of the study.

    Columns area, n, n_seen (a public page was seen for the row), n_sectors, n_without_patents
    (organisations all of whose sectors are known not to patent), n_unknown (organisations none of
    whose sectors has a symbol, one at least because the rules do not know it).
    """
    rows = organisations.organisations
    lists = rows["sectors"].astype("object")
    seen = rows["evidence"].astype("object").fillna("").str.startswith("seen")
    marked = rows.assign(
        has_seen=seen.to_numpy(),
        in_services=organisations.sectors.in_services(lists),
        unknown=organisations.sectors.not_told(lists),
        sector=lists.str.split(";"),
    )
    parts = []
    for area in study.territories:
        own = marked[marked["territory"] == area]
        parts.append(
            {
                "area": area,
                "n": int(own["n"].sum()),
                "n_seen": int(own["has_seen"].sum()),
                "n_sectors": int(own["sector"].explode().nunique()),
                "n_without_patents": int(own["in_services"].sum()),
                "n_unknown": int(own["unknown"].sum()),
            }
        )
    return pd.DataFrame(parts)


def sector_evidence(study: Dataset, organisations: Network) -> pd.DataFrame:
    """
    Potential and observed, sector by sector: what the list could join, what patents show.

    One row per sector of the list, sorted: sector; has_patents; n_0, n_1, ... organisations per
    territory; patents_0, patents_1, ... families in the sector's symbols per territory; n_joint
    families with parties on both sides.  A sector without symbols has no number of patents.
    """
    sector_rows = (organisations.items["kind"] == "sector").to_numpy()
    names = organisations.items["item"][sector_rows].tolist()
    stated = organisations.stated[:, sector_rows]
    table = pd.DataFrame({"sector": names})
    table["has_patents"] = [bool(organisations.sectors.technologies_of({name})) for name in names]
    counted = sector_patents.by_sector(study).set_index(["sector", "area"])["n"]
    for place, area in enumerate(study.territories):
        own = organisations.side == place
        table[f"n_{place}"] = (stated[own] * organisations.n[own, None]).sum(axis=0).astype(int)
        index = pd.MultiIndex.from_product([names, [area]])
        patents = counted.reindex(index).fillna(0.0).to_numpy()  # no family is a count of zero
        table[f"patents_{place}"] = pd.Series(patents).where(table["has_patents"])
    joint = copatents.by_sector(study).set_index("sector")["n_joint"]
    n_joint = joint.reindex(names).fillna(0).astype(float).reset_index(drop=True)
    return table.assign(n_joint=n_joint.where(table["has_patents"]))
