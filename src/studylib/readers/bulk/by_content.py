"""
Files of a bulk edition that are called otherwise: known by their columns.

    tls201_appln (1).csv            as the browser calls a second download     tls201_appln
    everything.csv                  appln_id, appln_auth, appln_nr ...          tls201_part001
    applicants.txt                  app_nbr|pub_nbr|appln_id|app_name ...       EPO_App_reg_part001

A table is told by the one column that no other table of the edition has; a table that joins
several (PATSTAT Online) is none of them.
"""

import gzip
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from studylib.errors import DataError
from studylib.files.limits import MOST_EXPORTS
from studylib.readers.bulk.header import columns_in
from studylib.readers.bulk.parts import BROKEN, Part, parts
from studylib.readers.sniff import Head

COPY = re.compile(r"(?: ?\(\d+\)| ?-? (?:copy|copie|copia|kopie)(?: ?\(?\d+\)?)?)+$", re.IGNORECASE)
START = 2**14  # bytes that hold the header
Tables = Mapping[str, frozenset[str]]
"""Name of a table -> columns it needs."""


def told_by(columns: Sequence[str], tables: Tables, marks: Mapping[str, str]) -> str | None:
    """
    The table that columns are of: the one whose mark they hold, if they hold one and all it needs.

    >>> told_by(["appln_id", "title"], {"t": frozenset({"appln_id"})}, {"t": "title"})
    't'
    """
    names = {column.strip().lower() for column in columns}
    held = [table for table, mark in marks.items() if mark in names]
    return held[0] if len(held) == 1 and tables[held[0]] <= names else None


def columns_of_file(part: Part) -> list[str]:
    """The first row of a part; nothing where it cannot be read or is no text."""
    try:
        if part.packing == "gz":
            with gzip.open(part.source) as stream:
                start = stream.read(START)
        elif part.packing == "zip":
            with zipfile.ZipFile(part.source) as packed, packed.open(part.member) as member:
                start = member.read(START)
        else:
            with part.source.open("rb") as file:
                start = file.read(START)
    except (*BROKEN, OSError):
        return []
    return [] if b"\0" in start else columns_in(start)[0]


def holds(head: Head, is_needed: Callable[[Sequence[str]], bool]) -> bool:
    """Whether a file, or a file of a folder or archive, is a needed table by its columns."""
    if not (head.is_folder or head.is_archive):
        return b"\0" not in head.start and is_needed(columns_in(head.start)[0])
    if head.is_workbook or len(head.members) > MOST_EXPORTS:
        return False
    try:
        found = parts(head.path)
    except (DataError, OSError):
        return False  # its reader says what is wrong, or nobody claims it
    return any(is_needed(columns_of_file(part)) for part in found)


def called(
    found: Sequence[Part],
    named: re.Pattern[str],
    name_of: Callable[[Part, Sequence[str]], str | None],
) -> list[Part]:
    """
    The parts, those with strange names under the name their table has.

    `named` fits names that tell a table; `name_of` gives the name by part and columns.
    """
    counts: Counter[str] = Counter()
    result = []
    for part in found:
        plain = COPY.sub("", part.stem)
        if named.search(part.stem):
            result.append(part)
        elif named.search(plain):
            result.append(replace(part, alias=plain))
        elif name := name_of(part, columns_of_file(part)):
            counts[name] += 1
            result.append(replace(part, alias=f"{name}_part{counts[name]:03d}"))
        else:
            result.append(part)
    return result
