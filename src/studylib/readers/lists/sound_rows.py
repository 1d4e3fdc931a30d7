"""
Which rows of a result list stand for a record, and why the others do not.

    rows below the header  --sound-->  rows with their numbers, rejects with their reasons
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from studylib.files import sheet
from studylib.files.rows import STAIN, Sheet, legible
from studylib.language import mark
from studylib.language.reasons import ANOTHER_WIDTH
from studylib.readers.raw import REJECTS, empty

LONGEST_VALUE = 200
NO_PUBLICATION = mark("no publication number")
NO_APPLICATION = mark("no application number")
NO_NUMBER = mark("no application and no publication number")
REASONS = {"publication_number": NO_PUBLICATION, "application_number": NO_APPLICATION}
Rows = npt.NDArray[np.int64]


def sound(
    content: Sheet, start: int, roles: list[str], places: dict[str, int], name: str
) -> tuple[Rows, list[list[Any]], pd.DataFrame]:
    """
    Rows that stand for a record, with their numbers, and rejected rows; blank rows are neither.

    A row of another width is rejected even if blank cells are all that it has too many: one
    comma in a name moves every cell after it, and nobody can see where.  `name` is what the
    rejects call the table.
    """
    header = [sheet.shown(cell).strip() for cell in content.rows[start]]
    identity, *others = [places[role] for role in roles]
    body = content.rows[start + 1 :]
    numbers = np.arange(start + 2, start + 2 + len(body))
    suspect = [
        at
        for at, row in enumerate(body)
        if len(row) != len(header)
        or not (cell := str(row[identity]).strip())
        or cell == header[identity]
    ]
    if others:
        suspect = [at for at in suspect if not _is_told(body[at], header, others)]
    stained = _stained(content, start, places)
    suspect = sorted({*suspect, *stained})
    rejected = []
    for at in suspect:
        number = at + start + 2
        value = joined(body[at])
        reason = stained.get(at) or _fault(body[at], header, identity, roles)
        if number in content.broken:
            value, reason = content.broken[number]
        if value:
            rejected.append((number, legible(value)[:LONGEST_VALUE], reason))
    if suspect:
        out = set(suspect)
        body = [row for at, row in enumerate(body) if at not in out]
        numbers = np.delete(numbers, suspect)
    return numbers, body, _as_rejects(name, rejected)


def stained_elsewhere(content: Sheet, start: int, numbers: Rows) -> int:
    """How many records have unknown characters where nobody reads them."""
    below = [number for number in content.stained if number > start + 1]
    return int(np.isin(below, numbers).sum())


def _stained(content: Sheet, start: int, places: dict[str, int]) -> dict[int, str]:
    """Rows below the header with unknown characters in a column that is read, with the reason."""
    read = set(places.values())
    found = {}
    for number, why in content.stained.items():
        row = content.rows[number - 1]
        if number > start + 1 and any(STAIN.search(row[at]) for at in read if at < len(row)):
            found[number - start - 2] = why
    return found


def _is_told(row: list[Any], header: list[str], others: list[int]) -> bool:
    """Whether a row of the width of the header is told from others by one of these cells."""
    if len(row) != len(header):
        return False
    said = {at: sheet.shown(row[at]).strip() for at in others}
    return any(cell and cell != header[at] for at, cell in said.items())


def _fault(row: list[Any], header: list[str], identity: int, roles: list[str]) -> str:
    """Why a row cannot stand for a record."""
    if len(row) != len(header):
        return ANOTHER_WIDTH.format(n=len(row), expected=len(header))
    if sheet.shown(row[identity]).strip():
        return mark("the header again")
    return REASONS.get(roles[0], NO_NUMBER)


def _as_rejects(name: str, rejected: list[tuple[int, str, str]]) -> pd.DataFrame:
    """Rejected rows as a table: a reject without a column is a whole row."""
    if not rejected:
        return empty(REJECTS)
    frame = pd.DataFrame(rejected, columns=["row", "value", "reason"])
    return frame.assign(file=name, column=pd.Series([None] * len(frame), dtype="str"), n=1)[
        list(REJECTS)
    ]


def joined(row: Sequence[Any]) -> str:
    """The cells of a row that are not blank, on one line."""
    return " | ".join(filter(None, (" ".join(sheet.shown(cell).split()) for cell in row)))
