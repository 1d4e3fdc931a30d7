"""Cells of a survey: ticks in four languages, several answers in one cell, texts, numbers."""

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


def test_an_e_mail_address_in_a_text_is_hidden():
    """Free text is carried, without addresses."""
    assert survey_cells.free_text(" Ask me: a.b@c.example.org ") == "Ask me: [e-mail]"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12,5", 12.5), ("12.5", 12.5), ("1 234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
     ("-3", -3.0), ("", None), ("ten", None), ("1,2,3", None)],
)  # fmt: skip
def test_numbers_with_decimal_comma_or_point(cell, value):
    """The last sign is the decimal one where both stand; text is no number."""
    assert survey_cells.decimal(cell) == value
