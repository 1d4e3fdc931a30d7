"""From the header of a result list to columns with a role; rejected rows are counted."""

import pytest
from test_patentscope import plain
from tiny_exports import csv, xls

from studylib.errors import DataError
from studylib.files import sheet
from studylib.readers.lists import espacenet, result_list
from studylib.readers.lists.layout import Layout

LAYOUT = Layout(
    format="tiny",
    named="Tiny",
    marks=(frozenset({"number", "ipc"}), frozenset({"tinyid"})),
    columns={"publication_number": ("number",), "ipc": ("ipc", "intcl"), "title": ("title",)},
    needed=("publication_number", "ipc"),
    remedy="Export it from Tiny again.",
)


def table(folder, *lines, encoding="utf-8"):
    sheet.forget()
    return result_list.read(LAYOUT, csv(folder / "x.csv", *lines, encoding=encoding))


def test_a_header_is_found_whatever_its_case_blanks_and_order(tmp_path):
    """Columns are found by name; columns without a role are left alone."""
    found = table(tmp_path, "note", "I P C,more,Title , NUMBER", "A01B,x, NA ,7", ",,,8")
    assert found.column("publication_number").to_pylist() == ["7", "8"]
    assert found.column("ipc").to_pylist() == ["A01B", None]
    assert found.column("title").to_pylist() == ["NA", None]
    assert found.rows.tolist() == [3, 4]
    assert found.preamble == ("note",)


def test_a_column_that_is_not_there_is_missing_in_every_record(tmp_path):
    """A role without a column is no error unless it is needed."""
    assert table(tmp_path, "number,ipc", "7,A01B").column("title").to_pylist() == [None]


def test_received_rows_are_records_plus_rejects(tmp_path):
    """Other widths, a second header and rows without a number are rejected; blank rows are none."""
    found = table(
        tmp_path, "number,ipc,title", "1,A,x", "2,B", "", " , ,", "number,ipc,title", ",C,footer",
        "3,D,x,", "4,E,x",
    )  # fmt: skip
    assert found.column("publication_number").to_pylist() == ["1", "4"]
    assert found.rows.tolist() == [2, 9]
    assert plain(found.rejects, "file", "row", "column", "value", "reason") == [
        ["x.csv", 3, None, "2 | B", "2 cells instead of 3"],
        ["x.csv", 6, None, "number | ipc | title", "the header again"],
        ["x.csv", 7, None, "C | footer", "no publication number"],
        ["x.csv", 8, None, "3 | D | x", "4 cells instead of 3"],
    ]
    assert found.n_received == 6


def test_rows_that_could_not_be_read_are_rejected_with_what_stood_there(tmp_path):
    """The reason of the text reader and the start of the line are kept."""
    found = table(tmp_path, "number,ipc", '1,"A"b' + "c" * 300, "2,B")
    assert found.rejects["reason"].tolist() == ["broken quotes: ',' expected after '\"'"]
    assert found.rejects["value"].str.len().tolist() == [200]
    assert found.n_received == 2


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["a,b"], "has no header of a Tiny export in its first 40 rows. Export it from Tiny"),
        (["tiny id,number"], "is a Tiny export without 'ipc'; its columns are 'tiny id', 'number'"),
        (["number,ipc,Int Cl"], "has 2 columns for `ipc`: 'ipc', 'Int Cl'. Delete all but"),
        (["number,ipc,Number"], "has 2 columns for `publication_number`: 'number', 'Number'"),
    ],
)
def test_a_header_that_cannot_be_used_is_an_error_with_a_remedy(tmp_path, lines, message):
    """What is missing or double is named, with the columns that are there."""
    with pytest.raises(DataError) as caught:
        table(tmp_path, *lines)
    assert message in str(caught.value)


def test_foreign_letters_of_an_old_encoding_are_counted(tmp_path):
    """Text that is not UTF-8 is read, and the values it touched are told."""
    found = table(tmp_path, "number,ipc,title", "1,A,café", "2,B,tea", "3,C,ñ", encoding="cp1252")
    assert found.column("title").to_pylist() == ["café", "tea", "ñ"]
    assert found.repairs == {"values not in UTF-8, read as cp1252": 2}


def test_numbers_in_a_workbook_become_text_only_where_they_stand(tmp_path):
    """A column of text and numbers is text, each as it was seen."""
    sheet.forget()
    found = result_list.read(
        LAYOUT, xls(tmp_path / "x.xls", [["number", "ipc"], [12.0, "A"], ["012", "B"]])
    )
    assert found.column("publication_number").to_pylist() == ["12", "012"]


def test_bytes_that_are_wrong_where_nobody_reads_cost_no_row(tmp_path):
    """The row is used and the repair is said; in a column that is read it is a reject."""
    path = tmp_path / "x.csv"
    head = "Publication number,Title,International classification,Notes,é\n"
    path.write_bytes(
        head.encode() + b"ES1,Kiln,F27B,caf\xe9,\nES2,Caf\xe9,F27B,,\nES3,x,F27B,\0,\n"
    )
    found = result_list.read(espacenet.LAYOUT, path)
    assert found.column("publication_number").to_pylist() == ["ES1", "ES3"]
    assert found.repairs == {"rows with unreadable characters in a column that is not used": 2}
    assert found.rejects[["row", "value", "reason"]].to_numpy().tolist() == [
        [3, "ES2 | Caf\ufffd | F27B", "another encoding than the rest of the file"]
    ]
    assert found.n_received == 3
