"""
A small table that somebody keeps by hand: every row of it is read, or the file is refused.

    clusters.csv, sectors.csv, themes.csv, or a workbook
        --read-->   its known columns as text; index: the number of the row in the file
                    (what a column may hold: `hand_kept_columns`)

An export of thousands of rows may lose one and say so among the rejects.  Of a list of thirty
every row counts, and whoever keeps it can correct it: so an error names the row instead.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, listed, quoted, several, some
from studylib.files import limits, sheet, wording
from studylib.files.rows import Sheet
from studylib.language import given

LOST = re.compile(r"#(?:[A-ZÄÉÑÖÜ¡¿][A-ZÄÉÑÖÜ/0-9]{1,14}[!?]?|#+)$|=[A-Z(+$-]")
"""What a spreadsheet leaves where a value is lost."""
NOT_A_KEY = re.compile(r"[^a-z0-9]+")


def read(
    path: Path, needed: Sequence[str], optional: Sequence[str] = (), spoken: Sequence[str] = ()
) -> pd.DataFrame:
    """
    The known columns of a table as text, blank cells missing.

    Parameters
    ----------
    path
        CSV or workbook.  Its first row that is not blank names the columns, in any order and
        case; columns nobody knows are left out.
    needed, optional
        Keys of the known columns; an optional one that is not there is all missing.
    spoken
        Columns that may say the same in other languages: of `source`, `source_fr` is read too
        where it stands in the file.

    Returns
    -------
    One row per row of the file that is not blank, index: its number there, from 1.

    Raises
    ------
    DataError
        A row cannot be read, a needed column is missing, a known one stands twice, or a cell
        stands below no column name.
    """
    limits.check_size(path, limits.MOST_BY_HAND, "list kept by hand", "Name the list itself.")
    content = _sheet(path, needed)
    _few(content)
    _all_readable(content)
    rows = {
        number: cells
        for number, row in enumerate(content.rows, start=1)
        if any(cells := [sheet.shown(cell).strip() for cell in row])
    }
    rows = _as_meant(path.name, rows)
    header = rows.pop(next(iter(rows))) if rows else []
    keys = list(dict.fromkeys(map(key, header)))
    told = [column for stem in spoken for column in given.columns(keys, stem).values()]
    optional = [*optional, *(column for column in told if column not in {*needed, *optional})]
    places = _places(path.name, header, needed, optional)
    _all_named(path.name, header, rows)
    nothing = len(header)
    columns = {
        name: [(row[at] or None) if (at := places.get(name, nothing)) < len(row) else None
               for row in rows.values()]
        for name in (*needed, *optional)
    }  # fmt: skip
    return pd.DataFrame(columns, index=list(rows), dtype="str")


def other_sheets(path: Path, needed: Sequence[str]) -> list[str]:
    """The sheets of a workbook that `read` leaves out: their first row names no needed column."""
    whole = sheet.read_all(path)
    return [part.part for part in whole if len(whole) > 1 and not _has_header(part, needed)]


def _sheet(path: Path, needed: Sequence[str]) -> Sheet:
    """The sheet of a file whose first row names the needed columns; the first if none does."""
    whole = sheet.read_all(path)
    fitting = [part for part in whole if _has_header(part, needed)]
    if len(fitting) > 1:
        raise DataError(
            f"{quoted(path.name)} holds {len(fitting)} sheets with these columns: "
            f"{some(part.part for part in fitting)}. Put their rows on one sheet, or remove all "
            "sheets but one."
        )
    return fitting[0] if fitting else whole[0]


def _has_header(content: Sheet, needed: Sequence[str]) -> bool:
    """Whether the first row that is not blank names the needed columns."""
    first = next((row for row in content.rows if any(str(cell).strip() for cell in row)), [])
    return set(needed) <= {key(sheet.shown(cell)) for cell in first}


def _few(content: Sheet) -> None:
    """Raise if a list has more rows than anybody keeps by hand."""
    if (n := len(content.rows)) > limits.MOST_ROWS_BY_HAND:
        raise DataError(
            f"{quoted(content.name)} has {n:,} rows; a list kept by hand has at most "
            f"{limits.MOST_ROWS_BY_HAND:,}. Leave out what the study does not ask about."
        )


def _all_readable(content: Sheet) -> None:
    """Raise if a row could not be read."""
    if broken := dict(sorted(content.unreadable.items())):
        texts = {row: text for row, (text, _) in broken.items()}
        raise DataError(
            f"{quoted(content.name)}: {several(len(broken), 'row', 'rows')} cannot be read: "
            f"{at_rows(texts, {row: why for row, (_, why) in broken.items()})}. "
            "A table kept by hand is used whole or not at all: correct what stands there."
        )


def _as_meant(name: str, rows: Mapping[int, Sequence[str]]) -> dict[int, list[str]]:
    """
    The rows without signs nobody sees, which are blanks as those around a cell are.

    Raises
    ------
    DataError
        A cell was mangled by whoever saved the file; the error says what it means.
    """
    seen = {
        number: [wording.UNSEEN.sub("", cell).strip() for cell in row]
        for number, row in rows.items()
    }
    if lost := {n: cell for n, row in seen.items() for cell in row if LOST.match(cell)}:
        raise DataError(
            f"{quoted(name)} holds errors or formulas of a spreadsheet in "
            f"{several(len(lost), 'row', 'rows')}: {at_rows(lost)}. Write what is meant."
        )
    wrong = {
        number: (cell, meant)
        for number, row in rows.items()
        for cell, bare in zip(row, seen[number], strict=True)
        if (meant := wording.text(cell)).strip() != bare
    }
    if wrong:
        cells = {number: cell for number, (cell, _) in wrong.items()}
        said = {number: f"it means {quoted(text)}" for number, (_, text) in wrong.items()}
        raise DataError(
            f"{quoted(name)} was saved with characters mangled in "
            f"{several(len(wrong), 'row', 'rows')}: {at_rows(cells, said)}. Save it as UTF-8, or "
            "write what is meant."
        )
    return seen


def _places(
    name: str, header: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> dict[str, int]:
    """Known column -> its place in the header."""
    keys = [key(cell) for cell in header]
    known = (*needed, *optional)
    if missing := [column for column in needed if column not in keys]:
        raise DataError(
            f"{quoted(name)} lacks the columns {some(missing)}. "
            f"Its first row names the columns: {', '.join(known)}."
        )
    if twice := [column for column in known if keys.count(column) > 1]:
        raise DataError(
            f"{quoted(name)} has {several(len(twice), 'column', 'columns')} more than once: "
            f"{some(twice)}. Rename or remove all but one of each."
        )
    return {column: keys.index(column) for column in known if column in keys}


def _all_named(name: str, header: Sequence[str], rows: Mapping[int, Sequence[str]]) -> None:
    """Raise if something stands below no column name: often the rest of a cell with a comma."""
    named = {place for place, cell in enumerate(header) if cell}
    stray = {
        number: cell
        for number, row in rows.items()
        if (cell := next((c for place, c in enumerate(row) if c and place not in named), ""))
    }
    if stray:
        raise DataError(
            f"{quoted(name)}: {several(len(stray), 'row goes', 'rows go')} on where no column has "
            f"a name: {at_rows(stray)}. Name the column, or put a cell that holds the separator "
            "in quotes."
        )


def at_rows(texts: Mapping[int, str], why: Mapping[int, str] | None = None) -> str:
    """
    At most five rows with the start of what stands there, and how many more there are.

    >>> at_rows({3: "a,b", 7: "c"}, {3: "broken quotes"})
    "row 3 ('a,b': broken quotes), row 7 ('c')"
    """
    reasons = {row: f": {reason}" for row, reason in (why or {}).items()}
    return listed(
        [f"row {row} ({quoted(text)}{reasons.get(row, '')})" for row, text in texts.items()]
    )


def key(text: str) -> str:
    """Letters, digits and `_`: `Machine tools` is `machine_tools`; other alphabets stay."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    ascii_key = NOT_A_KEY.sub("_", plain).strip("_")
    return ascii_key or "_".join(text.casefold().split())
