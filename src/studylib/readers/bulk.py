"""
Bulk exports are queried where they lie, never loaded: DuckDB over delimited text.

    parts of a folder or zip --table()--> view of text columns, by role --fetch()--> data frame

Every field is text until a query says otherwise: `NA`, `12E4` and `03008526` stay what they
are, only the empty field is missing.  Columns are found by name, in any order.  Rows with a
wrong number of fields, and what else DuckDB cannot parse, end in `rejects()` with file and line.

The engine may use 2 GB of memory and spills to a private folder that is removed; it can read
the parts of the export and that folder, and nothing else, and loads no extension.
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd

from studylib.errors import DataError, quoted, some
from studylib.readers.delimited import Roles, columns_of, header_of, plain
from studylib.readers.early import literal
from studylib.readers.parts import Part, parts, unpacked
from studylib.readers.raw import REJECTS, empty

if TYPE_CHECKING:
    import duckdb

MEMORY = "2GB"
THREADS = 2
LONGEST_LINE = 2**21
MOST_LISTED = 100
"""Rows listed one by one per reason; how many more there are is one row."""
MACROS = """
CREATE TEMP MACRO whole(x) AS
  CASE WHEN regexp_full_match(x, '[0-9]{1,18}') THEN TRY_CAST(x AS BIGINT) END;
CREATE TEMP MACRO year_of(x) AS
  CASE WHEN regexp_full_match(x, '1[6-9][0-9]{2}|2[01][0-9]{2}') THEN TRY_CAST(x AS SMALLINT) END;
"""
FAULTS = {
    "MISSING COLUMNS": "too few fields in this row",
    "TOO MANY COLUMNS": "too many fields in this row",
    "UNQUOTED VALUE": "a quote that is not closed in this row",
    "LINE SIZE OVER MAXIMUM": "a row longer than 2 MB",
}
UNREAD = "the row cannot be parsed"


@dataclass
class Bulk:
    """An opened export: its parts, the engine, and what had to be left out so far."""

    name: str
    parts: list[Part]
    folder: Path
    engine: "duckdb.DuckDBPyConnection"
    names: dict[str, str] = field(default_factory=dict)
    """Path the engine knows -> name of the file inside the export."""
    left: list[pd.DataFrame] = field(default_factory=list)

    def table(self, view: str, files: Sequence[Part], roles: Roles) -> None:
        """
        Make a view with one text column per role, and `file`, over all parts of one table.

        Raises
        ------
        DataError
            A part cannot be unpacked, is empty or not UTF-8, lacks a column or has it twice.
        """
        selects = [self._select(part, roles) for part in files] or [_nothing(roles)]
        self.run(f"CREATE TEMP VIEW {view} AS {' UNION ALL '.join(selects)}")

    def _select(self, part: Part, roles: Roles) -> str:
        link = self.folder / f"{len(self.names)}.txt"
        if part.packing == "none":
            link.symlink_to(unpacked(part, link))
        else:
            unpacked(part, link)
        self.names[str(link)] = part.base
        header, delimiter, quote = header_of(part, link)
        found = columns_of(part, header, roles)
        fields = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(header)))
        chosen = ", ".join(
            f"nullif(trim(c{found[role]}), '') AS {role}"
            if role in found
            else f"NULL::VARCHAR AS {role}"
            for role in map(plain, roles)
        )
        return (
            f"SELECT {chosen}, {literal(part.base)} AS file FROM read_csv({literal(str(link))}, "
            f"auto_detect=false, header=true, delim={literal(delimiter)}, quote={literal(quote)}, "
            f"escape={literal(quote)}, nullstr='', columns={{{fields}}}, null_padding=false, "
            f"strict_mode=true, max_line_size={LONGEST_LINE}, store_rejects=true, "
            "rejects_table='fault', rejects_scan='scan')"
        )

    def run(self, statement: str) -> None:
        """Run a statement; what the engine cannot do with the export is a `DataError`."""
        with self._in_words():
            self.engine.execute(statement)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The few rows of a small answer."""
        with self._in_words():
            return cast("list[tuple[object, ...]]", self.engine.execute(query).fetchall())

    def count(self, query: str) -> int:
        """The one number of an answer, 0 for nothing."""
        return int(cast("int", self.rows(query)[0][0] or 0))

    def newest(self, query: str) -> int | None:
        """The year a query finds, if it finds one."""
        year = self.rows(query)[0][0]
        return None if year is None else int(str(year))

    def fetch(self, query: str, columns: Sequence[str]) -> pd.DataFrame:
        """The answer as a table of `raw.py`: these columns, text as text, numbers as numbers."""
        with self._in_words():
            answer: pd.DataFrame = self.engine.sql(query).to_arrow_table().to_pandas()
        dtypes = empty(columns).dtypes.astype("str").to_dict()
        # What lies in a bulk export has no row: the answer must not depend on its order.
        return answer[list(columns)].astype(dtypes | ({"row": "Int64"} if "row" in dtypes else {}))

    def leave(self, file: str, column: str | None, value: object, reason: str) -> None:
        """Note what is not used; for whole groups `value` is their number."""
        row = {"file": file, "row": None, "column": column, "value": str(value), "reason": reason}
        self.left.append(pd.DataFrame([row], columns=list(REJECTS)))

    def leave_values(self, query: str, file: str, column: str, reason: str) -> None:
        """Note the values a query gives (one column), the first hundred one by one, sorted."""
        total = self.count(f"SELECT count(*) FROM ({query})")
        for (value,) in self.rows(f"SELECT * FROM ({query}) ORDER BY 1 LIMIT {MOST_LISTED}"):
            self.leave(file, column, value, reason)
        if total > MOST_LISTED:
            self.leave(file, column, f"{total - MOST_LISTED} more", reason)

    def rejects(self) -> pd.DataFrame:
        """
        Everything not used: noted groups and values, then rows that could not be parsed.

        Raises
        ------
        DataError
            A part is not UTF-8: its names would be lost, or wrong.
        """
        faults = self._faults()
        frame = pd.concat([empty(REJECTS), *self.left, faults], ignore_index=True)
        return frame.astype({"file": "str", "row": "Int64", "column": "str", "value": "str",
                             "reason": "str"})  # fmt: skip

    def _faults(self) -> pd.DataFrame:
        there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'fault'"
        if not self.count(there):
            return empty(REJECTS)
        found = self.rows(
            "SELECT file_path, line, error_type::VARCHAR, min(csv_line) FROM fault "
            "JOIN scan USING (scan_id, file_id) GROUP BY ALL ORDER BY 1, 2, 3"
        )
        listed: list[dict[str, object]] = []
        more: dict[tuple[str, str], int] = {}
        for path, line, kind, text in found:
            file = self.names[str(path)]
            if kind == "INVALID ENCODING":
                raise DataError(
                    f"{quoted(file)} is not UTF-8 (row {line}: {quoted(str(text).strip())}). "
                    "Export it again as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8."
                )
            reason = FAULTS.get(str(kind), UNREAD)
            more[file, reason] = more.get((file, reason), 0) + 1
            if more[file, reason] <= MOST_LISTED:
                listed.append(dict(zip(REJECTS, (file, line, None, str(text).strip()[:200], reason),
                                       strict=True)))  # fmt: skip
        listed += [
            dict(zip(REJECTS, (file, None, None, f"{n - MOST_LISTED} more rows", reason),
                     strict=True))
            for (file, reason), n in sorted(more.items()) if n > MOST_LISTED
        ]  # fmt: skip
        return pd.DataFrame(listed, columns=list(REJECTS))

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Turns what the engine raises about data and machine into a sentence."""
        import duckdb

        try:
            yield
        except duckdb.OutOfMemoryException:
            raise DataError(
                f"{quoted(self.name)} needs more than {MEMORY} of memory and finds no room on "
                f"disk. Free some, set TMPDIR to a larger disk, or narrow the study."
            ) from None
        except duckdb.InvalidInputException as error:
            names = [name for path, name in self.names.items() if path in str(error)]
            raise DataError(
                f"{some(names) or quoted(self.name)} mixes kinds of line ends or is no table of "
                "text. Convert it to one kind: sed -i 's/\\r$//' FILE."
            ) from None


@contextmanager
def opened(path: Path) -> Iterator[Bulk]:
    """An export ready for queries; its private folder is removed afterwards."""
    import duckdb

    found = parts(path)
    with tempfile.TemporaryDirectory(prefix="studylib-") as made:
        folder = Path(made).resolve()
        allowed = [str(unpacked(p, folder)) for p in found if p.packing == "none"]
        engine = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "python_enable_replacements": "false",
                "memory_limit": MEMORY,
                "threads": THREADS,
                "preserve_insertion_order": "false",  # every answer is sorted by its query
                "temp_directory": str(folder / "spill"),
            },
        )
        try:
            engine.execute("SET enable_progress_bar = false")
            engine.execute(f"SET allowed_directories = [{literal(str(folder))}]")
            engine.execute(f"SET allowed_paths = [{', '.join(map(literal, allowed))}]")
            engine.execute("SET enable_external_access = false; SET lock_configuration = true")
            engine.execute(MACROS)
            yield Bulk(path.name, found, folder, engine)
        finally:
            engine.close()


def _nothing(roles: Roles) -> str:
    """A table without rows, for one the export may lack."""
    columns = ", ".join(f"NULL::VARCHAR AS {plain(role)}" for role in roles)
    return f"SELECT {columns}, NULL::VARCHAR AS file WHERE FALSE"
