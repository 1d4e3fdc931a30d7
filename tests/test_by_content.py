"""Parts of PATSTAT and REGPAT under strange names are known by their columns."""

import gzip
import zipfile

import pandas as pd
import pytest
from conftest import needs_shared
from test_patstat import FILES, MORE
from test_patstat import edition as patstat_edition
from test_regpat import APP, EPO, INV, IPC, PCT
from test_regpat import edition as regpat_edition

from studylib import readers
from studylib.errors import DataError
from studylib.prepare import canonical
from studylib.readers.bulk import patstat, regpat
from studylib.readers.bulk.patstat.tables import table_of as patstat_table
from studylib.readers.bulk.regpat.tables import table_of as regpat_table
from studylib.readers.sniff import head


def same(one, other):
    """Whether two readings say the same, whatever their files are called."""
    for name in ("records", "symbols", "parties", "priorities"):
        left, right = getattr(one, name), getattr(other, name)
        beside = [column for column in ("file",) if column in left]
        pd.testing.assert_frame_equal(left.drop(columns=beside), right.drop(columns=beside))
    return one.n_received == other.n_received


@pytest.mark.parametrize("name", ["{} (1).csv", "{} - Copie.csv", "{} copy 2.csv", "x{n}.txt"])
def test_a_patstat_edition_under_other_names_is_the_same(tmp_path, name):
    """Copies and renamed files are the tables they hold, wherever the folder lies."""
    whole = FILES | MORE
    plain = patstat.read(patstat_edition(tmp_path / "plain", whole))
    renamed = {name.format(f"{old[:6]}_appln", n=n): text
               for n, (old, text) in enumerate(whole.items())}  # fmt: skip
    folder = patstat_edition(tmp_path / "other", renamed)
    assert patstat.recognises(head(folder))
    assert same(readers.read(folder), plain)


def test_packed_parts_are_known_by_their_columns_too(tmp_path):
    """Inside a gz file or a zip as outside."""
    plain = patstat.read(patstat_edition(tmp_path / "plain", FILES))
    folder = tmp_path / "packed"
    folder.mkdir()
    for n, text in enumerate(FILES.values()):
        with gzip.open(folder / f"{n}.gz", "wt", encoding="utf-8", newline="") as packed:
            packed.write(text)
    assert same(readers.read(folder), plain)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        for n, text in enumerate(FILES.values()):
            packed.writestr(f"{n}.csv", text)
    assert same(readers.read(tmp_path / "all.zip"), plain)


def test_two_files_of_one_table_are_parts_of_it(tmp_path):
    """Rows of both count; what repeats is among the rejects as ever."""
    first, second = FILES["tls209_part01.csv"].splitlines()[:3], ["appln_id,ipc_class_symbol"]
    files = FILES | {"tls209_part01.csv": "\n".join(first) + "\n"}
    files["more symbols.csv"] = "\n".join([*second, "8,A01B   1/00", ""])
    read = patstat.read(patstat_edition(tmp_path / "e", files))
    assert sorted(read.symbols["raw"]) == ["A01B   1/00", "B82Y  30/00", "H01L  31/042"]


def test_a_copy_beside_its_original_is_refused(tmp_path):
    """Its rows would count double."""
    files = FILES | {"tls209_part01 (1).csv": FILES["tls209_part01.csv"]}
    with pytest.raises(DataError, match="2 files hold the same part of the export"):
        patstat.read(patstat_edition(tmp_path / "e", files))


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        ("appln_id appln_auth appln_nr appln_kind", "tls201"),
        ("APPLN_ID PERSON_ID APPLT_SEQ_NR INVT_SEQ_NR", "tls207"),
        ("appln_id appln_auth appln_nr person_name ipc_class_symbol", None),  # joined by a query
        ("appln_id person_id person_name person_ctry_code", None),
        ("appln_id appln_nr ipc_class_symbol", None),
        ("person_id person_name person_ctry_code nuts", "tls206"),
        ("title person_name", None),
    ],
)
def test_a_table_is_told_by_the_column_no_other_has(columns, table):
    """What joins several tables is none of them: a study can declare its columns."""
    assert patstat_table(columns.split()) == table


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        ("app_nbr appln_id person_id app_name reg_code app_share", "App_reg"),
        ("appln_id prio_year app_year ipc", "IPC"),
        ("Appln_id CPC_Class", "CPC_Class"),
        ("appln_id title applicant ipc cpc", None),
        ("app_year ipc", None),
    ],
)
def test_a_table_of_regpat_is_told_by_its_columns(columns, table):
    """Capitals do not matter; another table with a column called CPC is none of REGPAT."""
    assert regpat_table(columns.split()) == table


def test_a_regpat_edition_under_other_names_is_the_same(tmp_path):
    """The one set there is needs no name."""
    plain = regpat.read(regpat_edition(tmp_path / "plain", EPO))
    folder = regpat_edition(tmp_path / "e", {"a.txt": APP, "b.txt": INV, "c.txt": IPC})
    assert same(readers.read(folder), plain)


def test_one_renamed_part_belongs_to_the_edition_beside_it(tmp_path):
    """It is no second edition."""
    plain = regpat.read(regpat_edition(tmp_path / "plain", EPO))
    files = {name: text for name, text in EPO.items() if "IPC" not in name}
    folder = regpat_edition(tmp_path / "e", files | {"symbols.txt": IPC})
    assert same(readers.read(folder), plain)


def test_sets_are_told_by_name_or_columns_or_asked_for(tmp_path):
    """`pct_nbr` is a column of the PCT set; symbols of both sets look alike."""
    plain = regpat.read(regpat_edition(tmp_path / "plain", EPO | PCT))
    named = {f"{name[7:10]} {n}.txt": text for n, (name, text) in enumerate((EPO | PCT).items())}
    assert same(readers.read(regpat_edition(tmp_path / "e", named)), plain)
    nameless = {f"{n}.txt": text for n, text in enumerate((EPO | PCT).values())}
    with pytest.raises(DataError, match=r"is a table of REGPAT \(IPC\), but neither its name"):
        readers.read(regpat_edition(tmp_path / "f", nameless | {
            "5.txt": IPC, "2.txt": IPC.replace("9|", "8|"),
        }))  # fmt: skip


def test_one_strange_file_says_what_it_lacks(tmp_path):
    """A table alone is known for what it is, and the sentence names the others."""
    folder = patstat_edition(tmp_path / "e", {"x.csv": FILES["tls201_part01.csv"]})
    with pytest.raises(DataError, match="lacks the PATSTAT table 'tls206', 'tls207', 'tls209'"):
        readers.read(folder / "x.csv")


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(("folder", "n"), [("patstat_copy", 5), ("regpat_renamed", 1)])
def test_the_editions_of_the_fault_reports_are_read(shared, folder, n):
    """As the README promises: found by content."""
    path = shared / "cases" / "patstat-regpat-by-name-only" / folder
    assert len(canonical([readers.read(path)])["applications"]) == n
