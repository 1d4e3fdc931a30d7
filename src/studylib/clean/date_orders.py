"""
Which of day, month and year stands where in dates of digits: as the column itself shows it.

    04-25-02   98-01-02   24/6/04   7/6/04      year_first:  98-01-02 begins with the year
                                                order_parts: 24/6/04 has the day first, so 7/6/04

A part above 12 is no month, one above 31 no day.  Nothing is assumed where nothing shows it.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from studylib.readers.raw import DateOrder

MONTHS = 12  # a part above this is no month
DAYS = 31  # a part above this is no day
Numbers = np.ndarray[Any, np.dtype[Any]]


def year_first(read: dict[str, Numbers], order: "DateOrder", latest_year: int) -> None:
    """
    Fill the parts of short dates that begin with the year; take the year from those undecided.

    With hyphens the year may stand first (an ISO date cut short) or last; with dots and slashes it
    stands last, as every site and spreadsheet of ours writes it, unless the order says otherwise.
    """
    first, second, last = read["first"], read["second"], read["year"] % 100
    short = ~np.isnan(first) & read["short"]
    begins, open_ = short & (order == "ymd"), short & read["hyphened"] & (order in {"auto", "iso"})
    if open_.any():
        fits_first = open_ & _is_day(second, last)
        fits_last = open_ & (_is_day(second, first) | _is_day(first, second))
        shows_first, shows_last = fits_first & ~fits_last, fits_last & ~fits_first
        if shows_first.any() == shows_last.any():
            begins = shows_first
            open_ = fits_first & fits_last & (first != last)
            read["year"] = np.where(open_, np.nan, read["year"])
            read["unknown"] |= open_
        elif shows_first.any():
            begins = fits_first
    read["day"] = np.where(begins, last, read["day"])
    read["month"] = np.where(begins, second, read["month"])
    read["year"] = np.where(begins, full_year(first, latest_year), read["year"])
    for name in ("first", "second"):
        read[name] = np.where(begins | read["unknown"], np.nan, read[name])


def _is_day(month: Numbers, day: Numbers) -> Numbers:
    """Whether two parts can be month and day."""
    fits: Numbers = (month >= 1) & (month <= MONTHS) & (day >= 1) & (day <= DAYS)
    return fits


def order_parts(read: dict[str, Numbers], order: "DateOrder") -> None:
    """Fill month and day of the dates that end in the year; undecided ones stay without."""
    first, second = read["first"], read["second"]
    open_ = ~np.isnan(first)
    slashed = open_ & ~read["dotted"]
    day_first = slashed & (first > MONTHS) & (second <= MONTHS)
    month_first = slashed & (second > MONTHS) & (first <= MONTHS)
    read["mixed"] = np.full(
        len(first), order in {"auto", "iso", "ymd"} and bool(day_first.any() and month_first.any())
    )
    if order in {"dmy", "mdy"}:
        day_first, month_first = open_ & (order == "dmy"), open_ & (order == "mdy")
    elif day_first.any() != month_first.any():
        day_first, month_first = slashed & day_first.any(), slashed & month_first.any()
    else:
        day_first |= slashed & (first == second)
        # Two parts above 12 are no day in either order: say that, not "ambiguous".
        day_first |= slashed & (first > MONTHS) & (second > MONTHS)
    if order != "mdy":
        day_first |= open_ & read["dotted"]
    for chosen, day, month in ((day_first, first, second), (month_first, second, first)):
        read["day"] = np.where(chosen, day, read["day"])
        read["month"] = np.where(chosen, month, read["month"])


def full_year(two_digits: Numbers, latest_year: int) -> Numbers:
    """The latest year with these last two digits that is not after `latest_year`."""
    full: Numbers = latest_year - (latest_year - two_digits) % 100
    return full
