"""
Bytes to characters: which encoding, and how to undo what two wrong ones did.

UTF-8 (with or without mark) and UTF-16 are read as they are.  Other bytes are old 8-bit text,
Windows-1252 or Mac Roman.  Espacenet and Lens exports saved again by Excel on a Mac went through
both; that is undone only where the undoing gives valid UTF-8 (`unmangled`).
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from studylib.errors import DataError, quoted

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16: its mark starts with the same bytes
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
HIGH = re.compile(r"[^\x00-\x7f]+")
FOREIGN = re.compile("[\udc80-\udcff]")
UNNAMED = frozenset("\x81\x8d\x8f\x90\x9d")
NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True)
class Decoded:
    """
    Text, and how it was got from bytes.

    Bytes that are not UTF-8 in a text that otherwise is stand as lone surrogates (`FOREIGN`).
    """

    text: str
    encoding: str
    is_mojibake: bool = False


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
        at = len(marked) + error.start
        raise DataError(
            f"{quoted(name)} is {encoding.upper()} text, but byte {at:,} is not. "
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
    """Whether Windows-1252 has all these characters."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _is_utf8(run: bytes) -> bool:
    """Whether bytes are UTF-8."""
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
    """A run of foreign characters as it was meant, or as it is."""
    try:
        return b"".join(map(_in_cp1252, run[0])).decode()
    except UnicodeError:
        return run[0]


def _in_cp1252(character: str) -> bytes:
    """The byte of a character in Windows-1252; the five it leaves out stand for themselves."""
    if character in UNNAMED:
        return bytes([ord(character)])
    return character.encode("cp1252")


def is_mangled(run: str) -> bool:
    """Whether a run of foreign characters can be undone."""
    return unmangled(run) != run


def is_mixed(text: str) -> bool:
    """Whether some bytes of a UTF-8 text were none."""
    return not text.isascii() and FOREIGN.search(text) is not None
