"""
Dates as exports write them, each distinct spelling read once.

    values                        date        year  reason
    2004-06-24T23:59:59.000Z      2004-06-24  2004
    24.06.2004                    2004-06-24  2004
    20040624                      2004-06-24  2004
    7/6/04                        missing     2004  day and month cannot be told apart
    04-01-02                      missing           year, month and day cannot be told apart
    00000000, no date, 9999-...   missing           no date

A time of day is dropped, never shifted to another zone: exports stamp midnight or 23:59:59 on
a calendar day.  Which of day and month comes first is found from the column, never assumed.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean.columns import encode
from studylib.clean.date_orders import (
    DAYS,
    MONTHS,
    Numbers,
    full_year,
    order_parts,
    year_first,
)
from studylib.clean.texts import Array, only, parts
from studylib.language import mark

if TYPE_CHECKING:
    from studylib.readers.raw import DateOrder

FIRST_YEAR, LAST_YEAR = 1850, 2100
SHORT = 2  # digits of a year without its century
LATEST_YEAR = 2030
NO_DATE = mark("no date")
NOT_READ = mark("not a date")
NO_SUCH_DAY = mark("no such day")
IMPOSSIBLE_YEAR = mark("year outside 1850 to 2100")
AMBIGUOUS = mark("day and month cannot be told apart")
NO_ORDER = mark("year, month and day cannot be told apart")
MIXED = mark("day and month cannot be told apart: the column holds dates in both orders")
YEAR_ONLY = mark("only the year is known")
SERIAL = mark("spreadsheet day number among other dates")

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
    both shown: only dates that fit one order, or both alike (7/7/2004), are read.  The same holds
    for where the year stands in three parts of two digits with hyphens, as 04-01-02.
    """
    codes, texts = encode(values)
    texts = pc.utf8_trim_whitespace(texts)
    read = _parts(texts, latest_year)
    year_first(read, order, latest_year)
    order_parts(read, order)
    is_nothing = _told(pc.match_substring_regex(texts, NOTHING))
    _read_day_numbers(read, texts, is_nothing)
    return _checked(read, is_nothing).take(codes).set_axis(values.index)


def _parts(texts: Array, latest_year: int) -> dict[str, Numbers]:
    """Year, month and day where the form shows them; first, second and mark where it does not."""
    names = ("year", "month", "day", "first", "second")
    read = {name: np.full(len(texts), np.nan) for name in names}
    unread = texts
    for form in (YEAR_FIRST, COMPACT, YEAR_ALONE, YEAR_LAST):
        found = parts(unread, form)
        for name in read.keys() & found.keys():
            read[name] = np.where(np.isnan(read[name]), _numbers(found[name]), read[name])
        unread = only(pc.is_null(found["year"]), unread)
    # Only the last form has short years.
    read["short"] = _told(pc.equal(pc.utf8_length(found["year"]), SHORT))
    read["dotted"] = _told(pc.equal(found["mark"], "."))
    read["hyphened"] = _told(pc.equal(found["mark"], "-"))
    read["year"] = np.where(read["short"], full_year(read["year"], latest_year), read["year"])
    read["unknown"] = np.zeros(len(texts), dtype=bool)
    return read


def _read_day_numbers(read: dict[str, Numbers], texts: Array, is_nothing: Numbers) -> None:
    """Fill the parts of day numbers, if nothing but day numbers and blanks stands there."""
    serial = _numbers(parts(texts, DAY_NUMBER)["serial"])
    found = read["serial"] = ~np.isnan(serial)
    if not found.any() or not (found | is_nothing).all():
        return
    days = serial[found].astype("timedelta64[D]") + DAY_ZERO
    months = days.astype("datetime64[M]")
    read["year"][found] = days.astype("datetime64[Y]").astype("int64") + 1970
    read["month"][found] = months.astype("int64") % 12 + 1
    read["day"][found] = (days - months).astype("int64") + 1


def _checked(read: dict[str, Numbers], is_nothing: Numbers) -> pd.DataFrame:
    """
    `date`, `year` and `reason` of the parts: only years and days that exist.

    The row of missing values at the end is the one that a missing text (code -1) takes.
    """
    year, month, day = read["year"], read["month"], read["day"]
    has_year, no_month = ~np.isnan(year), np.isnan(month)
    known_year = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    ambiguous = ~np.isnan(read["first"]) & no_month
    year_only = has_year & (no_month | (month == 0)) & ~ambiguous
    whole = known_year & (month >= 1) & (month <= MONTHS) & (day >= 1) & (day <= DAYS)
    months = np.where(whole, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(whole, day - 1, 0).astype("m8[D]")
    whole &= days.astype("datetime64[M]") == months
    reasons = {
        NO_DATE: is_nothing,
        "": whole,
        SERIAL: read["serial"],
        NO_ORDER: read["unknown"],
        IMPOSSIBLE_YEAR: has_year & ~known_year,
        MIXED: ambiguous & read["mixed"],
        AMBIGUOUS: ambiguous,
        YEAR_ONLY: year_only,
        NO_SUCH_DAY: has_year,
    }
    said = np.select(list(reasons.values()), range(len(reasons)), len(reasons))
    told = pa.array([reason or None for reason in (*reasons, NOT_READ)], pa.large_string())
    missing = np.array(["NaT"], "datetime64[ms]")
    return pd.DataFrame(
        {
            "date": np.append(np.where(whole, days.astype("datetime64[ms]"), missing), missing),
            "year": pd.array(np.append(np.where(known_year, year, np.nan), np.nan), "Int64"),
            "reason": told.take(pa.array(np.append(said, list(reasons).index("")))).to_pandas(),
        }
    )


def _numbers(texts: Array) -> Numbers:
    """Digits as numbers, missing as NaN."""
    found: Numbers = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    return found


def _told(condition: Array) -> Numbers:
    """A condition as truth values; missing is false."""
    found: Numbers = pc.fill_null(condition, False).to_numpy(zero_copy_only=False)  # noqa: FBT003
    return found
