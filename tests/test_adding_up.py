"""Received, read, rejected and left out add up, in one way wherever they are said."""

from types import SimpleNamespace

import pandas as pd
import pytest
from small_studies import raw, study
from test_lens import export
from test_patstat import FILES, MORE
from test_patstat import edition as patstat_edition
from test_regpat import EPO
from test_regpat import edition as regpat_edition

from studylib import ket
from studylib.prepare import adding_up, canonical, for_study
from studylib.readers import read
from studylib.readers.raw import Keep
from studylib.say import data


def rejects(*given):
    return pd.DataFrame(given, columns=["column", "reason", "n"])


def test_records_and_values_are_counted_apart():
    """Of 10 records 6 are read, 3 lie outside, so 1 is rejected; two values are no records."""
    told = rejects((None, "8 cells instead of 12", 1), ("ipc", "no such day", 2),
                   ("appln_id", "outside the study's years", 2),
                   ("document", "country of all parties unknown", 1))  # fmt: skip
    funnel = pd.DataFrame({"step": ["received", "read"], "n": [10, 6]})
    assert adding_up.of_tables(funnel, told) == (10, 6, 1, 3, 2)


def test_applications_without_a_year_are_no_values():
    """They were read; the funnel counts them where the window leaves them out."""
    told = rejects(("filing_year", "the year is not known on the study's date", 4))
    funnel = pd.DataFrame({"step": ["received", "read"], "n": [4, 4]})
    assert adding_up.of_tables(funnel, told).single == 0


def test_a_list_adds_up_in_the_export_and_in_the_tables(tmp_path):
    """One row of another width and one symbol nobody can read."""
    claim = {"Priority Numbers": "FR 0300001 A 20030105"}
    unread = {**claim, "Application Number": "ES 200400002 A", "IPCR Classifications": "?"}
    path = export(tmp_path / "x.csv", claim, unread)
    with path.open("ab") as file:
        file.write(b"1,2,3\r\n")
    found = read(path)
    assert adding_up.of_export(found) == (3, 2, 1, 0, 0)
    tables = canonical([found])
    assert adding_up.of_tables(tables["funnel"], tables["rejects"]) == (3, 2, 1, 0, 1)
    prepared = for_study(tables, study(tmp_path), ket.load_scheme())
    assert adding_up.of_tables(prepared["funnel"], prepared["rejects"]) == (3, 2, 1, 0, 1)


@pytest.mark.parametrize(
    ("edition", "files"), [(regpat_edition, EPO), (patstat_edition, FILES | MORE)]
)
def test_what_a_bulk_edition_leaves_behind_is_outside(tmp_path, edition, files):
    """Not rejected: nothing is wrong with it."""
    keep = Keep(first_year=2003, last_year=2003, countries=("FR", "ES"))
    parts = adding_up.of_export(read(edition(tmp_path / "e", files), keep=keep))
    assert parts.outside > 0
    assert parts.rejected == 0
    assert parts.received == parts.read + parts.outside
    assert parts.single >= 0


def test_repairs_of_all_exports_are_a_table():
    """With their file; what two exports of a file needed is added."""
    one = raw({}, repairs={"values mangled by two encodings, undone": 2})
    other = raw({}, repairs={"values mangled by two encodings, undone": 1})
    found = canonical([one, other])["repairs"]
    assert found.to_numpy().tolist() == [
        [one.records["file"][0], "values mangled by two encodings, undone", 3]
    ]


def test_applications_without_a_year_are_told_beside_the_table_that_has_them():
    """They are no values that could not be used, and the numbers of the table add up."""
    told = rejects(("ipc", "no such day", 2), ("filing_year", adding_up.UNKNOWN_YEAR, 3))
    steps = pd.DataFrame({"step": ["received", "read"], "n": [10, 10]})
    tables = {"rejects": told, "funnel": steps}
    said = data.rejects(SimpleNamespace(table=tables.get)).paragraphs
    assert said == (
        "2 single values of the records could not be used.",
        "3 applications have no year on the date of the study, and lie in no period.",
        "The table says where and why.",
    )
