"""
A table export as rows of text, before anything is known of its columns.

    Sheet.rows      one list of cells per row, as a spreadsheet would number them from 1
    Sheet.broken    rows that could not be read, with the reason
    Sheet.stained   rows with a cell of unknown characters, with the reason
"""

import re
from dataclasses import dataclass, field
from typing import Any

STAIN = re.compile("[\0\udc80-\udcff]")
"""What a cell of a stained row holds where its characters are not known."""
HEADER_WITHIN = 40
"""Rows in which the header must stand: preambles seen are 3 to 5 rows long."""


@dataclass(frozen=True)
class Sheet:
    """One table as rows of cells; how its text was got; which rows are unreadable."""

    name: str
    rows: list[list[Any]]
    """Cells of a text file are text; cells of a workbook may be numbers: see `shown`."""
    broken: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Row number -> (what stood there, why it cannot be used)."""
    stained: dict[int, str] = field(default_factory=dict)
    """Row number -> why some of its characters cannot be known; `STAIN` finds the cells."""
    encoding: str = "utf-8"
    is_mojibake: bool = False
    """Text went through two wrong encodings; see `text.unmangled`."""
    part: str = ""
    """Name of the sheet in a workbook."""
    is_hidden: bool = False
    """The spreadsheet does not show the sheet."""

    @property
    def n_filled(self) -> int:
        """Rows with something in them."""
        return sum(any(str(cell).strip() for cell in row) for row in self.rows)

    @property
    def unreadable(self) -> dict[int, tuple[str, str]]:
        """Broken and stained rows alike, for tables of which every cell is read."""
        said = {
            number: (legible(",".join(map(str, self.rows[number - 1]))), why)
            for number, why in self.stained.items()
        }
        return {**self.broken, **said}


def legible(text: str) -> str:
    """Text with a sign for what cannot be shown."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
