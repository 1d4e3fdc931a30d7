"""
Bytes of a text export to rows of cells: encoding, delimiter and quotes, nothing guessed silently.

UTF-8 (with or without mark) and UTF-16 are read as they are.  Other bytes are old 8-bit text:
read as Windows-1252 or Mac Roman, and counted as a repair.  Espacenet and Lens exports saved
again by Excel on a Mac went through two wrong encodings; that is undone only where the undoing
gives valid UTF-8 (`unmangled`).
"""

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from studylib.errors import DataError, quoted
from studylib.readers.sheet import HEADER_WITHIN, Sheet

DELIMITERS = ",;\t|"
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16: its mark starts with the same bytes
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
HIGH = re.compile(r"[^\x00-\x7f]+")
FOREIGN = re.compile("[\udc80-\udcff]")
NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
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
LONGEST_CELL = 2**24
"""Longest cell [characters]; longer ones come from a quote that never closes."""


@dataclass(frozen=True)
class Decoded:
    """
    Text, and how it was got from bytes.

    Bytes that are not UTF-8 in a text that otherwise is stand as lone surrogates (`FOREIGN`).
    """

    text: str
    encoding: str
    is_mojibake: bool = False


def read(path: Path) -> Sheet:
    """
    The rows of a delimited text file, every cell as it stands.

    Raises
    ------
    DataError
        The file is empty or is no text.
    """
    data = path.read_bytes()
    _is_text(path.name, data)
    decoded = decode(path.name, data)
    _few_nuls(path.name, decoded.text)
    text, delimiter = dialect(decoded.text)
    rows, broken = parse(text, delimiter)
    if "\0" in text or _is_mixed(text):
        broken |= _unreadable(rows, delimiter)
    if text is not decoded.text:  # the line `sep=;` is a row of the file
        rows = [[], *rows]
        broken = {row + 1: what for row, what in broken.items()}
    return Sheet(path.name, rows, broken, decoded.encoding, decoded.is_mojibake)


def _few_nuls(name: str, text: str) -> None:
    """Raise where NUL characters are no accident of single rows."""
    if (n := text.count("\0")) > text.count("\n") + text.count("\r"):
        raise DataError(
            f"{quoted(name)} holds {n:,} NUL characters and is no text file. Export it as CSV."
        )


def _is_mixed(text: str) -> bool:
    return not text.isascii() and FOREIGN.search(text) is not None


def _unreadable(rows: list[list[str]], delimiter: str) -> dict[int, tuple[str, str]]:
    """Rows with characters that cannot be known; they are emptied."""
    broken = {}
    for number, row in enumerate(rows, start=1):
        text = delimiter.join(row)
        if "\0" in text:
            broken[number] = text, "NUL character"
        elif FOREIGN.search(text):
            shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            broken[number] = shown, "another encoding than the rest of the file"
        else:
            continue
        rows[number - 1] = []
    return broken


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


def decode(name: str, data: bytes) -> Decoded:
    """
    Bytes as text.

    >>> decode("x.csv", "é".encode()).encoding, decode("x.csv", "é;".encode("cp1252")).encoding
    ('utf-8', 'cp1252')
    """
    marked = next((mark for mark in BYTE_ORDER_MARKS if data.startswith(mark)), b"")
    encoding = BYTE_ORDER_MARKS.get(marked) or _utf16_without_mark(data) or "utf-8"
    try:
        return Decoded(data[len(marked) :].decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _eight_bit(data[len(marked) :])
        raise DataError(
            f"{quoted(name)} is {encoding.upper()} text, but byte {error.start:,} is not. "
            "It is cut short or damaged; export it again."
        ) from None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 gives Latin letters a NUL each, always on the same side."""
    start = data[:4096]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 < len(start) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _eight_bit(data: bytes) -> Decoded:
    """
    Text that is not UTF-8: mangled twice, UTF-8 with foreign bytes, or plain 8-bit text.

    Text mangled twice passed through Windows-1252, so every character of it exists there; UTF-8
    read as Mac Roman does not (the first byte of é becomes a square root sign).
    """
    runs = Counter(HIGH_BYTES.findall(data))
    as_mac = [run.decode("mac_roman") for run in runs]
    if all(map(_is_cp1252, as_mac)) and any(map(is_mangled, as_mac)):
        return Decoded(data.decode("mac_roman"), "mac_roman", is_mojibake=True)
    if any(map(_is_utf8, runs)):
        return Decoded(data.decode(errors="surrogateescape"), "utf-8")
    is_mac = NOT_IN_CP1252.search(data) or (b"\r" in data and b"\n" not in data)
    encoding = "mac_roman" if is_mac else "cp1252"
    return Decoded(data.decode(encoding), encoding)


def _is_cp1252(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode()
    except UnicodeDecodeError:
        return False
    return True


def unmangled(text: str) -> str:
    """
    Text with every run undone that was UTF-8, read as Windows-1252, and saved as Mac Roman.

    A run of foreign characters is replaced only where its bytes in Windows-1252 are valid
    UTF-8, which ordinary words never are; everything else stays.

    >>> unmangled("BRÃ„NNSTRÃ–M, ï_¬, café")
    'BRÄNNSTRÖM, ï_¬, café'
    """
    return HIGH.sub(_undone, text)


def _undone(run: re.Match[str]) -> str:
    try:
        return run[0].encode("cp1252").decode()
    except UnicodeError:
        return run[0]


def is_mangled(run: str) -> bool:
    """Whether a run of foreign characters can be undone."""
    return unmangled(run) != run


def dialect(text: str) -> tuple[str, str]:
    """
    The text without an Excel `sep=` line, and the character between cells.

    The delimiter is the one under which most of the first rows have the same number of cells.
    """
    if named := EXCEL_SEPARATOR.match(text):
        return text[named.end() :], named[1]
    start = text[:START_CHARACTERS]
    return text, max(DELIMITERS, key=lambda delimiter: _regularity(start, delimiter))


@lru_cache(maxsize=8)
def _regularity(start: str, delimiter: str) -> tuple[bool, int, int]:
    """
    How well a delimiter fits: whether quotes stand where they may, how many first rows share
    the commonest width of two cells and more, and that width.
    """
    rows = _lenient(start, delimiter)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    n, width = max(((n, width) for width, n in widths.items()), default=(0, 0))
    return _is_clean(start, delimiter), n, width


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


def parse(text: str, delimiter: str) -> tuple[list[list[str]], dict[int, tuple[str, str]]]:
    """
    Every row of the text; a line whose quotes are broken is an empty row, and named.

    Quotes are read strictly: a quote that never closes would otherwise swallow the records
    after it.  Only its own line is given up; reading goes on with the next.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)), {}
    except csv.Error:
        return _line_by_line(list(io.StringIO(text, newline="")), delimiter)


def _line_by_line(
    lines: list[str], delimiter: str
) -> tuple[list[list[str]], dict[int, tuple[str, str]]]:
    """What `parse` gives, for the rare text with broken quotes."""
    rows: list[list[str]] = []
    broken: dict[int, tuple[str, str]] = {}
    at = 0
    while at < len(lines):
        reader = csv.reader(_from(lines, at), delimiter=delimiter, strict=True)
        read = 0
        try:
            for row in reader:
                rows.append(row)
                read = reader.line_num
        except csv.Error as error:
            at += read
            rows.append([])
            broken[len(rows)] = lines[at].strip("\r\n"), f"broken quotes: {error}"
            at += 1
        else:
            break
    return rows, broken


def _from(lines: list[str], at: int) -> Iterator[str]:
    """The lines from a place on, without copying them."""
    while at < len(lines):
        yield lines[at]
        at += 1
