"""Numbers in sentences, in each language."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from studylib.language import in_language, words

THIN, FIXED = "\u202f", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", "12,345.7"), ("fr", f"12{THIN}345,7"), ("es", f"12{THIN}345,7"), ("eu", "12.345,7")],
)
def test_numbers_follow_the_language(code, expected):
    """Separators are those of the language."""
    with in_language(code):
        assert words.number(12345.65, 1) == expected


@pytest.mark.parametrize(
    ("x", "expected"),
    [(9999, "9999"), (-9999, "−9999"), (9999.6, f"10{THIN}000"), (10_000, f"10{THIN}000")],
)
def test_spanish_sets_thousands_apart_from_five_digits_on(x, expected):
    """By a narrow space, as the Academy asks; the number that is written decides."""
    with in_language("es"):
        assert words.number(x) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("innovación", "salud e innovación"), ("Irún", "salud e Irún"),
        ("hilatura", "salud e hilatura"), ("hielo", "salud y hielo"),
        ("iones", "salud y iones"), ("formación", "salud y formación"),
    ],
)  # fmt: skip
def test_a_spanish_list_does_not_swallow_its_and(last, expected):
    """`e` before the sound of i, but not before a diphthong."""
    with in_language("es"):
        assert words.listing(["salud", last]) == expected
        assert words.listing([last]) == last


def test_items_that_hold_commas_are_set_apart_by_semicolons():
    """`Engines, pumps, turbines` is one field among others, not three."""
    assert words.listing(["engines, pumps", "transport"]) == "engines, pumps; transport"
    assert words.listing(["engines, pumps"]) == "engines, pumps"


@pytest.mark.parametrize(
    ("x", "digits", "expected"),
    [
        (0.125, 2, "0.13"),
        (-0.125, 2, "−0.13"),
        (2.5, 0, "3"),
        (-0.04, 1, "0.0"),
        (np.int64(1200), 0, "1,200"),
        (np.float64(1.005), 2, "1.01"),
        (float("inf"), 1, "∞"),
        (float("-inf"), 1, "−∞"),
    ],
)
def test_halves_are_rounded_away_from_zero(x, digits, expected):
    """Rounding is the one people learn at school, and zero has no sign."""
    assert words.number(x, digits) == expected


@pytest.mark.parametrize("x", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_a_missing_value_is_said_in_words(x):
    """No number is made up for a value that is not there."""
    assert words.number(x) == words.percent(x) == words.years(x, 2012) == "not known"
    assert words.interval(x, 0.5) == words.interval(0.5, x) == words.day(x) == "not known"
    assert words.share_words(x, 57, 0.1, 0.2) == words.share_words(1, x, 0.1, 0.2) == "not known"


@pytest.mark.parametrize(("code", "expected"), [("en", "28.5%"), ("fr", f"28,5{FIXED}%")])
def test_a_share_becomes_a_percentage_exactly(code, expected):
    """A share of 0.285 is 28.5 %, with the sign where the language has it."""
    with in_language(code):
        assert words.percent(0.285) == expected
        assert words.percent(float("inf")).startswith("∞")


@pytest.mark.parametrize(
    ("low", "high", "as_percent", "expected"),
    [
        (0.125, 0.333, True, "12.5–33.3%"),
        (1.2, 3.4, False, "1.2–3.4"),
        (-0.012, 0.034, True, "−1.2 to 3.4%"),
        (0.5, float("inf"), False, "0.5–∞"),
    ],
)
def test_an_interval_has_its_unit_once(low, high, as_percent, expected):
    """A dash between the limits, a word where a limit is negative."""
    assert words.interval(low, high, as_percent=as_percent) == expected


def test_a_share_travels_with_its_n_and_interval():
    """Count, total, share, level and interval stand in one phrase."""
    told = words.share_words(12, 57, 0.125, 0.333, level=0.9)
    assert told == "12 of 57 (21.1%, 90% interval 12.5–33.3%)"


def test_nothing_of_nothing_is_no_share():
    """Zero of zero has no percentage."""
    assert words.share_words(0, 0, 0, 1) == "0 of 0 (no share)"


def test_years_have_no_separator():
    """A period names its first and last year, a single year itself."""
    assert words.years(2000, 2012) == "2000–2012"
    assert words.years(2004.0, 2004) == "2004"


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", 3], "a, b and 3")],
)
def test_listing(items, expected):
    """Items stand in a sentence as people write them."""
    assert words.listing(items) == expected


def test_days_are_written_out():
    """A date is a day, a month in words, and a year."""
    assert words.day(date(2013, 3, 1)) == "1 March 2013"
    with in_language("fr"):
        assert words.day(date(2013, 3, 2)) == "2 mars 2013"


def test_counts_take_the_form_of_the_language():
    """English says 0 families, French 0 famille; the count is written as a number."""
    assert words.ngettext("{n} family of {x}", "{n} families of {x}", 1200, x="a") == (
        "1,200 families of a"
    )
    assert words.ngettext("{n} family", "{n} families", 0) == "0 families"


@pytest.mark.parametrize(("code", "name"), [("eu", "euskara"), ("en", "English"), ("xx", "xx")])
def test_a_language_is_named_in_its_own_words(code, name):
    """Links between languages can be read by those who need them."""
    assert words.language_name(code) == name
