"""Spans and lists have the marks of their language."""

import pytest

from studylib.language import in_language
from studylib.language.words import interval, listing, years


@pytest.mark.parametrize(
    ("code", "period", "share", "below"),
    [
        ("en", "2000–2012", "13–58%", "−5 to 58%"),
        ("es", "2000-2012", "13-58\u00a0%", "−5 a 58\u00a0%"),
        ("fr", "2000-2012", "13-58\u00a0%", "−5 à 58\u00a0%"),
        ("eu", "2000-2012", "%\u00a013-58", "%\u00a0−5…58"),
    ],
)
def test_figures_are_joined_as_the_academies_ask(code, period, share, below):
    """A dash in English, a hyphen elsewhere; a word where the lower end has a minus sign."""
    with in_language(code):
        assert years(2000, 2012) == period
        assert interval(0.13, 0.58, 0) == share
        assert interval(-0.05, 0.58, 0) == below


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["papel (5,8)", "mecánica (2,0)", "obras (1,5)"],
         "papel (5,8), mecánica (2,0) y obras (1,5)"),
        (["Norte 3,1 %", "Sur 5,9 %", "resto 3,5 %"], "Norte 3,1 %, Sur 5,9 % y resto 3,5 %"),
        (["Norte 3,1", "Sur 5,9", "resto 3,5"], "Norte 3,1; Sur 5,9; resto 3,5"),
        (["bombas, motores", "obras"], "bombas, motores; obras"),
        (["Salud", "Fotónica: láser", "Energía"], "Salud; Fotónica: láser; Energía"),
        (["a (95 %: 1-2)", "b"], "a (95 %: 1-2) y b"),
    ],
)  # fmt: skip
def test_commas_part_what_has_no_mark_of_its_own(items, expected):
    """A decimal comma is no mark, unless it ends an item; a comma or colon inside an item is."""
    with in_language("es"):
        assert listing(items) == expected
