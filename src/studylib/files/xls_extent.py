"""
How far the cells of an old workbook (`xls`) reach, before anything is allocated for them.

A parser keeps a sheet as a full rectangle.  One damaged byte in the place of one cell can make
that rectangle fill the memory, and a process that runs out of memory ends without a word; so
the places are looked at first.

    compound file  --streams-->  BIFF records  --corner-->  rows, columns

This is a guard and no reader.  It waits for calamine, the parser under python-calamine: issue 693
of tafia/calamine, "Range::from_sparse densifies without bound: a 2 KB well-formed xlsx aborts the
process"; pull request 697 there makes it an error for xls too.  With that released and the oldest
version `pyproject.toml` allows, this module and its test can go.

Sources: [MS-CFB] sections 2.2-2.6, [MS-XLS] sections 2.3 and 2.4.
"""

import re
import struct
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

MAGIC = b"\xd0\xcf\x11\xe0"
STREAMS = ("workbook", "book")
LAST_SECTOR = 0xFFFFFFFA
BOUNDSHEET, DIMENSIONS, END = 0x85, 0x200, 0x0A
CELLS = frozenset({0x06, 0x206, 0x406, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xBD, 0xD6, 0x201, 0xBE,
                   0x02, 0x03, 0x04, 0x05})  # fmt: skip
SEVERAL = {0xBD: 6, 0xBE: 2}  # one record, several cells of so many bytes beside each other
# Most records are shared strings or rows, of one size: whole runs are taken at once.
STRING = 0xFD
RUNS = {
    STRING: re.compile(rb"(?:\xfd\x00\x0a\x00[\s\S]{10})+"),
    0x208: re.compile(rb"(?:\x08\x02\x10\x00[\s\S]{16})+"),
}
OF_USE = CELLS | RUNS.keys() | {DIMENSIONS, END}
HEADER = struct.Struct("<HH")  # kind and size of a record; row and column of a cell
CORNERS = struct.Struct("<IIHH")  # first row, the row after the last, the same for columns
Links = npt.NDArray[np.uint32]
ROW, COLUMN = 2, 3  # places in a record of shared string, in units of two bytes


def corner(data: bytes) -> tuple[int, int]:
    """The number of rows and of columns that the sheets of a workbook span; 0, 0 if unreadable."""
    n_rows = n_columns = 0
    try:
        for stream in streams(data):
            for rows, columns in _sheets(stream):
                n_rows, n_columns = max(n_rows, rows), max(n_columns, columns)
    except (struct.error, ValueError, IndexError):
        return n_rows, n_columns  # the parser will say what is damaged
    return n_rows, n_columns


def streams(data: bytes) -> Iterator[bytes]:
    """The workbook streams of a compound file."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    first_folder, _, cutoff, first_small = struct.unpack_from("<IIII", data, 48)
    body = memoryview(data)[1 << shift :]
    table = np.concatenate([_table(body, shift, at) for at in _table_sectors(data, body, shift)])
    folder = _joined(body, shift, table, first_folder)
    entries = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    for entry in entries:
        name = entry[: max(0, entry[64] - 2)].decode("utf-16-le", "replace").casefold()
        start, size = struct.unpack_from("<II", entry, 116)
        if name not in STREAMS:
            continue
        if size >= cutoff:
            yield _joined(body, shift, table, start)[:size]
            continue
        # Streams below the cut-off lie in small sectors inside the stream of the root entry.
        (root,) = struct.unpack_from("<I", entries[0], 116)
        small = memoryview(_joined(body, shift, table, root))
        links = np.frombuffer(_joined(body, shift, table, first_small), "<u4")
        yield _joined(small, small_shift, links, start)[:size]


def _table_sectors(data: bytes, body: memoryview, shift: int) -> list[int]:
    """Sectors of the allocation table: 109 named in the header, more in a chain."""
    named = list(struct.unpack_from("<109I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    seen = set()
    while more < LAST_SECTOR and more not in seen:
        seen.add(more)
        *further, more = _table(body, shift, more).tolist()
        named += further
    return [at for at in named if at < LAST_SECTOR]


def _table(body: memoryview, shift: int, at: int) -> Links:
    return np.frombuffer(body[at << shift : (at + 1) << shift], "<u4")


def _joined(body: memoryview, shift: int, table: Links, at: int) -> bytes:
    """
    The bytes of a stream, whose sectors mostly follow each other.

    A chain as long as its table runs in a circle and ends there.
    """
    follows = np.flatnonzero(table != np.arange(1, len(table) + 1))
    found, n = [], 0
    while at < len(table) and n <= len(table):
        last = follows[np.searchsorted(follows, at) :][:1]
        stop = int(last[0]) + 1 if len(last) else len(table)
        found.append(body[at << shift : stop << shift])
        n += stop - at
        at = int(table[stop - 1])
    return b"".join(found)


def _sheets(stream: bytes) -> Iterator[tuple[int, int]]:
    """The corner of each sheet that the first part of the stream names."""
    at = 0
    while at + HEADER.size <= len(stream):
        kind, size = HEADER.unpack_from(stream, at)
        if kind == BOUNDSHEET:
            yield _corner(stream, *struct.unpack_from("<I", stream, at + 4))
        elif kind == END:
            return
        at += HEADER.size + size


def _corner(stream: bytes, at: int) -> tuple[int, int]:
    """Rows and columns up to the last cell, from a place in the stream to the end of the sheet."""
    n_rows = n_columns = 0
    strings = []
    while at + HEADER.size <= len(stream):
        kind, size = HEADER.unpack_from(stream, at)
        if kind not in OF_USE:
            at += HEADER.size + size
            continue
        if kind in RUNS and (run := RUNS[kind].match(stream, at)):
            strings.append(run[0] if kind == STRING else b"")
            at = run.end()
            continue
        at += HEADER.size
        room = min(size, len(stream) - at)  # the last record may be cut
        if kind in CELLS and room >= HEADER.size:
            row, column = HEADER.unpack_from(stream, at)
            column += (size - 6) // SEVERAL[kind] - 1 if kind in SEVERAL else 0
            n_rows, n_columns = max(n_rows, row + 1), max(n_columns, column + 1)
        elif kind == DIMENSIONS and room >= CORNERS.size:
            _, row, _, column = CORNERS.unpack_from(stream, at)
            n_rows, n_columns = max(n_rows, row), max(n_columns, column)
        elif kind == END:
            break
        at += size
    if cells := b"".join(strings):
        places = np.frombuffer(cells, "<u2").reshape(-1, 7)
        n_rows = max(n_rows, int(places[:, ROW].max()) + 1)
        n_columns = max(n_columns, int(places[:, COLUMN].max()) + 1)
    return n_rows, n_columns
