"""The first row of a file of delimited text: its columns, by name, in any order and spelling."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from studylib.errors import DataError, quoted, some
from studylib.readers.bulk.parts import Part

DELIMITERS = "|;,\t"
Roles = Mapping[str, tuple[str, ...]]
"""Role -> spellings of its column in lower case; `role?` may be absent."""


def plain(role: str) -> str:
    """The name of a role without its question mark."""
    return role.rstrip("?")


def header_of(part: Part, path: Path) -> tuple[list[str], str, str]:
    """Column names of a file, its delimiter, and its quote ("" where quotes are plain text)."""
    with path.open("rb") as file:
        start = file.read(2**16)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{quoted(part.name)} is UTF-16. Convert it: iconv -f UTF-16 -t UTF-8.")
    # A gz file may hold a tar archive, a zip a zip.
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")) or start[257:262] == b"ustar":
        raise DataError(f"{quoted(part.name)} is packed twice. Unpack it once and name the folder.")
    found = columns_in(start)
    if not "".join(found[0]).strip():
        raise DataError(f"{quoted(part.name)} is empty; not even a row of column names is there.")
    return found


def columns_in(start: bytes) -> tuple[list[str], str, str]:
    """The same of the first bytes of a file, whatever they are."""
    line = start.decode("utf-8-sig", errors="replace").replace("\r", "\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=line.count)
    # REGPAT writes names with quotes as they are; PATSTAT puts text in quotes.
    quote = '"' if delimiter != "|" or line.startswith('"') else ""
    if quote:
        return next(csv.reader([line], delimiter=delimiter), []), delimiter, quote
    return line.split(delimiter), delimiter, quote


def columns_of(part: Part, header: Sequence[str], roles: Roles) -> dict[str, int]:
    """Role -> place of its column."""
    names = [name.strip().lower() for name in header]
    found: dict[str, int] = {}
    for role, spellings in roles.items():
        places = [i for i, name in enumerate(names) if name in spellings]
        if len(places) > 1:
            raise DataError(
                f"{quoted(part.name)} has {len(places)} columns for one thing: "
                f"{some(header[i] for i in places)}. Remove the wrong one."
            )
        if places:
            found[plain(role)] = places[0]
        elif not role.endswith("?"):
            raise DataError(
                f"{quoted(part.name)} has no column `{spellings[0]}`; its columns are "
                f"{some(header, most=12)}."
            )
    return found
