"""Tables kept by hand: every row is read, or the file is refused with the row that is wrong."""

import pandas as pd
import pytest
from tiny_exports import csv, xlsx

from studylib.errors import DataError
from studylib.files import hand_kept, hand_kept_columns

HEAD = "name,place"


def read(tmp_path, *lines, **how):
    return hand_kept.read(csv(tmp_path / "list.csv", *lines, **how), ("name",), ("place", "n"))


def rows(frame):
    return frame.fillna("-").reset_index().to_numpy().tolist()


def numbers(*texts):
    return hand_kept_columns.whole(
        pd.Series(texts, range(2, 2 + len(texts)), dtype="str", name="n"), "x.csv"
    )


def test_rows_keep_their_numbers_and_known_columns_their_order(tmp_path):
    """Blank rows count, columns nobody knows do not, and a short row is blank at its end."""
    found = read(tmp_path, "", " Place ;NAME;Else", ";A;x", ";;", "Here;B;", " There ; C")
    assert found.columns.tolist() == ["name", "place", "n"]
    assert rows(found) == [[3, "A", "-", "-"], [5, "B", "Here", "-"], [6, "C", "There", "-"]]


def test_a_table_without_rows_has_its_columns(tmp_path):
    """A header alone is a table of nothing."""
    assert rows(read(tmp_path, HEAD)) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((HEAD, "A,x", '"B,y'), "1 row cannot be read: row 3 ('\"B,y': broken quotes: unexpected"),
        ((HEAD, '"A,x', "B,y"), "1 row cannot be read: row 2 ('\"A,x': broken quotes: unexpected"),
        (('"name,place', "A,x"), "1 row cannot be read: row 1 ('\"name,place': broken quotes"),
        ((HEAD, "A,x", "B\0,y", "C,z"), "1 row cannot be read: row 3 ('B\\x00,y': NUL character)"),
        (
            ("", HEAD, "A,\0", "", '"B,y'),
            "2 rows cannot be read: row 3 ('A,\\x00': NUL character), row 5 ('\"B,y': broken",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path, lines, said):
    """How many rows, which, the start of what stands there, and why: none is lost in silence."""
    with pytest.raises(DataError) as caught:
        read(tmp_path, *lines)
    assert str(caught.value).startswith(f"'list.csv': {said}")


def test_a_row_in_another_encoding_is_named(tmp_path):
    """One name in Latin-1 among names in UTF-8 would be lost."""
    path = tmp_path / "list.csv"
    path.write_bytes("name\nÉric\n".encode() + "Zoë\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"1 row cannot be read: row 3 \('Zo�': another encoding"):
        hand_kept.read(path, ("name",))


def test_columns_without_a_name_and_without_content_are_nothing(tmp_path):
    """Spreadsheets leave them behind, on the right and between."""
    assert rows(read(tmp_path, ",name,,place,,", ",A,,x,,")) == [[2, "A", "x", "-"]]
    book = xlsx(tmp_path / "list.xlsx", [["name", "", ""], ["A", "", ""]])
    assert rows(hand_kept.read(book, ("name",))) == [[2, "A"]]


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD, "A,x", "B,y,z,w"),
        (HEAD + ",,", "A,x", "B,y,z,w"),
        (f",{HEAD}", ",A,x", ",B,y,z"),
    ],
)
def test_what_stands_below_no_column_name_is_not_lost(tmp_path, lines):
    """A comma without quotes cuts a cell in two, and its rest would be gone."""
    with pytest.raises(DataError, match=r"1 row goes on where no column has a name: row 3 \('z'\)"):
        read(tmp_path, *lines)


def test_a_known_column_stands_once(tmp_path):
    """Needed or optional: which of two to take is nobody's guess."""
    with pytest.raises(DataError, match="has 1 column more than once: 'name'"):
        read(tmp_path, "name,Name", "A,B")
    with pytest.raises(DataError, match="has 2 columns more than once: 'name', 'place'"):
        read(tmp_path, "name,place,NAME,PLACE ", "A,x,B,y")


def test_unknown_columns_never_matter(tmp_path):
    """Not even where they stand twice."""
    assert rows(read(tmp_path, "notes,name,notes", "x,A,y")) == [[2, "A", "-", "-"]]


@pytest.mark.parametrize("lines", [("place", "A"), (",", "A,B")])
def test_a_needed_column_is_there(tmp_path, lines):
    """The error says which columns a table can have."""
    with pytest.raises(DataError, match=r"lacks the columns 'name'\. .* columns: name, place, n"):
        read(tmp_path, *lines)


def test_what_every_row_needs_is_asked_for(tmp_path):
    """The row is named by its number and what else stands in it."""
    found = read(tmp_path, HEAD, "A,", "", ",Here", "B,There")
    hand_kept_columns.filled(found.loc[[2, 5]], ["name"], "x.csv")
    with pytest.raises(DataError, match=r"'x.csv': 1 row has no `name`: row 4 \('Here'\)\. Fill"):
        hand_kept_columns.filled(found, ["name"], "x.csv")


def test_a_word_is_one_of_those_allowed(tmp_path):
    """Blank is no word; the error names the column, what it can be, the row and what is there."""
    place = read(tmp_path, HEAD, "A,in", "B,", "C,off")["place"]
    hand_kept_columns.one_of(place, ("in", "off"), "x.csv")
    with pytest.raises(DataError, match=r"`place` can be in, out, and is not in 1 row: row 4 \('o"):
        hand_kept_columns.one_of(place, ("in", "out"), "x.csv")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("12", 12), ("007", 7), ("1200", 1_200), ("1 200", 1_200), ("1,200", 1_200),
        ("1.200", 1_200), ("1'200", 1_200), ("1’200", 1_200), ("1\u00a0200", 1_200),
        ("1\u202f200", 1_200), ("12.345.678", 12_345_678), ("999,999,999", 999_999_999),
        ("999999999", 999_999_999),
    ],
)  # fmt: skip
def test_whole_numbers_are_read_as_people_write_them(text, number):
    """Plain, or in groups of three with one sign between them; a blank cell is no number."""
    assert numbers(text, None).tolist() == [number, pd.NA]


@pytest.mark.parametrize(
    "text",
    [
        "1.5", "12.5", "12,0", "1.20", "1.2000", "0.500", "1,234.567", "1 200,5", "1,,200",
        "1000 200", "-3", "+3", "inf", "nan", "1e3", "many", "TRUE", "3 or 4", "١٢", "²",
        "1000000000", "1,000,000,000", "99999999999999999999999", "9" * 5000,
    ],
)  # fmt: skip
def test_anything_else_is_no_whole_number(text):
    """`1.5` is neither 1 nor 15: the error names the row and what stands there."""
    with pytest.raises(DataError) as caught:
        numbers("7", text)
    start = "'x.csv': `n` is no whole number below a billion in 1 row: row 3 ('"
    assert str(caught.value).startswith(start + text[:79])


def test_at_most_five_rows_are_shown():
    """The others are counted."""
    assert hand_kept.at_rows(dict.fromkeys(range(2, 7), "a")).endswith("row 6 ('a')")
    assert hand_kept.at_rows(dict.fromkeys(range(2, 9), "a")).endswith("row 6 ('a') and 2 more")
