"""
An extract: the few rows of a whole edition that a study can use, as a small edition.

    edition (text or Parquet, 10^8 rows)   --extract-->   the same tables, text, 10^4-10^6 rows
    sql/regpat, sql/patstat: which rows    --DuckDB or Spark-->   the same rows, byte for byte

Only this step grows with the world.  It keeps whatever the study could keep, and something more
(a year that is not known); the reader of the extract then judges as it would the whole edition.
The statements are ANSI SQL and the same for both engines; which files are which table, years and
places are given to them as tables.
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from studylib.errors import DataError, UsageError, quoted, some
from studylib.files import atomic
from studylib.readers.bulk.extract import text
from studylib.readers.bulk.extract.edition import Edition, Table, edition_of
from studylib.readers.bulk.extract.engine import Engine
from studylib.readers.bulk.extract.engines import started
from studylib.readers.raw import Keep

ENGINES = ("duckdb", "spark")
NO_CLAIMS = ("appln_id", "prior_appln_id")


def extract(
    path: str, out: Path, keeps: Iterable[Keep], engine: str = "duckdb", master: str = ""
) -> dict[str, int]:
    """
    Write the rows of an edition that any of these studies could keep; rows by file.

    Parameters
    ----------
    path
        Folder of one edition of REGPAT or PATSTAT; for Spark also an address that it reads.
    out
        New or empty folder.
    keeps
        Years and places, one for each study.
    engine, master
        `duckdb`, or `spark` with the address of its master (a cluster, or this machine).

    Raises
    ------
    DataError
        A table is missing or cannot be read.
    UsageError
        A study keeps every place, the engine is not installed, or the folder holds something.
    """
    wanted = _wanted(list(keeps))
    if out.is_dir() and any(out.iterdir()):
        raise UsageError(f"{quoted(out)} is not empty. Name a new folder for the extract.")
    with started(engine, path, master) as running:
        edition = edition_of(path, running.names(path))
        for name, (columns, rows) in wanted.items():
            running.given(name, columns, rows)
        written = _regpat if edition.format == "regpat" else _patstat
        out.mkdir(parents=True, exist_ok=True)
        return written(running, edition, out)


def statement(edition: str, name: str) -> str:
    """A statement as it stands in its file."""
    found = files("studylib.readers.bulk.extract") / "sql" / edition / f"{name}.sql"
    return found.read_text(encoding="utf-8")


def _wanted(keeps: list[Keep]) -> dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Years and places of all studies as tables: the widest window, every place of any."""
    if any(not (keep.countries or keep.nuts_prefixes) for keep in keeps):
        raise UsageError(
            "A study locates by no address, or names no place: its extract would be the whole "
            "edition. Give it territories or a reference, and `located_by` inventor or applicant."
        )
    countries = sorted({letters for keep in keeps for letters in keep.letters})
    prefixes = sorted({p for keep in keeps for p in keep.nuts_prefixes} | {*countries})
    first = min(keep.first_year or 0 for keep in keeps)
    last = max(keep.last_year or 9999 for keep in keeps)
    return {
        "period": (("first_year", "last_year"), [(f"{first:04}", f"{last:04}")]),
        "country": (("code",), [(code,) for code in countries]),
        "region": (("prefix",), [(prefix,) for prefix in prefixes]),
    }


def _regpat(engine: Engine, edition: Edition, out: Path) -> dict[str, int]:
    """The extract of REGPAT: each set by itself, and the CPC symbols of both."""
    n: dict[str, int] = {}
    sets = sorted({table.set for table in edition.tables if table.set})
    for one in sets:
        own = {table.name: table for table in edition.tables if table.set == one}
        if missing := sorted({"app_reg", "inv_reg", "ipc"} - set(own)):
            raise DataError(f"{quoted(edition.name)} lacks {some(missing)} of the {one} set.")
        for name, table in own.items():
            engine.register(name, table.files, "|")
        engine.keep("kept", statement("regpat", "kept"))
        engine.keep(f"kept_{one}", "SELECT appln_id FROM kept")
        for table in own.values():
            n |= _rows(engine, "regpat", table, out, "|")
    for table in edition.tables:
        if not table.set:
            both = " UNION ".join(f"SELECT appln_id FROM kept_{one}" for one in sets)  # noqa: S608
            engine.keep("kept", both)
            engine.register(table.name, table.files, "|")
            n |= _rows(engine, "regpat", table, out, "|")
    return n


def _patstat(engine: Engine, edition: Edition, out: Path) -> dict[str, int]:
    """The extract of PATSTAT: applications with those they claim, persons, and what is of them."""
    own = {table.name: table for table in edition.tables}
    if missing := sorted({"tls201", "tls206", "tls207", "tls209"} - set(own)):
        raise DataError(f"{quoted(edition.name)} lacks the PATSTAT table {some(missing)}.")
    for name, table in own.items():
        engine.register(name, table.files, ",")
    if "tls204" not in own:
        engine.given("tls204", NO_CLAIMS, [])
    engine.keep("kept", statement("patstat", "kept"))
    special = {"tls201": "applications", "tls206": "persons"}
    n: dict[str, int] = {}
    for name, table in own.items():
        n |= _rows(engine, "patstat", table, out, ",", special.get(name, "rows"))
    return n


def _rows(
    engine: Engine, edition: str, table: Table, out: Path, delimiter: str, which: str = "rows"
) -> Mapping[str, int]:
    """Write the rows of a table that are kept; how many there are."""
    if which == "rows":
        engine.view("whole", f"SELECT * FROM {table.name}")  # noqa: S608 - our own names
    answer = engine.fetch(statement(edition, which))
    content, n = text.of(answer, delimiter)
    atomic.replace(out / table.file, content)
    return {table.file: n}
