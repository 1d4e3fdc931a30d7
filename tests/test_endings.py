"""Basque endings follow the last sound of what they are put to."""

import pytest

from studylib.language import endings, in_language
from studylib.language.words import day


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("{x}(e)tik", "3", "3tik"),  # hiru
        ("{x}(e)tik", "1", "1etik"),  # bat
        ("{x}(e)tik", "5", "5etik"),  # bost
        ("{x}(e)tik", "10", "10etik"),  # hamar
        ("{x}(e)tik", "15", "15etik"),  # hamabost
        ("{x}(e)tik", "20", "20tik"),  # hogei
        ("{x}(e)tik", "21", "21etik"),  # hogeita bat
        ("{x}(e)tik", "90", "90etik"),  # laurogeita hamar
        ("{x}(e)tik", "100", "100etik"),  # ehun
        ("{x}(e)tik", "1.000", "1.000tik"),  # mila
        ("{x}(e)tik", "1.205", "1.205etik"),  # mila berrehun eta bost
        ("{x}(e)tan", "1", "1ean"),  # batean: one is singular
        ("{x}(e)tan", "21", "21etan"),
        ("{x}(e)tan", "4", "4tan"),
        ("{x}(e)an", "11", "11n"),  # hamaikan
        ("{x}(e)an", "% 38,7", "% 38,7an"),  # koma zazpi
        ("{x}(e)an", "% 38,5", "% 38,5ean"),  # koma bost
        ("{x}(e)an", "12 (% 4,2)", "12 (% 4,2)an"),
        ("{x}(e)tik", "26 kluster", "26 klusterretik"),
        ("{x}(e)k", "Euskadi", "Euskadik"),
        ("{x}(e)k", "Paris", "Parisek"),
        ("{x}(r)en", "Akitania", "Akitaniaren"),
        ("{x}(r)en", "Paris", "Parisen"),
        ("{x}(r)en", "kluster", "klusterren"),
        ("{x}(a)", "31", "31"),  # hogeita hamaika
        ("{x}(a)", "5", "5a"),
    ],
)
def test_the_open_sound_is_said_or_not(text, value, expected):
    """`(e)` stays after a consonant, `(r)` after a vowel, `(a)` after anything but an a."""
    assert endings.filled(text, {"x": value}, "eu") == expected


def test_what_a_value_holds_is_not_touched():
    """Brackets of the data stay, and so do those behind words of the text itself."""
    said = endings.filled("{x}: kluster(e)tik", {"x": "{y}(e)k 5(e)k"}, "eu")
    assert said == "{y}(e)k 5(e)k: kluster(e)tik"


def test_other_languages_keep_their_brackets():
    """In French, `(e)` is a feminine."""
    assert endings.filled("{x}(e)s", {"x": "vu"}, "fr") == "vu(e)s"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2013(e)ko martxoaren 1(a)", "2013ko martxoaren 1a"),
        ("2015(e)ko urriaren 31(a)", "2015eko urriaren 31"),
        ("2000(e)ko abenduaren 11(a)", "2000ko abenduaren 11"),
        ("2026(e)ko azaroaren 27(a)", "2026ko azaroaren 27a"),
    ],
)
def test_dates_are_written_out(said, expected):
    """CLDR leaves the endings open; a page does not."""
    assert endings.of_numbers(said) == expected


def test_a_date_elsewhere_stays_as_it_is():
    """No bracket is looked for in another language."""
    from datetime import date

    with in_language("fr"):
        assert day(date(2013, 3, 1)) == "1 mars 2013"
