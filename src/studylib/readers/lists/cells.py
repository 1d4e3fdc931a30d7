"""
The cells of a result list taken apart into the tables of `RawPatents`.

    "A01B 1/00;A01C 3/02"  --exploded-->  record 0, "A01B 1/00", position 1
                                          record 0, "A01C 3/02", position 2

Patterns are applied to distinct values only: a list of 100,000 symbols has few thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.readers.lists.result_list import Table
from studylib.readers.raw import PARTIES, PRIORITIES, RECORDS, SYMBOLS

EDITION = r"\((?:(?P<edition>\d{4}\.\d\d)|[A-Z]{2}(?:, ?[A-Z]{2})*)\)"  # (2006.01) or (EP, US)
IPCR = r"\s(?P<date>\d{8})\s?(?P<level>[AC])\s*[FL]?\s*(?P<value>[IN])?(?:\s*\d{8}\w*)?"
SYMBOL = (rf"^(?P<raw>.*?)\s*(?:{EDITION}|{IPCR})?$",)
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Items:
    """The entries of a list column: of which record, what, and which place inside the record."""

    record: Numbers
    value: pa.Array
    position: Numbers

    def only(self, wanted: pa.Array) -> "Items":
        """The wanted entries; the others keep their places."""
        mask = np.asarray(wanted)
        return Items(self.record[mask], self.value.filter(wanted), self.position[mask])


def exploded(column: pa.Array, separator: str, *, is_literal: bool = False) -> Items:
    """
    The entries of cells that hold lists, in order; blank entries are none.

    `separator` is a regular expression where it is more than one character long and not literal.
    """
    is_literal = is_literal or len(separator) == 1
    split = pc.split_pattern if is_literal else pc.split_pattern_regex
    lists = split(column, separator)
    value = pc.utf8_trim_whitespace(pc.list_flatten(lists))
    record = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    if (blank := pc.equal(value, "")).true_count:
        value, record = value.filter(pc.invert(blank)), record[~np.asarray(blank)]
    return Items(record, value, places(record))


def places(record: Numbers) -> Numbers:
    """1, 2, 3 ... inside each run of equal numbers."""
    here = np.arange(len(record))
    first = np.flatnonzero(np.diff(record, prepend=-1))
    return here - np.repeat(first, np.diff(first, append=len(record))) + 1


def first_match(value: pa.Array, patterns: tuple[str, ...]) -> dict[str, pa.Array]:
    """
    The named parts of the first pattern that fits each text; empty parts are missing.

    All patterns name the same parts.  Where none fits, the first name of the first pattern gets
    the whole text: nothing is lost because its form is unknown.
    """
    distinct = value.dictionary_encode()
    text = distinct.dictionary
    found = pc.extract_regex(text, patterns[0])
    parts = dict(zip(found.type.names, found.flatten(), strict=True))
    unread = pc.is_null(found)
    for pattern in patterns[1:]:
        found = pc.extract_regex(text.filter(unread), pattern)
        for name, part in parts.items():
            parts[name] = pc.replace_with_mask(part, unread, pc.struct_field(found, name))
        unread = pc.replace_with_mask(unread, unread, pc.is_null(found))
    first = next(iter(parts))
    parts[first] = pc.if_else(unread, text, parts[first])
    return {name: missing_words(part, ("",)).take(distinct.indices) for name, part in parts.items()}


def missing_words(column: pa.Array, words: tuple[str, ...]) -> pa.Array:
    """A column in which these words, whatever their case, stand for nothing."""
    is_word = pc.is_in(pc.utf8_lower(column), pa.array(words))
    return pc.if_else(is_word, pa.scalar(None, pa.string()), column)


def records(table: Table, **parts: pa.Array) -> pd.DataFrame:
    """The records of a table; `parts` replace or add columns."""
    columns = {role: table.column(role) for role in RECORDS if role not in ("file", "row")}
    return _frame({"file": table.files, "row": pa.array(table.rows), **columns, **parts}, RECORDS)


def symbols(items: Items, scheme: str) -> pd.DataFrame:
    """
    Classification symbols, with edition, level and value split off where they are stated.

    >>> items = exploded(pa.array(["A01B 1/00 (2006.01);A01C 3/02 20060101ALI20051220RMJP"]), ";")
    >>> symbols(items, "ipc")[["raw", "version", "level", "value"]].to_numpy().tolist()
    [['A01B 1/00', '2006.01', nan, nan], ['A01C 3/02', '20060101', 'A', 'I']]
    """
    parts = first_match(items.value, SYMBOL)
    version = pc.coalesce(parts.pop("edition"), parts.pop("date"))
    named = {"scheme": pa.repeat(pa.scalar(scheme), len(items.value)), "version": version}
    return _items(items, {**named, **parts}, SYMBOLS)


def parties(items: Items, role: str, **parts: pa.Array) -> pd.DataFrame:
    """Applicants or inventors."""
    named = {"role": pa.repeat(pa.scalar(role), len(items.value)), "raw_name": items.value}
    weight = pa.nulls(len(items.value), pa.float64())
    return _items(items, {**named, "weight": weight, **parts}, PARTIES)


def priorities(items: Items, **parts: pa.Array) -> pd.DataFrame:
    """Priority claims."""
    return _items(items, {"number": items.value, **parts}, PRIORITIES)


def stacked(*frames: pd.DataFrame) -> pd.DataFrame:
    """Several parts of one table, ordered by record; parts keep their order inside a record."""
    whole = pd.concat(frames, ignore_index=True)
    return whole.sort_values("record", kind="stable", ignore_index=True)


def _items(items: Items, columns: Mapping[str, pa.Array], order: tuple[str, ...]) -> pd.DataFrame:
    numbers = {"record": pa.array(items.record), "position": pa.array(items.position)}
    return _frame({**numbers, **columns}, order)


def _frame(columns: Mapping[str, pa.Array], order: tuple[str, ...]) -> pd.DataFrame:
    """Arrow columns as a frame with the dtypes of `raw.empty`."""
    n = len(columns["row" if "row" in columns else "record"])
    missing = pa.nulls(n, pa.string())
    table = pa.table({name: columns.get(name, missing) for name in order})
    frame: pd.DataFrame = table.to_pandas()
    for name in ("record", "row", "position"):
        if name in frame:
            frame[name] = frame[name].astype("Int64" if name == "position" else "int64")
    return frame
