"""Each distinct text is cleaned once and the result laid out over the rows."""

import pandas as pd

from studylib.clean.distinct import distinct, groups, spread


def test_a_text_is_met_once_however_often_it_stands_there():
    """Codes point to the distinct texts, outer blanks are off, missing is -1."""
    codes, texts = distinct(pd.Series(["a ", None, "b", "a "]))
    assert codes.tolist() == [0, -1, 1, 0]
    assert texts.tolist() == ["a", "b"]


def test_categories_are_taken_as_they_are():
    """A categorical column gives its categories, also those no row has."""
    codes, texts = distinct(pd.Series(["b", None], dtype=pd.CategoricalDtype(["a", "b"])))
    assert (codes.tolist(), texts.tolist()) == ([1, -1], ["a", "b"])


def test_results_keep_the_index_of_the_rows():
    """Missing values have missing results, and the index is that of the rows."""
    results = pd.DataFrame({"upper": ["A", "B"]})
    codes, _ = distinct(pd.Series(["a", None, "b"]))
    laid_out = spread(results, codes, pd.Index([7, 8, 9]))
    assert laid_out["upper"].dropna().to_dict() == {7: "A", 9: "B"}


def test_an_empty_group_is_missing():
    """A part of a form that is not there is missing, not an empty text."""
    found = groups(pd.Series(["EP 1", "2", "x"]), r"^(?P<office>[A-Z]*) ?(?P<number>\d)$")
    assert found["office"].fillna("-").tolist() == ["EP", "-", "-"]
    assert found["number"].fillna("-").tolist() == ["1", "2", "-"]
