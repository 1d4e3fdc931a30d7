"""What a spreadsheet did to cells is told value by value, and no two records become one by it."""

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from test_patstat import APPLN, FILES, MORE, PERSON
from test_patstat import edition as patstat_edition
from test_regpat import APP, EPO, INV
from test_regpat import edition as regpat_edition

from studylib import readers
from studylib.clean import dates
from studylib.files import limits
from studylib.prepare import adding_up, canonical
from studylib.readers.bulk import patstat, regpat
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
    "#NÚM!": ERROR, "#VÆRDI!": ERROR, "#GETTING_DATA": ERROR, "#SPILL!": ERROR, "Err:502": ERROR,
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
    "cell",
    ["12E4", "E21B 43/00", "#1 fastener", "C#", "US=1", "3E 5", "#REF", "Err: none", "Errebal"],
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


BULK = {
    "1,23457E+11": ROUNDED, "1.23E+11": ROUNDED, "#REF!": ERROR, "#¿NOMBRE?": ERROR, "=A1": FORMULA,
}  # fmt: skip


def of_regpat(folder, **changed):
    """What REGPAT says where the text of a table is another one, and its rejects."""
    raw = regpat.read(regpat_edition(folder / "e", EPO, **changed))
    told = raw.rejects[["file", "column", "value", "reason"]].astype(object).to_numpy().tolist()
    return raw, told


@pytest.mark.parametrize(("cell", "reason"), BULK.items())
def test_a_damaged_value_of_regpat_is_told(tmp_path, cell, reason):
    """A number and a name, with the file; two applications with one rounded number stay two."""
    raw, told = of_regpat(
        tmp_path,
        APP=APP.replace("|04000012|", f"|{cell}|").replace("|98000031|", f"|{cell}|"),
        INV=INV.replace("04000012", "").replace("12E4", cell),
    )
    file = "202001_EPO_App_reg.txt"
    assert [file, "application_number", cell, reason] in told
    assert ["202001_EPO_Inv_reg.txt", "raw_name", cell, reason] in told
    assert raw.records["application_number"].isna().tolist() == [False, True, True]
    assert len(canonical([raw])["applications"]) == 3


def test_what_was_protected_or_cut_in_regpat_is_counted(tmp_path):
    """`="03008526"` is its number; a name as long as a cell may be stays, and is told."""
    raw, told = of_regpat(
        tmp_path,
        APP=APP.replace("|03008526|", '|="03008526"|').replace("HARRI S.L.", "H" * 32_767),
    )
    assert raw.records["application_number"].tolist()[0] == "03008526"
    assert (told, raw.repairs) == ([], {PROTECTED: 2, CUT_TEXT: 2})


def test_damaged_values_of_patstat_are_told(tmp_path):
    """Numbers, families, names, titles, publications and what is claimed; none joins another."""
    files = {
        **FILES,
        **MORE,
        "tls202_part01.csv": 'appln_id,appln_title_lg,appln_title\n5,en,"=A1"\n',
        "tls211_part01.csv": MORE["tls211_part01.csv"].replace("2200009", "2.2E+06"),
    }
    raw = patstat.read(
        patstat_edition(
            tmp_path / "e",
            files,
            tls201=APPLN.replace('"200300017"', '"2,00300E+08"').replace(",4401,8", ",4.4E+03,8"),
            tls206=PERSON.replace('"ISAR GMBH"', '"#REF!"'),
        )
    )
    told = raw.rejects[["file", "column", "value", "reason", "n"]].astype(object).to_numpy()
    assert {
        ("tls201", "appln_nr", "2,00300E+08", ROUNDED, 2),
        ("tls201", "appln_nr of a priority", "2,00300E+08", ROUNDED, 2),
        ("tls201", "docdb_family_id", "4.4E+03", ROUNDED, 2),
        ("tls206", "person_name", "#REF!", ERROR, 1),
        ("tls202", "appln_title", "=A1", FORMULA, 1),
        ("tls211", "publn_nr", "2.2E+06", ROUNDED, 1),
    } <= set(map(tuple, told.tolist()))
    records = raw.records.set_index("appln_id")
    assert records.loc[["5", "7"], "application_number"].isna().all()
    assert records.loc[["5", "8"], "family_id"].isna().all()
    assert records.loc[["5"], ["title", "publication_number"]].isna().all(axis=None)
    assert raw.priorities["number"].tolist()[:2] == ["#7", "#5"]
