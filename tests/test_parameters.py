"""Parameters: typed by the notebook, refused in words, never code."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.errors import UsageError
from studylib.runs.parameters import Parameter, checked, declared

CELL = """first_year = 2000  # first year of filing
share = 0.5
located_by: str = "inventor"  # or "applicant"
is_whole = True
codes = ["00484", "b"]
reference = None
"""


def notebook(*sources: str, tag: str = "parameters") -> dict:
    return {"cells": [{"metadata": {"tags": [tag]}, "source": source} for source in sources]}


KNOWN = declared(notebook(CELL))


def test_the_cell_says_name_kind_default_and_meaning():
    """Parameters are read from the cell tagged `parameters`, in its order, without running it."""
    assert list(KNOWN.values()) == [
        Parameter("first_year", "integer", 2000, "first year of filing"),
        Parameter("share", "number", 0.5),
        Parameter("located_by", "text", "inventor", 'or "applicant"'),
        Parameter("is_whole", "flag", default=True),
        Parameter("codes", "list", ["00484", "b"]),
        Parameter("reference", "anything", None),
    ]


def test_a_notebook_without_the_cell_takes_no_parameters():
    """No cell, no parameters: anything given is unknown."""
    assert declared(notebook("x = 1", tag="other")) == {}
    with pytest.raises(UsageError, match=r"has no parameter 'x'. Its parameters: none."):
        checked({}, {"x": 1})


def test_two_parameter_cells_are_refused():
    """Which of two cells counts is nobody's guess."""
    with pytest.raises(UsageError, match="has 2 cells tagged `parameters`; keep one"):
        declared(notebook("x = 1", "y = 2"))


@pytest.mark.parametrize(
    "source",
    ["x = f()", "import os", "x = y", "x, y = 1, 2", "x = (1", "x: int", "x = {'a': 1}", "x = b''"],
)
def test_the_cell_holds_literals_only(source):
    """A parameter cell with anything but plain assignments is refused, and nothing of it runs."""
    with pytest.raises(UsageError, match="may only hold lines like `first_year = 2000`"):
        declared(notebook(source))


def test_values_pass_unchanged_in_the_order_of_the_cell():
    """A text that looks like a number stays a text; an integer may stand for a number."""
    given = {"codes": ["00484"], "share": 1, "located_by": "00484", "reference": "x"}
    assert list(checked(KNOWN, given).items()) == [
        ("share", 1),
        ("located_by", "00484"),
        ("codes", ["00484"]),
        ("reference", "x"),
    ]


@pytest.mark.parametrize("name", ["year", "v=0;import os;w", "class", "a\nb", "", 7])
def test_unknown_names_are_refused(name):
    """A name that is not declared, or is no name at all, never reaches a notebook."""
    with pytest.raises(UsageError, match=r"has no parameter .*Its parameters: `first_year`, "):
        checked(KNOWN, {name: 1})


def test_a_keyword_is_refused_even_if_declared():
    """`class` can be no parameter, whatever a declaration says."""
    with pytest.raises(UsageError, match="has no parameter 'class'"):
        checked({"class": Parameter("class", "integer", 1)}, {"class": 1})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("first_year", "2000", "takes an integer like '2000', not '2000' \\(str\\)"),
        ("first_year", True, "takes an integer .* not 'True' \\(bool\\)"),
        ("first_year", 2000.0, "takes an integer"),
        ("first_year", None, "takes an integer .* not 'None' \\(NoneType\\)"),
        ("share", "a", "takes a number"),
        ("located_by", 484, "takes a text"),
        ("is_whole", 1, "takes true or false"),
        ("codes", ("a",), "takes a list"),
        ("codes", [["a"]], "cannot hold \"\\['a'\\]\"|cannot hold"),
        ("share", float("nan"), "cannot hold 'nan'"),
        ("share", float("inf"), "cannot hold 'inf'"),
        ("codes", [1.5, float("nan")], "cannot hold 'nan'"),
        ("reference", b"x", "cannot hold"),
        ("reference", {"a": 1}, "cannot hold"),
        ("located_by", "\ud800", "cannot hold"),
        ("codes", [b"x"], "cannot hold"),
    ],
)
def test_values_of_another_kind_are_refused(name, value, words):
    """A value that is not of the declared kind, or has no plain literal, is refused in words."""
    with pytest.raises(UsageError, match=words):
        checked(KNOWN, {name: value})


def test_a_subclass_is_not_its_parent():
    """A text that can do more than a text (its literal could be code) is refused."""

    class Clever(str):
        __slots__ = ()

        def __repr__(self):
            return "__import__('os')"

    with pytest.raises(UsageError, match="takes a text"):
        checked(KNOWN, {"located_by": Clever("x")})
    with pytest.raises(UsageError, match="cannot hold"):
        checked(KNOWN, {"codes": [Clever("x")]})


SCALARS = st.one_of(
    st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
)


@given(st.one_of(SCALARS, st.none(), st.lists(SCALARS)))
def test_what_is_let_in_comes_back_from_its_literal(value):
    """Every accepted value has a literal that gives the same value back."""
    (same,) = checked(KNOWN, {"reference": value}).values()
    assert ast.literal_eval(repr(same)) == value
