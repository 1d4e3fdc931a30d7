"""
Columns of text as Arrow arrays: the few steps that cleaning needs, one kernel call each.

A kernel call costs microseconds where the same step on a column of pandas costs tenths of a
millisecond; numbers, dates and names take hundreds of steps per export.

    Series --encode--> distinct texts --parts, chosen, only, joined--> Arrow --frame--> DataFrame
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean.columns import encode

TEXT = pa.large_string()
MOST = 2**62  # numbers of 64 bits stay below
Array = Any  # pyarrow has no types
Places = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]


def array(values: pd.Series) -> Array:
    """A column of text as one Arrow array."""
    found = pa.array(values, type=TEXT)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def ranked(values: pd.Series) -> tuple[Places, Array]:
    """
    The place of each row among the distinct texts in alphabetical order (-1: missing), and those.

    Rows sort and compare by these places as they do by their texts, only faster.
    """
    codes, texts = encode(values)
    in_order = pc.array_sort_indices(texts)
    rank = np.full(len(texts) + 1, -1)
    rank[in_order.to_numpy()] = np.arange(len(texts))
    return rank[codes], texts.take(in_order)


def folded(*columns: Places) -> Places:
    """One number per row that sorts as the columns do, one after the other; missing comes last."""
    whole = np.zeros(len(columns[0]), dtype=np.int64)
    for places in columns:
        size = int(places.max(initial=0)) + 2
        if int(whole.max(initial=0)) >= MOST // size:
            whole = np.unique(whole, return_inverse=True)[1]
        whole = whole * size + np.where(places < 0, size - 1, places)
    return whole


def runs(ordered: Places) -> Places:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def reduced(step: np.ufunc, values: Array, starts: Places) -> Array:
    """One value for each run of rows; none where there is no row."""
    return step.reduceat(values, starts) if len(values) else values


def among(values: pd.Series, wanted: pd.Series) -> pd.Series:
    """Whether each text is one of the wanted ones (pandas' `isin` compares them one by one)."""
    _, own = encode(wanted)
    codes, texts = encode(values)
    found = np.append(pc.is_in(texts, own).to_numpy(zero_copy_only=False), False)
    return pd.Series(found[codes], values.index)


def parts(texts: Array, form: str) -> dict[str, Array]:
    """The named groups of a form (RE2), by name; missing where empty or where nothing fits."""
    found = pc.extract_regex(texts, form)
    columns = {field.name: pc.struct_field(found, field.name) for field in found.type}
    return {name: only(pc.not_equal(column, ""), column) for name, column in columns.items()}


def replaced(texts: Array, form: str, by: str) -> Array:
    """
    Every fit of a form replaced, in the texts that have one.

    Asking whether a form fits is several times faster than replacing, and most texts are clean.
    """
    fits = pc.fill_null(pc.match_substring_regex(texts, form), False)  # noqa: FBT003
    return pc.replace_with_mask(
        texts, fits, pc.replace_substring_regex(texts.filter(fits), form, by)
    )


def chosen(condition: Array, yes: Any, no: Any) -> Array:
    """`yes` where the condition holds, `no` where it does not or is missing."""
    return pc.if_else(pc.fill_null(condition, False), _typed(yes), _typed(no))  # noqa: FBT003


def only(condition: Array, values: Any) -> Array:
    """The values where the condition holds, else missing."""
    return chosen(condition, values, None)


def joined(*columns: Any) -> Array:
    """Texts side by side, row by row; missing where one of them is."""
    return pc.binary_join_element_wise(*map(_typed, columns), _typed(""))


def _typed(value: Any) -> Any:
    """A text as the scalar that goes with a column; a column as it is."""
    return pa.scalar(value, TEXT) if value is None or isinstance(value, str) else value


def any_of(condition: Array) -> bool:
    """Whether a condition holds anywhere."""
    return bool(pc.any(condition, min_count=0).as_py())


def frame(columns: Mapping[str, Array], places: Places, index: pd.Index) -> pd.DataFrame:
    """Results per distinct text laid out over the rows; -1 stands for a missing value."""
    rows = pa.array(places, mask=places < 0)
    found: pd.DataFrame = pa.table(
        {name: column.take(rows) for name, column in columns.items()}
    ).to_pandas()
    found.index = index
    return found
