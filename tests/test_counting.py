"""Counting: families or applications, whole or by share, on one basis; weights add up."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studylib.patents.counting import Rule, count_by, labels_of_units, units


def applications(*rows):
    """One row per (application_id, family_id, filing_year)."""
    return pd.DataFrame(rows, columns=["application_id", "family_id", "filing_year"])


def locations(*rows, basis="inventor"):
    """One row per (application_id, area, weight)."""
    frame = pd.DataFrame(rows, columns=["application_id", "area", "weight"])
    return frame.assign(basis=basis, kind="territory").astype({"weight": float})


def counted(a, where, with_ipc=(), **rule):
    found = units(a, where, pd.Series(list(with_ipc), dtype="str"), Rule(**rule))
    return [
        tuple(row) for row in found[["unit_id", "area", "year", "has_ipc", "weight"]].to_numpy()
    ]


TWO = applications(("a1", "f", 2001), ("a2", "f", 2000), ("b", "g", 2003))
HERE = locations(("a1", "A", 1), ("a2", "B", 1), ("b", "A", 0.5))


def test_a_family_counts_once_in_each_area():
    """Whole counting: a family of two areas is one in both, dated by its first application."""
    assert counted(TWO, HERE, ["a2"]) == [
        ("f", "A", 2000, True, 1.0),
        ("f", "B", 2000, True, 1.0),
        ("g", "A", 2003, False, 1.0),
    ]


def test_fractional_counting_shares_a_family():
    """Each area has its part: the mean over the applications of the family."""
    assert [row[-1] for row in counted(TWO, HERE, weights="fractional")] == [0.5, 0.5, 0.5]


def test_applications_are_counted_one_by_one():
    """The same records under the other unit."""
    assert [row[0] for row in counted(TWO, HERE, unit="application")] == ["a1", "a2", "b"]


def test_only_the_basis_asked_for_counts():
    """An applicant's address says nothing about inventors."""
    assert counted(TWO, HERE, located_by="applicant") == []


def test_what_lies_outside_the_window_is_nobodys():
    """A location of an application that is not among the given ones counts nowhere."""
    assert counted(TWO.head(0), HERE) == []
    assert counted(TWO, locations(("x", "A", 1))) == []
    assert counted(TWO, locations(("b", "A", 0))) == []


def test_a_label_counts_once_for_a_unit():
    """Two applications of a family with the same KET are one family with it."""
    tags = pd.DataFrame({"application_id": ["a1", "a2", "a2"], "ket": ["p", "p", "n"]})
    assert labels_of_units(tags, TWO, "family", "ket").to_numpy().tolist() == [
        ["f", "n"],
        ["f", "p"],
    ]
    assert len(labels_of_units(tags, TWO, "application", "ket")) == 3


def test_unclassified_units_are_outside_every_base():
    """A unit without IPC is neither in the count nor in the base, whatever it carries."""
    found = units(TWO, HERE, pd.Series(["a1"]), Rule())
    carried = pd.DataFrame({"unit_id": ["f", "g"], "ket": ["p", "p"]})
    table = count_by(found, carried, "ket").set_index("area")
    assert table[["n", "n_units", "base", "base_units"]].to_numpy().tolist() == [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
    ]
    nobody = count_by(units(TWO, HERE, pd.Series(dtype="str"), Rule()), carried, "ket")
    assert nobody[["n", "base"]].to_numpy().tolist() == [[0, 0], [0, 0]]


IDS = [f"a{n}" for n in range(5)]
FAMILIES = st.lists(st.sampled_from("fgh"), min_size=5, max_size=5)
SHARES = st.lists(st.lists(st.sampled_from("ABC"), min_size=1, max_size=3), min_size=5, max_size=5)


def world(families, shares):
    """Five applications, each shared out over a partition of the world A, B, C."""
    rows = [(a, f, 2000) for a, f in zip(IDS, families, strict=True)]
    places = [
        (a, area, own.count(area) / len(own))
        for a, own in zip(IDS, shares, strict=True)
        for area in sorted(set(own))
    ]
    return applications(*rows), locations(*places)


@settings(max_examples=40)
@given(FAMILIES, SHARES)
def test_fractional_counts_sum_to_the_number_of_families(families, shares):
    """Over a partition of the world nothing is lost and nothing counts twice."""
    a, where = world(families, shares)
    for unit, n in (("family", len(set(families))), ("application", 5)):
        weights = [row[-1] for row in counted(a, where, unit=unit, weights="fractional")]
        assert sum(weights) == pytest.approx(n)


@settings(max_examples=40)
@given(FAMILIES, SHARES)
def test_whole_counts_are_never_below_fractional_ones(families, shares):
    """A part of a family is at most the family."""
    a, where = world(families, shares)
    whole, parts = (counted(a, where, weights=w) for w in ("whole", "fractional"))
    assert [row[:4] for row in whole] == [row[:4] for row in parts]
    assert all(w[-1] >= p[-1] - 1e-12 for w, p in zip(whole, parts, strict=True))


@settings(max_examples=40)
@given(FAMILIES, SHARES)
def test_a_further_area_changes_nothing_in_the_others(families, shares):
    """Counts of A and B are the same whether C is an area of the study or not."""
    a, where = world(families, shares)
    for weights in ("whole", "fractional"):
        everywhere = counted(a, where, weights=weights)
        without = counted(a, where[where["area"] != "C"], weights=weights)
        assert without == [row for row in everywhere if row[1] != "C"]


@settings(max_examples=40)
@given(FAMILIES, SHARES, st.randoms())
def test_the_order_of_rows_does_not_matter(families, shares, chance):
    """Sorted by unit and area, whatever came first."""
    a, where = world(families, shares)
    order = chance.sample(range(len(where)), len(where))
    assert counted(a.iloc[::-1], where.iloc[order]) == counted(a, where)
