"""Cells with lists taken apart: the fast way gives what the words say."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_patentscope import plain

from studylib.readers.lists import cells
from studylib.readers.raw import PARTIES, PRIORITIES, SYMBOLS, empty

CELLS = st.lists(st.none() | st.text("ab; \n", max_size=8), max_size=6)


@given(CELLS, st.sampled_from([";", ";;", r";\s+|[\r\n]+"]))
def test_exploding_agrees_with_its_definition(texts, separator):
    """Entries in order, without outer blanks, blank ones left out, numbered in their record."""
    items = cells.exploded(pa.array(texts, pa.string()), separator)
    expected = [
        (record, entry, place)
        for record, cell in enumerate(texts)
        for place, entry in enumerate(
            filter(None, map(str.strip, re.split(separator, cell or ""))), 1
        )
    ]
    assert list(zip(items.record, items.value.to_pylist(), items.position, strict=True)) == expected


@given(st.lists(st.integers(0, 3)).map(sorted))
def test_places_count_from_one_in_each_run(numbers):
    """1, 2, 3 ... inside each record."""
    expected = [numbers[: at + 1].count(number) for at, number in enumerate(numbers)]
    assert cells.places(np.array(numbers, dtype=np.int64)).tolist() == expected


def test_the_first_pattern_that_fits_gives_the_parts():
    """Later patterns are tried where earlier ones do not fit; what fits none keeps its text."""
    parts = cells.first_match(
        pa.array(["FR 1", "2 ES", "x", "FR 1", None]),
        (r"^(?P<country>[A-Z]{2}) (?P<number>\d)$", r"^(?P<number>\d) (?P<country>[A-Z]{2})$"),
    )
    assert parts["country"].to_pylist() == ["FR", "ES", "x", "FR", None]
    assert parts["number"].to_pylist() == ["1", "2", None, "1", None]


def test_words_for_nothing_are_missing_whatever_their_case():
    """`NULL` and `null` say nothing; `nullify` says something."""
    column = cells.missing_words(pa.array(["NULL", "null", "nullify", None]), ("null",))
    assert column.to_pylist() == [None, None, "nullify", None]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A01B1/00", ["A01B1/00", None, None, None]),
        ("A01B1/00 (2006.01)", ["A01B1/00", "2006.01", None, None]),
        ("A01B1/00 (EP, US)", ["A01B1/00", None, None, None]),
        ("A01B1/00 (EP)", ["A01B1/00", None, None, None]),
        ("A01B 1/00 20060101CFN20051220RMJP", ["A01B 1/00", "20060101", "C", "N"]),
        ("A01B 1/00 (sic)", ["A01B 1/00 (sic)", None, None, None]),
    ],
)
def test_what_stands_behind_a_symbol_is_told_apart(cell, expected):
    """Edition, level and value where they are stated; offices in brackets are no part of it."""
    found = cells.symbols(cells.exploded(pa.array([cell]), ";"), "cpc")
    assert plain(found, "raw", "version", "level", "value") == [expected]


def test_stacking_keeps_the_order_of_parts_inside_a_record():
    """Records in order; within one, the first part comes first."""
    some = cells.exploded(pa.array(["a;b", "c"]), ";")
    more = cells.exploded(pa.array(["d", "e"]), ";")
    whole = cells.stacked(cells.parties(some, "applicant"), cells.parties(more, "inventor"))
    assert whole["raw_name"].tolist() == ["a", "b", "d", "c", "e"]


def test_only_keeps_places():
    """An entry that is left out leaves its place empty."""
    items = cells.exploded(pa.array(["a;b;c"]), ";").only(pa.array([True, False, True]))
    assert (items.value.to_pylist(), items.position.tolist()) == (["a", "c"], [1, 3])


@pytest.mark.parametrize(
    ("made", "columns"),
    [
        (lambda items: cells.symbols(items, "ipc"), SYMBOLS),
        (lambda items: cells.parties(items, "inventor"), PARTIES),
        (cells.priorities, PRIORITIES),
    ],
)
@pytest.mark.parametrize("texts", [["a;b"], []])
def test_tables_have_the_dtypes_of_the_contract(made, columns, texts):
    """Text is text and numbers are numbers, also in a table without rows."""
    found = made(cells.exploded(pa.array(texts, pa.string()), ";"))
    pd.testing.assert_series_equal(found.dtypes, empty(columns).dtypes)
