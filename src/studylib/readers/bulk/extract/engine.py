"""
What an extract asks of the engine that runs its statements (`extract.engines`).

    names     the files of an edition          register   a table from its files
    given     a small table from rows          keep       an answer, made once, under a name
    view      a query under a name             fetch      an answer, as an Arrow table

Text stays text, and so do the years of a Parquet file; its other columns keep their types until
they are written, so that numbers are spelled in one place.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from studylib.readers.bulk.left_behind import literal

if TYPE_CHECKING:
    import pyarrow as pa

YEARS = ("app_year", "prio_year", "appln_filing_year", "earliest_filing_year")
Rows = Sequence[Sequence[str]]


class Engine(Protocol):
    """What an extract asks of an engine; see the picture of the module."""

    def names(self, path: str) -> list[str]:
        """The files below a folder."""

    def register(self, name: str, files: Sequence[str], delimiter: str) -> None:
        """A table of text or Parquet, its columns by name whatever their order in a file."""

    def given(self, name: str, columns: Sequence[str], rows: Rows) -> None:
        """A small table of texts."""

    def keep(self, name: str, query: str) -> None:
        """The answer of a query, computed once."""

    def view(self, name: str, query: str) -> None:
        """A query under a name."""

    def fetch(self, query: str) -> "pa.Table":
        """The answer of a query."""


def values(columns: Sequence[str], rows: Rows) -> str:
    """SQL of a small table of texts, for any engine."""
    names = ", ".join(columns)
    if not rows:
        nothing = ", ".join(f"CAST(NULL AS CHAR(1)) AS {name}" for name in columns)
        return f"SELECT {nothing} WHERE 1 = 0"
    said = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
    return f"SELECT {names} FROM (VALUES {said}) AS told({names})"  # noqa: S608 - literals
