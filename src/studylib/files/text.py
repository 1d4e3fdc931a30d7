"""
Text of an export to rows of cells: delimiter and quotes, nothing guessed silently.

The delimiter is found from the first rows, quotes are read strictly, a row that cannot be read
costs itself and no other.  Cells stay text: `NA`, `None`, `12E4` and `03008526` are what they are.
"""

import codecs
import csv
import io
import re
from collections import Counter, deque
from functools import lru_cache
from itertools import islice
from pathlib import Path

from studylib.errors import DataError, quoted
from studylib.files import limits
from studylib.files.csv_rows import parse
from studylib.files.encoding import FOREIGN, decode, is_mixed
from studylib.files.rows import HEADER_WITHIN, Sheet
from studylib.language import mark

DELIMITERS = ",;\t|"
MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml|<[a-z!])", re.IGNORECASE)
WRONG_TYPES = {
    b"PK": "a zip archive",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"PAR1": "a Parquet file",
    b"{": "a JSON file",
    b"[{": "a JSON file",
}
EXCEL_SEPARATOR = re.compile(r"sep=(.)(?:\r\n|\r|\n|$)", re.IGNORECASE)
START_CHARACTERS = 2**16
"""What the delimiter is chosen from."""


def read(path: Path) -> Sheet:
    """
    The rows of a delimited text file, every cell as it stands.

    Raises
    ------
    DataError
        The file is empty or is no text.
    """
    limits.check_size(path, limits.MOST_TEXT, "table of text", "Export fewer records at a time.")
    data = path.read_bytes()
    _is_text(path.name, data)
    _few_short_lines(path.name, data)
    decoded = decode(path.name, data)
    _few_nuls(path.name, decoded.text)
    text, delimiter = dialect(decoded.text)
    rows, broken = parse(text, delimiter)
    stained = _stained(rows) if "\0" in text or is_mixed(text) else {}
    if text is not decoded.text:  # the line `sep=;` is a row of the file
        rows = [[], *rows]
        broken = {row + 1: what for row, what in broken.items()}
        stained = {row + 1: why for row, why in stained.items()}
    return Sheet(path.name, rows, broken, stained, decoded.encoding, decoded.is_mojibake)


def _few_short_lines(name: str, data: bytes) -> None:
    """Raise where a text is made of line ends: each takes a row, and none of them says anything."""
    n = max(data.count(b"\n"), data.count(b"\r"))
    if n > limits.MOST_SHORT_LINES and len(data) < n * limits.SHORT_LINE:
        raise DataError(
            f"{quoted(name)} holds {n:,} lines in {len(data):,} bytes, so that most of them are "
            "blank. Delete the blank lines, or export it again."
        )


def _few_nuls(name: str, text: str) -> None:
    """Raise where NUL characters are no accident of single rows."""
    if (n := text.count("\0")) > text.count("\n") + text.count("\r"):
        raise DataError(
            f"{quoted(name)} holds {n:,} NUL characters and is no text file. Export it as CSV."
        )


def _stained(rows: list[list[str]]) -> dict[int, str]:
    """Rows with characters that cannot be known; whose cell it is decides what that costs."""
    found = {}
    for number, row in enumerate(rows, start=1):
        text = "".join(row)
        if "\0" in text:
            found[number] = mark("NUL character")
        elif FOREIGN.search(text):
            found[number] = mark("another encoding than the rest of the file")
    return found


def _is_text(name: str, data: bytes) -> None:
    """Raise where a file has nothing in it or is another type under a wrong name."""
    if not data.strip():
        raise DataError(f"{quoted(name)} is empty. Export it again.")
    kind = next((kind for magic, kind in WRONG_TYPES.items() if data.startswith(magic)), None)
    if kind is None and MARKUP.match(data.removeprefix(codecs.BOM_UTF8)):
        kind = "a web page or XML document"
    if kind:
        raise DataError(
            f"{quoted(name)} is {kind}, not a CSV table. Download the export itself; "
            "a web page is often the database's login or error message."
        )


def dialect(text: str) -> tuple[str, str]:
    """
    The text without an Excel `sep=` line, and the character between cells.

    The delimiter is the one that keeps the rules of quoting and cuts most first rows alike.
    """
    if named := EXCEL_SEPARATOR.match(text):
        return text[named.end() :], named[1]
    start = text[:START_CHARACTERS]
    return text, max(DELIMITERS, key=lambda delimiter: _regularity(start, delimiter))


@lru_cache(maxsize=8)
def _regularity(start: str, delimiter: str) -> tuple[bool, bool, int, int]:
    """
    How well a delimiter fits: whether it is there, whether quotes stand where they may, how many
    first rows share the commonest width of two cells and more, and that width.
    """
    rows = _lenient(start, delimiter)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    n, width = max(((n, width) for width, n in widths.items()), default=(0, 0))
    return n > 0, _is_clean(start, delimiter), n, width


def _is_clean(start: str, delimiter: str) -> bool:
    """Whether the first rows keep the rules of quoting; the cut at the end of the start may not."""
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, strict=True)
    try:
        deque(islice(reader, HEADER_WITHIN), maxlen=0)
    except csv.Error as error:
        return "end of data" in str(error)
    return True


def _lenient(start: str, delimiter: str) -> list[list[str]]:
    """First rows, whatever their quotes are like; a row cut by the end of the start is left out."""
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    try:
        rows = list(islice(reader, HEADER_WITHIN + 1))
    except csv.Error:  # a cell beyond all limits
        return []
    is_cut = len(start) == START_CHARACTERS and len(rows) <= HEADER_WITHIN
    return rows[: -1 if is_cut else HEADER_WITHIN]


def first_rows(start: bytes) -> list[list[str]]:
    """The first rows of a text export from its first bytes; nothing for other files."""
    try:
        _is_text("", start)
        text, delimiter = dialect(decode("", start).text)
    except DataError:
        return []
    return _lenient(text[:START_CHARACTERS], delimiter)
