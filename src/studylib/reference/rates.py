"""Patent applications per million inhabitants of the border areas and their neighbours."""

from pathlib import Path

import pandas as pd

AREAS = [
    "BE2", "BE3", "CH03", "DE12", "DE13", "DEB3", "ES", "ES21", "ES22", "FR", "FR30", "FR42",
    "FR61", "FR62",
]  # fmt: skip
YEARS = (2000, 2012)


def rates(path: Path) -> pd.DataFrame:
    """
    One row per (area, year), sorted: value [EPO applications per million inhabitants].

    As published by Eurostat (pat_ep_rtot, unit P_MHAB), NUTS 2010.
    """
    whole = pd.read_csv(path)
    is_rate = (whole["unit"] == "P_MHAB") & whole["time"].between(*YEARS)
    rows = whole[is_rate & whole["geo"].isin(AREAS)]
    rows = rows.rename(columns={"geo": "area", "time": "year", "values": "value"})
    return rows[["area", "year", "value"]].sort_values(["area", "year"], ignore_index=True)
