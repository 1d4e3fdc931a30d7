"""Bytes of text exports: encodings, delimiters and quotes, good and bad."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.errors import DataError
from studylib.files import encoding, limits, sheet, text
from studylib.files.rows import HEADER_WITHIN

CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n\ufeff"), max_size=9
)
TABLE = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6)
)


def rows(folder, data, name="x.csv"):
    """The table of these bytes."""
    path = folder / name
    path.write_bytes(data)
    sheet.forget()
    return sheet.read(path)


@given(
    TABLE,
    st.tuples(st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r", "\r\n"])),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.booleans(),
)
def test_what_was_written_is_read_unchanged(tmp_path_factory, table, dialect, encoding, sep):
    """Any text in any dialect comes back as it was: nothing becomes a number, date or missing."""
    delimiter, end = dialect
    text_ = io.StringIO(newline="")
    csv.writer(text_, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        table
    )
    first = f"sep={delimiter}{end}" if sep else ""
    data = (first + text_.getvalue()).encode(encoding)
    found = rows(tmp_path_factory.mktemp("x"), data)
    assert found.rows[sep:] == table
    assert not found.broken


@pytest.mark.parametrize("cell", ["NA", "None", "12E4", "03008526", "1.0", "TRUE", "", "=1+1", "-"])
def test_text_that_looks_like_something_else_stays_text(tmp_path, cell):
    """A number of an application is no number, and a company may be called NA."""
    assert rows(tmp_path, f"a,b\r\n{cell},x\r\n".encode()).rows[1] == [cell, "x"]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_inside_quotes_belong_to_the_cell(tmp_path, end):
    """A line break in quotes is kept, also where the lines end with CR alone."""
    found = rows(tmp_path, f'a,b{end}"1{end}2",x{end}'.encode())
    assert found.rows == [["a", "b"], [f"1{end}2", "x"]]


def test_a_blank_line_is_a_row_without_cells(tmp_path):
    """Row numbers count blank lines, as a spreadsheet does."""
    assert rows(tmp_path, b"a,b\n\n1,2\n").rows == [["a", "b"], [], ["1", "2"]]


def test_the_separator_line_of_excel_is_obeyed_and_counted(tmp_path):
    """`sep=;` says the delimiter, and is row 1 of the file; broken rows keep their numbers."""
    found = rows(tmp_path, b'sep=;\r\na,x;b\r\n1;"2"3\r\n')
    assert found.rows == [[], ["a,x", "b"], []]
    assert found.broken == {3: ('1;"2"3', "broken quotes: ';' expected after '\"'")}


def test_commas_in_a_preamble_do_not_hide_the_delimiter(tmp_path):
    """The delimiter is the one that cuts most rows alike."""
    data = "Query: a, b, c\nx;y\n1,5;2\n3,5;4\n"
    assert rows(tmp_path, data.encode()).rows[1:] == [["x", "y"], ["1,5", "2"], ["3,5", "4"]]


def test_quotes_that_fit_decide_before_rows_that_are_alike(tmp_path):
    """Lists of equal length inside quotes do not make their `;` the delimiter."""
    data = '"a","b","c"\n"1; 1","2"\n"1; 1","2"\n"1; 1","2","3"\n'
    assert rows(tmp_path, data.encode()).rows[1] == ["1; 1", "2"]


@pytest.mark.parametrize("n", [10, 5000])
def test_a_row_cut_by_the_end_of_the_first_look_does_not_count(n):
    """The header is looked for in whole rows only."""
    start = ("a,b\n" + "x" * n + ",1\n") * (2**17 // n)
    found = text.first_rows(start[: 2**16].encode())
    assert {len(row) for row in found} == {2}
    assert len(found) <= HEADER_WITHIN


def test_a_broken_quote_costs_one_line_only(tmp_path):
    """A quote that never closes does not swallow the records after it."""
    found = rows(tmp_path, b'a,b\n1,"x\n2,y\n3,z\n4,"w')
    assert [row for row in found.rows if row] == [["a", "b"], ["2", "y"], ["3", "z"]]
    assert sorted(found.broken) == [2, 5]
    assert found.broken[5] == ('4,"w', "broken quotes: unexpected end of data")


def test_a_cell_beyond_all_limits_is_a_broken_row(tmp_path, monkeypatch):
    """Memory is not filled by one cell; the other rows are read."""
    monkeypatch.setattr(limits, "LONGEST_CELL", 20)
    found = rows(tmp_path, b"a,b\n" + b"x" * 30 + b",1\n2,3\n")
    assert found.rows == [["a", "b"], [], ["2", "3"]]
    assert found.broken[2][1] == "a cell of more than 20 characters"
    assert text.first_rows(b"x" * 30 + b",1\n") == []


def test_rows_in_another_encoding_are_rejected_one_by_one(tmp_path):
    """
    Latin letters of another encoding among UTF-8 cannot be known; their rows are named.

    The row stays: whose cell it is decides whether it can be used.
    """
    found = rows(tmp_path, "a,b\nñandú,1\n".encode() + b"caf\xe9,2\nx,3\n")
    assert found.rows == [["a", "b"], ["ñandú", "1"], ["caf\udce9", "2"], ["x", "3"]]
    assert found.stained == {3: "another encoding than the rest of the file"}
    assert found.unreadable == {3: ("caf\ufffd,2", found.stained[3])}
    assert found.broken == {}


def test_the_same_holds_below_a_byte_order_mark(tmp_path):
    """A mark says UTF-8; a foreign byte below it costs its row."""
    found = rows(tmp_path, "\ufeffa,b\nñ,1\n".encode() + b"caf\xe9,2\n")
    assert (found.rows[0], sorted(found.stained)) == (["a", "b"], [3])


def test_nul_characters_cost_their_row(tmp_path):
    """A NUL in a cell is damage; where NULs are the rule the file is no text."""
    found = rows(tmp_path, b"a,b\n1\x002,x\n3,4\n")
    assert found.rows == [["a", "b"], ["1\x002", "x"], ["3", "4"]]
    assert found.stained == {2: "NUL character"}
    with pytest.raises(DataError, match="holds 9 NUL characters and is no text file"):
        rows(tmp_path, b"a,b\n1" + bytes(9) + b",x\n" + b"y" * 99)


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"a,caf\xe9\n", "cp1252", "café"),
        (b"a,caf\x8e\r", "mac_roman", "café"),
        (b"a,\x8d\n", "mac_roman", "ç"),
        (b"a,\xe9\r", "mac_roman", "È"),
        ("a,é\n".encode(), "utf-8", "é"),
        ("a,é\n".encode("utf-16-le"), "utf-16-le", "é"),
        ("a,é\n".encode("utf-16-be"), "utf-16-be", "é"),
        ("a,é\n".encode("utf-32"), "utf-32-le", "é"),
    ],
)
def test_the_encoding_is_found_and_told(tmp_path, data, encoding, expected):
    """8-bit text is Windows-1252, or Mac Roman where bytes or line ends say so."""
    found = rows(tmp_path, data)
    assert (found.rows[0][1], found.encoding, found.is_mojibake) == (expected, encoding, False)


def test_text_that_was_mangled_twice_is_recognised(tmp_path):
    """UTF-8 read as Windows-1252 and saved as Mac Roman; a square root sign says it was not."""
    twice = "a,BRÄNN".encode().decode("cp1252").encode("mac_roman")
    assert rows(tmp_path, twice + b"\n").is_mojibake
    assert not rows(tmp_path, twice + b",\xc3\n").is_mojibake


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"])))
def test_undoing_never_touches_what_is_not_mangled(value):
    """A run of foreign letters is changed only if its Windows-1252 bytes are valid UTF-8."""
    for run in encoding.HIGH.findall(value):
        try:
            expected = run.encode("cp1252").decode()
        except UnicodeDecodeError:
            expected = run
        assert encoding.unmangled(run) == expected


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \r\n ", "is empty"),
        (b"%PDF-1.7", "a PDF document"),
        (b"<!DOCTYPE html><p>Log in", "a web page or XML document"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "a web page or XML document"),
        (b"{}", "a JSON file"),
        (b"PAR1xx", "a Parquet file"),
        (b"\x1f\x8bxx", "a gzip archive"),
    ],
)
def test_another_type_under_a_text_name_is_an_error_in_words(tmp_path, data, what):
    """A login page saved as `export.csv` is told as a web page; an empty file as empty."""
    with pytest.raises(DataError, match=f"'export.csv' .*{what}"):
        rows(tmp_path, data, "export.csv")
    assert text.first_rows(data) == []


def test_text_cut_in_the_middle_of_a_character_is_an_error(tmp_path):
    """UTF-16 with an odd number of bytes was cut."""
    with pytest.raises(DataError, match="is UTF-16-LE text, but byte 14 is not"):
        rows(tmp_path, "a,b\n1,2".encode("utf-16")[:-1])
