"""Every sheet of a workbook is read or named: none is left out in silence."""

import zipfile

import openpyxl
import pytest

from studylib import readers
from studylib.errors import DataError
from studylib.files import hand_kept, limits, sheet
from studylib.readers.lists.declaration import Declaration
from studylib.survey import table
from studylib.survey.codebook import Codebook
from studylib.survey.notes import OTHER_SHEET

HEADER = ["Publication Number", "Publication Date", "Title", "Priority Data", "IPC"]
BOOK = Codebook.model_validate({
    "respondent": "id", "territory": "side", "territories": {"N": "North", "S": "South"},
    "option": [{"domain": "training", "label": "Training", "column": "training"}],
})  # fmt: skip


def patent(n):
    return [f"EP{n}", "01.02.2003", f"Title {n}", "", "H01L 31/042"]


def workbook(path, hidden=(), **sheets):
    """A workbook of these sheets, some of them hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        made.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            made.append(row)
    book.save(path)
    return path


def numbers(raw):
    return raw.records["publication_number"].tolist()


def test_a_sheet_of_notes_first_is_no_reason_to_refuse(tmp_path):
    """The export is found on its own sheet, and the sheet of notes is told with its rows."""
    path = workbook(tmp_path / "a.xlsx", Notes=[["query"], [], ["by", "me"]],
                    ResultSet=[HEADER, patent(1)])  # fmt: skip
    raw = readers.read(path)
    assert (raw.format, numbers(raw), raw.records["row"].tolist()) == ("patentscope", ["EP1"], [2])
    assert raw.records["file"].tolist() == ["a.xlsx"]
    assert raw.repairs == {
        "rows of the sheet 'Notes', which has no header of this kind, not read": 2
    }


def test_every_sheet_with_the_header_is_read(tmp_path):
    """Two sheets of results are one export; each record says its sheet and its row there."""
    other = [HEADER[4], HEADER[0]]
    path = workbook(tmp_path / "a.xlsx", One=[HEADER, patent(1), patent(2)],
                    Two=[["query"], HEADER, patent(3), ["EP4"]], Three=[[*other, "Priority Data"],
                    ["H01S 5/00", "EP5", ""]])  # fmt: skip
    raw = readers.read(path)
    assert numbers(raw) == ["EP1", "EP2", "EP3", "EP4", "EP5"]
    assert raw.records["file"].tolist() == [
        "a.xlsx, One",
        "a.xlsx, One",
        "a.xlsx, Two",
        "a.xlsx, Two",
        "a.xlsx, Three",
    ]
    assert raw.records["row"].tolist() == [2, 3, 3, 4, 2]
    assert raw.records["title"].isna().tolist() == [False, False, False, True, True]
    assert raw.n_received == 5
    assert raw.repairs == {}


def test_a_hidden_sheet_is_read_and_told(tmp_path):
    """What a spreadsheet hides counts, and whoever looks at the study learns that it does."""
    path = workbook(tmp_path / "a.xlsx", hidden=["Old"], New=[HEADER, patent(1)],
                    Old=[HEADER, patent(2)])  # fmt: skip
    raw = readers.read(path)
    assert numbers(raw) == ["EP1", "EP2"]
    assert raw.repairs == {"rows of the sheet 'Old', which is hidden, read like the others": 2}


def test_a_declared_table_is_found_on_its_sheet(tmp_path):
    """A table whose columns the study file names may stand on any sheet."""
    path = workbook(tmp_path / "a.xlsx", Notes=[["x"]], Data=[["No", "Class"], ["EP1", "H01L"]])
    told = Declaration(columns={"publication_number": ("No",), "ipc": ("Class",)})
    raw = readers.read(path, "table", declaration=told)
    assert numbers(raw) == ["EP1"]
    assert len(raw.repairs) == 1


def test_a_workbook_without_a_known_header_is_refused_with_its_columns(tmp_path):
    """The sentence names the columns of the sheet that looks like a table."""
    path = workbook(tmp_path / "a.xlsx", Notes=[["x"]], Data=[["No", "Class"], ["a", "b"]])
    with pytest.raises(DataError, match="Its columns are 'No', 'Class'"):
        readers.read(path)


def test_a_cell_with_an_error_is_read_as_it_shows(tmp_path):
    """A cell that shows #REF! is not blank: what stood there is lost, and that is told later."""
    book = openpyxl.Workbook()
    book.active.append(["a", "#REF!", "b"])
    assert book.active["B1"].data_type == "e"
    book.save(tmp_path / "a.xlsx")
    assert sheet.read(tmp_path / "a.xlsx").rows == [["a", "#REF!", "b"]]


def test_too_many_sheets_and_cells_are_refused(tmp_path, monkeypatch):
    """The limit of cells holds for all sheets together."""
    path = workbook(tmp_path / "a.xlsx", One=[["x"] * 10] * 3, Two=[["x"] * 10] * 3)
    monkeypatch.setattr("studylib.files.workbook.MOST_CELLS", 50)
    with pytest.raises(DataError, match="together span more than 50 cells"):
        sheet.read(path)
    monkeypatch.setattr(limits, "MOST_SHEETS", 1)
    with pytest.raises(DataError, match="has 2 sheets; at most 1"):
        sheet.read(path)


def test_a_list_kept_by_hand_stands_on_any_one_sheet(tmp_path):
    """The sheet with the columns is read; the others are named; two of them are refused."""
    rows = [["name", "area"], ["Org", "ES"]]
    path = workbook(tmp_path / "a.xlsx", Notes=[["x"]], List=rows)
    assert hand_kept.read(path, ("name", "area"))["name"].tolist() == ["Org"]
    assert hand_kept.other_sheets(path, ("name", "area")) == ["Notes"]
    path = workbook(tmp_path / "b.xlsx", One=rows, Two=rows)
    with pytest.raises(DataError, match="holds 2 sheets with these columns: 'One', 'Two'"):
        hand_kept.read(path, ("name", "area"))


def test_answers_on_two_sheets_are_one_survey(tmp_path):
    """A sheet per territory is read whole; a sheet of notes is a note."""
    head = ["id", "side", "training"]
    path = workbook(tmp_path / "a.xlsx", Notes=[["made in spring"], ["x"]],
                    North=[head, ["1", "N", "Y"]], South=[head, ["2", "S", "N"]])  # fmt: skip
    export = table.read(path, BOOK)
    assert export.cells.to_numpy().tolist() == [["1", "N", "Y"], ["2", "S", "N"]]
    assert export.cells.index.tolist() == [2, 3]
    assert export.notes.to_numpy().tolist() == [["sheet", "Notes", 2, OTHER_SHEET]]


def test_answers_below_different_headers_are_refused(tmp_path):
    """Which column of the second sheet is which cannot be known."""
    path = workbook(tmp_path / "a.xlsx", North=[["id", "side", "training"], ["1", "N", "Y"]],
                    South=[["id", "training", "side"], ["2", "N", "S"]])  # fmt: skip
    with pytest.raises(DataError, match="other columns than on 'North' on 'South'"):
        table.read(path, BOOK)


@pytest.mark.parametrize(
    ("member", "kind"),
    [("content.xml", "an OpenDocument spreadsheet"), ("xl/workbook.bin", "a binary workbook")],
)
@pytest.mark.parametrize("reads", [readers.read, sheet.read])
def test_workbooks_of_other_kinds_are_told(tmp_path, member, kind, reads):
    """What is not read says what it is and what to do, as an export, a list or a survey."""
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(member, "x")
    with pytest.raises(DataError, match=f"'a.ods' is {kind}, which is not read"):
        reads(path)


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "=A1", "####"])
def test_a_list_kept_by_hand_with_lost_values_is_refused(tmp_path, cell):
    """Whoever keeps the list knows what stood there."""
    path = tmp_path / "a.csv"
    path.write_text(f"name,area\nOrg,ES\nOther,{cell}\n")
    with pytest.raises(DataError, match="errors or formulas of a spreadsheet in 1 row: row 3"):
        hand_kept.read(path, ("name", "area"))


def test_real_workbooks_have_one_sheet(shared):
    """The list of PATENTSCOPE that is at hand is read as before: nothing is told of sheets."""
    path = next((shared / "real" / "patentscope").glob("*2012*.xls"))
    assert len(sheet.read_all(path)) == 1
