"""
Columns as codes of their distinct texts, and rows as groups of one id, without a loop over rows.

    "b", "a", missing, "b"   --encode-->   codes 0 1 -1 0   texts "b", "a"
    ids 7 7 7 9 9            --grouped-->  number 0 0 0 1 1   ids 7, 9

A category or an Arrow dictionary keeps its codes; plain text is encoded once by Arrow.  Ids that
stand in sorted runs, as in every table of a study, are grouped without hashing them.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.errors import DataError, some

Array = np.ndarray[Any, np.dtype[Any]]
Result = TypeVar("Result")
PIECE = 2**19  # rows that one piece of work has at least
SHORT_OFFSETS = 2**31  # bytes of text up to which Arrow's shorter offsets do


def encode(column: pd.Series) -> tuple[Array, Any]:
    """
    The place of each row among the distinct texts (-1: missing), and those texts (Arrow).

    Raises
    ------
    DataError
        The column holds something else than text.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.array.codes, _text(column.cat.categories, column.name)
    arrow = _text(column, column.name)
    if not pa.types.is_dictionary(arrow.type):
        arrow = _dictionary(arrow)
    codes = arrow.indices
    if codes.null_count:
        codes = codes.fill_null(-1)
    texts = arrow.dictionary.cast(pa.large_string())
    return codes.to_numpy(zero_copy_only=False), texts


def _dictionary(arrow: Any) -> Any:
    """
    The column as codes and distinct texts.

    A long one is encoded piece by piece on every core.
    """
    if len(arrow) <= PIECE:
        return pc.dictionary_encode(arrow)
    kind = pa.string() if arrow.nbytes < SHORT_OFFSETS else arrow.type

    def encoded(start: int, stop: int) -> Any:
        """One piece, encoded by itself."""
        return pc.dictionary_encode(arrow[start:stop].cast(kind))

    return pa.chunked_array(by_pieces(encoded, len(arrow))).unify_dictionaries().combine_chunks()


def by_pieces(work: Callable[[int, int], Result], n: int) -> list[Result]:
    """
    What `work(start, stop)` gives for each piece of `n` rows, in order, worked on by every core.

    It gains where the work is done by NumPy or Arrow, which free the GIL.
    """
    n_cores = os.cpu_count() or 1
    # Two pieces for each core: one that is slow to start does not keep the others waiting.
    size = max(PIECE, -(-n // (2 * n_cores)))
    if n <= size:
        return [work(0, n)]
    with ThreadPoolExecutor(n_cores) as cores:
        return list(cores.map(lambda at: work(at, min(at + size, n)), range(0, n, size)))


def _text(values: pd.Series | pd.Index, name: object) -> Any:
    """Values as one Arrow array of text, or of a dictionary of text."""
    try:
        arrow = pa.array(values, from_pandas=True)
    except pa.ArrowException:
        arrow = pa.array([], pa.int64())  # mixed values: refused below
    else:
        if isinstance(arrow, pa.ChunkedArray):
            arrow = arrow.unify_dictionaries().combine_chunks()
    kind = arrow.type.value_type if pa.types.is_dictionary(arrow.type) else arrow.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return arrow
    if values.isna().all():
        return pa.nulls(len(values), pa.large_string())
    wrong = next(v for v in values if not isinstance(v, str) and not pd.isna(v))
    raise DataError(
        f"Column `{name}` holds {type(wrong).__name__} values such as {some([wrong])}, not text. "
        "Read it as text: a number cannot be turned back into the symbol that stood there."
    )


@dataclass(frozen=True)
class Groups:
    """Rows of an id column, brought together by id."""

    rows: Array
    """The rows, all rows of an id together, ids ascending."""
    starts: Array
    """Place in `rows` where each group begins."""
    ids: Any
    """One id per group, ascending (Arrow)."""

    def number(self) -> Array:
        """Group of each of the rows, from 0, never falling."""
        new = np.zeros(len(self.rows), dtype=np.int32)
        new[self.starts[1:]] = 1
        return np.cumsum(new, dtype=np.int32)

    def any_bits(self, masks: Array) -> Array:
        """Bits that are set in any row of a group, one value per group (`masks`: one per row)."""
        together: Array = np.bitwise_or.reduceat(masks, self.starts) if len(masks) else masks
        return together

    def between(self, start: int, stop: int) -> tuple[slice, "Groups"]:
        """Some of the groups, with where their rows lie in `rows`."""
        first, end = (
            int(self.starts[group]) if group < len(self.starts) else len(self.rows)
            for group in (start, stop)
        )
        here = slice(first, end)
        return here, Groups(self.rows[here], self.starts[start:stop] - first, self.ids[start:stop])

    def named(self, groups: Array) -> pd.Series:
        """The ids of some groups, as text or numbers as they came."""
        ids = self.ids.take(pa.array(groups))
        if pa.types.is_integer(ids.type):
            return pd.Series(ids.to_numpy())
        return pd.Series(pd.array(ids.cast(pa.large_string()), dtype="str"))


def grouped(ids: pd.Series, rows: Array) -> Groups:
    """
    Some rows of an id column as groups.

    Raises
    ------
    DataError
        An id is missing.
    """
    if isinstance(ids.dtype, pd.CategoricalDtype):
        in_order = ids.cat.categories.argsort()
        rank = np.append(np.argsort(in_order), -1)  # code -> place in alphabetical order
        codes = ids.array.codes
        names = pa.array(ids.cat.categories[in_order])

        def taken(start: int, stop: int) -> Any:
            """Places in the alphabet of the ids of a piece."""
            ranks = rank[codes[rows[start:stop]]]
            return pa.array(ranks, mask=ranks < 0)

        groups = _grouped(taken, rows, ids.name)
        return Groups(groups.rows, groups.starts, names.take(groups.ids))
    values = pa.array(ids, from_pandas=True)

    def chosen(start: int, stop: int) -> Any:
        """The ids of a piece."""
        found = values.take(pa.array(rows[start:stop]))
        found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
        return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found

    return _grouped(chosen, rows, ids.name)


def _grouped(taken: Callable[[int, int], Any], rows: Array, name: object) -> Groups:
    """Groups of ids (`taken`: those of a piece of the rows): their runs if they ascend."""

    def runs_of(start: int, stop: int) -> tuple[Array, Any, int]:
        """Where runs begin in a piece, the id of each, and how many ids are missing."""
        before = max(start - 1, 0)  # the last id of the piece before, to compare the first with
        values = taken(before, stop)
        changes = pc.not_equal(values[1:], values[:-1]).to_numpy(zero_copy_only=False)
        new = np.flatnonzero(changes) + 1
        new = new if start else np.append(np.zeros(min(stop, 1), dtype=np.int64), new)
        return new + before, values.take(pa.array(new)), values[start - before :].null_count

    pieces = by_pieces(runs_of, len(rows))
    if missing := sum(piece[2] for piece in pieces):
        raise DataError(f"Column `{name}` is missing in {missing} rows that carry a symbol.")
    starts = np.concatenate([piece[0] for piece in pieces])
    ids = pa.concat_arrays([piece[1] for piece in pieces])
    if not pc.any(pc.less(ids[1:], ids[:-1])).as_py():
        return Groups(rows, starts, ids)
    hashed = pc.dictionary_encode(ids)
    in_order = pc.array_sort_indices(hashed.dictionary)
    rank = np.argsort(in_order.to_numpy())
    of_row = np.repeat(rank[hashed.indices.to_numpy()], np.diff(starts, append=len(rows)))
    by_id = np.argsort(of_row, kind="stable")
    starts = np.append(0, np.flatnonzero(np.diff(of_row[by_id])) + 1)
    return Groups(rows[by_id], starts, hashed.dictionary.take(in_order))
