"""
How received, read, rejected and left out add up, in the same way wherever it is said.

    received = read + rejected + outside        records of the exports
    single                                      values values, files and rows of bulk parts

A record is rejected where it cannot be used, outside where it lies outside the years and areas
that a study keeps.  What is not used of records that are read is counted apart: a record with
two unreadable symbols is one record read and two values not used.
"""

from typing import NamedTuple

import pandas as pd

from studylib.language import mark
from studylib.readers.raw import NO_PLACE, NO_YEAR, OTHER_PLACE, OTHER_YEAR, RawPatents

OUTSIDE = frozenset({OTHER_YEAR, OTHER_PLACE, NO_PLACE, *NO_YEAR.values()})
"""Reasons of readers for records that a study does not keep."""

UNKNOWN_YEAR = mark("the year is not known on the study's date")
"""Reason for applications that no window can hold."""


class Parts(NamedTuple):
    """Numbers of records, and of values that could not be used."""

    received: int
    read: int
    rejected: int
    outside: int
    single: int


def of_export(raw: RawPatents) -> Parts:
    """The parts of one export, as its reader gives it."""
    return _parts(raw.n_received, len(raw.records), raw.rejects)


def of_tables(funnel: pd.DataFrame, rejects: pd.DataFrame) -> Parts:
    """The parts of all exports, from canonical tables, of a study or without one."""
    n = funnel.set_index("step")["n"]
    # Applications without a year were read: the funnel counts them where it leaves them out.
    values = rejects[rejects["reason"].astype("str") != UNKNOWN_YEAR]
    return _parts(int(n["received"]), int(n["read"]), values)


def _parts(received: int, read: int, rejects: pd.DataFrame) -> Parts:
    is_outside = rejects["reason"].astype("str").isin(OUTSIDE)
    outside = int(rejects.loc[is_outside, "n"].sum())
    rejected = received - read - outside
    values = int(rejects["n"].sum()) - outside - rejected
    return Parts(received, read, rejected, outside, values)
