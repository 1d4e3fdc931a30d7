"""
A table export as rows of text, whichever container it came in: CSV, `xls` or `xlsx`.

Cells hold text.  Numbers and dates of a workbook become the text a person reads there: 12 and
not 12.0, 2005-12-29 and not a serial number.
"""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

from studylib.files import archive, plain, text, workbook, xls_extent
from studylib.files.rows import HEADER_WITHIN, Sheet

AT_ONCE = 2
"""How many tables are read at a time."""
INEXACT = 1e15
"""From here on a number of a spreadsheet has more digits than are kept: it shows 1.23457E+15."""


def read(path: Path) -> Sheet:
    """The first table of a file; see `read_all`."""
    return read_all(path)[0]


def read_all(path: Path) -> tuple[Sheet, ...]:
    """
    The tables of a file: one of a text, one for each sheet with cells of a workbook, in order.

    Sheets that the spreadsheet hides are among them, and say so.

    Raises
    ------
    DataError
        The file is empty, is no table, is too large, or is damaged.
    """
    plain.check(path)
    status = path.stat()
    return _read(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=2 * AT_ONCE)
def _read(path: Path, size: int, _changed: int) -> tuple[Sheet, ...]:
    """Kept for a while: finding the format and reading it parse a workbook only once."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith((xls_extent.MAGIC, archive.ZIP)):
        return tuple(workbook.read(path, size, is_zip=start.startswith(archive.ZIP)))
    return (text.read(path),)


def forget() -> None:
    """Give back the memory of the last tables read."""
    _read.cache_clear()


def shown(cell: Any) -> str:
    """
    What a person reads in a workbook's cell.

    >>> shown(12.0), shown(0.5), shown(dt.datetime(2005, 12, 29)), shown(True)
    ('12', '0.5', '2005-12-29', 'TRUE')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        if INEXACT <= abs(cell) < float("inf"):
            return f"{cell:.5E}"
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return (cell.date() if midnight else cell).isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def preview(path: Path, start: bytes) -> tuple[tuple[str, ...], ...]:
    """The first rows of every table, leniently read, to find a header; nothing for other files."""
    is_workbook = start.startswith((xls_extent.MAGIC, archive.ZIP))
    if not is_workbook:
        return tuple(map(tuple, text.first_rows(start)))
    first = (row for sheet in read_all(path) for row in sheet.rows[:HEADER_WITHIN])
    return tuple(tuple(map(shown, row)) for row in first)
