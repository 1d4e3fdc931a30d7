"""
What the columns of a result list are called, and which of them must be there.

    first rows of a file  --header_row-->   place of the header
    its cells             --places_of-->    role -> place in the row
                          --identity_of--> the roles that tell its records apart
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from studylib.errors import DataError, quoted, some
from studylib.files import sheet
from studylib.readers.lists import headers
from studylib.readers.lists.headers import key


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


def places_of(layout: Layout, name: str, header: list[str]) -> dict[str, int]:
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


def identity_of(layout: Layout, places: dict[str, int]) -> list[str]:
    """The roles that tell the records of this export apart."""
    there = [role for role in layout.identity if role in places]
    return there if layout.either else there[:1]
