"""
Which areas a party lies in.

    parties   country  nuts_id  nuts_version     areas      area       kind       nuts  country
              FR       FRI12    2016                        Aquitaine  territory  FR61
              ES       missing                              FR+ES      reference        FR
                                                            FR+ES      reference        ES
    assign -> Aquitaine (territory) and FR+ES (reference) for the first, FR+ES for the second

Regions are compared in the NUTS version of the area (see `studylib.clean.nuts`).  A party whose
export knows only its country lies in no area that is a region.
"""

import numpy as np
import pandas as pd

from studylib.clean.nuts import in_area, to_version, vintage_of
from studylib.project import PROJECT
from studylib.readers.raw import ISO_OF_NUTS

__all__ = ["assign", "in_area", "nuts_from_postcode", "to_version", "vintage_of"]

POSTCODES = PROJECT / "data" / "raw" / "rules" / "postcodes.csv"
LONGEST = 5  # digits of a French or Spanish postcode
PLACE = ["country", "nuts_id", "nuts_version"]


def assign(parties: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """
    The areas each party lies in: one row per party and area, none for a party outside all.

    Parameters
    ----------
    parties
        One row per party with country, nuts_id, nuts_version.  A missing version is found from
        all such codes together, else from the code itself; a code that does not tell is the
        same in every version.
    areas
        One row per area and NUTS prefix or whole country, see `study.areas.areas_of`.

    Returns
    -------
    Index: that of `parties`, repeated; columns area and kind, areas in their order.
    """
    place = parties[PLACE].astype("str")
    code = place.groupby(PLACE, dropna=False, sort=False).ngroup().to_numpy()
    known = place[~place.duplicated()].reset_index(drop=True)
    inside = _memberships(known, areas)
    row, area = np.nonzero(inside.to_numpy()[code])
    named = pd.DataFrame(list(inside.columns), columns=["area", "kind"], dtype="str")
    return named.take(area).set_axis(parties.index.take(row))


def nuts_from_postcode(country: pd.Series, postcode: pd.Series) -> pd.Series:
    """NUTS 3 code (NUTS 2013) of a postcode; missing where no rule of `postcodes.csv` fits."""
    rules = pd.read_csv(POSTCODES, dtype="str", comment="#")
    digits = postcode.astype("str").str.replace(r"\D", "", regex=True)
    # A spreadsheet took the zero from 01001.
    digits = digits.where(digits.str.len() != LONGEST - 1, "0" + digits)
    start = country.astype("str").str.upper() + digits.where(digits.str.len() == LONGEST).str[:2]
    return start.map(pd.Series(rules["nuts_id"].to_numpy(), rules["country"] + rules["prefix"]))


def _memberships(known: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Which areas each distinct place lies in: one column per (area, kind)."""
    codes = known["nuts_id"]
    found = vintage_of(codes[known["nuts_version"].isna()])
    told = codes.map({c: found or vintage_of(pd.Series([c])) for c in codes.dropna().unique()})
    version = known["nuts_version"].fillna(told.astype("str"))
    country = known["country"].str.upper().fillna(known["nuts_id"].str[:2].str.upper())
    country = country.replace(ISO_OF_NUTS)
    inside = {}
    for (area, kind), part in areas.groupby(["area", "kind"], sort=False):
        member = country.isin(part["country"].dropna())
        for own_version, own in part.dropna(subset="nuts").groupby("version"):
            for stated, rows in known.groupby(version.fillna(own_version)):
                there = in_area(
                    codes[rows.index], tuple(own["nuts"]), str(own_version), str(stated)
                )
                member[rows.index] |= there
        inside[area, kind] = member
    return pd.DataFrame(inside, index=known.index, dtype=bool)
