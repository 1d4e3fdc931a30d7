"""
What cannot be right in a record that is used all the same: each with its place and its reason.

    application_number  EP 07866003.4               check digit that does not fit its number
    filing_date         2004-03-01                  filed before the earliest priority it claims
    filing_date         2004-03-01 (office EP)      filed more than 14 months after ...

Nothing is corrected or left out: a year is that of the date as it stands.  A priority lasts 12
months, and 2 more where it is restored (Paris Convention, article 4; EPC rule 136, PCT rule
26bis.3); only offices whose day of filing is that of the first filing there are held to it.
"""

import pandas as pd

from studylib.clean import check_digits, dates
from studylib.language import mark
from studylib.prepare.of_one_kind import joined
from studylib.prepare.reject_rows import listed, rejected
from studylib.readers.raw import RawPatents

BEFORE = mark("filed before the earliest priority it claims")
TOO_LATE = mark("filed more than 14 months after the earliest priority it claims")
HELD = ("EP", "WO")
LONGEST = pd.DateOffset(months=14, days=7)
"""A last day that is no working day moves on."""


def of_export(raw: RawPatents, known: pd.DataFrame) -> pd.DataFrame:
    """
    Rejects for values that are used and cannot be right.

    Parameters
    ----------
    known
        The records of the export that are identified (see `records.identify`): index as in
        `raw.records`.
    """
    own = raw.records.loc[known.index]
    number = own["application_number"]
    digits = check_digits.misfits(number, own["application_office"])
    said = own["filing_date"].fillna(own["filing_year"])
    reason = _order(raw, known)
    return joined(
        [
            listed(rejected(own, "application_number", number, digits)),
            listed(rejected(own, "filing_date", said, reason)),
        ]
    )


def _order(raw: RawPatents, known: pd.DataFrame) -> pd.Series:
    """Why a day of filing and the earliest day claimed cannot both be right."""
    if known["filing_year"].isna().all():
        return pd.Series(pd.NA, known.index, dtype="str")
    claimed = _earliest(raw).reindex(known.index)
    filed = known["filing_date"]
    late = known["office"].isin(HELD) & (filed > _later(claimed))
    # Where a day is not known, a year can still be too early.
    one_unknown = filed.isna() | claimed.isna()
    years = (known["filing_year"] < known["priority_year"]).fillna(value=False).astype(bool)
    before = (filed < claimed) | (one_unknown & years)
    return pd.Series(pd.NA, known.index, dtype="str").mask(late, TOO_LATE).mask(before, BEFORE)


def _earliest(raw: RawPatents) -> pd.Series:
    """Earliest day among the claims of each record; none where a day of them is not known."""
    claims = raw.priorities
    day = dates.parse(claims["date"], raw.date_order)["date"]
    by_record = day.groupby(claims["record"].to_numpy())
    first: pd.Series = by_record.min()
    return first.where(by_record.count() == by_record.size())


def _later(day: pd.Series) -> pd.Series:
    """The last day on which a priority can be claimed; each distinct day once."""
    told = pd.DatetimeIndex(day.dropna().unique())
    if told.empty:
        return day
    return day.map(pd.Series(told + LONGEST, told))
