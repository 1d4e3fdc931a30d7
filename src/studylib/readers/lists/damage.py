"""
What a spreadsheet did to cells that cannot be undone: told value by value, and never used.

    1,23457E+11    a long number, rounded: two of them may look alike       taken out
    #REF!  #N/A    the cell showed an error when it was saved               taken out
    =A1+1          a formula, whose result is not there                     taken out
    ="03008526"    a text protected from the spreadsheet                    03008526, counted
    32,767 signs   all that a cell holds: the last of its entries is cut    that entry taken out

A record that loses its only number this way is a reject as a whole: it would be counted as one
with every other that reads the same.
"""

from collections import Counter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.language import mark
from studylib.readers.lists.sound_rows import LONGEST_VALUE, Rows
from studylib.readers.raw import REJECTS, empty

ROUNDED = mark("a long number rounded by a spreadsheet")
ERROR = mark("an error of a spreadsheet instead of a value")
FORMULA = mark("a formula of a spreadsheet instead of its result")
CUT = mark("the last entry of a cell cut at 32,767 characters")
CUT_TEXT = mark("values cut at 32,767 characters by a spreadsheet, left as they are")
PROTECTED = mark('values protected from a spreadsheet (="00123"), put back')
Mask = npt.NDArray[np.bool_]
FULL = 32_767
"""What a cell of a spreadsheet holds [characters]."""
KINDS = (
    (r"^[+-]?[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}$", ROUNDED),
    (r"^(?:#(?:[A-ZÀ-ÞĀ-Ž¡¿][A-ZÀ-ÞĀ-Ž/_0-9]{1,14}[!?]?|#+)|Err:[0-9]{3})$", ERROR),
    (r"^=", FORMULA),
)
SUSPECT = r"^(?:[#=]|Err:[0-9]|[+-]?[0-9][0-9.,]*E\+)"
"""What any of these begins with: asked first, as hardly a column holds one."""
GUARDED = r'^="([^"]*)"$'
ENTRIES = r"(?s)^(?P<whole>.*[;|\n])(?P<last>[^;|\n]*)$"
PROSE = frozenset({"title"})
"""Roles whose cells hold no list."""


class Undamaged(NamedTuple):
    """Columns without what is damaged, what was taken out, and what was put back or left."""

    columns: dict[str, pa.Array]
    rejects: pd.DataFrame
    repairs: Counter[str]


def taken_out(columns: dict[str, pa.Array], files: pa.Array, rows: Rows) -> Undamaged:
    """
    The columns without damaged values, each of which is a reject with its column and reason.

    Parameters
    ----------
    columns
        One column of text per role.
    files, rows
        File and row of each record, for the rejects.
    """
    whole: dict[str, pa.Array] = {}
    found: list[pd.DataFrame] = []
    repairs: Counter[str] = Counter()
    for role, column in columns.items():
        whole[role] = column
        if not _fits(column, SUSPECT).any():
            continue
        guarded = _fits(column, GUARDED)
        if n := guarded.sum():
            column = pc.replace_substring_regex(column, GUARDED, r"\1")  # noqa: PLW2901
            repairs[PROTECTED] += int(n)
        for form, reason in KINDS:
            wrong = _fits(column, form)
            if wrong.any():
                found.append(_rejects(role, column, wrong, reason, files, rows))
                column = _without(column, wrong)  # noqa: PLW2901
        whole[role] = column
    for role, column in whole.items():
        whole[role], cut = _uncut(role, column, repairs)
        if cut is not None:
            found.append(_rejects(role, cut, np.asarray(pc.is_valid(cut)), CUT, files, rows))
    rejects = pd.concat(found, ignore_index=True) if found else empty(REJECTS)
    return Undamaged(whole, rejects, repairs)


def _uncut(role: str, column: pa.Array, repairs: Counter[str]) -> tuple[pa.Array, pa.Array | None]:
    """A column whose cut cells end with their last whole entry, and the entries that were cut."""
    if (pc.max(pc.binary_length(column)).as_py() or 0) < FULL:
        return column, None
    full = np.asarray(pc.fill_null(pc.equal(pc.utf8_length(column), FULL), False))  # noqa: FBT003
    if not full.any():
        return column, None
    parts = pc.extract_regex(column, ENTRIES)
    is_list = full & np.asarray(pc.is_valid(parts)) & (role not in PROSE)
    if n := int((full & ~is_list).sum()):
        repairs[CUT_TEXT] += n
    if not is_list.any():
        return column, None
    mask = pa.array(is_list)
    nothing = pa.scalar(None, pa.string())
    kept = pc.if_else(mask, pc.struct_field(parts, "whole"), column)
    return kept, pc.if_else(mask, pc.struct_field(parts, "last"), nothing)


def _fits(column: pa.Array, form: str) -> Mask:
    """Where a value has a form."""
    return np.asarray(pc.fill_null(pc.match_substring_regex(column, form), False))  # noqa: FBT003


def _without(column: pa.Array, wrong: Mask) -> pa.Array:
    """The column, missing where it is wrong."""
    return pc.if_else(pa.array(wrong), pa.scalar(None, pa.string()), column)


def _rejects(
    role: str,
    column: pa.Array,
    wrong: Mask,
    reason: str,
    files: pa.Array,
    rows: Rows,
) -> pd.DataFrame:
    """One reject per value."""
    mask = pa.array(wrong)
    values = [str(value)[:LONGEST_VALUE] for value in column.filter(mask).to_pylist()]
    frame = pd.DataFrame(
        {"file": files.filter(mask).to_pylist(), "row": rows[wrong], "column": role,
         "value": values, "reason": reason, "n": 1}
    )  # fmt: skip
    return frame[list(REJECTS)].astype(empty(REJECTS).dtypes.to_dict())
