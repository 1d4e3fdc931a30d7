"""Dates as exports write them."""

import datetime as dt

import pandas as pd
import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import dates


def read(*values, **options):
    """Per value: the day (ISO) or None, the year or None, the reason or None."""
    parsed = dates.parse(pd.Series(list(values), dtype="str"), **options)
    return [
        (
            None if pd.isna(row.date) else row.date.date().isoformat(),
            None if pd.isna(row.year) else int(row.year),
            None if pd.isna(row.reason) else row.reason,
        )
        for row in parsed.itertuples()
    ]


@pytest.mark.parametrize(
    "value",
    [
        "2004-06-24", "2004-06-24T23:59:59.000Z", "2004-06-24 00:00:00", "2004/06/24",
        "2004-06-24T00:00:00+02:00", "24.06.2004", "24.6.04", "20040624", "24/06/2004", "24/6/04",
        "6/24/04", "24-06-2004", "24.06.2004 12:30", " 20040624 ",
    ],
)  # fmt: skip
def test_every_form_of_a_day_is_read(value):
    """All spellings of one day give that day; a time of day never moves it."""
    assert read(value) == [("2004-06-24", 2004, None)]


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "00000000",
        "no date",
        "No Date",
        "9999-12-31",
        "99991231",
        "31.12.9999",
        "null",
        "-",
        "",
    ],
)
def test_a_placeholder_is_no_date(value):
    """What exports write for "not known" has no day and no year, and says so."""
    assert read(value) == [(None, None, "no date")]


def test_missing_is_missing_without_a_reason():
    """Where nothing stands there is nothing to reject."""
    assert read(None) == [(None, None, None)]


@pytest.mark.parametrize(
    ("value", "year", "reason"),
    [
        ("31.02.2004", 2004, "no such day"),
        ("20040230", 2004, "no such day"),
        ("13/13/2004", 2004, "no such day"),
        ("32.01.2004", 2004, "no such day"),
        ("2004-13-01", 2004, "no such day"),
        ("2004", 2004, "only the year is known"),
        ("2004-06", 2004, "only the year is known"),
        ("20040000", 2004, "only the year is known"),
        ("2004-00-00", 2004, "only the year is known"),
        ("18491231", None, "year outside 1850 to 2100"),
        ("2101", None, "year outside 1850 to 2100"),
        ("June 2004", None, "not a date"),
        ("200406245", None, "not a date"),
    ],
)
def test_what_is_not_a_day_says_why(value, year, reason):
    """An impossible day keeps its year; nothing is moved to a day that exists."""
    assert read(value) == [(None, year, reason)]


def test_the_last_day_of_february_is_that_of_its_year():
    """29 February exists in leap years only; 1850 and 2100 are inside."""
    assert [day for day, *_ in read("29.02.2000", "29.02.2001", "01.01.1850", "31.12.2100")] == [
        "2000-02-29", None, "1850-01-01", "2100-12-31",
    ]  # fmt: skip


def test_one_part_above_twelve_shows_the_order_of_the_column():
    """24/6 in a column makes 7/6 the seventh of June; 6/24 makes it the sixth of July."""
    assert read("7/6/2004", "24/6/2004")[0] == ("2004-06-07", 2004, None)
    assert read("7/6/2004", "6/24/2004")[0] == ("2004-07-06", 2004, None)
    assert read("7/6/2004", "13/12/2004")[0] == ("2004-06-07", 2004, None)
    assert read("7/6/2004", "12/13/2004")[0] == ("2004-07-06", 2004, None)


def test_without_evidence_only_the_year_is_known():
    """7/6/2004 alone has a year and no day; 7/7/2004 is the same day in both orders."""
    assert read("7/6/2004", "7/7/2004") == [
        (None, 2004, "day and month cannot be told apart"),
        ("2004-07-07", 2004, None),
    ]


def test_evidence_of_both_orders_rejects_the_ambiguous_ones_only():
    """With 24/6 and 6/24 in one column, 7/6 is not read and the two are."""
    assert read("7/6/2004", "24/6/2004", "6/24/2004") == [
        (None, 2004, "day and month cannot be told apart: the column holds dates in both orders"),
        ("2004-06-24", 2004, None),
        ("2004-06-24", 2004, None),
    ]


def test_dots_are_day_first_and_show_nothing_about_slashes():
    """7.6.2004 is the seventh of June in any column; it does not decide 7/6/2004."""
    assert [day for day, *_ in read("7.6.2004", "24.6.2004", "7/6/2004")] == [
        "2004-06-07", "2004-06-24", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "day"),
    [("dmy", "2004-06-07"), ("mdy", "2004-07-06"), ("iso", None), ("ymd", "2007-06-04")],
)
def test_a_stated_order_is_followed(order, day):
    """The order the reader states is used; "iso" says nothing about such dates."""
    assert read("7/6/04", order=order)[0][0] == day


def test_a_stated_order_is_not_bent():
    """24/6 read month first is no such day, also with dots."""
    assert {reason for *_, reason in read("24/6/2004", "24.6.2004", order="mdy")} == {"no such day"}


@pytest.mark.parametrize("others", [[], ["98-01-02", "01-02-98"], ["2004-01-02", "7/6/04"]])
def test_a_short_date_with_hyphens_alone_has_no_year(others):
    """04-01-02 may be 2004 or 2002: neither is read, unless the column shows where years stand."""
    unknown = (None, None, "year, month and day cannot be told apart")
    assert read("04-01-02", *others)[0] == unknown
    assert read("04-01-04", *others)[0][1] == 2004


def test_one_short_date_shows_where_the_year_of_the_column_stands():
    """98 is no day, 25 no month, 00 neither: what fits one order only decides for the others."""
    assert read("04-01-02", "98-12-30")[0] == ("2004-01-02", 2004, None)
    assert read("04-01-02", "30-12-98")[0] == ("2002-01-04", 2002, None)
    assert read("04-01-02", "12-25-03")[0] == ("2002-04-01", 2002, None)
    assert read("04-01-02", "24-06-00")[0] == ("2002-01-04", 2002, None)
    assert read("04-01-02", order="dmy")[0] == ("2002-01-04", 2002, None)
    assert read("04-01-02", order="ymd")[0] == ("2004-01-02", 2004, None)


def test_year_first_order_leaves_four_digit_years_at_the_end_alone():
    """With order "ymd", 24/6/2004 still ends in its year."""
    assert read("24/6/2004", order="ymd") == [("2004-06-24", 2004, None)]


def test_two_digit_years_end_with_the_latest_year():
    """With 2030 as the latest year 30 is 2030 and 31 is 1931; the latest year is a parameter."""
    assert [year for _, year, _ in read("1.1.30", "1.1.31", "1.1.00")] == [2030, 1931, 2000]
    assert [year for _, year, _ in read("1.1.13", "1.1.14", latest_year=2013)] == [2013, 1914]


def test_day_numbers_are_read_in_a_column_of_day_numbers():
    """36526 and 41640.0 are 1 January 2000 and 2014 where nothing else stands."""
    assert [day for day, *_ in read("36526", "41640.0", "0", None)] == [
        "2000-01-01", "2014-01-01", None, None,
    ]  # fmt: skip


def test_a_day_number_among_dates_is_rejected():
    """One date in the column makes 41640 a number that is not guessed at."""
    assert read("41640", "2004-06-24")[0] == (
        None, None, "spreadsheet day number among other dates",
    )  # fmt: skip


def test_dtypes_and_index_are_those_promised():
    """Categories in, same index out; dates in milliseconds, years as integers."""
    parsed = dates.parse(pd.Series(["2004"], index=[9], dtype="category"))
    assert parsed.dtypes.astype(str).to_dict() == {
        "date": "datetime64[ms]", "year": "Int64", "reason": "str",
    }  # fmt: skip
    assert parsed.index.tolist() == [9]
    assert len(dates.parse(pd.Series([], dtype="str"))) == 0


@given(st.lists(st.dates(dt.date(1932, 1, 1), dt.date(2030, 12, 31)), min_size=1, max_size=5))
def test_reading_undoes_writing(days):
    """A day written in any unambiguous form is read back."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d.%m.%y"):
        written = [day.strftime(form) for day in days]
        assert [day for day, *_ in read(*written)] == [day.isoformat() for day in days]


@given(st.lists(st.sampled_from(["7/6/2004", "24/6/2004", "6/24/2004", "x", None]), max_size=6))
def test_repeating_a_column_changes_nothing(values):
    """The evidence is which dates stand there, not how often."""
    assert read(*values, *values) == read(*values) * 2


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="skipped: ../shared not found")
def test_every_publication_date_of_a_real_export_is_read():
    """No publication or application date of the Lens export is rejected."""
    path = SHARED / "real" / "lens" / "drones_fulltext_families_5884_raw.csv"
    export = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    for column in ("Publication Date", "Application Date"):
        parsed = dates.parse(export[column])
        assert parsed["reason"].isna().all()
        assert parsed["date"].notna().sum() == export[column].notna().sum()
