"""
Result lists, one record per row: from the header to columns with a role, rejects counted.

    rows of cells  --find the header-->  role -> place  --sound rows-->  Table, one row per record

A reader of such a format is a `Layout` (which header means what) and a few lines that say how
its cells are to be taken apart (`unfold`).
"""

import re
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
from studylib.readers import sheet
from studylib.readers.raw import REJECTS, empty
from studylib.readers.sheet import HEADER_WITHIN, Sheet
from studylib.readers.text import HIGH, is_mangled, unmangled

NOT_IN_KEYS = re.compile(r"[\W_]+")
DATE = re.compile(r"[12][0-9]{3}[-_. ]?[01][0-9][-_. ]?[0-3][0-9]")
PROMISED_BY_NAME = re.compile(r"(?<![0-9])([1-9][0-9]{2,5})(?![0-9])")  # search_319.csv
PROMISED_BY_PREAMBLE = re.compile(r"(?i)(?:publications|results) (\d+) - (\d+)\b")
YEARS = range(1800, 2101)  # numbers in file names that are years promise nothing
LONGEST_VALUE = 200
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


def key(header: str) -> str:
    """
    A header without case, blanks and signs, to compare spellings.

    >>> key("Inventor(s)"), key("I P C")
    ('inventors', 'ipc')
    """
    return NOT_IN_KEYS.sub("", header).casefold()


def header_row(layout: Layout, rows: Iterable[Iterable[Any]]) -> int | None:
    """Place of the header among the first rows, from 0; None where it is not this format's."""
    for place, row in enumerate(rows):
        keys = {key(sheet.shown(cell)) for cell in row}
        if any(mark <= keys for mark in layout.marks):
            return place
    return None


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
    numbers, body, rejects = _sound(content, start, header, places["publication_number"])
    columns = {role: _text(list(map(itemgetter(at), body))) for role, at in places.items()}
    columns, repairs = _repaired(content, columns)
    preamble = tuple(filter(None, map(_joined, content.rows[:start])))
    repairs |= _broken_promise(path, preamble, len(numbers) + len(rejects))
    return Table(path.name, columns, numbers, rejects, preamble, repairs)


def _places(layout: Layout, name: str, header: list[str]) -> dict[str, int]:
    """Role -> place in the row, after checking that each needed role has one column, none two."""
    keys = [key(cell) for cell in header]
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
    if missing := [role for role in layout.needed if role not in places]:
        raise DataError(
            f"{quoted(name)} is a {layout.named} export without {some(missing)}; its columns are "
            f"{some(filter(None, header), most=12)}. {layout.remedy}"
        )
    return places


def _sound(
    content: Sheet, start: int, header: list[str], identity: int
) -> tuple[Rows, list[list[Any]], pd.DataFrame]:
    """
    Rows that stand for a record, with their numbers, and rejected rows; blank rows are neither.

    A row of another width is rejected even if blank cells are all that it has too many: one
    comma in a name moves every cell after it, and nobody can see where.
    """
    body = content.rows[start + 1 :]
    numbers = np.arange(start + 2, start + 2 + len(body))
    suspect = [
        at
        for at, row in enumerate(body)
        if len(row) != len(header)
        or not (cell := str(row[identity]).strip())
        or cell == header[identity]
    ]
    rejected = []
    for at in suspect:
        number = at + start + 2
        value = _joined(body[at])
        reason = _fault(body[at], header, identity)
        if number in content.broken:
            value, reason = content.broken[number]
        if value:
            rejected.append((number, value[:LONGEST_VALUE], reason))
    if suspect:
        out = set(suspect)
        body = [row for at, row in enumerate(body) if at not in out]
        numbers = np.delete(numbers, suspect)
    return numbers, body, _as_rejects(content.name, rejected)


def _fault(row: list[Any], header: list[str], identity: int) -> str:
    """Why a row cannot stand for a record."""
    if len(row) != len(header):
        return f"{len(row)} cells instead of {len(header)}"
    return "the header again" if sheet.shown(row[identity]).strip() else "no publication number"


def _as_rejects(name: str, rejected: list[tuple[int, str, str]]) -> pd.DataFrame:
    """Rejected rows as a table: a reject without a column is a whole row."""
    if not rejected:
        return empty(REJECTS)
    frame = pd.DataFrame(rejected, columns=["row", "value", "reason"])
    return frame.assign(file=name, column=pd.Series([None] * len(frame), dtype="str"))[
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


def _repaired(
    content: Sheet, columns: dict[str, pa.Array]
) -> tuple[dict[str, pa.Array], dict[str, int]]:
    """Columns with text that went through two encodings undone; how many values were touched."""
    repairs: dict[str, int] = {}
    if content.encoding.startswith("utf"):
        return columns, repairs
    n_foreign = n_undone = n_lost = 0
    for role, column in columns.items():
        there = pc.invert(pc.fill_null(pc.string_is_ascii(column), fill_value=True))
        old = column.filter(there).to_pylist()
        n_foreign += len(old)
        if content.is_mojibake and old:
            new = list(map(unmangled, old))
            n_undone += sum(map(str.__ne__, old, new))
            n_lost += sum(not all(map(is_mangled, HIGH.findall(value))) for value in old)
            columns[role] = pc.replace_with_mask(column, there, pa.array(new, pa.string()))
    if content.is_mojibake:
        repairs["values mangled by two encodings, undone"] = n_undone
        repairs["values mangled beyond repair in places, left as they are"] = n_lost
    else:
        repairs[f"values not in UTF-8, read as {content.encoding}"] = n_foreign
    return columns, {words: n for words, n in repairs.items() if n}


def _broken_promise(path: Path, preamble: tuple[str, ...], n: int) -> dict[str, int]:
    """How many rows fewer or more an export holds than its name or its preamble says."""
    promises: dict[str, int] = {}
    in_name = [int(n) for n in PROMISED_BY_NAME.findall(DATE.sub("", path.stem))]
    if in_name := [n for n in in_name if n not in YEARS]:
        promises["file name"] = in_name[-1]
    if shown := PROMISED_BY_PREAMBLE.search("\n".join(preamble)):
        promises["preamble"] = int(shown[2]) - int(shown[1]) + 1
    return {
        f"rows {'fewer' if n < promised else 'more'} than the {who} promises ({promised})": abs(
            promised - n
        )
        for who, promised in promises.items()
        if promised != n
    }
