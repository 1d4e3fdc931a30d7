"""What a spreadsheet did to cells is told value by value, and no two records become one by it."""

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from studylib import readers
from studylib.clean import dates
from studylib.files import limits
from studylib.prepare import adding_up, canonical
from studylib.readers.lists import damage
from studylib.readers.lists.damage import CUT, CUT_TEXT, ERROR, FORMULA, PROTECTED, ROUNDED
from studylib.readers.told import ZEROS

HEAD = "Publication Number,Priority Data,Title,IPC,Applicants,Application Number,Application Date"
PLAIN = ("EP1", "", "T", "H01L", "A", "EP 98115245", "11.04.2003")


def read(folder, *rows):
    path = folder / "a.csv"
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    path.write_text("\n".join([HEAD, *lines]) + "\n")
    return readers.read(path)


def told(raw):
    return raw.rejects[["row", "column", "value", "reason"]].astype(object).to_numpy().tolist()


DAMAGED = {
    "1,23457E+11": ROUNDED, "1.23E+11": ROUNDED, "4E+09": ROUNDED,
    "#REF!": ERROR, "#N/A": ERROR, "#VALUE!": ERROR, "#NAME?": ERROR, "#DIV/0!": ERROR,
    "#NOM?": ERROR, "#¿NOMBRE?": ERROR, "#¡VALOR!": ERROR, "#BEZUG!": ERROR, "########": ERROR,
    "=A1": FORMULA, "=CONCAT(A1;B1)": FORMULA, "=+B2": FORMULA,
}  # fmt: skip


@pytest.mark.parametrize(("cell", "reason"), DAMAGED.items())
def test_a_damaged_value_is_taken_out_and_told(tmp_path, cell, reason):
    """An applicant that is an error of a spreadsheet is no applicant; its record is used."""
    raw = read(tmp_path, (*PLAIN[:4], cell, *PLAIN[5:]))
    assert raw.parties.empty
    assert told(raw) == [[2, "applicants", cell, reason]]
    assert (raw.n_received, len(raw.records)) == (1, 1)


@pytest.mark.parametrize(
    "cell", ["12E4", "E21B 43/00", "#1 fastener", "C#", "US=1", "3E 5", "#REF"]
)
def test_what_only_looks_like_it_stays(cell):
    """Symbols, titles and names with these signs are no damage, but for a word behind #."""
    column, files = pa.array([cell]), pa.array(["a"])
    left, rejects, _ = damage.taken_out({"title": column}, files, pa.array([2]).to_numpy())
    assert (left["title"].to_pylist() == [cell]) == (cell != "#REF")
    assert len(rejects) == (cell == "#REF")


def test_two_rounded_numbers_are_not_one_record(tmp_path):
    """Records whose only number was rounded are rejects, not one application."""
    rounded = "1,23457E+11"
    raw = read(tmp_path, (rounded, *PLAIN[1:5], "", ""), (rounded, *PLAIN[1:5], "", ""), PLAIN)
    assert raw.records["publication_number"].tolist() == ["EP1"]
    assert raw.rejects["row"].tolist() == [2, 3]
    assert raw.rejects["column"].isna().all()
    assert raw.rejects["reason"].tolist() == [ROUNDED] * 2
    parts = adding_up.of_export(raw)
    assert (parts.received, parts.read, parts.rejected) == (3, 1, 2)
    assert len(canonical([raw])["applications"]) == 1


def test_a_number_of_a_workbook_that_lost_digits_is_rounded(tmp_path):
    """A spreadsheet keeps fifteen digits; what is longer is not the number that stood there."""
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))
    book.active.append(["EP1", "", "T", "H01L", "A", 200412345678901234, ""])
    book.active.append(["EP2", "", "T", "H01L", "A", 98115245, ""])
    book.save(tmp_path / "a.xlsx")
    raw = readers.read(tmp_path / "a.xlsx")
    assert told(raw) == [[2, "application_number", "2.00412E+17", ROUNDED]]
    assert raw.records["application_number"].isna().tolist() == [True, False]


def test_a_protected_number_is_put_back(tmp_path):
    """`="03008526"` keeps its zero from the spreadsheet and says nothing else."""
    raw = read(tmp_path, (*PLAIN[:5], '="03008526"', ""))
    assert raw.records["application_number"].tolist() == ["03008526"]
    assert raw.repairs == {PROTECTED: 1}


@pytest.mark.parametrize(
    ("said", "date", "meant"),
    [("EP 3008526", "11.04.2003", "EP03008526"), ("EP3008526.1", "11.04.2003", "EP03008526"),
     ("EP 3008526", "11.04.2005", "EP 3008526"), ("EP 0312838", "17.11.2003", "EP 0312838"),
     ("EP 9812345", "17.11.1998", "EP 9812345"), ("EP 98115245", "11.08.1998", "EP 98115245"),
     ("US 3008526", "11.04.2003", "US 3008526"), ("3008526", "11.04.2003", "3008526")],
)  # fmt: skip
def test_zeros_are_put_back_where_office_and_date_tell(tmp_path, said, date, meant):
    """
    An application to the European Patent Office has eight digits, the first two its year.

    Seven digits of another year are an old spelling, or nobody knows: they stay.
    """
    raw = read(tmp_path, (*PLAIN[:5], said, date))
    assert raw.records["application_number"].tolist() == [meant]
    assert raw.repairs == ({} if said == meant else {ZEROS: 1})


def test_a_cut_list_loses_the_entry_that_was_cut(tmp_path):
    """A cell holds 32,767 characters: half a symbol at its end would be another symbol."""
    symbols = "H01L 31/042;" * 2730
    cell = symbols + "H01S 5"
    cell = cell + "/" * (damage.FULL - len(cell) - 1) + "0"
    assert len(cell) == damage.FULL < limits.LONGEST_CELL
    raw = read(tmp_path, (*PLAIN[:3], cell, *PLAIN[4:]), ("EP2", "", "x" * damage.FULL, *PLAIN[3:]))
    assert set(raw.symbols.loc[raw.symbols["record"] == 0, "raw"]) == {"H01L 31/042"}
    assert raw.rejects[["row", "column", "reason"]].to_numpy().tolist() == [[2, "ipc", CUT]]
    assert raw.repairs == {CUT_TEXT: 1}


def test_dates_that_are_day_numbers_are_read_or_told():
    """38353 among other dates is the day the spreadsheet counted, and is said to be."""
    found = dates.parse(pd.Series(["2005-01-02", "38353", "12.5"]))
    assert found["reason"].tolist()[1:] == [dates.SERIAL, dates.NOT_READ]
