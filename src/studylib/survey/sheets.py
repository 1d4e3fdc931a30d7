"""
The sheets of a survey export as one table: every sheet with the columns of the codebook is read.

    Answers 1: id, side ...   Answers 2: id, side ...   Notes
        --one_table-->  rows of Answers 1, rows of Answers 2 numbered on;  Notes in the notes
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, printable, quoted, some
from studylib.files import sheet
from studylib.files.rows import HEADER_WITHIN, Sheet
from studylib.survey.codebook import Codebook, key
from studylib.survey.notes import NOTES, OTHER_SHEET


def one_table(path: Path, book: Codebook) -> tuple[Sheet, pd.DataFrame]:
    """
    The answers of a file as one table, and a note for each sheet that holds none.

    Raises
    ------
    DataError
        Two sheets hold columns of the codebook below different headers.
    """
    whole = sheet.read_all(path)
    heads = [_header(part, book) for part in whole]
    most = max(n for _, n in heads)
    found = [(part, at) for part, (at, n) in zip(whole, heads, strict=True) if n == most]
    if most == 0 or len(whole) == 1:
        return whole[0], pd.DataFrame(columns=NOTES)
    first, start = found[0]
    keys = _keys(first.rows[start])
    if apart := [part.part for part, at in found[1:] if _keys(part.rows[at]) != keys]:
        raise DataError(
            f"{quoted(path.name)} has answers on several sheets, and other columns than on "
            f"{quoted(first.part)} on {some(apart)}. Put them on one sheet."
        )
    rows = [*first.rows, *(row for part, at in found[1:] for row in part.rows[at + 1 :])]
    read = {part.part for part, _ in found}
    left = [part for part in whole if part.part not in read]
    notes = [("sheet", printable(part.part), part.n_filled, OTHER_SHEET) for part in left]
    return replace(first, rows=rows), pd.DataFrame(notes, columns=NOTES)


def _header(part: Sheet, book: Codebook) -> tuple[int, int]:
    """Place of the row that names most columns of the codebook, and how many."""
    wanted = [key(column) for column in book.columns]
    named = [_n_named(_keys(row), wanted) for row in part.rows[:HEADER_WITHIN]]
    most = max(named, default=0)
    return (named.index(most) if named else 0), most


def _n_named(keys: Sequence[str], wanted: Sequence[str]) -> int:
    """How many columns a row names, alone or before the words of the question."""
    return sum(any(said == name or said.startswith(name + ". ") for said in keys)
               for name in wanted)  # fmt: skip


def _keys(row: Sequence[object]) -> list[str]:
    return [key(sheet.shown(cell).strip()) for cell in row]
