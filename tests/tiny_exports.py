"""Makers of tiny export files for the tests of the readers: csv, xls (BIFF8) and xlsx."""

import struct
from pathlib import Path

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def csv(path: Path, *lines: str, end: str = "\r\n", encoding: str = "utf-8") -> Path:
    """A text file of these lines."""
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return path


def xls(path: Path, rows: list[list[str | float]], sheet: str = "ResultSet") -> Path:
    """An old Excel workbook: BIFF8 records in a compound file of one stream."""
    path.write_bytes(compound(biff(rows, sheet)))
    return path


def xlsx(path: Path, rows: list[list[object]], sheet: str = "ResultSet") -> Path:
    """A new Excel workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def biff(rows: list[list[str | float]], sheet: str) -> bytes:
    name = sheet.encode("utf-16-le")
    globals_ = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    size = len(globals_) + 4 + 8 + len(name) + 4
    bound = record(0x85, struct.pack("<IBBBB", size, 0, 0, len(sheet), 1) + name)
    cells = b"".join(
        record(0x203, struct.pack("<HHHd", at, column, 0, cell))
        if isinstance(cell, float)
        else record(
            0x204,
            struct.pack("<HHHHB", at, column, 0, len(cell.encode("utf-16-le")) // 2, 1)
            + cell.encode("utf-16-le"),
        )
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell != ""
    )
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + cells
    return globals_ + bound + record(10, b"") + body + record(10, b"")


def compound(stream: bytes) -> bytes:
    """One stream `Workbook` in a compound file; 4,096 bytes at least, so no small sectors."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    n = len(stream) // SECTOR
    chain = [FAT, END, *range(3, n + 2), END]
    fat = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le") if name else b""
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream))
    folder += (entry("", 0, FREE, 0, 0)) * 2
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0
    )
    header += struct.pack("<109I", 0, *[FREE] * 108)
    return header + fat + folder + stream
