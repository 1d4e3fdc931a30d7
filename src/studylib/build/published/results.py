"""
What a build found, by name: every table beside the pages, as it is printed.

    kets.csv   ket        area_0     n_0  share_0      kets/photonics/Aquitaine/n      12
               photonics  Aquitaine  12   0.0483871  ->  kets/photonics/Aquitaine/share  0.048

A row is named by its first columns of text or of whole numbers that tell it from all others;
where areas stand side by side (`area_0`, `area_1`), each value belongs to its own.  Numbers are
kept as pages print them: a change nobody can read is none.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from studylib.build.plan import Plan
from studylib.build.published.page import Page
from studylib.files.checksum import checksum
from studylib.project import PACKAGE
from studylib.runs import notebooks
from studylib.runs.published.changes import ANSWER

MEASURES = re.compile(
    r"(n|n_.*|base|share|low|high|p|mean|median|total|value|difference|detectable|rta|weight|odds)"
    r"(_.*)?"
)
"""Columns that measure: they never name a row."""
SHARES = re.compile(r"(share|low|high|difference|detectable|p)(_.*)?")
BESIDE = re.compile(r"(?P<name>.+)_(?P<side>\d+)")
LONGEST = 200  # characters of a text that is kept
DIGITS = {"share": 3, "other": 2}  # a share in 0..1 is printed in tenths of a percent


def of_tables(plan: Plan) -> dict[str, object]:
    """Every value of the tables and figures of the first language, and the answer of each page."""
    found: dict[str, object] = {}
    for page in plan.pages:
        if page.language != plan.chosen[0]:
            continue
        if page.headline.is_file() and (said := page.headline.read_text(encoding="utf-8")):
            found[f"{ANSWER}{page.name}"] = said
        for kind in ("figures", "tables"):  # where both have a name, the table says it in full
            for path in sorted((page.beside / kind).glob("*.csv")):
                found |= of_table(
                    path.stem, pd.read_csv(path, keep_default_na=False, na_values=[""])
                )
    return found


def of_table(name: str, frame: pd.DataFrame) -> dict[str, object]:
    """The values of one table by name, row and column."""
    named = _naming(frame)
    found: dict[str, object] = {}
    for i, row in enumerate(frame.to_dict("records")):
        who = [_plain(row[column]) for column in named] or [f"row {i + 1}"]
        for column, value in row.items():
            if column in named:
                continue
            key = "/".join([name, *who, *_beside(str(column), row)])
            found[key] = printed(str(column), value)
    return found


def printed(column: str, value: Any) -> Any:
    """A value as a page prints it: shares to tenths of a percent, other numbers to hundredths."""
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value[:LONGEST]
    if isinstance(value, bool) or not isinstance(value, float):
        return value
    if value in (float("inf"), float("-inf")):
        return str(value)
    is_share = SHARES.fullmatch(column) is not None
    if value.is_integer() and not is_share:
        return int(value)  # a count of a column in which others are not known
    digits = DIGITS["share" if is_share else "other"]
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def _naming(frame: pd.DataFrame) -> list[str]:
    """The first columns that name each row; none where rows cannot be told apart."""
    named: list[str] = []
    for column in frame.columns:
        is_float = pd.api.types.is_float_dtype(frame[column])
        if is_float or MEASURES.fullmatch(str(column)) or BESIDE.fullmatch(str(column)):
            continue
        named.append(column)
        if not frame.duplicated(named).any():
            return named
    return []


def _beside(column: str, row: dict[Any, Any]) -> Iterator[str]:
    """The area a column belongs to, where areas stand side by side, and the column."""
    found = BESIDE.fullmatch(column)
    area = row.get(f"area_{found['side']}") if found else None
    if found and isinstance(area, str):
        yield area
        column = found["name"]
    yield column


def _plain(value: Any) -> str:
    """A value as a part of a key."""
    return "" if pd.isna(value) else str(value).replace("/", "\N{FRACTION SLASH}")


def texts(plan: Plan) -> dict[str, str]:
    """Checksums of what is only words: cells of notebooks between the code, and catalogues."""
    found: dict[str, str] = {}
    for page in plan.pages:
        found[page.notebook.name] = _checksum(_words(page))
        found |= {f"{page.language}/{path.name}": checksum(path) for path in page.words}
    return found


def code(plan: Plan) -> dict[str, str]:
    """Checksums of what computes: the code of every notebook, and of the library."""
    found = {f"{page.notebook.name} (code)": _checksum(page.code) for page in plan.pages}
    own = [path for path in plan.method if path.is_relative_to(PACKAGE)]
    told = [f"{path.relative_to(PACKAGE).as_posix()} {checksum(path)}" for path in own]
    return {**found, "studylib (code)": _checksum("\n".join(told))}


def _words(page: Page) -> str:
    said = notebooks.read(page.notebook)
    cells = [cell["source"] for cell in said["cells"] if cell["cell_type"] != "code"]
    return json.dumps([said["metadata"].get("title"), *cells])


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
