"""
Result lists, one record per row: from the header to columns with a role, rejects counted.

    rows of cells  --find the header-->  role -> place  --sound rows-->  Table, one row per record

A reader of such a format is a `Layout` (which header means what) and a few lines that say how
its cells are to be taken apart (`cells`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.errors import DataError, printable, quoted
from studylib.files import sheet
from studylib.files.rows import HEADER_WITHIN, Sheet, legible
from studylib.language import mark
from studylib.language.reasons import HIDDEN_SHEET, NO_SUCH_SHEET
from studylib.readers.lists import damage, mending, sound_rows
from studylib.readers.lists.layout import Layout, header_row, identity_of, places_of
from studylib.readers.lists.sound_rows import Rows
from studylib.readers.raw import REJECTS, empty

UNKNOWN_ELSEWHERE = mark("rows with unreadable characters in a column that is not used")


@dataclass(frozen=True)
class Table:
    """The records of a result list: one column of text per role, one element per record."""

    files: pa.Array
    """What the table of each record is called: the file, or a sheet of it."""
    columns: dict[str, pa.Array]
    rows: Rows
    """Row of each record in the file, from 1."""
    rejects: pd.DataFrame
    preamble: tuple[str, ...]
    """What stands above the header: the query, the date, the number of results."""
    repairs: dict[str, int]
    spoiled: pd.DataFrame = field(default_factory=partial(empty, REJECTS))
    """Single values of the records that a spreadsheet damaged, as rejects."""

    @property
    def left_out(self) -> pd.DataFrame:
        """Rejected rows, and rejected values of rows that are used."""
        return pd.concat([self.rejects, self.spoiled], ignore_index=True)

    @property
    def n_received(self) -> int:
        """Rows below the header that are not blank: records and rejected rows."""
        return len(self.rows) + len(self.rejects)

    def column(self, role: str) -> pa.Array:
        """The text of a role, missing where the export has no such column."""
        return self.columns.get(role, pa.nulls(len(self.rows), pa.string()))


def read(layout: Layout, path: Path) -> Table:
    """
    The records of a result list.

    Raises
    ------
    DataError
        The file is no table, has no header of this format, lacks a column or has one twice.
    """
    found, idle = [], []
    for content in sheet.read_all(path):
        start = header_row(layout, content.rows[:HEADER_WITHIN])
        if start is None:
            idle.append(content)
        else:
            found.append((content, start))
    if not found:
        raise DataError(
            f"{quoted(path.name)} has no header of a {layout.named} export in its first "
            f"{HEADER_WITHIN} rows. {layout.remedy}"
        )
    names = [_name(content, len(found)) for content, _ in found]
    tables = [
        _of_sheet(layout, content, start, name)
        for (content, start), name in zip(found, names, strict=True)
    ]
    whole = tables[0] if len(tables) == 1 else _together(tables)
    whole.repairs.update(_told_of_sheets(idle, [content for content, _ in found]))
    whole.repairs.update(mending.broken_promises(path, whole.preamble, whole.n_received))
    for part in tables:  # a sheet may be a download of its own
        whole.repairs.update(mending.cut_off(layout.format, part.n_received))
    return whole


def _name(content: Sheet, n: int) -> str:
    """What tables call a sheet: the file, and the sheet where several of it are read."""
    return content.name if n == 1 else f"{content.name}, {printable(content.part)}"


def _told_of_sheets(idle: Sequence[Sheet], found: Sequence[Sheet]) -> dict[str, int]:
    """How many rows stand on sheets that are not read, and on hidden ones that are."""
    told = {NO_SUCH_SHEET.format(sheet=quoted(s.part)): s.n_filled for s in idle}
    hidden = {HIDDEN_SHEET.format(sheet=quoted(s.part)): s.n_filled for s in found if s.is_hidden}
    return told | hidden


def _of_sheet(layout: Layout, content: Sheet, start: int, name: str) -> Table:
    """The records of one sheet, whose header stands at a place."""
    header = [sheet.shown(cell).strip() for cell in content.rows[start]]
    places = places_of(layout, name, header)
    roles = identity_of(layout, places)
    numbers, body, rejects = sound_rows.sound(content, start, roles, places, name)
    columns = {role: _text(list(map(itemgetter(at), body))) for role, at in places.items()}
    files = pa.repeat(pa.scalar(name), len(numbers))
    columns, spoiled, counted = damage.taken_out(columns, files, numbers)
    columns, repairs = mending.undone(content, columns)
    repairs |= mending.worded(columns) | counted
    if idle := sound_rows.stained_elsewhere(content, start, numbers):
        repairs[UNKNOWN_ELSEWHERE] = idle
    above = filter(None, map(sound_rows.joined, content.rows[:start]))
    preamble = tuple(map(legible, above))
    whole = Table(files, columns, numbers, rejects, preamble, repairs, spoiled)
    return _told_apart(whole, roles) if len(spoiled) else whole


def _told_apart(table: Table, roles: Sequence[str]) -> Table:
    """The table without records that lost every number that tells them from others."""
    named = np.zeros(len(table.rows), dtype=bool)
    for role in roles:
        named |= np.asarray(pc.is_valid(table.column(role)))
    if named.all():
        return table
    mask, lost = pa.array(named), set(table.rows[~named].tolist())
    first = table.spoiled[table.spoiled["row"].isin(lost) & table.spoiled["column"].isin(roles)]
    whole = first.drop_duplicates("row").assign(column=None).astype({"column": "str"})
    return replace(
        table,
        files=table.files.filter(mask),
        columns={role: column.filter(mask) for role, column in table.columns.items()},
        rows=table.rows[named],
        rejects=pd.concat([table.rejects, whole], ignore_index=True),
        spoiled=table.spoiled[~table.spoiled["row"].isin(lost)],
    )


def _together(tables: Sequence[Table]) -> Table:
    """The records of several sheets, one after the other; a column that one lacks is missing."""
    roles = dict.fromkeys(role for table in tables for role in table.columns)
    repairs: Counter[str] = Counter()
    for table in tables:
        repairs.update(table.repairs)
    return Table(
        pa.concat_arrays([table.files for table in tables]),
        {role: pa.concat_arrays([table.column(role) for table in tables]) for role in roles},
        np.concatenate([table.rows for table in tables]),
        pd.concat([table.rejects for table in tables], ignore_index=True),
        tuple(line for table in tables for line in table.preamble),
        dict(repairs),
        pd.concat([table.spoiled for table in tables], ignore_index=True),
    )


def _text(cells: list[Any]) -> pa.Array:
    """Cells as text without outer blanks; an empty cell is missing."""
    try:
        column = pa.array(cells, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        column = pa.array(list(map(sheet.shown, cells)), pa.string())
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
