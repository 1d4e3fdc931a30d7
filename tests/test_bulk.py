"""Rules of bulk files: found, unpacked within limits, read as text, and every loss counted."""

import gzip
import io
import re
import shutil
import struct
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from studylib.errors import DataError
from studylib.files import limits
from studylib.prepare import vintage
from studylib.readers.bulk import edition, engine, header, left_behind, parts
from studylib.readers.raw import Keep

ROLES = {"key": ("id",), "text": ("name", "label"), "more?": ("more",)}
ALL = re.compile("")


def opened_table(path: Path, text: bytes | None = None):
    """The opened export at a path with its view `t`; `text` makes it a folder with one file."""
    if text is not None:
        path.mkdir(exist_ok=True)
        (path / "t.txt").write_bytes(text)
    return path


def answer(path: Path, query: str = "SELECT key, text, more FROM t ORDER BY ALL"):
    """All rows of the table in a folder, and its rejects as (file, row, value, reason, n)."""
    with edition.opened(path) as export:
        export.table("t", parts.matching(export.parts, ALL), ROLES)
        rows = export.rows(query)
        rejects = export.rejects()
    picked = rejects[["file", "row", "value", "reason", "n"]].astype(object)
    return rows, list(picked.where(picked.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "cell", ["NA", "NULL", "nan", "12E4", "03008526", "1e999", "TRUE", "2003-02-11", "=1+1", "é"]
)
def test_text_stays_text(tmp_path, cell):
    """No cell becomes a number, a date or a missing value; only the empty field is missing."""
    path = opened_table(tmp_path / "e", f"id|name|more\n 7 |{cell}|\n".encode())
    assert answer(path)[0] == [("7", cell, None)]


@pytest.mark.parametrize(
    "text",
    [
        b"more|id|name\nz|1|a\n",
        b"\xef\xbb\xbfID|Name|MORE\r\n1|a|z\r\n",
        b"id|label|unused|more\n1|a|u|z",
        b"id;name;more\n1;a;z\n",
        b'"id","name","more"\n"1","a","z"\n',
        b'"id"|"name"|"more"\n"1"|"a"|"z"\n',
        b"id\tname\tmore\n\n1\ta\tz\n\n",
        b"id|name|more\r1|a|z\r",
    ],
)
def test_columns_go_by_name_in_any_dress(tmp_path, text):
    """Order, case, mark, line ends, delimiter, quotes and empty lines change nothing."""
    assert answer(opened_table(tmp_path / "e", text)) == ([("1", "a", "z")], [])


def test_quotes_are_letters_between_bars_and_quotes_between_commas(tmp_path):
    """REGPAT writes `"` in names as it is; PATSTAT doubles it, and may break lines inside."""
    assert answer(opened_table(tmp_path / "a", b'id|name\n1|5" "x\n'))[0] == [("1", '5" "x', None)]
    quoted = b'id,name\n1,"a ""b"", c\nd"\n'
    assert answer(opened_table(tmp_path / "b", quoted))[0] == [("1", 'a "b", c\nd', None)]


def test_rows_with_a_wrong_number_of_fields_are_rejects(tmp_path):
    """Each such row stands among the rejects with file and row, once however often it is read."""
    path = opened_table(tmp_path / "e", b"id|name\n1|a\n2\n3|c|d\n4|d\n")
    rows, rejects = answer(path, "SELECT key FROM t UNION SELECT key FROM t ORDER BY 1")
    assert rows == [("1",), ("4",)]
    assert rejects == [
        ("t.txt", 3, "2", "too few fields in this row", 1),
        ("t.txt", 4, "3|c|d", "too many fields in this row", 1),
    ]


def test_an_open_quote_and_an_endless_row_are_rejects(tmp_path):
    """What swallows other rows is named where it starts."""
    path = opened_table(tmp_path / "e", b'id,name\n1,"a"b\n2,c\n3,"d\n4,e\n')
    rows, rejects = answer(path)
    assert rows == [("2", "c", None)]
    assert [r[1] for r in rejects] == [2, 4]
    assert {r[3] for r in rejects} == {"a quote that is not closed in this row"}
    endless = opened_table(tmp_path / "f", b"id|name\n1|" + b"x" * 2**22 + b"\n2|c\n")
    rows, rejects = answer(endless)
    assert rows == [("2", "c", None)]
    assert {r[3] for r in rejects} == {"a row longer than 2 MB"}


def test_many_rejects_are_listed_in_part_and_counted_in_full(tmp_path):
    """The first hundred rows stand one by one, the rest as one number."""
    path = opened_table(tmp_path / "e", b"id|name\n" + b"x\n" * 150 + b"1|a\n")
    rows, rejects = answer(path)
    assert rows == [("1", "a", None)]
    assert len(rejects) == 101
    assert rejects[-1] == ("t.txt", None, None, "too few fields in this row", 50)


def test_left_values_are_listed_in_part_and_counted_in_full(tmp_path):
    """Values that are not used stand sorted, a hundred at most, the rest as one number."""
    with edition.opened(opened_table(tmp_path / "e", b"id|name\n1|a\n")) as export:
        export.leave_values("SELECT range::VARCHAR, 2 FROM range(103)", "f", "c", "why")
        rejects = export.rejects()
    assert (len(rejects), rejects["n"].sum()) == (101, 206)
    assert rejects.loc[[0, 99], "value"].tolist() == ["0", "96"]
    assert rejects.loc[rejects["value"].isna(), "n"].tolist() == [6]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"id|name\n1|caf\xe9\n", "'t.txt' is not UTF-8 \\(row 2"),
        ("id|name\n1|a\n".encode("utf-16"), "'t.txt' is UTF-16"),
        (b"", "'t.txt' is empty"),
        (b"\n\n", "'t.txt' is empty"),
        (b"id|other\n", "'t.txt' has no column `name`; its columns are 'id', 'other'"),
        (b"id|name|Label\n", "2 columns for one thing: 'name', 'Label'"),
        (b"id|name|ID\n", "2 columns for one thing: 'id', 'ID'"),
        (b"id|name\n1|a\r\n2|b\n", "'t.txt' mixes kinds of line ends"),
    ],
)
def test_a_file_that_cannot_be_used_stops_with_its_name(tmp_path, text, message):
    """What would lose or garble every row is an error in words, not a list of rejects."""
    with pytest.raises(DataError, match=message):
        answer(opened_table(tmp_path / "e", text))


def test_a_table_of_no_parts_is_empty(tmp_path):
    """A table the export lacks has its columns and no rows."""
    with edition.opened(opened_table(tmp_path / "e", b"id|name\n")) as export:
        export.table("t", [], ROLES)
        assert export.rows("SELECT key, text, more, file FROM t") == []
        assert export.rejects().empty


def test_header_only_is_a_table_without_rows(tmp_path):
    """Column names alone are valid, also without a line end."""
    assert answer(opened_table(tmp_path / "e", b"id|name")) == ([], [])


def test_paths_are_never_patterns_or_statements(tmp_path):
    """A folder called like a pattern or with a quote is read; nothing else is."""
    strange = tmp_path / "l'[a]*?"
    assert answer(opened_table(strange, b"id|name\n1|a\n"))[0] == [("1", "a", None)]


def test_the_engine_reads_the_export_and_nothing_else(tmp_path):
    """Other files, the network and extensions are closed, and the lock cannot be opened."""
    (tmp_path / "secret.txt").write_text("x\n")
    with edition.opened(opened_table(tmp_path / "e", b"id|name\n")) as export:
        for statement in (
            f"SELECT * FROM read_csv('{tmp_path / 'secret.txt'}')",
            "SELECT * FROM read_csv('https://localhost/x.csv')",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(Exception, match=r"(?i)disabled|locked|cannot"):
                export.engine.execute(statement)


def test_the_private_folder_is_removed(tmp_path, monkeypatch):
    """Whatever was unpacked or spilled is gone afterwards, also after an error."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as packed:
        packed.writestr("t.txt", "id|name\n1|a\n")
    assert answer(tmp_path / "e.zip")[0] == [("1", "a", None)]
    with pytest.raises(DataError):
        answer(opened_table(tmp_path / "f", b""))
    assert not any((tmp_path / "tmp").iterdir())


def test_too_little_memory_is_said_in_words(tmp_path, monkeypatch):
    """Running out of memory and disk names the way out."""
    monkeypatch.setattr(engine, "MEMORY", "10MB")
    with (
        edition.opened(opened_table(tmp_path / "e", b"id|name\n")) as export,
        pytest.raises(DataError, match="'e' needs more than 10MB of memory"),
    ):
        export.run("CREATE TABLE b AS SELECT list(i) l FROM range(5000000) r(i)")


def test_a_mistake_of_ours_is_no_data_error(tmp_path):
    """A wrong statement is a bug and shows as one."""
    import duckdb

    with (
        edition.opened(opened_table(tmp_path / "e", b"id|name\n")) as export,
        pytest.raises(duckdb.Error),
    ):
        export.run("SELEC 1")


def test_parts_are_found_in_folders_and_archives(tmp_path):
    """Plain, gz and zipped files are parts; hidden files are not; a part has a name and a stem."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.csv.gz").write_bytes(gzip.compress(b"x"))
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / ".hidden").write_bytes(b"x")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as packed:
        packed.writestr("d/c.txt", "x")
        packed.writestr("d/", "")
        packed.writestr("__MACOSX/c.txt", "x")
    found = parts.parts(tmp_path)
    assert [(p.name, p.packing, p.stem, p.base) for p in found] == [
        ("a.txt", "none", "a", "a.txt"),
        ("sub/b.csv.gz", "gz", "b", "b.csv.gz"),
        ("z.zip/d/c.txt", "zip", "c", "c.txt"),
    ]


def test_a_part_that_is_there_twice_stops(tmp_path):
    """The same part packed and unpacked would count every row twice."""
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "A.csv.gz").write_bytes(gzip.compress(b"x"))
    with pytest.raises(DataError, match="2 files hold the same part of the export"):
        parts.matching(parts.parts(tmp_path), ALL)


def test_an_empty_folder_is_said_to_be_empty(tmp_path):
    """Nothing to read is an error in words."""
    with pytest.raises(DataError, match="There is no file in"):
        parts.parts(tmp_path)


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def broken(data: bytes) -> bytes:
    """A zip whose packed bytes are damaged but whose list is whole."""
    return data.replace(b"SOUND", b"DAMAGED"[:5])


def locked() -> bytes:
    """A zip that says its file has a password."""
    data = bytearray(zipped(t=b"id|name\n"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(sign) + at
        data[place : place + 2] = struct.pack("<H", 1)
    return bytes(data)


def stored() -> bytes:
    """A zip with unpacked content, so that a test can damage it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("t", "id|name\n1|SOUND\n")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("cut.gz", gzip.compress(b"id|name\n" * 99)[:-20], "'cut.gz' cannot be unpacked"),
        ("cut.zip", zipped(t=b"x")[:-9], "The archive 'cut.zip' cannot be opened"),
        ("crc.zip", broken(stored()), "'crc.zip/t' cannot be unpacked"),
        ("lock.zip", locked(), "'lock.zip/t' cannot be unpacked"),
        ("twice.zip", zipped(t=zipped(t=b"x")), "'twice.zip/t' is packed twice"),
        ("x.xz", b"\xfd7zXZ\x00", "'x.xz' is packed in a way that is not read here"),
        ("x.tar", b"\0" * 257 + b"ustar", "'x.tar' is packed in a way"),
        ("x.tar.gz", gzip.compress(b"\0" * 257 + b"ustar"), "'x.tar.gz' is packed twice"),
    ],
    # Packed bytes hold the time: as the name of a test they would differ between workers.
    ids=lambda value: "packed" if isinstance(value, bytes) else None,
)
def test_damaged_and_strange_packing_stops_with_a_sentence(tmp_path, name, data, message):
    """Cut, damaged, locked, nested or unknown packing says what to do."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=message):
        answer(tmp_path)


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.gz"])
def test_bombs_are_refused(tmp_path, name):
    """A file that unpacks to more than 100 times its size is no table of text."""
    data = bytes(limits.HARMLESS + 2**20)
    (tmp_path / name).write_bytes(gzip.compress(data) if name == "bomb.gz" else zipped(t=data))
    with pytest.raises(DataError, match="unpacks to more than 100 times its size"):
        answer(tmp_path)


def test_well_packed_text_is_no_bomb(tmp_path, monkeypatch):
    """Beyond the harmless size the ratio counts, and that of text is below the limit."""
    monkeypatch.setattr(limits, "HARMLESS", 10)
    (tmp_path / "t.txt.gz").write_bytes(gzip.compress(b"id|name\n" + b"1|a\n" * 20))
    assert len(answer(tmp_path)[0]) == 20


@pytest.mark.parametrize(
    "packed", [gzip.compress(b"id|name\n"), zipped(t=b"id|name\n")], ids=["gz", "zip"]
)
def test_a_full_disk_is_said_before_it_is_full(tmp_path, monkeypatch, packed):
    """Unpacking leaves a gigabyte free."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2**20))
    (tmp_path / "t").write_bytes(packed)
    with pytest.raises(DataError, match="1 MB are free and 1,024 MB stay free"):
        answer(tmp_path)


@pytest.mark.parametrize(
    ("keep", "words"),
    [
        (None, "TRUE"),
        (Keep(2000, 2012), "TRUE"),
        (Keep(countries=("FR", "O'X")), "(coalesce(upper(country) IN ('FR', 'O''X'), FALSE))"),
    ],
)
def test_places_become_sql_without_becoming_statements(keep, words):
    """Words of a study file are quoted; without places every party is inside."""
    assert left_behind.is_here(keep) == words


def test_an_open_window_has_one_end():
    """A missing first or last year leaves that side open."""
    assert "BETWEEN 2003 AND 9998" in left_behind.fate(Keep(first_year=2003))
    assert "BETWEEN 0 AND 2003" in left_behind.fate(Keep(last_year=2003))
    assert "BETWEEN" not in left_behind.fate(Keep(countries=("FR",)))


@pytest.mark.parametrize(
    ("codes", "version"),
    [
        ({}, None),
        ({"ES213": 9}, None),
        ({"ITD51": 9}, "2006"),
        ({"UKI31": 9, "FR612": 5}, "2013"),
        ({"FRI12": 9}, "2021"),
        ({"FRI12": 9, "HR041": 1}, "2016"),
        ({"FRI12": 9, "FR612": 9}, None),
        ({"FRI12": 900, "FR612": 2, "HR041": 5}, "2016"),
        ({"FRI12": 30_000_000, "FR612": 400_000, "HR041": 1}, None),
        ({"FRI12": 30_000_000, "FR612": 200_000, "HR041": 1}, "2016"),
    ],
)
def test_the_nuts_version_of_an_edition_is_told_by_its_codes(codes, version):
    """The newest version the codes fit, however many rows bear them; slips are slips."""
    assert vintage.vintage(codes) == version


def test_a_role_has_a_plain_name():
    """The question mark of an optional role is no part of its name."""
    assert header.plain("more?") == "more"


def test_a_country_is_kept_however_an_export_writes_it():
    """The United Kingdom is GB or UK, Greece GR or EL; a region of NUTS lies in both spellings."""
    assert Keep(countries=("GB", "FR")).letters == {"GB", "UK", "FR"}
    assert Keep(countries=("GR",)).letters == {"GR", "EL"}
    assert Keep(nuts_prefixes=("UKJ", "ES21")).letters_of_regions == {"UK", "GB", "ES"}
    assert left_behind.is_here(Keep(countries=("GB",))) == (
        "(coalesce(upper(country) IN ('GB', 'UK'), FALSE))"
    )
