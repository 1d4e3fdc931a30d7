"""Rules of reading EPO PATSTAT; every name is fictitious."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studylib.errors import DataError
from studylib.prepare.vintage import dated
from studylib.readers.bulk import patstat
from studylib.readers.raw import Keep
from studylib.readers.sniff import head

APPLN_COLUMNS = (
    "appln_id,appln_auth,appln_nr,appln_kind,appln_filing_date,appln_filing_year,receiving_office,"
    "earliest_filing_year,granted,docdb_family_id,inpadoc_family_id"
)
APPLN = f"""{APPLN_COLUMNS}
0,"  ","","  ",9999-12-31,9999,"  ",9999,N,0,0
5,ES,"200300017","A ",2003-02-11,2003,"  ",2002,Y,4401,8
7,ES,"200300017","U ",2003-02-12,2003,"  ",2003,N,4402,9
8,WO,"03008526","W ",2005-01-31,2005,"EP",2003,N,4401,8
90,FR,"0009001","A ",9999-12-31,9999,"  ",9999,N,0,0
91,DE,"19812345","A ",1998-03-01,1998,"  ",1998,N,4403,10
"""
PERSON = """person_id,person_name,person_address,person_ctry_code,nuts,nuts_level
0,"","","  ","",9
1,"HARRI ""Berri"", S.L.","Kalea 3, Bilbao",ES,ES213,3
2,"NA","",FR,FR,0
3,"ETCHEBARNE, Maïté","",FR,FR615,3
4,"ISAR GMBH","",DE,DE212,3
5,"12E4","","--",FR615,9
"""
LINK = """person_id,appln_id,applt_seq_nr,invt_seq_nr
1,5,1,0
2,5,2,1
3,5,0,2
1,7,1,0
3,8,1,1
5,8,0,2
2,90,1,0
4,91,1,1
"""
IPC = """appln_id,ipc_class_symbol,ipc_class_level,ipc_version,ipc_value,ipc_position,ipc_gener_auth
5,"H01L  31/042",A,2006-01-01,I,F,ES
5,"B82Y  30/00 ",A,2011-01-01,N,L,ES
8,"A01B   1/00",C,2006-01-01,I,2,EP
8,"A01B   3/00",C,2006-01-01,I,1,EP
"""
FILES = {
    "tls201_part01.csv": APPLN,
    "tls206_part01.csv": PERSON,
    "tls207_part01.csv": LINK,
    "tls209_part01.csv": IPC,
}
MORE = {
    "tls202_part01.csv": 'appln_id,appln_title_lg,appln_title\n5,en,"Cell, solar\nand ""thin"""\n',
    "tls204_part01.csv": (
        "appln_id,prior_appln_id,prior_appln_seq_nr\n8,5,2\n8,7,1\n8,400,3\n5,0,1\n"
    ),
    "tls211_part01.csv": (
        "pat_publn_id,publn_auth,publn_nr,publn_nr_original,publn_kind,appln_id,publn_date,"
        'publn_lg,publn_first_grant,publn_claims\n1,ES,"2200001","","B1",5,2005-06-01,es,Y,3\n'
        '2,ES,"2200009","","A1",5,2004-08-01,es,N,0\n3,ES,"1055","","U ",7,9999-12-31,es,N,0\n'
    ),
    "tls224_part01.csv": "appln_id,cpc_class_symbol\n5,Y02E  10/50\n5,H01L  31/18\n",
}


def edition(folder: Path, files: dict[str, str], **changed: str) -> Path:
    """A folder with these files; `tls209="..."` replaces the text of that table."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(changed.get(name[:6], text), encoding="utf-8", newline="")
    return folder


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    picked = frame[list(columns)].astype(object)
    return list(picked.where(picked.notna(), None).itertuples(index=False, name=None))


def left(raw) -> set[tuple[object, ...]]:
    return set(rows(raw.rejects, "file", "column", "value", "n", "reason"))


PLACEHOLDER = ("tls201", "appln_id", None, 1, "placeholder of PATSTAT, no application")
NO_COUNTRY = ("tls206", "person_ctry_code", "--", 1, "is no code of two letters")


def test_one_record_per_application_with_its_kind(tmp_path):
    """The kind tells two applications of one number apart; what is unknown is missing."""
    raw = patstat.read(edition(tmp_path / "e", FILES))
    assert rows(
        raw.records, "application_office", "application_number", "filing_date", "filing_year",
        "priority_year", "family_id", "appln_id",
    ) == [
        ("ES", "200300017 A", "2003-02-11", "2003", "2002", "4401", "5"),
        ("ES", "200300017 U", "2003-02-12", "2003", "2003", "4402", "7"),
        ("WO", "03008526 W EP", "2005-01-31", "2005", "2003", "4401", "8"),
        ("FR", "0009001 A", None, None, None, None, "90"),
        ("DE", "19812345 A", "1998-03-01", "1998", "1998", "4403", "91"),
    ]  # fmt: skip
    assert (raw.n_received, raw.family_is, raw.date_order) == (5, "DOCDB simple", "iso")
    assert left(raw) == {PLACEHOLDER, NO_COUNTRY}


def test_a_person_may_be_applicant_and_inventor(tmp_path):
    """Each sequence number is a role; the parties of a role share the application equally."""
    raw = patstat.read(edition(tmp_path / "e", FILES))
    assert rows(raw.parties[raw.parties["record"].isin([0, 2])], "record", "role", "raw_name",
                "country", "nuts_id", "weight", "position") == [
        (0, "applicant", 'HARRI "Berri", S.L.', "ES", "ES213", 0.5, 1),
        (0, "applicant", "NA", "FR", None, 0.5, 2),
        (0, "inventor", "NA", "FR", None, 0.5, 1),
        (0, "inventor", "ETCHEBARNE, Maïté", "FR", "FR615", 0.5, 2),
        (2, "applicant", "ETCHEBARNE, Maïté", "FR", "FR615", 1.0, 1),
        (2, "inventor", "ETCHEBARNE, Maïté", "FR", "FR615", 0.5, 1),
        (2, "inventor", "12E4", None, None, 0.5, 2),
    ]  # fmt: skip


def test_symbols_follow_their_position(tmp_path):
    """Symbols keep spelling, level, version and value; positions count from 1."""
    raw = patstat.read(edition(tmp_path / "e", FILES))
    assert rows(raw.symbols, "record", "raw", "level", "version", "value", "position") == [
        (0, "B82Y  30/00", "A", "2011-01-01", "N", 1),
        (0, "H01L  31/042", "A", "2006-01-01", "I", 2),
        (2, "A01B   3/00", "C", "2006-01-01", "I", 1),
        (2, "A01B   1/00", "C", "2006-01-01", "I", 2),
    ]


def test_optional_tables_add_titles_publications_priorities_and_cpc(tmp_path):
    """Title, first publication, claims in order and CPC symbols come where their tables are."""
    raw = patstat.read(edition(tmp_path / "e", FILES | MORE))
    assert raw.records["title"][0] == 'Cell, solar\nand "thin"'
    assert rows(raw.records, "publication_office", "publication_number", "publication_kind",
                "publication_date")[:3] == [
        ("ES", "2200009", "A1", "2004-08-01"), ("ES", "1055", "U", None), (None,) * 4]  # fmt: skip
    assert rows(raw.priorities, "record", "number", "country", "date", "position") == [
        (2, "200300017 U", "ES", "2003-02-12", 1),
        (2, "200300017 A", "ES", "2003-02-11", 2),
        (2, "#400", None, None, 3),  # claimed, but of what is not in tls201 nothing is known
    ]
    assert rows(raw.symbols[raw.symbols["scheme"] == "cpc"], "record", "raw", "level") == [
        (0, "H01L  31/18", None),
        (0, "Y02E  10/50", None),
    ]
    assert ("tls204", "prior_appln_id", None, 1, "priorities that are not in tls201") in left(raw)


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        (Keep(), ["5", "7", "8", "90", "91"]),
        (Keep(nuts_prefixes=("FR61",)), ["5", "8"]),
        (Keep(countries=("ES",)), ["5", "7"]),
        (Keep(2000, 2012), ["5", "7", "8"]),
        (Keep(2003, 2003, date="priority"), ["7", "8"]),
        (Keep(2000, 2012, countries=("FR",)), ["5", "8"]),
    ],
)
def test_a_place_or_a_year_of_the_study_keeps_an_application(tmp_path, keep, kept):
    """One party in one area is enough, and what is kept and left behind adds up."""
    raw = patstat.read(edition(tmp_path / "e", FILES), keep)
    assert list(raw.records["appln_id"]) == kept
    behind = raw.rejects[raw.rejects["reason"].str.contains("outside|year of")]
    assert raw.n_received == len(kept) + behind["n"].sum()


def test_bad_keys_are_rejects(tmp_path):
    """Repeated, unreadable and unknown keys are counted by table; one row of each key is used."""
    raw = patstat.read(
        edition(
            tmp_path / "e", FILES | MORE,
            tls201=APPLN + '5,ES,"200300018","A ",2009-01-01,2009,"  ",2009,N,1,1\n'
            'x,ES,"1","A ",2009-01-01,2009,"  ",2009,N,1,1\n,,,,,,,,,,\n',
            tls206=PERSON + '1,"AZKEN","",ES,ES211,3\n',
            tls207=LINK + "1,5,1,0\n99,7,2,0\n1,7,0,0\n1,600,1,0\n",
            tls209=IPC + "600,H01L,A,2006-01-01,I,F,ES\n5,,A,2006-01-01,I,F,ES\n",
            tls202=MORE["tls202_part01.csv"] + "5,fr,Z\n",
        )
    )  # fmt: skip
    assert rows(raw.records, "application_number", "filing_year")[0] == ("200300017 A", "2003")
    assert raw.n_received == 5
    assert left(raw) == {
        PLACEHOLDER,
        NO_COUNTRY,
        ("tls201", "appln_id", "", 1, "appln_id is no whole number"),
        ("tls201", "appln_id", "x", 1, "appln_id is no whole number"),
        ("tls201", "appln_id", "5", 1,
         "appln_id occurs more than once; the first row by year is used"),
        ("tls202", "appln_id", "5", 1,
         "appln_id occurs more than once; the first title is used"),
        ("tls206", "person_id", "1", 1,
         "person_id occurs more than once; the first by name is used"),
        ("tls207", "person_id", None, 1, "rows that repeat another row"),
        ("tls207", "person_id", None, 1, "parties whose person is not in tls206"),
        ("tls207", "person_id", None, 1, "rows that are neither applicant nor inventor"),
        ("tls207", "appln_id", None, 1, "rows of an application that is not in tls201"),
        ("tls209", "appln_id", None, 1, "rows of an application that is not in tls201"),
        ("tls204", "prior_appln_id", None, 1, "priorities that are not in tls201"),
        ("e", "ipc", None, 1, "rows without a symbol"),
    }  # fmt: skip


def test_years_come_from_the_date_where_an_extract_has_no_column_for_them(tmp_path):
    """A small extract with semicolons, no years and no DOCDB family is enough."""
    appln = (
        "appln_id;appln_auth;appln_nr;appln_filing_date;inpadoc_family_id\n5;ES;01;2003-02-11;8\n"
    )
    raw = patstat.read(edition(tmp_path / "e", FILES, tls201=appln), Keep(2003, 2003))
    assert rows(raw.records, "application_number", "filing_year", "priority_year", "family_id") == [
        ("01", "2003", None, "8")
    ]
    assert raw.family_is == "INPADOC"
    by_priority = Keep(2003, 2003, date="priority")
    behind = patstat.read(tmp_path / "e", by_priority)
    assert ("e", "appln_id", None, 1, "year of priority unknown") in left(behind)
    claims = {"tls204.csv": "appln_id,prior_appln_id\n6,5\n"}  # 5 claims nothing
    known = patstat.read(edition(tmp_path / "g", FILES | claims, tls201=appln), by_priority)
    assert known.records["priority_year"].tolist() == ["2003"]
    without = appln.replace("inpadoc_family_id", "x")
    assert patstat.read(edition(tmp_path / "f", FILES, tls201=without)).family_is == ""


def test_zipped_parts_read_like_one_file(tmp_path):
    """A zip per part, and a table in one file, give the same tables."""
    plain = patstat.read(edition(tmp_path / "e", FILES))
    packed = tmp_path / "packed"
    packed.mkdir()
    for name, text in FILES.items():
        with zipfile.ZipFile(packed / name.replace(".csv", ".zip"), "w") as file:
            file.writestr(name, text)
    assert everything(patstat.read(packed)) == everything(plain)


@pytest.mark.parametrize("table", ["tls201", "tls206", "tls207", "tls209"])
def test_a_missing_table_is_named(tmp_path, table):
    """Without one of the four needed tables nothing is read, and the message says which."""
    folder = edition(tmp_path / "e", {k: v for k, v in FILES.items() if k[:6] != table})
    with pytest.raises(DataError, match=f"lacks the PATSTAT table '{table}'"):
        patstat.read(folder)


def test_the_vintage_is_declared_or_found(tmp_path):
    """A declared NUTS version is kept; telling codes of all persons decide otherwise."""
    folder = edition(tmp_path / "e", FILES)
    assert dated(patstat.read(folder)).nuts_version == "2013"
    assert dated(patstat.read(folder, nuts_version="2016")).nuts_version == "2016"
    told = PERSON.replace("FR615", "FRI15") + '9,"X","",HR,HR041,3\n'
    assert dated(patstat.read(edition(tmp_path / "f", FILES, tls206=told))).nuts_version == "2016"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("tls201_part01.csv", True),
        ("tls209_appln_ipc.csv", True),
        ("TLS206_part12.zip", True),
        ("tls207.csv.gz", True),
        ("tls2010.csv", False),
        ("tls203_part01.csv", False),
    ],
)
def test_an_edition_is_recognised_by_the_names_of_its_files(tmp_path, name, known):
    """Names of the tables decide, alone or in a folder."""
    edition(tmp_path / "e", {name: "x"})
    assert patstat.recognises(head(tmp_path / "e")) is known
    assert patstat.recognises(head(tmp_path / "e" / name)) is known


def everything(raw) -> dict[str, object]:
    """All that was read, as lists that can be compared; exports of another name are alike."""
    tables = ("records", "symbols", "parties", "priorities", "rejects")
    frames = {name: getattr(raw, name).replace(["e", "f", "packed"], "x") for name in tables}
    cells = {name: (frame.dtypes.to_dict(), rows(frame, *frame)) for name, frame in frames.items()}
    return cells | {"n_received": raw.n_received, "nuts_version": raw.nuts_version}


@settings(max_examples=15)
@given(data=st.data())
def test_order_of_rows_and_parts_is_irrelevant(tmp_path_factory, data):
    """The same rows in another order, cut in two parts, read the same."""
    plain = edition(tmp_path_factory.mktemp("plain") / "e", FILES | MORE)
    files = {}
    for name, text in (FILES | MORE).items():
        start, *body = text.replace("solar\n", "solar\v").strip("\n").split("\n")
        body = data.draw(st.permutations(body))
        cut = data.draw(st.integers(0, len(body)))
        for part, lines in (("part02", body[:cut]), ("part11", body[cut:])):
            cut_text = "\n".join([start, *lines]) + "\n"
            files[name.replace("part01", part)] = cut_text.replace("solar\v", "solar\n")
    other = edition(tmp_path_factory.mktemp("other") / "f", files)
    assert everything(patstat.read(other)) == everything(patstat.read(plain))
