"""Patent applications per million inhabitants, of the regions whose totals are published."""

from pathlib import Path

import pandas as pd

YEARS = (2000, 2012)


def rates(path: Path, published: Path) -> pd.DataFrame:
    """
    One row per (area, year), sorted: value [EPO applications per million inhabitants].

    As published by Eurostat (pat_ep_rtot, unit P_MHAB), NUTS 2010, for every region and country of
    the totals in the folder `published`: a study may name any of them.
    """
    whole = pd.read_csv(path)
    known = pd.read_csv(published / "eurostat_pat_ep_rtot.csv")["area"].unique()
    is_rate = (whole["unit"] == "P_MHAB") & whole["time"].between(*YEARS)
    rows = whole[is_rate & whole["geo"].isin(known)]
    rows = rows.rename(columns={"geo": "area", "time": "year", "values": "value"})
    return rows[["area", "year", "value"]].sort_values(["area", "year"], ignore_index=True)
