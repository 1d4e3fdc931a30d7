"""
Rows of rejects (see `readers.raw.REJECTS`): what could not be used, where it stood, and why.

    file        row  column       value       reason                     n
    export.csv    2  filing_date  31/31/2004  no such day                1
    export.csv       country      ZZ          an office, ... or unknown  48210
"""

import pandas as pd

MOST = 1000
"""Rejects of one kind and export that are listed row by row; more are counted by value."""


def rejected(
    records: pd.DataFrame, column: str, values: pd.Series, reason: pd.Series
) -> pd.DataFrame:
    """One row per value with a reason, with its place in the export (aligned on `records`)."""
    there = reason.notna().to_numpy()
    return pd.DataFrame(
        {
            "file": records["file"].to_numpy()[there],
            "row": records["row"].to_numpy()[there],
            "column": column,
            "value": values.astype("str").to_numpy()[there],
            "reason": reason.to_numpy()[there],
            "n": 1,
        }
    )


def listed(rejects: pd.DataFrame) -> pd.DataFrame:
    """The rejects row by row; of very many only how often each value stands there."""
    if len(rejects) <= MOST:
        return rejects
    key = ["file", "column", "value", "reason"]
    counted = rejects.groupby(key, dropna=False)["n"].sum().reset_index()
    counted["row"] = pd.Series(pd.NA, counted.index, dtype="Int64")
    return counted[list(rejects)]
