"""Workbooks: cells as a person reads them, hostile files refused before they grow."""

import datetime as dt
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_exports import biff, compound, record, xls, xlsx

from studylib.errors import DataError
from studylib.files import sheet, workbook

# U+FFFE is no character; the parser takes it for a byte order mark.
SAFE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\ufeff"),
    min_size=1,
    max_size=9,
)
moment = dt.datetime.fromisoformat


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (12, "12"), (12.0, "12"), (-0.5, "-0.5"), (1e22, "1.00000E+22"), (True, "TRUE"),
        (123456789012345.0, "123456789012345"),
        (moment("2005-12-29"), "2005-12-29"), (dt.date(2005, 12, 29), "2005-12-29"),
        (moment("2005-12-29T23:59"), "2005-12-29T23:59:00"), (dt.time(1, 2), "01:02:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"), (float("inf"), "inf"), ("0012", "0012"),
    ],
)  # fmt: skip
def test_a_cell_is_the_text_that_a_person_reads(cell, seen):
    """Numbers have no `.0`, dates are ISO, text stays; a number that lost digits shows it."""
    assert sheet.shown(cell) == seen


@pytest.mark.parametrize("make", [xls, xlsx])
def test_rows_are_numbered_as_in_the_workbook(tmp_path, make):
    """Blank rows above the table count."""
    path = make(tmp_path / "x", [["", ""], ["", ""], ["a", "b"], [1.0, "é"]])
    assert sheet.read(path).rows[2:] == [["a", "b"], [1, "é"]]


@given(st.lists(st.lists(SAFE, min_size=2, max_size=2), min_size=1, max_size=4))
def test_text_in_a_workbook_comes_back_unchanged(tmp_path_factory, rows):
    """`NA`, `12E4` and any other text are text in an old workbook."""
    path = xls(tmp_path_factory.mktemp("x") / "x.xls", rows)
    assert sheet.read(path).rows == rows


def test_the_first_sheet_with_cells_is_the_table(tmp_path):
    """A cover sheet without cells does not hide the table; a workbook without cells is an error."""
    import openpyxl

    book = openpyxl.Workbook()
    book.save(tmp_path / "empty.xlsx")
    book.create_sheet("data").append(["a", "b"])
    book.save(tmp_path / "second.xlsx")
    assert sheet.read(tmp_path / "second.xlsx").rows == [["a", "b"]]
    with pytest.raises(DataError, match=r"'empty.xlsx' has no cells"):
        sheet.read(tmp_path / "empty.xlsx")


def test_a_workbook_is_parsed_once_and_again_when_it_changed(tmp_path):
    """Finding the format and reading share one parse; a changed file is read anew."""
    path = xls(tmp_path / "x.xls", [["a", "b"]])
    assert sheet.read(path) is sheet.read(path)
    xls(path, [["c", "d"], ["e" * 9000, "f"]])
    assert sheet.read(path).rows[0] == ["c", "d"]


def damaged(data, how):
    if how == "cut":
        return data[: len(data) // 2]
    if how == "header only":
        return data[:512]
    return data[:1100] + b"\xff" * 200 + data[1300:]


@pytest.mark.parametrize("how", ["cut", "header only", "overwritten"])
@pytest.mark.parametrize("make", [xls, xlsx])
def test_a_damaged_workbook_is_an_error_in_words(tmp_path, make, how):
    """Whatever the parser does about it, people read one sentence."""
    path = make(tmp_path / "x.xls", [["a", "b"]] * 60)
    path.write_bytes(damaged(path.read_bytes(), how))
    with pytest.raises(DataError, match=r"damaged|has no cells"):
        sheet.read(path)


def test_a_parser_that_panics_is_an_error_in_words(tmp_path, monkeypatch):
    """A panic of the parser is no ordinary exception; an interruption stays one."""
    import python_calamine

    class PanicException(BaseException):
        pass

    def fail(error):
        def raises(*_):
            raise error

        return raises

    path = xls(tmp_path / "x.xls", [["a"]])
    monkeypatch.setattr(python_calamine, "load_workbook", fail(PanicException("index 7")))
    with pytest.raises(DataError, match=r"cannot be read \(index 7\)"):
        sheet.read(path)
    monkeypatch.setattr(python_calamine, "load_workbook", fail(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        sheet.read(path)


def test_a_workbook_beyond_the_limit_is_refused_unread(tmp_path, monkeypatch):
    """Old workbooks are not packed: their size is the limit."""
    path = xls(tmp_path / "x.xls", [["a"]])
    monkeypatch.setattr(workbook, "MOST_WORKBOOK_BYTES", path.stat().st_size - 1)
    with pytest.raises(DataError, match="is larger than"):
        sheet.read(path)


def repacked(path, name, change):
    """The workbook with one part changed, compressed."""
    with zipfile.ZipFile(path) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, data in parts.items():
            new.writestr(part, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("bomb", [BOMB, BOMB.lower(), BOMB.decode().encode("utf-16")])
def test_entities_in_a_workbook_are_refused(tmp_path, bomb):
    """An XML bomb is refused by its definitions, in any spelling, before it is parsed."""
    path = repacked(xlsx(tmp_path / "x.xlsx", [["a"]]), SHEET, lambda data: bomb + data)
    with pytest.raises(DataError, match=f"defines XML entities in '{SHEET}'"):
        sheet.read(path)


def test_a_packed_bomb_in_a_workbook_is_refused(tmp_path, monkeypatch):
    """The parts of an xlsx are unpacked within the limit of archives."""
    from studylib.files import limits

    path = repacked(xlsx(tmp_path / "x.xlsx", [["a"]]), SHEET, lambda data: data + b" " * 10**6)
    monkeypatch.setattr(limits, "MOST_UNPACKED", 10**6)
    with pytest.raises(DataError, match="unpacks to more than"):
        sheet.read(path)


@pytest.mark.parametrize(("corner", "is_fine"), [(b"T6", True), (b"XFD1048576", False)])
def test_a_cell_far_outside_is_refused(tmp_path, corner, is_fine):
    """Two cells in opposite corners would fill the memory with blank ones between them."""
    path = repacked(
        xlsx(tmp_path / "x.xlsx", [["a"], ["b"]]), SHEET, lambda data: data.replace(b"A2", corner)
    )
    if is_fine:
        assert sheet.read(path).rows[5][19] == "b"
    else:
        with pytest.raises(DataError, match="spans 1,048,576 rows and 16,384 columns, more"):
            sheet.read(path)


def test_the_preview_of_a_workbook_is_text(tmp_path):
    """Numbers of the first rows are shown as text, so that headers can be compared."""
    path = xls(tmp_path / "x.xls", [["a", 1.0]])
    assert sheet.preview(path, path.read_bytes()[:8]) == (("a", "1"),)


def test_an_old_workbook_with_a_wild_record_is_no_crash(tmp_path):
    """A record that claims more than it holds ends in a sentence or in the cells before it."""
    stream = biff([["a"]], "S")[:-4] + record(0x204, b"\x01") + record(10, b"")
    (tmp_path / "x.xls").write_bytes(compound(stream))
    with pytest.raises(DataError, match="cannot be read"):
        sheet.read(tmp_path / "x.xls")
