"""
A table export as rows of text, before anything is known of its columns.

    Sheet.rows      one list of cells per row, as a spreadsheet would number them from 1
    Sheet.broken    rows that could not be read, with the reason
"""

from dataclasses import dataclass, field
from typing import Any

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
    encoding: str = "utf-8"
    is_mojibake: bool = False
    """Text went through two wrong encodings; see `text.unmangled`."""
