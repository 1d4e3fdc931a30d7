"""
Rows of one raw table while they are collected: flat lists, turned into one frame at the end.

    Rows(raw.SYMBOLS).add(0, "ipc", "H01L 31/042", ...)  --frame-->  one row per `add`

A flat list costs no object per row, its columns are slices, and rows that turned out wrong
are cut off again.
"""

from typing import Any

import pandas as pd

DTYPES = {"record": "int64", "row": "Int64", "position": "Int64", "weight": "float64", "n": "int64"}
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Rows:
    """Rows with these columns; text, but for the columns `raw.empty` gives numbers."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.cells: list[Any] = []

    def __len__(self) -> int:
        return len(self.cells) // len(self.columns)

    def add(self, *row: Any) -> None:
        """One row, a value per column; None is missing."""
        self.cells += row

    def cut(self, n: int) -> None:
        """Keep the first n rows."""
        del self.cells[n * len(self.columns) :]

    def frame(self) -> tuple[pd.DataFrame, int]:
        """All rows, and in how many cells half a character (a lone surrogate) was replaced."""
        columns, n_repaired = {}, 0
        for i, name in enumerate(self.columns):
            cells = self.cells[i :: len(self.columns)]
            if name not in DTYPES:
                try:
                    columns[name] = pd.Series(cells, dtype="str")
                except UnicodeEncodeError:
                    whole = [None if cell is None else _whole(cell) for cell in cells]
                    n_repaired += sum(a != b for a, b in zip(cells, whole, strict=True))
                    columns[name] = pd.Series(whole, dtype="str")
            else:
                columns[name] = pd.Series(cells, dtype=DTYPES[name])
        return pd.DataFrame(columns), n_repaired


def _whole(cell: str) -> str:
    """Text with the replacement character for each half of a surrogate pair that stands alone."""
    return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in cell)
