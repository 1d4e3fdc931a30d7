"""
A survey export as a table of text, and what becomes of each of its columns.

    file  --read-->  Export: cells, the column of each name in the codebook, notes

Only columns the codebook names are kept.  All others are left behind here, before anything is
stored, and named in the notes; those that hold personal data are told apart, by their header or
by what stands in them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, quoted, some
from studylib.files import sheet, wording
from studylib.files.encoding import unmangled
from studylib.files.rows import HEADER_WITHIN, STAIN
from studylib.survey import sheets
from studylib.survey.codebook import Codebook, key
from studylib.survey.notes import (
    ABOUT_COLUMNS,
    ANOTHER_WIDTH,
    MENDED,
    NOT_NAMED,
    NOT_THERE,
    NOTES,
    PERSONAL,
    TEST,
    UNREADABLE,
)
from studylib.survey.set_aside import is_about_columns, is_personal, is_test


@dataclass(frozen=True)
class Export:
    """The submissions of an export, blank rows gone."""

    cells: pd.DataFrame
    """One row per submission (index: row in the file, from 1), one column per column kept."""
    has_personal_ids: bool
    """The column that tells respondents apart holds personal data and must not be stored."""
    notes: pd.DataFrame
    """One row per column or row that was not used: kind, value, n, what."""

    def column(self, name: str | None) -> pd.Series:
        """The cells of a column the codebook names; blank where the export lacks it."""
        if name is not None and name in self.cells:
            return self.cells[name]
        return pd.Series("", index=self.cells.index, dtype="str")

    def has(self, name: str | None) -> bool:
        """Whether the export has a column of the codebook."""
        return name is not None and name in self.cells


def read(path: Path, book: Codebook) -> Export:
    """
    The submissions of a CSV or Excel export with the columns of the codebook.

    Raises
    ------
    DataError
        The file is no table, a column the study cannot do without is missing, or a header of the
        codebook stands over two columns.
    """
    content, other_sheets = sheets.one_table(path, book)
    repair = unmangled if content.is_mojibake else str
    old = [[repair(sheet.shown(cell)).strip() for cell in row] for row in content.rows]
    rows = [[wording.text(cell).strip() for cell in row] for row in old]
    start, places = _header(path.name, rows, book)
    header = rows[start]
    body, left_out = _submissions(rows, start, places, content.stained)
    whole = pd.DataFrame.from_dict(
        body, orient="index", columns=pd.RangeIndex(len(header)), dtype="str"
    )
    taken = set(places.values())
    private = {
        place for place in range(len(header))
        if is_personal(header[place], whole[place], is_answer=place in taken)
    }  # fmt: skip
    ids = places.get(book.respondent or "")
    hidden = private - {ids}
    kept = {name: place for name, place in places.items() if place not in hidden}
    left = [(header[p], PERSONAL if p in private else NOT_NAMED) for p in range(len(header))
            if header[p] and (p not in taken or p in private)]  # fmt: skip
    mended = {
        name: sum(before[at] != row[at] for before, row in zip(old, rows, strict=True)
                  if at < len(row))
        for name, at in kept.items()
    }  # fmt: skip
    absent = [(name, NOT_THERE) for name in book.columns if name not in places]
    notes = [("column", value, 1, what) for value, what in [*left, *absent]]
    notes += [("column", name, n, MENDED) for name, n in mended.items() if n]
    unreadable = sorted({*content.broken, *left_out.pop(UNREADABLE)})
    broken = [("row", str(row), 1, UNREADABLE) for row in unreadable]
    broken += [("row", str(row), 1, what) for what, found in left_out.items() for row in found]
    cells = pd.DataFrame({name: whole[place] for name, place in kept.items()}, index=whole.index)
    return Export(
        cells,
        ids in private,
        pd.concat([pd.DataFrame(notes + broken, columns=NOTES), other_sheets]),
    )


def _submissions(
    rows: Sequence[list[str]], start: int, places: Mapping[str, int], unknown: Collection[int]
) -> tuple[dict[int, list[str]], dict[str, set[int]]]:
    """
    The rows below the header that somebody answered, by number; and the others, by why not.

    `places` are those of the columns of the codebook, `unknown` rows with unreadable characters.
    """
    header = rows[start]
    filled = {n: row for n, row in enumerate(rows, start=1) if n > start + 1 and any(row)}
    # Characters nobody can know cost a row where they stand in an answer, and nowhere else.
    stained = {n for n in unknown if n in filled
               and any(STAIN.search(rows[n - 1][at]) for at in places.values()
                       if at < len(rows[n - 1]))}  # fmt: skip
    filled = {n: row for n, row in filled.items() if n not in stained}
    # A separator in an answer moves every cell after it: nobody can see where.
    shifted = {n for n, row in filled.items() if len(row) != len(header)}
    body = {n: row for n, row in filled.items() if n not in shifted}
    keys = [key(name) for name in header]
    labels = {n for n, row in body.items() if is_about_columns(row, keys)}
    tests = {n for n, row in body.items() if n not in labels and is_test(row, keys)}
    body = {n: row for n, row in body.items() if n not in labels and n not in tests}
    left_out = {UNREADABLE: stained, ANOTHER_WIDTH: shifted, ABOUT_COLUMNS: labels, TEST: tests}
    return body, left_out


def _header(name: str, rows: Sequence[list[str]], book: Codebook) -> tuple[int, dict[str, int]]:
    """Place of the header row, and of each column of the codebook in it."""
    found = [_places(row, book) for row in rows[:HEADER_WITHIN]]
    start = max(range(len(found)), key=lambda row: len(found[row]), default=0)
    places = found[start] if found else {}
    asked = [o.column for o in book.option if o.column] + ([book.answers] if book.answers else [])
    needed = [book.territory] if book.territory else []
    missing = [c for c in needed if c not in places]
    if not any(column in places for column in asked):
        missing += asked
    if missing:
        # A row none of whose cells is a column of the codebook may be one of answers: the sentence
        # is kept beside the published pages, where no answer may stand.
        seen = f" Its columns are {some(rows[start], most=12)}." if places else ""
        raise DataError(
            f"{quoted(name)} has no column {some(missing)}.{seen} Correct the codebook, or the "
            "export."
        )
    twice = [header for header in places if len(_matching(rows[start], header)) > 1]
    if twice:
        raise DataError(f"{quoted(name)} has two columns {some(twice)}. Rename one of them.")
    return start, places


def _places(row: list[str], book: Codebook) -> dict[str, int]:
    """Where the columns of the codebook stand in a row, if it is the header."""
    found = {column: _matching(row, column) for column in book.columns}
    return {column: places[0] for column, places in found.items() if places}


def _matching(row: list[str], column: str) -> list[int]:
    """
    Places of a header: as named, else with the words of the question behind the code.

    LimeSurvey writes `interest[SQ001]` or, if asked, `interest[SQ001]. In which domains ...?`.
    """
    wanted = key(column)
    keys = [key(header) for header in row]
    exact = [place for place, header in enumerate(keys) if header == wanted]
    return exact or [p for p, header in enumerate(keys) if header.startswith(wanted + ". ")]
