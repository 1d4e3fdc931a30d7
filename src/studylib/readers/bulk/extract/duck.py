"""DuckDB as the engine of an extract: in this process, with little memory, spilling to disk."""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import csv
import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studylib.errors import DataError, quoted
from studylib.files.folder import files as files_of
from studylib.readers.bulk import engine as bulk
from studylib.readers.bulk.extract.engine import YEARS, Rows, values
from studylib.readers.bulk.left_behind import literal

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MEMORY = "1GB"  # what it may hold; the process takes some more


@dataclass
class Duck:
    """A running DuckDB that sees the files of one edition."""

    name: str
    engine: "duckdb.DuckDBPyConnection"

    @classmethod
    @contextmanager
    def connected(cls, folder: Path, edition: Path) -> Iterator["Duck"]:
        """An engine that sees this edition, and a private folder to spill to."""
        if not edition.is_dir():
            raise DataError(f"{quoted(edition)} is no folder. Name that of an edition.")
        allowed = [str(file.resolve()) for file in files_of(edition)]
        with bulk.connected(folder, allowed, MEMORY) as running:
            yield cls(edition.name, running)

    def names(self, path: str) -> list[str]:
        """The files below a folder."""
        return [str(file.resolve()) for file in files_of(Path(path))]

    def register(self, name: str, files: Sequence[str], delimiter: str) -> None:
        """A table of text or Parquet, its columns by name whatever their order in a file."""
        selects = [_select(file, delimiter) for file in files]
        whole = " UNION ALL BY NAME ".join(selects)
        years = [name for name in self._names_of(whole) if name.lower() in YEARS]
        texts = ", ".join(f'CAST("{year}" AS VARCHAR) AS "{year}"' for year in years)
        replaced = f" REPLACE ({texts})" if texts else ""
        self.view(name, f"SELECT *{replaced} FROM ({whole})")

    def given(self, name: str, columns: Sequence[str], rows: Rows) -> None:
        """A small table of texts."""
        self.keep(name, values(columns, rows))

    def keep(self, name: str, query: str) -> None:
        """The answer of a query, computed once."""
        self._run(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def view(self, name: str, query: str) -> None:
        """A query under a name."""
        self._run(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def fetch(self, query: str) -> "pa.Table":
        """The answer of a query."""
        with self._in_words():
            table: pa.Table = self.engine.sql(query).to_arrow_table()
            return table

    def _names_of(self, query: str) -> list[str]:
        return [column[0] for column in self._run(f"SELECT * FROM ({query}) LIMIT 0").description]

    def _run(self, statement: str) -> "duckdb.DuckDBPyConnection":
        """Run a statement."""
        with self._in_words():
            return self.engine.execute(statement)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """What DuckDB cannot do with the edition, in a sentence."""
        import duckdb

        try:
            with bulk.in_words(self.name, {}):
                yield
        except duckdb.Error as error:
            first = str(error).strip().splitlines()[0]
            raise DataError(f"{quoted(self.name)} cannot be read as it stands: {first}") from None


def _select(file: str, delimiter: str) -> str:
    """The query for one file."""
    if file.lower().endswith(".parquet"):
        return f"SELECT * FROM read_parquet({literal(file)})"
    quote = "" if delimiter == "|" else '"'
    names = _header(Path(file), delimiter, quote)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"SELECT * FROM read_csv({literal(file)}, auto_detect=false, header=true, "
        f"columns={{{columns}}}, delim={literal(delimiter)}, quote={literal(quote)}, "
        f"escape={literal(quote)}, nullstr='', strict_mode=true, null_padding=false)"
    )


def _header(file: Path, delimiter: str, quote: str) -> list[str]:
    """The names of the columns of a file of text."""
    is_packed = file.suffix.lower() == ".gz"
    with (gzip.open if is_packed else open)(file, "rt", encoding="utf-8-sig") as lines:
        line = lines.readline().rstrip("\r\n")
    return next(csv.reader([line], delimiter=delimiter)) if quote else line.split(delimiter)
