"""
Dates as exports write them, each distinct spelling read once.

    values                        date        year  reason
    2004-06-24T23:59:59.000Z      2004-06-24  2004
    24.06.2004                    2004-06-24  2004
    20040624                      2004-06-24  2004
    7/6/04                        missing     2004  day and month cannot be told apart
    00000000, no date, 9999-...   missing           no date

A time of day is dropped, never shifted to another zone: exports stamp midnight or 23:59:59 on
a calendar day.  Which of day and month comes first is found from the column, never assumed.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from studylib.distinct import distinct, groups, spread

if TYPE_CHECKING:
    from studylib.readers.raw import DateOrder

FIRST_YEAR, LAST_YEAR = 1850, 2100
MONTHS = 12  # a part above this is no month
SHORT = 2  # digits of a year without its century
LATEST_YEAR = 2030
NO_DATE = "no date"
NOT_READ = "not a date"
NO_SUCH_DAY = "no such day"
IMPOSSIBLE_YEAR = f"year outside {FIRST_YEAR} to {LAST_YEAR}"
AMBIGUOUS = "day and month cannot be told apart"
YEAR_ONLY = "only the year is known"
SERIAL = "spreadsheet day number among other dates"

TIME = r"(?:[T ]+\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[AP]M)?(?:Z|[+-]\d\d:?\d\d)?)?"
NOTHING = (
    r"(?i)^(?:no date|none|null|nan|nat|n/a|unknown|[-./ 0]*"
    r"|9999[-./]?12[-./]?31.*|31[-./]12[-./]9999.*)$"
)
YEAR_FIRST = rf"^(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){TIME}$"
COMPACT = r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)$"
YEAR_ALONE = r"^(?P<year>\d{4})(?:(?:[-/]\d\d)?|(?:[-/]?00){1,2})$"
YEAR_LAST = (  # `mark` is a dot in dd.mm.yyyy
    r"^(?P<first>\d{1,2})(?P<mark>[-/. ])(?P<second>\d{1,2})[-/. ]"
    rf"(?P<year>\d{{4}}|\d\d){TIME}$"
)
DAY_NUMBER = r"^(?P<serial>[1-7]\d{4})(?:\.0+)?$"
DAY_ZERO = np.datetime64("1899-12-30")  # day 1 of a spreadsheet is 1900-01-01, which it calls leap


def parse(
    values: pd.Series, order: "DateOrder" = "auto", latest_year: int = LATEST_YEAR
) -> pd.DataFrame:
    """
    The day and the year each value names, or why not.

    Parameters
    ----------
    values
        Text as exported; missing stays missing, without a reason.
    order
        Order of the parts where the year stands last: "dmy" or "mdy"; where three two-digit
        parts could begin with the year, "ymd".  "auto" and "iso": the column's own evidence.
        Dates with dots are day first in every order but an explicit "mdy".
    latest_year
        A two-digit year is the latest one that is not after this.

    Returns
    -------
    One row per value, same index: `date` (datetime64[ms], missing unless the day is known),
    `year` (Int64, also where only the year is sure), `reason` (missing where the day is read).

    Notes
    -----
    A part above 12 shows the order.  One order shown: the whole column is read so.  None or
    both shown: only dates that fit one order, or both alike (7/7/2004), are read.
    """
    codes, texts = distinct(values)
    read = _parts(texts, latest_year)
    _order_parts(read, order, latest_year)
    _read_day_numbers(read, texts)
    return spread(_checked(read, texts), codes, values.index)


def _parts(texts: pd.Series, latest_year: int) -> pd.DataFrame:
    """Year, month and day where the form shows them; first, second and mark where it does not."""
    read = pd.DataFrame(
        np.nan, index=texts.index, columns=["year", "month", "day", "first", "second"]
    )
    for form in (YEAR_FIRST, COMPACT, YEAR_ALONE, YEAR_LAST):
        found = groups(texts, form)
        for name in found.columns.difference(["mark"]):
            read[name] = read[name].fillna(pd.to_numeric(found[name]).astype("float64"))
    two_digits = found["year"].str.len() == SHORT  # only the last form has short years
    read["short"] = two_digits
    read["dotted"] = found["mark"] == "."
    read["year"] = read["year"].mask(two_digits, _full_year(read["year"], latest_year))
    return read


def _order_parts(read: pd.DataFrame, order: "DateOrder", latest_year: int) -> None:
    """Fill month and day of the dates that end in the year; undecided ones stay without."""
    first, second = read["first"], read["second"]
    open_ = first.notna()
    if order == "ymd":
        begins = open_ & read["short"]
        last = read["year"] % 100
        read.loc[begins, "day"] = last
        read.loc[begins, "month"] = second
        read.loc[begins, "year"] = _full_year(first, latest_year)
        open_ &= ~begins
    slashed = open_ & ~read["dotted"]
    day_first = slashed & (first > MONTHS) & (second <= MONTHS)
    month_first = slashed & (second > MONTHS) & (first <= MONTHS)
    if order in {"dmy", "mdy"}:
        day_first, month_first = open_ & (order == "dmy"), open_ & (order == "mdy")
    elif day_first.any() != month_first.any():
        day_first, month_first = slashed & bool(day_first.any()), slashed & bool(month_first.any())
    else:
        day_first |= slashed & (first == second)
        # Two parts above 12 are no day in either order: say that, not "ambiguous".
        day_first |= slashed & (first > MONTHS) & (second > MONTHS)
    if order != "mdy":
        day_first |= open_ & read["dotted"]
    for chosen, day, month in ((day_first, first, second), (month_first, second, first)):
        read.loc[chosen, "day"] = day
        read.loc[chosen, "month"] = month


def _read_day_numbers(read: pd.DataFrame, texts: pd.Series) -> None:
    """Fill the parts of day numbers, if nothing but day numbers and blanks stands there."""
    serial = pd.to_numeric(groups(texts, DAY_NUMBER)["serial"]).astype("float64")
    read["serial"] = serial.notna()
    if not serial.notna().any() or (serial.isna() & ~_is_nothing(texts)).any():
        return
    days = serial.fillna(0).to_numpy().astype("timedelta64[D]") + DAY_ZERO
    months = days.astype("datetime64[M]")
    found = serial.notna()
    read.loc[found, "year"] = (days.astype("datetime64[Y]").astype("int64") + 1970)[found]
    read.loc[found, "month"] = (months.astype("int64") % 12 + 1)[found]
    read.loc[found, "day"] = ((days - months).astype("int64") + 1)[found]


def _checked(read: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """`date`, `year` and `reason` of the parts: only years and days that exist."""
    year, month, day = read["year"], read["month"], read["day"]
    known_year = year.between(FIRST_YEAR, LAST_YEAR)
    ambiguous = read["first"].notna() & month.isna()
    year_only = year.notna() & (month.isna() | (month == 0)) & ~ambiguous
    whole = known_year & month.between(1, MONTHS) & day.between(1, 31)
    months = ((year - 1970) * 12 + month - 1).where(whole, 0).to_numpy().astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1).where(whole, 0).to_numpy().astype("m8[D]")
    whole &= days.astype("datetime64[M]") == months
    reason = pd.Series(NOT_READ, index=read.index, dtype="str")
    reason = reason.mask(year.notna(), NO_SUCH_DAY).mask(year_only, YEAR_ONLY)
    reason = reason.mask(ambiguous, AMBIGUOUS).mask(year.notna() & ~known_year, IMPOSSIBLE_YEAR)
    reason = reason.mask(read["serial"], SERIAL).mask(whole).mask(_is_nothing(texts), NO_DATE)
    return pd.DataFrame(
        {
            "date": pd.Series(days.astype("datetime64[ms]"), read.index).where(whole),
            "year": year.where(known_year).astype("Int64"),
            "reason": reason,
        }
    )


def _full_year(two_digits: pd.Series, latest_year: int) -> pd.Series:
    """The latest year with these last two digits that is not after `latest_year`."""
    return latest_year - (latest_year - two_digits) % 100


def _is_nothing(texts: pd.Series) -> pd.Series:
    """Whether a text stands for "no date"."""
    return texts.str.contains(NOTHING, regex=True).astype(bool)
