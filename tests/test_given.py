"""Names that data give in several languages."""

import pandas as pd
import pytest

from studylib.language import given, in_language

FIELDS = pd.DataFrame(
    {
        "field_id": [8, 8, 9],
        "field_en": ["Semiconductors", "", "Optics"],
        "field_fr": [None, "Semi-conducteurs", None],
        "field_note": "x",
    }
)


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("as it is", "fr", "as it is"),
        ({"en": "Health", "fr": "Santé"}, "fr", "Santé"),
        ({"en": "Health", "fr": "Santé"}, "es", "Health"),
        ({"fr": "Santé"}, "es", "Santé"),
    ],
)
def test_a_text_is_shown_in_the_language_or_in_english_or_in_the_first(text, language, shown):
    """What has one language only is shown in it everywhere."""
    assert given.translated(text, language) == shown


def test_names_are_read_from_columns_by_language():
    """From whichever row of a key says them; the column of the key and other words are none."""
    assert given.by_key(FIELDS, "field_id", "field") == {
        8: {"en": "Semiconductors", "fr": "Semi-conducteurs"},
        9: {"en": "Optics"},
    }


def test_what_has_no_name_in_a_language_is_listed():
    """By language; a language in which all have one is not there."""
    names = given.by_key(FIELDS, "field_id", "field")
    assert given.lacking(names, ["en", "fr", "eu"]) == {"fr": [9], "eu": [8, 9]}


def test_a_row_speaks_the_language_of_the_page():
    """`source_fr` on a French page, where the row has it; else `source`."""
    row = {"source": "a page", "source_fr": "une page", "source_es": float("nan")}
    said = []
    for code in ("en", "fr", "es"):
        with in_language(code):
            said.append(given.of_row(row, "source"))
    assert said == ["a page", "une page", "a page"]


def test_a_column_speaks_the_language_of_the_page():
    """Or English, where the table was written before the language was there."""
    with in_language("fr"):
        assert given.column(["title_en", "title_fr"], "title") == "title_fr"
        assert given.column(["title_en", "title_es"], "title") == "title_en"


def test_a_table_speaks_the_language_of_the_page():
    """`name_fr` stands in `name` where it is told; a column without words of its own stays."""
    table = pd.DataFrame({"name": ["a", "b"], "name_fr": ["à", None], "place": ["x", "y"]})
    with in_language("fr"):
        assert given.spoken(table, "name", "place")[["name", "place"]].to_numpy().tolist() == [
            ["à", "x"], ["b", "y"],
        ]  # fmt: skip
    with in_language("es"):
        assert given.spoken(table, "name")["name"].tolist() == ["a", "b"]


def test_a_key_without_a_name_is_shown_in_words():
    """`machine_tools` is no word of a page."""
    assert given.name_of("machine_tools", {"machine_tools": {}}) == "Machine tools"


@pytest.mark.parametrize(
    ("name", "inside"),
    [("Photonics", "photonics"), ("ICT", "ICT"), ("AI", "AI"), ("Énergie", "énergie"), ("5G", "5G"),
     ("", "")],
)  # fmt: skip
def test_a_name_inside_a_sentence_begins_small_unless_it_is_an_abbreviation(name, inside):
    """A page says "photonics" and "ICT"."""
    assert given.in_sentence(name) == inside
