"""
A workbook as sheets of rows: `xlsx` unpacked and checked before it is parsed, `xls` as it lies.

    table.xlsx  --checked_xlsx-->  the same, packed anew  --parsed-->  Sheet, one for each sheet
    table.xls   --corner---------------------------------------->      with cells, in order

What a file claims is counted before it is believed: sheets, cells, the corner that lies farthest.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from studylib.errors import DataError, quoted
from studylib.files import archive, limits, xls_errors, xls_extent
from studylib.files.at_work import at_work
from studylib.files.rows import Sheet

if TYPE_CHECKING:
    import python_calamine as calamine

MOST_CELLS = 50_000_000
"""Largest sheet [cells, empty ones included]: what a workbook claims to fill is kept in memory."""
MOST_WORKBOOK_BYTES = 2**28
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
ERROR_CELL = re.compile(rb'(<(?:\w+:)?c\b[^>]*?\bt=)"e"')
"""A cell that shows an error (#REF!): read as the text it shows, as the parser leaves it blank."""
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D|E)", re.IGNORECASE)


def read(path: Path, size: int, *, is_zip: bool) -> list[Sheet]:
    """
    Every sheet with cells in it, in order; `size` of the file in bytes, a zip is an `xlsx`.

    Raises
    ------
    DataError
        It is too large, damaged, locked, of a kind that is not read, or has no cells.
    """
    import python_calamine as calamine

    at_work("python-calamine")
    if size > MOST_WORKBOOK_BYTES:
        raise DataError(
            f"The workbook {quoted(path.name)} is larger than {MOST_WORKBOOK_BYTES // 2**20} MB, "
            "the limit for workbooks. Export fewer records at a time, or as CSV."
        )
    if is_zip:
        check_kind(path.name, archive.names(path, archive.ZIP))
    data = checked_xlsx(path) if is_zip else path.read_bytes()
    if not is_zip:
        _not_too_wide(path.name, *xls_extent.corner(data))
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            found = list(_sheets(path.name, book, [] if is_zip else xls_errors.errors(data)))
    except DataError:
        raise
    except BaseException as error:
        # A damaged file can make the Rust parser panic, which is no ordinary Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise DataError(
                f"The workbook {quoted(path.name)} cannot be read ({str(error)[:120]}). "
                "It is damaged or locked with a password; export it again."
            ) from None
        raise
    if not found:
        raise DataError(f"The workbook {quoted(path.name)} has no cells. Export it again.")
    return found


def _sheets(
    name: str, book: "calamine.CalamineWorkbook", errors: list[xls_errors.Errors]
) -> Iterator[Sheet]:
    """
    The sheets with cells of an open workbook, together no larger than one may be.

    `errors` are the cells of each that show an error and that the parser leaves blank.
    """
    if len(book.sheet_names) > limits.MOST_SHEETS:
        raise DataError(
            f"The workbook {quoted(name)} has {len(book.sheet_names):,} sheets; at most "
            f"{limits.MOST_SHEETS} are read. Save those that are meant in a workbook of their own."
        )
    visible = {data.name: str(data.visible) for data in book.sheets_metadata}
    n_cells = 0
    for place, part in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_name(part)
        if sheet.end is None:
            continue
        n_cells += (sheet.end[0] + 1) * (sheet.end[1] + 1)
        _not_too_many(name, n_cells)
        rows = cast("list[list[Any]]", sheet.to_python(skip_empty_area=False))
        for (row, column), shown_there in errors[place].items() if errors else ():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = shown_there
        yield Sheet(name, rows, part=part, is_hidden=not visible[part].endswith(".Visible"))


def _not_too_many(name: str, n: int) -> None:
    """Raise where the sheets of a workbook together fill more cells than one may."""
    if n > MOST_CELLS:
        raise DataError(
            f"The sheets of the workbook {quoted(name)} together span more than {MOST_CELLS:,} "
            "cells. Save those that are meant in a workbook of their own."
        )


def check_kind(name: str, members: Sequence[str]) -> None:
    """Raise where the files in a zip are those of a workbook that is not read here."""
    kinds = {"content.xml": "an OpenDocument spreadsheet", "xl/workbook.bin": "a binary workbook"}
    if found := [kinds[member] for member in members if member in kinds]:
        raise DataError(
            f"{quoted(name)} is {found[0]}, which is not read. Open it in a spreadsheet and save "
            "it as xlsx or CSV."
        )


def checked_xlsx(path: Path) -> bytes:
    """
    The workbook packed anew without compression, after its parts were unpacked and counted.

    The parser then sees only bytes that were checked: within the limit, no document type
    definitions (entities that grow without end), no cell far outside.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as clean:
        for name, data in archive.members(path):
            if name.endswith((".xml", ".rels")) and DOCTYPE.search(data):
                raise DataError(
                    f"The workbook {quoted(path.name)} defines XML entities in {quoted(name)}, "
                    "which no export does and which can fill the memory. It is refused; "
                    "open and save it in a spreadsheet if you trust it."
                )
            if name.startswith("xl/worksheets/"):
                _not_too_wide(path.name, *_corner(data))
                data = ERROR_CELL.sub(rb'\1"str"', data)  # noqa: PLW2901
            clean.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def _not_too_wide(name: str, n_rows: int, n_columns: int) -> None:
    """Raise where the corner cells of a sheet span more cells than fit in memory."""
    if n_rows * n_columns > MOST_CELLS:
        raise DataError(
            f"The workbook {quoted(name)} spans {n_rows:,} rows and {n_columns:,} columns, more "
            f"than {MOST_CELLS:,} cells. It is damaged, or cells stand far right or far below "
            "the table: delete them, or export it as CSV."
        )


def _corner(sheet: bytes) -> tuple[int, int]:
    """The number of rows and of columns that the cells of an xlsx sheet span."""
    places = CELL.findall(sheet)
    letters = {letters.upper() for letters, _ in places}
    n_rows = max((int(number) for number in {number for _, number in places}), default=0)
    return n_rows, max(map(_column_number, letters), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
