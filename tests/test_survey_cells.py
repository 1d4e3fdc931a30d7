"""Cells of a survey: ticks in four languages, several answers in one cell, texts, numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.survey import cells as survey_cells
from studylib.survey.codebook import Codebook

BOOK = Codebook.model_validate(
    {
        "answers": "q",
        "selected": ["A1"],
        "not_selected": ["A0"],
        "territories": {"A": "A"},
        "option": [
            {"domain": "innovation", "label": {"en": "Innovation", "es": "Innovación"}},
            {"domain": "internationalisation", "label": "New markets, new clients"},
            {"domain": "other", "label": "Markets"},
            {"domain": "training", "label": "New markets", "also": ["T1"]},
            {"domain": "good_practice", "label": "Practice", "column": "p"},
        ],
    }
)
LABELS = ["Innovation", "New markets, new clients", "Markets", "New markets"]


@pytest.mark.parametrize(
    ("cell", "ticked"),
    [
        ("Y", True), ("oui", True), ("Sí", True), ("BAI", True), ("x", True), ("1", True),
        ("N", False), ("Non", False), ("no", False), ("Ez", False), ("0", False),
        ("A1", True), ("A0", False), ("  practice ", True), ("maybe", None), ("Practise", None),
    ],
)  # fmt: skip
def test_a_box_is_ticked_in_four_languages(cell, ticked):
    """Codes of the codebook, usual words, the option's own label; anything else is not known."""
    assert survey_cells.tick(cell, BOOK.option[4], BOOK) is ticked


@pytest.mark.parametrize(
    ("cell", "options", "unknown"),
    [
        ("Innovation; New markets", (0, 3), ""),
        ("Innovation, New markets, new clients", (0, 1), ""),
        ("New markets, new clients, New markets", (1, 3), ""),
        ("innovación\nT1", (0, 3), ""),
        ("Innovation, Innovation", (0,), ""),
        ("A park, a lake; Innovation", (0,), "A park, a lake"),
        ("Innovation; Practice", (0,), "Practice"),
        ("; ,", (), ""),
        ("New\n\n  markets\n \nInnovation", (3, 0), ""),
        ("A park\n\n a lake\nT1", (3,), "A park\n a lake"),
    ],
)
def test_a_cell_of_several_answers(cell, options, unknown):
    """The longest label wins; what no label fits stays as it stood, and nothing else does."""
    assert survey_cells.choices(cell, BOOK.option, BOOK) == survey_cells.Chosen(options, unknown)


@given(st.lists(st.sampled_from(LABELS), unique=True), st.sampled_from([";", "; ", ", "]))
def test_what_was_written_with_a_sign_is_read_with_it(labels, sign):
    """Whatever options are chosen, in any order: all of them come back and nothing is unknown."""
    read = survey_cells.choices(sign.join(labels), BOOK.option, BOOK)
    assert read.unknown == ""
    assert sorted(read.options) == sorted(LABELS.index(label) for label in labels)


@pytest.mark.parametrize(
    ("sign", "n"),
    [(",", 10_000), ("a,", 10_000), ("New markets,", 10_000), ("a\n\n", 10_000), ("\n", 10**6)],
)
def test_a_text_of_many_signs_is_read_once(sign, n):
    """Thousands of commas or line breaks in a cell end."""
    read = survey_cells.choices("x, " + sign * n + "Innovation", BOOK.option, BOOK)
    assert 0 in read.options
    assert read.unknown.startswith("x")


def test_an_e_mail_address_in_a_text_is_hidden():
    """Free text is carried, without addresses."""
    assert survey_cells.free_text(" Ask me: a.b@c.example.org ") == "Ask me: [e-mail]"


ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")  # the definition


@given(st.text(alphabet="aé1.+-_@ ;\n", max_size=30))
def test_addresses_are_hidden_as_the_definition_says(cell):
    """Whatever surrounds them: a dot after one, two that touch, an @ that is none."""
    assert survey_cells.free_text(cell) == ADDRESS.sub("[e-mail]", cell).strip()


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("a@b.c.", "[e-mail]."), ("a@b", "a@b"), ("a@@b.c", "a@@b.c"), ("a@b@c.d", "a@[e-mail]"),
        ("a@b.c+d@e.f", "[e-mail][e-mail]"), ("@b.c", "@b.c"), ("a@b..c", "a@b..c"),
    ],
)  # fmt: skip
def test_only_an_address_is_hidden(cell, seen):
    """It has something before the @ and a dot after it; what stands around it stays."""
    assert survey_cells.free_text(cell) == seen


@pytest.mark.parametrize("word", ["a", "@", "a@", "a.", "a@.", "@a", "a@a"])
def test_a_long_word_takes_no_longer_than_many_short_ones(word):
    """A megabyte without a blank ends: no letter is looked at again for each one before it."""
    cell = word * (1_000_000 // len(word))
    assert survey_cells.free_text(cell) == cell
    assert survey_cells.free_text(cell + "@" + "b" * 1_000_000) == f"{cell}@{'b' * 1_000_000}"


def test_a_long_address_is_hidden_whole():
    """Longer than mail allows is still somebody's address."""
    cell = "a" * 1_000_000 + "@" + "b" * 100 + ".c" * 500_000
    assert survey_cells.free_text(cell) == "[e-mail]"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12,5", 12.5), ("12.5", 12.5), ("1 234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
     ("-3", -3.0), ("", None), ("ten", None), ("1,2,3", None)],
)  # fmt: skip
def test_numbers_with_decimal_comma_or_point(cell, value):
    """The last sign is the decimal one where both stand; text is no number."""
    assert survey_cells.decimal(cell) == value
