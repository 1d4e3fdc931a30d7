"""Arrow columns of text: places, keys, and what missing means in each step."""

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from studylib.clean import texts

WORDS = st.lists(st.sampled_from(["a", "B", "é", "ab", ""]) | st.none(), max_size=8)
PLACES = st.lists(st.tuples(*[st.integers(-1, 3)] * 3), min_size=1, max_size=12)


def column(*values):
    return pa.array(values, texts.TEXT)


def test_places_follow_the_alphabet():
    """Each row gets the place of its text among the distinct ones; missing is -1."""
    places, known = texts.ranked(pd.Series(["b", None, "a", "b"], dtype="str"))
    assert places.tolist() == [1, -1, 0, 1]
    assert known.to_pylist() == ["a", "b"]


@given(PLACES)
def test_a_folded_key_sorts_as_its_columns(rows):
    """One number per row orders as first column, then second, then third; missing last."""
    folded = texts.folded(*np.array(rows).T)
    key = [tuple(9 if place < 0 else place for place in row) for row in rows]
    by_columns = sorted(range(len(rows)), key=key.__getitem__)
    assert np.argsort(folded, kind="stable").tolist() == by_columns


def test_a_folded_key_never_overflows():
    """Columns with many texts are counted anew before the number grows too large."""
    large = np.array([2**40, 0, 2**40])
    assert texts.folded(large, large, np.array([1, 0, 0])).argsort().tolist() == [1, 2, 0]


def test_runs_begin_where_the_number_changes():
    """The first row of each run; none where there is no row."""
    assert texts.runs(np.array([3, 3, 5, 7, 7])).tolist() == [0, 2, 3]
    assert texts.runs(np.array([], dtype=int)).tolist() == []


@given(WORDS, WORDS)
def test_among_is_membership(values, wanted):
    """A text is among others if it is one of them; a missing one is not."""
    asked, known = (pd.Series(words, dtype="str") for words in (values, wanted))
    expected = [value is not None and value in wanted for value in values]
    assert texts.among(asked, known).tolist() == expected


def test_parts_that_are_empty_are_missing():
    """What a form does not find is missing, never an empty text."""
    found = texts.parts(column("EP1", "1", "x", None), "^(?P<office>[A-Z]*)(?P<n>[0-9]+)$")
    assert found["office"].to_pylist() == ["EP", None, None, None]
    assert found["n"].to_pylist() == ["1", "1", None, None]


def test_only_texts_that_fit_are_replaced():
    """Every fit inside a text is replaced; other and missing texts stay."""
    assert texts.replaced(column("a  b   c", "a b", None), " {2,}", " ").to_pylist() == [
        "a b c", "a b", None,
    ]  # fmt: skip


def test_an_unknown_condition_is_not_met():
    """Where nothing can be said, the second choice stands."""
    told = pa.array([True, False, None])
    assert texts.chosen(told, "yes", "no").to_pylist() == ["yes", "no", "no"]
    assert texts.only(told, column("x", "y", "z")).to_pylist() == ["x", None, None]
    assert not texts.any_of(pa.array([], pa.bool_()))


def test_joined_texts_need_all_their_parts():
    """A text with a missing part is missing."""
    assert texts.joined(column("a", None), "-", column("b", "c")).to_pylist() == ["a-b", None]


def test_results_are_laid_out_over_the_rows():
    """-1 stands for a missing value; the index is that of the rows."""
    laid = texts.frame({"x": column("a", "b")}, np.array([1, -1, 0]), pd.Index([7, 8, 9]))
    assert laid["x"].fillna("-").to_dict() == {7: "b", 8: "-", 9: "a"}


def test_pieces_of_a_column_become_one():
    """A column that pandas keeps in pieces is one array."""
    pieces = pd.concat([pd.Series(["a"], dtype="str"), pd.Series(["b"], dtype="str")])
    assert texts.array(pieces).to_pylist() == ["a", "b"]
