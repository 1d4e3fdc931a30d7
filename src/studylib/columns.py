"""
Columns as codes of their distinct texts, and rows as groups of one id, without a loop over rows.

    "b", "a", missing, "b"   --encode-->   codes 0 1 -1 0   texts "b", "a"
    ids 7 7 7 9 9            --grouped-->  number 0 0 0 1 1   ids 7, 9

A category or an Arrow dictionary keeps its codes; plain text is encoded once by Arrow.  Ids that
stand in sorted runs, as in every table of a study, are grouped without hashing them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.errors import DataError, some

Array = np.ndarray[Any, np.dtype[Any]]


def encode(column: pd.Series) -> tuple[Array, Any]:
    """
    The place of each row among the distinct texts (-1: missing), and those texts (Arrow).

    Raises
    ------
    DataError
        The column holds something else than text.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), _text(column.cat.categories, column.name)
    arrow = _text(column, column.name)
    if not pa.types.is_dictionary(arrow.type):
        arrow = pc.dictionary_encode(arrow)
    codes = arrow.indices
    if codes.null_count:
        codes = codes.fill_null(-1)
    texts = arrow.dictionary.cast(pa.large_string())
    return codes.to_numpy(zero_copy_only=False), texts


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
    """Rows of one id, numbered in the order of `ids`."""

    number: Array
    """Group of each row, from 0."""
    ids: Any
    """One id per group (Arrow)."""
    is_sorted: bool
    """Whether the ids ascend."""

    def any_bits(self, masks: Array) -> Array:
        """Bits that are set in any row of a group, one value per group."""
        together = np.zeros(len(self.ids), dtype=masks.dtype)
        np.bitwise_or.at(together, self.number, masks)
        return together

    def named(self, groups: Array) -> pd.Series:
        """The ids of some groups, as text or numbers as they came."""
        ids = self.ids.take(pa.array(groups))
        if pa.types.is_integer(ids.type):
            return pd.Series(ids.to_numpy())
        return pd.Series(pd.array(ids.cast(pa.large_string()), dtype="str"))

    def order(self, groups: Array) -> Array:
        """Some groups in the order of their ids."""
        if self.is_sorted:
            return groups
        by_id = pc.array_sort_indices(self.ids.take(pa.array(groups)))
        return groups[by_id.to_numpy(zero_copy_only=False)]


def grouped(ids: pd.Series, rows: Array) -> Groups:
    """
    Some rows of an id column as groups.

    Raises
    ------
    DataError
        An id is missing.
    """
    is_category = isinstance(ids.dtype, pd.CategoricalDtype)
    values = pa.array(ids.cat.codes if is_category else ids, from_pandas=True)
    values = values.take(pa.array(rows))
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    missing = int((values.to_numpy() < 0).sum()) if is_category else values.null_count
    if missing:
        raise DataError(f"Column `{ids.name}` is missing in {missing} rows that carry a symbol.")
    groups = _numbered(values)
    if is_category:
        named = pa.array(ids.cat.categories).take(groups.ids)
        ascend = groups.is_sorted and ids.cat.categories.is_monotonic_increasing
        return Groups(groups.number, named, ascend)
    return groups


def _numbered(values: Any) -> Groups:
    """Groups of an Arrow array: by its runs when they ascend, else by hashing one id per run."""
    if len(values) == 0:
        return Groups(np.zeros(0, dtype=np.int64), values, is_sorted=True)
    after, before = values[1:], values[:-1]
    new = np.r_[True, pc.not_equal(after, before).to_numpy(zero_copy_only=False)]
    number = np.cumsum(new) - 1
    first = values.filter(pa.array(new))
    if not pc.any(pc.less(after, before)).as_py():
        return Groups(number, first, is_sorted=True)
    hashed = pc.dictionary_encode(first)
    return Groups(hashed.indices.to_numpy()[number], hashed.dictionary, is_sorted=False)
