"""
Cells of an old workbook (`xls`) that show an error, which the parser leaves blank.

    BIFF records  BOOLERR, FORMULA with an error as result  -->  {(row, column): "#REF!"} per sheet

What stood there is lost; as text it is told like every other damage (`readers.lists.damage`).
Hardly a workbook has one, so its bytes are searched first for anything that could be one.

Source: [MS-XLS] sections 2.4.24 (BoolErr), 2.4.127 (Formula), 2.5.10 (BErr), 2.5.133.
"""

import re
import struct
from collections.abc import Iterator

from studylib.files.xls_extent import BOUNDSHEET, END, HEADER, streams

BOOLERR, FORMULAS = 0x205, frozenset({0x06, 0x206, 0x406})
SHOWN = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
CODES = "".join(f"\\x{code:02x}" for code in SHOWN).encode()
SUSPECT = re.compile(
    rb"\x05\x02[\s\S]{8}[\x00-\x2b]\x01|\x06[\x00\x02\x04][\s\S]{8}\x02[\s\S]["
    + CODES
    + rb"][\s\S]{3}\xff\xff"
)
"""A cell whose value is an error, or a formula whose result is one."""
Errors = dict[tuple[int, int], str]


def errors(data: bytes) -> list[Errors]:
    """What error cells show, by row and column from 0, of each sheet in order; [] without any."""
    try:
        for stream in streams(data):
            if SUSPECT.search(stream):
                found = [dict(_of_sheet(stream, at)) for at in _begins(stream)]
                return found if any(found) else []
    except (struct.error, ValueError, IndexError):
        pass  # the parser will say what is damaged
    return []


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records from a place in the stream to the next end."""
    while at + HEADER.size <= len(stream):
        kind, size = HEADER.unpack_from(stream, at)
        if kind == END:
            return
        at += HEADER.size
        yield kind, stream[at : at + size]
        at += size


def _begins(stream: bytes) -> Iterator[int]:
    """Where the sheets begin that the first part of the stream names."""
    for kind, content in _records(stream, 0):
        if kind == BOUNDSHEET:
            yield struct.unpack_from("<I", content)[0]


def _of_sheet(stream: bytes, at: int) -> Iterator[tuple[tuple[int, int], str]]:
    """Place and text of each error cell of the sheet that begins here."""
    for kind, content in _records(stream, at):
        code = None
        if kind == BOOLERR:
            value, is_error = struct.unpack_from("<BB", content, 6)
            code = value if is_error else None
        elif kind in FORMULAS and content[6:7] == b"\x02" and content[12:14] == b"\xff\xff":
            code = content[8]
        if code is not None:
            row, column = HEADER.unpack_from(content)
            yield (row, column), SHOWN.get(code, "#N/A")
