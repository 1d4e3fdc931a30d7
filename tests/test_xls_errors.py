"""Error cells of old workbooks are read as the text they show."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_exports import biff, compound, record

from studylib import readers
from studylib.files import sheet, xls_errors
from studylib.readers.lists.damage import ERROR


def error(row, column, code, is_error=1):
    return record(0x205, struct.pack("<HHHBB", row, column, 0, code, is_error))


def formula(row, column, result):
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + bytes(8))


def workbook(*cells, rows=(("a", "", "b"),)):
    """A workbook of these rows and records."""
    stream = biff([list(row) for row in rows], "S")
    return compound(stream[:-4] + b"".join(cells) + record(10, b""))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (error(0, 1, 0x17), "#REF!"),
        (error(0, 1, 0x2A), "#N/A"),
        (error(0, 1, 0x00), "#NULL!"),
        (formula(0, 1, bytes([2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF])), "#DIV/0!"),
        (error(0, 1, 1, is_error=0), True),
        (formula(0, 1, struct.pack("<d", 2.5)), 2.5),
    ],
)
def test_a_cell_shows_its_error(tmp_path, cell, shown):
    """Alone or as the result of a formula; a truth value and a number are none."""
    path = tmp_path / "a.xls"
    path.write_bytes(workbook(cell))
    assert sheet.read(path).rows == [["a", shown, "b"]]


@pytest.mark.parametrize(("code", "shown"), xls_errors.SHOWN.items())
def test_every_error_of_a_workbook_is_told_as_damage(tmp_path, code, shown):
    """All that a spreadsheet knows, alone and as the result of a formula, take their value out."""
    result = formula(1, 2, bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF]))
    head = ("Publication Number", "Priority Data", "Title", "IPC", "Applicants")
    rows = (head, ("EP1", "", "", "H01L", ""))
    path = tmp_path / "a.xls"
    path.write_bytes(workbook(error(1, 4, code), result, rows=rows))
    found = readers.read(path).rejects[["row", "column", "value", "reason"]]
    assert sorted(found.to_numpy().tolist()) == [
        [2, "applicants", shown, ERROR], [2, "title", shown, ERROR],
    ]  # fmt: skip


def test_an_error_far_outside_the_rows_is_left(tmp_path):
    """What the parser does not hold has no place."""
    path = tmp_path / "a.xls"
    path.write_bytes(workbook(error(0, 1, 0x17)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xls_errors, "errors", lambda _: [{(7, 0): "#REF!", (0, 9): "#REF!"}])
        assert sheet.read(path).rows[0][0] == "a"


def test_a_damaged_value_of_an_old_workbook_is_told(tmp_path):
    """An applicant that shows #REF! was blank; now it is a reject with its row."""
    head = ("Publication Number", "Priority Data", "Title", "IPC", "Applicants")
    path = tmp_path / "a.xls"
    path.write_bytes(workbook(error(1, 4, 0x17), rows=(head, ("EP1", "", "T", "H01L", ""))))
    found = readers.read(path).rejects[["row", "column", "value", "reason"]]
    assert found.to_numpy().tolist() == [[2, "applicants", "#REF!", ERROR]]


@given(st.binary(max_size=300))
def test_damaged_bytes_are_left_to_the_parser(noise):
    """Whatever stands there, looking for errors raises nothing."""
    assert xls_errors.errors(noise) == []
    cells = error(0, 1, 0x17) + noise
    assert isinstance(xls_errors.errors(workbook(cells)), list)
    assert xls_errors.errors(b"\xd0\xcf\x11\xe0" + noise) == []
