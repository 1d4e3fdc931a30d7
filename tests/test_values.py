"""Values held against their contract: a break is one sentence with its place, number and first."""

import re

import pandas as pd
import pytest

from studylib.errors import DataError
from studylib.tables.contract import Column, Contract
from studylib.tables.values import kept

CONTRACT = Contract("t", "one row per thing", ("a",), ())


def broken(kind, values, *, required=True, allowed=()):
    """What is said of the values of column `a`."""
    column = Column("a", kind, "of the test", required, allowed)
    if isinstance(values, list):
        values = pd.Series(values, dtype="object")
    with pytest.raises(DataError) as error:
        kept(values, column, CONTRACT)
    return re.sub(r"^Table `t` \(one row per thing\) breaks its contract ", "", str(error.value))


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("integer", ["one", "two", 3], "2 times; first: not a whole number on `a`, 'one'."),
        ("integer", [1, 2.5], "1 time; first: not a whole number on `a`, '2.5'."),
        ("number", [1.5, "x"], "1 time; first: not a number on `a`, 'x'."),
        ("date", ["2013-02-28", "2013-02-30"], "1 time; first: not a day on `a`, '2013-02-30'."),
        ("flag", [True, "x", 7], "2 times; first: neither true nor false on `a`, 'x'."),
        ("text", ["a", "\ud800"], "1 time; first: not a text on `a`, '\\xd800'."),
    ],
)
def test_a_value_of_another_kind_is_named(kind, values, said):
    """How many there are, which column, and the first of them as it stands there."""
    assert broken(kind, values) == said


def test_values_that_do_not_go_together_are_all_named():
    """Labels of two types have no order between them, whatever each is alone."""
    values = pd.Series(pd.Categorical([2, "x", 2], categories=["x", 2]))
    assert broken("label", values) == "3 times; first: not a text on `a`, '2'."


@pytest.mark.parametrize(
    ("kind", "value"), [("label", "x"), ("integer", 1), ("date", "2013-02-28")]
)
def test_a_missing_value_is_no_value(kind, value):
    """Where it is required it is counted, where it is not it stays missing."""
    assert broken(kind, [value, None, None]) == "2 times; first: a missing value on `a`."
    column = Column("a", kind, "of the test", required=False)
    assert kept(pd.Series([value, None]), column, CONTRACT).isna().tolist() == [False, True]


def test_a_value_that_is_not_allowed_is_named_with_those_that_are():
    """Missing values break no list of allowed ones."""
    assert broken("label", ["x", None, "z", "z"], required=False, allowed=("x", "y")) == (
        "2 times; first: none of x|y on `a`, 'z'."
    )


def test_labels_stand_in_the_order_of_the_alphabet():
    """Labels nobody carries are gone, and the order is that of text."""
    column = Column("a", "label", "of the test", allowed=("b", "a"))
    met = pd.Series(["b", "a", "b"])
    for values in (met, pd.Series(pd.Categorical(met, ["z", "b", "a"]))):
        assert kept(values, column, CONTRACT).cat.categories.tolist() == ["a", "b"]
