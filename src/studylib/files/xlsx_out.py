"""
A frame as a spreadsheet: numbers as numbers, text that never runs, a second sheet with the notes.

    frame, names of columns, notes  --xlsx-->  bytes of an .xlsx file, the same each time
"""

import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from studylib.language.column_words import words_of
from studylib.language.words import _, is_missing

WIDEST = 60  # characters of a column
LONGEST = 32_000  # characters a cell can hold
WEB = re.compile(r"https?://[^\s\"]{1,2000}")  # an address that a reader may press
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # no clock: equal data, equal bytes


def xlsx(
    frame: pd.DataFrame,
    names: Mapping[str, str],
    notes: Sequence[str] = (),
    *,
    links: Collection[str] = (),
) -> bytes:
    """
    The frame as an .xlsx file: a bold head that stays and filters, and a sheet of notes.

    Parameters
    ----------
    frame
        One row per row of the sheet.
    names
        Columns of the frame, in order, and what they are called in the language of the page.
    notes
        What the data are, how they are read, who they come from; empty ones are left out.
    links
        Columns of web pages: an address of the web in them can be pressed.

    Notes
    -----
    Text is written as text, so that a name that begins like a formula is a name.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(_("Data")[:31])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(frame), 1), max(len(names) - 1, 0))
    for column, (name, label) in enumerate(names.items()):
        sheet.write_string(0, column, label, bold)
        widest = len(label) + 2
        for row, value in enumerate(frame[name], start=1):
            if name in links and WEB.fullmatch(str(value)):
                sheet.write_url(row, column, str(value), string=str(value))
                widest = max(widest, len(str(value)))
            else:
                widest = max(widest, _write(sheet, row, column, value, days))
        sheet.set_column(column, column, min(widest, WIDEST))
    about = book.add_worksheet(_("Notes")[:31])
    about.set_column(0, 0, 100, wrapped)
    for row, note in enumerate(note for note in notes if note):
        about.write_string(row, 0, note[:LONGEST], wrapped)
    book.close()
    return buffer.getvalue()


def heads(names: Iterable[str], said: Mapping[str, str] | None = None) -> dict[str, str]:
    """
    Columns with what heads each in a spreadsheet: as its table says, else in words.

    Two of the same words stand apart by their names in the files.

    >>> heads(["area", "area_name", "n"], {"area_name": "Area"})
    {'area': 'Area (area)', 'area_name': 'Area (area_name)', 'n': 'Number'}
    """
    told = {name: (said or {}).get(name) or words_of(name) for name in names}
    often = Counter(told.values())
    return {name: text if often[text] == 1 else f"{text} ({name})" for name, text in told.items()}


def _write(sheet: Any, row: int, column: int, value: Any, days: Any) -> int:
    """Write one cell by its type; how wide it is, in characters."""
    if is_missing(value):
        return 0
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        sheet.write_boolean(row, column, bool(value))
        return 6
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, days)
        return 11
    if isinstance(value, int | float) or hasattr(value, "dtype"):
        number = float(value)
        if number in {float("inf"), float("-inf")}:
            sheet.write_string(row, column, str(number))
        else:
            sheet.write_number(row, column, number)
        return 9
    text = str(value)[:LONGEST]
    sheet.write_string(row, column, text)
    return min(max(map(len, text.split("\n"))), WIDEST)
