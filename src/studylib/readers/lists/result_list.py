"""
Result lists, one record per row: from the header to columns with a role, rejects counted.

    rows of cells  --find the header-->  role -> place  --sound rows-->  Table, one row per record

A reader of such a format is a `Layout` (which header means what) and a few lines that say how
its cells are to be taken apart (`cells`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.errors import DataError, quoted, some
from studylib.files import sheet
from studylib.files.rows import HEADER_WITHIN, STAIN, Sheet, legible
from studylib.language import mark
from studylib.language.reasons import ANOTHER_WIDTH
from studylib.readers.lists import headers, mending
from studylib.readers.lists.headers import key
from studylib.readers.raw import REJECTS, empty

LONGEST_VALUE = 200
NO_PUBLICATION = mark("no publication number")
NO_APPLICATION = mark("no application number")
UNKNOWN_ELSEWHERE = mark("rows with unreadable characters in a column that is not used")
NO_NUMBER = mark("no application and no publication number")
REASONS = {"publication_number": NO_PUBLICATION, "application_number": NO_APPLICATION}
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """What the columns of one format are called, and which must be there."""

    format: str
    named: str
    """What people call the format, for messages."""
    marks: tuple[frozenset[str], ...]
    """A row with all keys (`key`) of one set is this format's header."""
    columns: dict[str, tuple[str, ...]]
    """Role -> keys of the headers that mean it."""
    needed: tuple[str, ...]
    """Roles without which nothing can be said."""
    remedy: str
    """Which export has what is missing."""
    identity: tuple[str, ...] = ("publication_number",)
    """Roles that tell a record from another, the better first; one of them is needed."""
    either: bool = False
    """Whether any of them will do, row by row; else the first that the export has."""


@dataclass(frozen=True)
class Table:
    """The records of a result list: one column of text per role, one element per record."""

    name: str
    columns: dict[str, pa.Array]
    rows: Rows
    """Row of each record in the file, from 1."""
    rejects: pd.DataFrame
    preamble: tuple[str, ...]
    """What stands above the header: the query, the date, the number of results."""
    repairs: dict[str, int]

    @property
    def n_received(self) -> int:
        """Rows below the header that are not blank: records and rejected rows."""
        return len(self.rows) + len(self.rejects)

    def column(self, role: str) -> pa.Array:
        """The text of a role, missing where the export has no such column."""
        return self.columns.get(role, pa.nulls(len(self.rows), pa.string()))


def header_row(layout: Layout, rows: Iterable[Iterable[Any]]) -> int | None:
    """Place of the header among the first rows, from 0; None where it is not this format's."""
    for place, row in enumerate(rows):
        if any(mark <= set(_keys(layout, row)[0]) for mark in layout.marks):
            return place
    return None


def _keys(layout: Layout, row: Iterable[Any]) -> tuple[list[str], str]:
    """Keys of a header as they would be in English, and the language it is in."""
    shown = [sheet.shown(cell).strip() for cell in row]
    return headers.in_english(layout.format, shown) or (list(map(key, shown)), "en")


def read(layout: Layout, path: Path) -> Table:
    """
    The records of a result list.

    Raises
    ------
    DataError
        The file is no table, has no header of this format, lacks a column or has one twice.
    """
    content = sheet.read(path)
    start = header_row(layout, content.rows[:HEADER_WITHIN])
    if start is None:
        raise DataError(
            f"{quoted(path.name)} has no header of a {layout.named} export in its first "
            f"{HEADER_WITHIN} rows. {layout.remedy}"
        )
    header = [sheet.shown(cell).strip() for cell in content.rows[start]]
    places = _places(layout, path.name, header)
    numbers, body, rejects = _sound(content, start, header, _identity(layout, places), places)
    columns = {role: _text(list(map(itemgetter(at), body))) for role, at in places.items()}
    columns, repairs = mending.undone(content, columns)
    if idle := _stained_elsewhere(content, start, numbers):
        repairs[UNKNOWN_ELSEWHERE] = idle
    preamble = tuple(map(legible, filter(None, map(_joined, content.rows[:start]))))
    n = len(numbers) + len(rejects)
    repairs |= mending.broken_promises(path, preamble, n) | mending.cut_off(layout.format, n)
    return Table(path.name, columns, numbers, rejects, preamble, repairs)


def _places(layout: Layout, name: str, header: list[str]) -> dict[str, int]:
    """Role -> place in the row, after checking that each needed role has one column, none two."""
    keys, language = _keys(layout, header)
    places = {}
    for role, known in layout.columns.items():
        found = [place for place, cell in enumerate(keys) if cell in known]
        if len(found) > 1:
            raise DataError(
                f"{quoted(name)} has {len(found)} columns for `{role}`: "
                f"{some(header[place] for place in found)}. Delete all but the right one."
            )
        if found:
            places[role] = found[0]
    missing = [role for role in layout.needed if role not in places]
    if not places.keys() & set(layout.identity):
        missing = [layout.identity[0], *(m for m in missing if m != layout.identity[0])]
    if missing:
        raise DataError(
            f"{quoted(name)} is a {layout.named} export without {some(missing)}; its columns are "
            f"{some(filter(None, header), most=12)}. {layout.remedy}"
            + (headers.switch(layout.format, language) if language != "en" else "")
        )
    return places


def _identity(layout: Layout, places: dict[str, int]) -> list[str]:
    """The roles that tell the records of this export apart."""
    there = [role for role in layout.identity if role in places]
    return there if layout.either else there[:1]


def _sound(
    content: Sheet, start: int, header: list[str], roles: list[str], places: dict[str, int]
) -> tuple[Rows, list[list[Any]], pd.DataFrame]:
    """
    Rows that stand for a record, with their numbers, and rejected rows; blank rows are neither.

    A row of another width is rejected even if blank cells are all that it has too many: one
    comma in a name moves every cell after it, and nobody can see where.
    """
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
        value = _joined(body[at])
        reason = stained.get(at) or _fault(body[at], header, identity, roles)
        if number in content.broken:
            value, reason = content.broken[number]
        if value:
            rejected.append((number, legible(value)[:LONGEST_VALUE], reason))
    if suspect:
        out = set(suspect)
        body = [row for at, row in enumerate(body) if at not in out]
        numbers = np.delete(numbers, suspect)
    return numbers, body, _as_rejects(content.name, rejected)


def _stained_elsewhere(content: Sheet, start: int, numbers: Rows) -> int:
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


def _joined(row: Sequence[Any]) -> str:
    """The cells of a row that are not blank, on one line."""
    return " | ".join(filter(None, (" ".join(sheet.shown(cell).split()) for cell in row)))


def _text(cells: list[Any]) -> pa.Array:
    """Cells as text without outer blanks; an empty cell is missing."""
    try:
        column = pa.array(cells, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        column = pa.array(list(map(sheet.shown, cells)), pa.string())
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
