"""
Bulk exports are queried where they lie, never loaded: DuckDB over delimited text.

    parts of a folder or zip --table()--> view of text columns, by role --fetch()--> data frame

Every field is text until a query says otherwise: `NA`, `12E4` and `03008526` stay what they
are, only the empty field is missing.  Columns are found by name, in any order.  Rows with a
wrong number of fields, and what else DuckDB cannot parse, end in `rejects()` with file and line.

The engine can read the parts of the export and a private folder that is removed, nothing else.
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd

from studylib.readers.bulk import unparsed_rows
from studylib.readers.bulk.engine import connected, in_words
from studylib.readers.bulk.header import Roles, columns_of, header_of, plain
from studylib.readers.bulk.left_behind import literal
from studylib.readers.bulk.parts import Part, parts, unpacked
from studylib.readers.bulk.unparsed_rows import MOST_LISTED
from studylib.readers.raw import REJECTS, empty

if TYPE_CHECKING:
    import duckdb

LONGEST_LINE = 2**21


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
    repairs: Counter[str] = field(default_factory=Counter)
    """What was put back or left as it is, in words, and how many values it touched."""

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
        """The query for one part; unpacks it where it is packed."""
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
        with in_words(self.name, self.names):
            self.engine.execute(statement)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The few rows of a small answer."""
        with in_words(self.name, self.names):
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
        with in_words(self.name, self.names):
            answer: pd.DataFrame = self.engine.sql(query).to_arrow_table().to_pandas()
        dtypes = empty(columns).dtypes.astype("str").to_dict()
        # What lies in a bulk export has no row: the answer must not depend on its order.
        return answer[list(columns)].astype(dtypes | ({"row": "Int64"} if "row" in dtypes else {}))

    def leave(
        self, file: str, column: str, n: object, reason: str, value: str | None = None
    ) -> None:
        """Note `n` rows or records that are not used: those with a value, or a whole group."""
        row = (file, None, column, value, reason, int(str(n)))
        self.left.append(pd.DataFrame([row], columns=list(REJECTS)))

    def leave_values(self, query: str, file: str, column: str, reason: str) -> None:
        """Note what a query gives (value, n): a hundred one by one, sorted, the rest as one."""
        found = f"SELECT * FROM ({query}) AS found(value, n) ORDER BY ALL"
        for value, n in self.rows(f"{found} LIMIT {MOST_LISTED}"):
            self.leave(file, column, n, reason, str(value))
        if n := self.count(f"SELECT sum(n) FROM ({found} OFFSET {MOST_LISTED})"):
            self.leave(file, column, n, reason)

    def rejects(self) -> pd.DataFrame:
        """
        Everything not used: noted groups and values, then rows that could not be parsed.

        Raises
        ------
        DataError
            A part is not UTF-8: its names would be lost, or wrong.
        """
        there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'fault'"
        unread = unparsed_rows.rejected(
            self.rows(unparsed_rows.FOUND) if self.count(there) else [], self.names
        )
        frame = pd.concat([empty(REJECTS), *self.left, unread], ignore_index=True)
        return frame.astype({"file": "str", "row": "Int64", "column": "str", "value": "str",
                             "reason": "str", "n": "int64"})  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[Bulk]:
    """An export ready for queries; its private folder is removed afterwards."""
    found = parts(path)
    with tempfile.TemporaryDirectory(prefix="studylib-") as made:
        folder = Path(made).resolve()
        allowed = [str(unpacked(p, folder)) for p in found if p.packing == "none"]
        with connected(folder, allowed) as engine:
            yield Bulk(path.name, found, folder, engine)


def _nothing(roles: Roles) -> str:
    """A table without rows, for one the export may lack."""
    columns = ", ".join(f"NULL::VARCHAR AS {plain(role)}" for role in roles)
    return f"SELECT {columns}, NULL::VARCHAR AS file WHERE FALSE"
