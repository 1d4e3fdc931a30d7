"""The rules of columns as codes and rows as groups."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import columns
from studylib.clean.columns import encode, grouped
from studylib.errors import DataError


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string[pyarrow]"])
def test_a_code_is_the_place_of_a_text(dtype):
    """Each row points at its text, missing rows at none."""
    codes, texts = encode(pd.Series(["b", None, "a", "b"], dtype="str").astype(dtype))
    assert [texts[int(c)].as_py() if c >= 0 else None for c in codes] == ["b", None, "a", "b"]
    assert len(texts) == 2


def test_chunks_of_an_arrow_dictionary_share_their_codes():
    """A column read in pieces has one dictionary."""
    pieces = pa.chunked_array(
        [pa.array(["a", "b"]).dictionary_encode(), pa.array(["b"]).dictionary_encode()]
    )
    codes, texts = encode(pd.Series(pieces, dtype=pd.ArrowDtype(pieces.type)))
    assert [texts[int(c)].as_py() for c in codes] == ["a", "b", "b"]


IDS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=12)


@given(IDS, st.sampled_from(["str", "category", "number", "dictionary"]), st.booleans())
def test_groups_are_the_rows_of_an_id(ids, kind, is_sorted):
    """Sorted or not, text, number or category: the rows of a group are all rows of its id."""
    ids = sorted(ids) if is_sorted else ids
    column = pd.Series(ids, dtype="str")
    if kind == "number":
        column = column.map(ord)
    elif kind == "category":
        column = column.astype(pd.CategoricalDtype(list("edcba")))
    elif kind == "dictionary":
        column = column.astype(pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string())))
    rows = np.arange(1, len(ids))
    groups = grouped(column, rows)
    assert sorted(groups.rows) == sorted(rows)
    named = groups.named(groups.number())
    named = [chr(v) for v in named] if kind == "number" else list(named)
    assert named == [ids[row] for row in groups.rows] == sorted(ids[1:])
    bits = np.array([1 << (row % 3) for row in groups.rows], dtype=np.uint8)
    expected = [
        int(np.bitwise_or.reduce([1 << (r % 3) for r in rows if ids[r] == name]))
        for name in sorted(set(ids[1:]))
    ]
    assert groups.any_bits(bits).tolist() == expected


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_a_row_without_id_is_an_error(dtype):
    """A symbol that belongs to no application is counted in words."""
    with pytest.raises(DataError, match="`application_id` is missing in 1 rows"):
        grouped(pd.Series(["a", None], name="application_id", dtype=dtype), np.arange(2))


def test_chunked_ids_are_grouped_like_any_other():
    """Tables read from several files keep their ids in pieces."""
    ids = pd.concat([pd.Series(["a"], dtype="str"), pd.Series(["a", "b"], dtype="str")])
    assert grouped(ids, np.array([0, 1, 2])).starts.tolist() == [0, 2]


def test_a_long_column_is_encoded_in_pieces_to_the_same_codes(monkeypatch):
    """Codes and texts do not depend on how many rows are encoded at a time."""
    column = pd.Series(["b", "a", None, "b", "c", "a", "d"], dtype="str")
    monkeypatch.setattr(columns, "PIECE", 2)
    codes, texts = columns.encode(column)
    assert [texts[i].as_py() if i >= 0 else None for i in codes.tolist()] == [
        "b", "a", None, "b", "c", "a", "d",
    ]  # fmt: skip
    assert sorted(texts.to_pylist()) == ["a", "b", "c", "d"]


def test_text_too_long_for_short_offsets_is_encoded_too(monkeypatch):
    """More than two gigabytes of text keep their long offsets."""
    monkeypatch.setattr(columns, "PIECE", 1)
    monkeypatch.setattr(columns, "SHORT_OFFSETS", 0)
    codes, texts = columns.encode(pd.Series(["x", "y", "x"], dtype="str"))
    assert [texts[i].as_py() for i in codes.tolist()] == ["x", "y", "x"]
