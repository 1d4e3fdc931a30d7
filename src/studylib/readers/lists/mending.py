"""What was done to a list to read it, counted: undone encodings, broken promises, cut ends."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from studylib.files import wording
from studylib.files.encoding import HIGH, is_mangled, unmangled
from studylib.files.rows import Sheet
from studylib.files.wording import UNDONE
from studylib.language import mark
from studylib.language.reasons import PROMISES, READ_AS
from studylib.project import PROJECT

DATE = re.compile(r"[12][0-9]{3}[-_. ]?[01][0-9][-_. ]?[0-3][0-9]")
PROMISED_BY_NAME = re.compile(r"(?<![0-9])([1-9][0-9]{2,5})(?![0-9])")  # search_319.csv
PROMISED_BY_PREAMBLE = re.compile(
    r"(?i)(?:publications|publicaciones|results|résultats|resultados|ergebnisse)"
    r" (\d+) (?:-|to|à|a|bis|até) (\d+)\b"
)
NOT_UNDONE = mark("values mangled beyond repair in places, left as they are")
CUT = mark(
    "rows, exactly as many as this site gives at most: the list is probably cut off; split the "
    "search, by year for instance, and name every part"
)
LIMITS = PROJECT / "data" / "raw" / "rules" / "export_limits.csv"
YEARS = range(1800, 2101)  # numbers in file names that are years promise nothing


def undone(
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
        repairs[UNDONE] = n_undone
        repairs[NOT_UNDONE] = n_lost
    else:
        repairs[READ_AS.format(encoding=content.encoding)] = n_foreign
    return columns, {words: n for words, n in repairs.items() if n}


def worded(columns: dict[str, pa.Array]) -> dict[str, int]:
    """Put columns in place as they were meant (`wording`); how many values each rule touched."""
    repairs: Counter[str] = Counter()
    for role, column in columns.items():
        columns[role], found = wording.column(column)
        repairs.update(found)
    return dict(repairs)


def broken_promises(path: Path, preamble: tuple[str, ...], n: int) -> dict[str, int]:
    """How many rows fewer or more an export holds than its name or its preamble says."""
    promises: dict[str, int] = {}
    in_name = [int(n) for n in PROMISED_BY_NAME.findall(DATE.sub("", path.stem))]
    if in_name := [n for n in in_name if n not in YEARS]:
        promises["file name"] = in_name[-1]
    if shown := PROMISED_BY_PREAMBLE.search("\n".join(preamble)):
        promises["preamble"] = int(shown[2]) - int(shown[1]) + 1
    return {
        PROMISES[who, n < promised].format(promised=promised): abs(promised - n)
        for who, promised in promises.items()
        if promised != n
    }


def cut_off(format: str, n: int) -> dict[str, int]:  # noqa: A002 - as everywhere in the readers
    """That a list has just as many rows as its site gives at most, if so."""
    return {CUT: n} if (format, n) in _limits() else {}


@cache
def _limits() -> frozenset[tuple[str, int]]:
    """The limits of the sites, by format."""
    with LIMITS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return frozenset((row["format"], int(row["rows"])) for row in rows)
