"""How far an old workbook reaches is known before anything is allocated for it."""

import struct

import numpy as np
import pytest
from conftest import needs_shared
from hypothesis import given
from hypothesis import strategies as st
from tiny_exports import FREE, biff, compound, record, xls

from studylib.errors import DataError
from studylib.files import sheet
from studylib.files import xls_extent as module


def workbook(*cells, tail=b""):
    """A workbook with these records in its only sheet."""
    stream = biff([["a"]], "S")
    return compound(stream[:-4] + b"".join(cells) + record(10, b"") + tail)


def at(kind, row, column, rest=6):
    return record(kind, struct.pack("<HH", row, column) + bytes(rest))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], (1, 1)),
        ([at(0xFD, 8, 2), at(0xFD, 3, 9), at(0x203, 4, 4, 10)], (9, 10)),
        ([at(0xFD, 8, 2, 7)], (9, 3)),  # of another size than a run is made of
        ([at(0xBD, 1, 2, 6 * 3 + 2)], (2, 5)),  # three numbers beside each other
        ([record(0x200, struct.pack("<IIHHH", 0, 20, 0, 7, 0))], (20, 7)),
        ([record(0x208, bytes(16)) * 3, at(0x201, 5, 5, 2), record(0x1B8, b"\xff" * 9)], (6, 6)),
        ([record(0x203, b"\xff\xff"), record(0x200, b"\xff" * 4)], (1, 1)),  # too short for places
    ],
)
def test_every_kind_of_cell_counts(cells, expected):
    """Strings, numbers, rows of numbers, blank cells and the declared size; links do not."""
    assert module.corner(workbook(*cells)) == expected


def test_what_stands_after_the_end_of_the_sheet_does_not_count():
    """Streams are padded; nobody reads what stands behind the last record."""
    assert module.corner(workbook(tail=at(0xFD, 99, 99))) == (1, 1)


@pytest.mark.parametrize("place", [(65535, 762), (8, 65535)])
def test_a_cell_that_would_fill_the_memory_is_refused(tmp_path, place):
    """One damaged byte in the place of a cell ends in a sentence, not in a dead process."""
    (tmp_path / "x.xls").write_bytes(workbook(at(0xFD, *place), at(0xFD, 9999, 0)))
    with pytest.raises(DataError, match=r"spans [\d,]+ rows and [\d,]+ columns, more than"):
        sheet.read(tmp_path / "x.xls")


@given(st.lists(st.tuples(st.sampled_from([0xFD, 0x203, 0x201, 0x1B8]), st.integers(0, 300),
                          st.integers(0, 300)), max_size=12))  # fmt: skip
def test_runs_agree_with_one_record_after_the_other(cells):
    """Taking runs at once gives the largest row and column of all cells."""
    rows = [row for kind, row, _ in cells if kind != 0x1B8]
    columns = [column for kind, _, column in cells if kind != 0x1B8]
    stream = b"".join(at(*cell) for cell in cells) + record(10, b"")
    expected = (max(rows, default=-1) + 1, max(columns, default=-1) + 1)
    assert module._corner(stream, 0) == expected


def small_workbook():
    """The same workbook as a small stream inside the root entry's stream."""
    stream = biff([["a", "b"], ["c", "d"]], "S")
    data = bytearray(compound(b"").ljust(512 * 11, b"\0"))
    fat, folder = 512, 1024
    struct.pack_into("<II", data, 60, 10, 1)  # first sector of the small table
    struct.pack_into("<I", data, fat + 4 * 10, 0xFFFFFFFE)
    data += struct.pack("<128I", *range(1, 128), 0xFFFFFFFE)
    struct.pack_into("<II", data, folder + 116, 2, 4096)
    struct.pack_into("<II", data, folder + 128 + 116, 0, len(stream))
    data[1536 : 1536 + len(stream)] = stream
    return bytes(data)


def test_a_small_workbook_lies_in_small_sectors(tmp_path):
    """Below 4,096 bytes a stream is kept in sectors of 64 bytes."""
    (tmp_path / "x.xls").write_bytes(small_workbook())
    assert module.corner(small_workbook()) == (2, 2)
    assert sheet.read(tmp_path / "x.xls").rows == [["a", "b"], ["c", "d"]]


def test_more_sectors_of_the_table_are_named_in_a_chain():
    """A file above 7 MB names its table beyond the header; a circle of names ends."""
    data = bytearray(compound(biff([["a"]], "S")))
    more = (len(data) - 512) // 512
    table = data[512:1024]
    struct.pack_into("<II", data, 68, more, 1)
    struct.pack_into("<I", data, 76, FREE)
    assert module.corner(bytes(data + struct.pack("<128I", more + 1, *[FREE] * 127) + table)) == (
        1,
        1,
    )
    circle = struct.pack("<128I", more + 1, *[FREE] * 126, more)
    assert module.corner(bytes(data + circle + table)) == (1, 1)


@given(st.permutations(range(1, 8)), st.integers(0, 7))
def test_a_stream_is_the_sectors_of_its_chain(order, n):
    """Whatever the order of sectors on disk, they are joined in the order of the chain."""
    chain = [0, *order[:n]]
    table = np.full(8, 0xFFFFFFFE, dtype="<u4")
    table[chain[:-1]] = chain[1:]
    body = memoryview(b"".join(bytes([at]) * 4 for at in range(8)))
    assert module._joined(body, 2, table, 0) == b"".join(bytes([at]) * 4 for at in chain)


def test_a_chain_that_runs_in_a_circle_ends():
    """A damaged table cannot keep the reader busy for ever."""
    table = np.array([1, 2, 0], dtype="<u4")
    assert module._joined(memoryview(b"abc"), 0, table, 0) == b"abcabc"
    assert module._joined(memoryview(b"abc"), 0, np.array([1, 2, 3], dtype="<u4"), 0) == b"abc"


@pytest.mark.parametrize("data", [b"", module.MAGIC, module.MAGIC + bytes(600)])
def test_what_is_no_compound_file_reaches_nowhere(data):
    """The parser says what is damaged; here nothing is known."""
    assert module.corner(data) == (0, 0)


def test_a_workbook_keeps_what_was_found_before_the_damage(tmp_path):
    """A stream cut inside a record still counts the cells before it."""
    path = xls(tmp_path / "x.xls", [["a"] * 3] * 4)
    stream = next(module.streams(path.read_bytes()))
    cut = stream[: stream.rindex(b"\x04\x02") + 6]
    assert module._corner(cut, cut.index(b"\x04\x02")) == (4, 3)


def test_a_stream_without_end_names_no_more_sheets():
    """What is cut before its first sheet spans nothing."""
    assert list(module._sheets(record(0x42, b"\xe4\x04"))) == []


@pytest.mark.shared
@needs_shared
def test_the_real_workbooks_reach_as_far_as_their_tables(shared):
    """9,659 records below three rows, in eight columns."""
    path = shared / "real" / "patentscope" / "patentscope_pizza_1940_2005_9659.xls"
    assert module.corner(path.read_bytes()) == (9662, 8)
