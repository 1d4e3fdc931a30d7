"""
Cells that hold several numbers where one is meant: the first is used, the others are told.

    application_number           used         rejects
    EP 98115245; EP 98115246     EP98115245   application_number  EP 98115246  further numbers ...

Which of them is the record's nobody can know; what is not used stands with its place and reason.
"""

import pandas as pd

from studylib.clean import numbers
from studylib.language import mark
from studylib.prepare.of_one_kind import joined
from studylib.prepare.reject_rows import listed, rejected
from studylib.readers.raw import RawPatents

FURTHER = mark("further numbers of a cell, of which the first is used")
SEVERAL = r"[;|\r\n]|, *[A-Z]{2}| /"
"""What stands between two numbers; asked first, as hardly a claim has one."""


def of_column(records: pd.DataFrame, column: str, others: pd.Series) -> pd.DataFrame:
    """Rejects for what `clean.numbers` found behind the first number of each cell (`others`)."""
    others = others.str.strip(" ;")
    there = others.notna() & (others != "")
    told = pd.Series(FURTHER, others.index, dtype="str").where(there)
    return listed(rejected(records, column, others, told))


def of_claims(raw: RawPatents) -> pd.DataFrame:
    """The same for priority claims, whose place is that of their record."""
    claims = raw.priorities
    there = claims["number"].str.contains(SEVERAL, regex=True).fillna(value=False).astype(bool)
    said = claims[there]
    read = numbers.normalise_application(said["number"], office=said["country"])
    places = raw.records[["file", "row"]].take(said["record"].to_numpy())
    return of_column(places.set_axis(said.index), "priority", read["others"])


def of_export(raw: RawPatents, filed: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """All of an export; `filed` and `published` are its numbers as `clean.numbers` reads them."""
    own = raw.records
    return joined(
        [
            of_column(own, "application_number", filed["others"]),
            of_column(own, "publication_number", published["others"]),
            of_claims(raw),
        ]
    )
