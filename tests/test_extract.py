"""An extract: the same rows by two engines, the same study as from the whole edition."""

import csv
import random
import re
import shutil
import sys

import pandas as pd
import pytest
from small_studies import FRANCE, PERIOD, SOURCES, SPAIN, study_file

from studylib import __main__ as cli
from studylib.build.checks.exports import keep_of, read_sources
from studylib.errors import DataError, UsageError
from studylib.readers.bulk import extract, patstat, regpat
from studylib.readers.bulk.extract import edition, engine, spark
from studylib.readers.raw import Keep
from studylib.study.model import load

KEEP = Keep(2003, 2006, "filing", ("PT",), ("FR61", "ES2"))
CODES = ("FR612", "FR101", "ES213", "PT111", "DE212", "ES300", "UKI11", "PTZZZ", "")
NAMES = ('ACME "SL"', "Étxe, Ane", "O'Neil", "Ö|ne".replace("|", "/"), "")
needs_spark = pytest.mark.skipif(
    not spark.has_java() or not shutil.which("java"), reason="skipped: no Java found to run Spark"
)


def written(path, rows, delimiter):
    """A table as text; the first row names its columns."""
    bars = delimiter == "|"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=delimiter, quotechar=None if bars else '"',
                         quoting=csv.QUOTE_NONE if bars else csv.QUOTE_MINIMAL)  # fmt: skip
        out.writerows(rows)


def regpat_edition(folder, n=60):
    """A set of the EPO and the CPC symbols: some applications without place, year or symbol."""
    dice, folder = random.Random(7), folder / "regpat"
    folder.mkdir()
    years = {i: (dice.choice([2001, 2003, 2006, 2007, ""]), 2002) for i in range(1, n)}
    ipc = [("appln_id", "prio_year", "app_year", "IPC")]
    ipc += [(i, years[i][1], years[i][0], f"H01L{j:04}042000") for i in years for j in range(i % 4)]
    written(folder / "202001_EPO_IPC.txt", ipc, "|")
    for kind in ("app", "inv"):
        head = ("appln_id", "appln_nr", "pub_nbr", "person_id", f"{kind}_name", "reg_code",
                "ctry_code", "reg_share", f"{kind}_share")  # fmt: skip
        rows = [head]
        for i in range(1, n + 3):
            code = dice.choice(CODES)
            land = "GB" if code.startswith("UK") else code[:2]
            rows.append((i, f"{i:08}", f"EP{i}", i, dice.choice(NAMES), code, land, 1, 0.5))
        written(folder / f"202001_EPO_{kind.title()}_reg.txt", rows, "|")
    cpc = [("CPC_Class", "Appln_id"), *((f"Y02E{i % 9:04}", i) for i in range(1, n, 3))]
    written(folder / "202001_CPC_Classes.txt", cpc, "|")
    return folder


def patstat_tables(n=60):
    """The tables of PATSTAT: claims of applications elsewhere, persons who repeat, 9999."""
    dice = random.Random(11)
    year = [dice.choice([2001, 2003, 2006, 2007, 9999]) for _ in range(n + 1)]
    a = range(1, n)
    return {
        "tls201_appln": [
            ("appln_id", "appln_auth", "appln_nr", "appln_kind", "appln_filing_date",
             "appln_filing_year", "earliest_filing_date", "earliest_filing_year",
             "docdb_family_id", "inpadoc_family_id"),
            *((i, "EP", f"{i:08}", "A", f"{year[i]}-12-31", year[i], f"{year[i]}-12-31", year[i],
               i // 2, i // 3) for i in a),
        ],
        "tls206_person": [
            ("person_id", "person_name", "person_ctry_code", "nuts", "nuts_level"),
            *((i, dice.choice(NAMES), code[:2].replace("UK", "GB"), code, "3" if code else "9")
              for i in a for code in [dice.choice(CODES)]),
        ],
        "tls207_pers_appln": [
            ("person_id", "appln_id", "applt_seq_nr", "invt_seq_nr"),
            *((1 + (i * 7 + j) % (n - 1), i, j, 1 - j) for i in a for j in range(2)),
        ],
        "tls209_appln_ipc": [
            ("appln_id", "ipc_class_symbol", "ipc_class_level", "ipc_version", "ipc_value",
             "ipc_position", "ipc_gener_auth"),
            *((i, f"H01L  {j:02}/042", "A", "2006-01-01", "I", "F", "EP") for i in a
              for j in range(i % 3)),
        ],
        "tls204_appln_prior": [
            ("appln_id", "prior_appln_id", "prior_appln_seq_nr"),
            *((i, 1 + (i * 5) % (n - 1), 1) for i in a if i % 2),
        ],
        "tls202_appln_title": [
            ("appln_id", "appln_title_lg", "appln_title"),
            *((i, "en", f'A "kiln", number {i}') for i in a if i % 5),
        ],
    }  # fmt: skip


def patstat_edition(folder, *, parquet=False):
    """An edition as text in two parts each, or as Parquet with numbers as numbers."""
    folder = folder / ("parquet" if parquet else "text")
    folder.mkdir()
    for name, rows in patstat_tables().items():
        head, *rest = rows
        if parquet:
            pd.DataFrame(rest, columns=head).replace("", None).to_parquet(
                folder / f"{name}.parquet"
            )
        else:
            half = len(rest) // 2
            written(folder / f"{name}_part01.csv", [head, *rest[:half]], ",")
            written(
                folder / f"{name}_part02.csv", [head[::-1], *(r[::-1] for r in rest[half:])], ","
            )
    return folder


def frames(raw):
    """What a study would be made of."""
    return {name: getattr(raw, name) for name in ("records", "symbols", "parties", "priorities")}


def contents(folder):
    """Every file of an extract."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}


@pytest.mark.parametrize(("reader", "made"), [(regpat, regpat_edition), (patstat, patstat_edition)])
def test_a_study_of_an_extract_is_that_of_the_edition(tmp_path, reader, made):
    """Whatever the reader keeps of the edition stands in the extract, and nothing else comes in."""
    whole, out = made(tmp_path), tmp_path / "out"
    n = extract.extract(str(whole), out, [KEEP])
    ours, theirs = frames(reader.read(out, KEEP)), frames(reader.read(whole, KEEP))
    for name, frame in theirs.items():
        own = ours[name]
        if "file" in frame:
            own, frame = own.drop(columns="file"), frame.drop(columns="file")  # noqa: PLW2901
        pd.testing.assert_frame_equal(own, frame)
    assert 0 < len(theirs["records"]) < 40
    first = "IPC" if reader is regpat else "tls209"
    [file] = [name for name in n if first in name]
    assert n[file] == len(contents(out)[file].splitlines()) - 1


def test_parquet_is_text_in_another_dress(tmp_path):
    """Numbers of a Parquet file are spelled as they stand in text."""
    extract.extract(str(patstat_edition(tmp_path)), tmp_path / "one", [KEEP])
    extract.extract(str(patstat_edition(tmp_path, parquet=True)), tmp_path / "two", [KEEP])
    rows = [{name: sorted(text.splitlines()[1:]) for name, text in contents(folder).items()}
            for folder in (tmp_path / "one", tmp_path / "two")]  # fmt: skip
    assert rows[0] == rows[1]
    assert len(rows[0]["tls201.csv"]) > 5


def test_several_studies_have_one_extract(tmp_path):
    """The widest window, every place of any."""
    whole = regpat_edition(tmp_path)
    other = Keep(1990, 2001, "filing", (), ("DE21",))
    extract.extract(str(whole), tmp_path / "out", [KEEP, other])
    for keep in (KEEP, other):
        ours, theirs = (regpat.read(f, keep).symbols for f in (tmp_path / "out", whole))
        pd.testing.assert_frame_equal(ours, theirs)


@needs_spark
def test_spark_gives_the_same_bytes(tmp_path, monkeypatch):
    """On a cluster of two workers of one core and 1,024 MB, from text and from Parquet."""
    sql = pytest.importorskip("pyspark.sql", reason="skipped: extra `scale` not installed")
    stop, stopped = sql.SparkSession.stop, []  # one start for both

    def goes_on(session):
        stopped.append(session)

    monkeypatch.setattr(sql.SparkSession, "stop", goes_on)
    for whole in (regpat_edition(tmp_path), patstat_edition(tmp_path, parquet=True)):
        by_duckdb, by_spark = (tmp_path / f"{whole.name}-{name}" for name in extract.ENGINES)
        n = extract.extract(str(whole), by_duckdb, [KEEP])
        address = f"file://{whole}" if whole.name == "parquet" else str(whole)
        assert extract.extract(address, by_spark, [KEEP], "spark", "local-cluster[2,1,1024]") == n
        assert contents(by_spark) == contents(by_duckdb)
    stop(stopped[0])
    assert len(stopped) == 2


@pytest.mark.parametrize(
    ("of", "name"),
    [("regpat", "kept"), ("regpat", "rows"), ("patstat", "kept"), ("patstat", "rows"),
     ("patstat", "persons"), ("patstat", "applications")],
)  # fmt: skip
def test_bigquery_would_parse_every_statement(of, name):
    """Parsed and written in its dialect by sqlglot, and parsed again; nothing is run there."""
    sqlglot = pytest.importorskip("sqlglot")
    [said] = sqlglot.transpile(extract.statement(of, name), write="bigquery")
    assert re.search(r"^(/\*.*\*/ )?(WITH|SELECT)", said)
    assert sqlglot.parse_one(said, read="bigquery").find(sqlglot.exp.Select)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["/e/tls201_part01.zip"], "packed or of another kind: '/tls201_part01.zip'"),
        (["/e/notes.txt"], "'e' holds no table of REGPAT or PATSTAT"),
        (["/e/tls201.csv", "/e/EPO_IPC.txt"], "holds tables of both REGPAT and PATSTAT"),
    ],
)
def test_a_folder_that_is_no_edition(names, told):
    """A sentence for each."""
    with pytest.raises(DataError, match=re.escape(told)):
        edition.edition_of("/e", names)


def test_tables_are_known_by_their_names():
    """Folders of Parquet as Spark writes them, parts, any case; what is hidden is none."""
    names = ["/e/a/EPO_IPC/part-0.parquet", "/e/x_pct_inv_reg_part2.TXT", "/e/_SUCCESS",
             "/e/CPC_Classes.txt.gz", "/e/EPO_IPC/.part-0.parquet.crc"]  # fmt: skip
    found = edition.edition_of("/e", names)
    assert [(t.name, t.set, t.file) for t in found.tables] == [
        ("cpc_class", "", "CPC_Classes.txt"), ("inv_reg", "PCT", "PCT_Inv_reg.txt"),
        ("ipc", "EPO", "EPO_IPC.txt"),
    ]  # fmt: skip


def test_what_cannot_be_extracted_is_said(tmp_path, monkeypatch):
    """No place, a full folder, no engine, a table that lacks, no Java, no Spark."""
    whole, out = regpat_edition(tmp_path), tmp_path / "out"
    for error, told, given in (
        (UsageError, "keeps every place|locates by no address", {"keeps": [Keep(2000, 2001)]}),
        (UsageError, "is not empty", {"out": whole}),
        (UsageError, "no engine 'flink'; there are duckdb and spark", {"engine": "flink"}),
        (UsageError, "is an address, which Spark reads", {"path": "hdfs://x/y"}),
        (DataError, "is no folder", {"path": str(tmp_path / "none")}),
    ):
        with pytest.raises(error, match=told):
            extract.extract(**{"path": str(whole), "out": out, "keeps": [KEEP], **given})
    (whole / "202001_EPO_Inv_reg.txt").unlink()
    with pytest.raises(DataError, match="'regpat' lacks 'inv_reg' of the EPO set"):
        extract.extract(str(whole), out, [KEEP])
    (whole / "202001_EPO_Inv_reg.txt").write_text("appln_id|person_id\n1|2\n")
    with pytest.raises(DataError, match="cannot be read as it stands: Binder Error"):
        extract.extract(str(whole), tmp_path / "other", [KEEP])
    monkeypatch.setattr(spark, "has_java", lambda: False)
    pytest.importorskip("pyspark", reason="skipped: extra `scale` not installed")
    with pytest.raises(UsageError, match="Spark needs Java 17 and there is none"):
        extract.extract(str(whole), out, [KEEP], "spark")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UsageError, match=r"requirements-scale\.lock"):
        extract.extract(str(whole), out, [KEEP], "spark")


def command(monkeypatch, *words):
    """Exit code of `studylib extract`."""
    monkeypatch.setattr(sys, "argv", ["studylib", "extract", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code or 0


def test_an_extract_is_made_for_a_study_whose_export_it_is(tmp_path, monkeypatch, capsys):
    """The study file may name what is still to be made; how many rows each file has is said."""
    regions = SPAIN.replace('country = "ES"', 'nuts = ["ES2"]')
    path = study_file(tmp_path, PERIOD, regions, FRANCE, SOURCES.replace('"data"', '"out"'))
    out, whole = tmp_path / "out", regpat_edition(tmp_path)
    assert command(monkeypatch, whole, "--out", out, "--study", path) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in said] == [
        "CPC_Classes.txt", "EPO_App_reg.txt", "EPO_IPC.txt", "EPO_Inv_reg.txt",
    ]  # fmt: skip
    study = load(path)
    [ours] = read_sources(study)[study.sources[0].path]
    pd.testing.assert_frame_equal(ours.symbols, regpat.read(whole, keep_of(study)).symbols)


def test_a_study_that_locates_by_no_address_has_no_extract(tmp_path, monkeypatch, capsys):
    """Exit code 2: nothing of an edition could be left out."""
    path = study_file(tmp_path)
    assert command(monkeypatch, tmp_path, "--out", tmp_path / "o", "--study", path) == 2
    assert "'study.toml' locates by no address" in capsys.readouterr().err


def test_a_small_table_may_be_empty():
    """An engine is given no rows as well as some."""
    assert engine.values(("a", "b"), [("x", "l'y")]) == (
        "SELECT a, b FROM (VALUES ('x', 'l''y')) AS told(a, b)"
    )
    assert engine.values(("a",), []) == "SELECT CAST(NULL AS CHAR(1)) AS a WHERE 1 = 0"
