"""
What of parties could not be used, with its place in the export: names, countries and regions.

    file        row  column     value  reason                                                n
    export.csv    2  country    ZZ     an office, an organisation or unknown: ...            1
    export.csv    3  applicant  -      an applicant or inventor without a name, left out     1
"""

from collections.abc import Iterator

import pandas as pd

from studylib.prepare.reject_rows import listed, rejected
from studylib.readers.raw import NO_NAME, RawPatents


def without_name(raw: RawPatents, lost: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Parties that nothing is called, with what stands in the place of their name."""
    for role, rows in lost.groupby("role", sort=True):
        places = raw.records[["file", "row"]].take(rows["record"].to_numpy())
        reason = pd.Series(NO_NAME, rows.index, dtype="str")
        yield listed(rejected(places, str(role), rows["raw_name"], reason))


def values(
    raw: RawPatents, record: pd.Series, column: str, said: pd.Series, reason: pd.Series | str
) -> pd.DataFrame:
    """One row per value that is not missing, listed as long as a list can still be read."""
    bad = said.dropna()
    places = raw.records[["file", "row"]].take(record[bad.index].to_numpy())
    return listed(rejected(places, column, bad, pd.Series(reason, bad.index, dtype="str")))
