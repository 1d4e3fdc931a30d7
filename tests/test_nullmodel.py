"""The null model: exact probabilities, exact p-values, honest about little data."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studylib.errors import DataError
from studylib.stats import degree_equations, nullmodel, validation

# The reference matrix and, of its 28 pairs, the smallest p and those of the first row.
B = np.array(
    [[1, 1, 0, 0, 1, 0], [1, 0, 1, 0, 0, 0], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 0],
     [1, 1, 0, 0, 0, 1], [1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 0], [0, 0, 0, 1, 1, 1]], dtype=bool,
)  # fmt: skip
FIRST_ROW = {1: 0.6777490246507482, 2: 0.8319215909006201, 3: 1.0, 4: 0.4776492447134988}
matrices = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=1, max_size=7)
)


def p_of(matrix, i, j):
    null = nullmodel.fit(matrix)
    return nullmodel.pairs(matrix, null, np.array([i]), np.array([j])).iloc[0]


def test_probabilities_and_p_values_are_those_of_the_reference():
    """Agree with the reference vector to 1e-9: corner probabilities, first row of pairs."""
    null = nullmodel.fit(B)
    p = null.probabilities()
    assert p[0, 0] == pytest.approx(0.5652609344359836, abs=1e-12)
    assert p[1, 2] == pytest.approx(0.2754348907266392, abs=1e-12)
    assert p[3, 5] == pytest.approx(0.27543489072663924, abs=1e-12)
    for j, expected in FIRST_ROW.items():
        assert p_of(B, 0, j)["p"] == pytest.approx(expected, abs=1e-9)
    assert p_of(B, 0, 4)["n_shared"] == 2


@pytest.mark.shared
def test_every_pair_of_the_reference_vector(shared):
    """All 48 probabilities and 28 p-values to 1e-9."""
    reference = json.loads((shared / "reference" / "bicm.json").read_text(encoding="utf-8"))
    matrix = np.array(reference["B"], dtype=bool)
    null = nullmodel.fit(matrix)
    assert np.abs(null.probabilities() - np.array(reference["P"])).max() < 1e-9
    for pair in reference["pairs"]:
        row = p_of(matrix, pair["i"], pair["j"])
        assert row["n_shared"] == pair["cooc"]
        assert row["p"] == pytest.approx(pair["p_ge"], abs=1e-9)


@given(matrices)
@settings(max_examples=80)
def test_expected_degrees_are_the_observed_ones(rows):
    """Of rows and of columns, for every matrix: nested, empty and full ones too."""
    matrix = np.array(rows, dtype=bool)
    p = nullmodel.fit(matrix).probabilities()
    assert np.abs(p.sum(axis=1) - matrix.sum(axis=1)).max() < 1e-9
    assert np.abs(p.sum(axis=0) - matrix.sum(axis=0)).max() < 1e-9
    assert ((p >= 0) & (p <= 1)).all()


@given(matrices)
@settings(max_examples=30)
def test_p_values_are_sums_over_every_way_to_share(rows):
    """P(V >= v) added up over all subsets of shared attributes, one by one."""
    matrix = np.array(rows, dtype=bool)
    null = nullmodel.fit(matrix)
    p = null.probabilities()
    both = p[0] * p[-1]
    v = int((matrix[0] & matrix[-1]).sum())
    total = 0.0
    for subset in itertools.product([False, True], repeat=len(both)):
        if sum(subset) >= v:
            total += float(np.prod(np.where(subset, both, 1 - both)))
    found = null.tails[null.row_class[0], null.row_class[-1], v]
    assert found == pytest.approx(total, abs=1e-9)


def test_rows_without_or_with_everything_are_certain():
    """An empty row has probability 0, a full one 1, and they say nothing of the others."""
    p = nullmodel.fit(np.array([[1, 1], [0, 0], [1, 0], [0, 1]], dtype=bool)).probabilities()
    assert p[:2].tolist() == [[1, 1], [0, 0]]
    assert p[2:] == pytest.approx(0.5)


def test_a_nested_matrix_is_solved_by_setting_aside():
    """One row after the other is full or empty: the matrix is certain."""
    nested = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]], dtype=bool)
    assert (nullmodel.fit(nested).probabilities() == nested).all()


def test_what_cannot_be_solved_says_so(monkeypatch):
    """Degrees without a finite solution are refused in words."""
    monkeypatch.setattr(degree_equations, "MOST_STEPS", 0)
    with pytest.raises(DataError, match="8 organisations and 6 attributes has no finite solution"):
        nullmodel.fit(B)


def test_nearly_full_columns_are_reached():
    """Degrees far from the start of the search are met all the same."""
    matrix = np.ones((60, 30), dtype=bool)
    matrix[np.arange(30), np.arange(30)] = False
    matrix[40:, 0] = False
    matrix[59, :29] = False
    p = nullmodel.fit(matrix).probabilities()
    assert np.abs(p.sum(axis=1) - matrix.sum(axis=1)).max() < 1e-9
    assert np.abs(p.sum(axis=0) - matrix.sum(axis=0)).max() < 1e-9


def test_no_edge_can_be_validated_on_the_reference_matrix():
    """8 x 6: the smallest p is .27 where .003 would be needed, and none could have passed."""
    found = validation.validate(B, nullmodel.fit(B), np.arange(4), np.arange(4, 8))
    assert (found.n_pairs, found.threshold, found.is_possible) == (16, 0.0, False)
    assert found.smallest_p == pytest.approx(0.2717398516592, abs=1e-9)
    assert found.smallest_attainable < found.smallest_p
    assert found.first_threshold == 0.05 / 16
    assert found.edges.empty
    assert list(found.edges) == ["i", "j", "n_shared", "p"]


def test_pairs_that_share_far_more_than_by_chance_are_found():
    """Two twins of twelve rare attributes among forty organisations of two others."""
    matrix = np.zeros((42, 100), dtype=bool)
    matrix[0, :12] = matrix[41, :12] = True
    matrix[np.arange(1, 41), np.arange(12, 52)] = True
    matrix[np.arange(1, 41), np.arange(52, 92)] = True
    found = validation.validate(matrix, nullmodel.fit(matrix), np.arange(21), np.arange(21, 42))
    assert found.edges[["i", "j", "n_shared"]].to_numpy().tolist() == [[0, 41, 12]]
    assert found.is_possible
    assert found.threshold == found.edges["p"].iloc[0] == found.smallest_p


@given(st.integers(0, 50))
@settings(max_examples=15)
def test_counted_p_values_give_what_sorting_all_of_them_gives(seed):
    """Benjamini-Hochberg on counts is that on the list of every pair."""
    rng = np.random.default_rng(seed)
    matrix = rng.random((30, 25)) < rng.uniform(0.02, 0.5, 30)[:, None]
    matrix[15:20] = matrix[:5]
    null = nullmodel.fit(matrix)
    first, second = np.arange(15), np.arange(15, 30)
    every = nullmodel.pairs(matrix, null, first, second).sort_values("p", kind="stable")
    passing = every["p"].to_numpy() <= 0.05 * np.arange(1, len(every) + 1) / len(every)
    n = int(np.flatnonzero(passing).max(initial=-1)) + 1
    found = validation.validate(matrix, null, first, second)
    limit = every["p"].iloc[n - 1] if n else -1.0
    assert len(found.edges) == int((every["p"] <= limit).sum())


@pytest.mark.parametrize(("level", "threshold"), [(0.0299, 0.0), (0.03, 0.03), (0.02, 0.0)])
def test_the_largest_p_that_passes_is_the_threshold(level, threshold):
    """Of p = .01, .02, .03 the k-th must not exceed level * k / 3; equal ones share their rank."""
    p, once = np.array([0.03, 0.01, 0.02]), np.ones(3, dtype=int)
    assert validation._benjamini_hochberg(p, once, 3, level) == threshold
    assert validation._benjamini_hochberg(np.array([0.03, 0.03, 0.03]), once, 3, 0.03) == 0.03


def test_blocks_of_rows_change_nothing(monkeypatch):
    """Overlaps are taken block by block; their size is a matter of memory."""
    null = nullmodel.fit(B)
    whole = validation.validate(B, null, np.arange(4), np.arange(4, 8), level=1.0)
    monkeypatch.setattr(validation, "BLOCK", 3)
    parts = validation.validate(B, null, np.arange(4), np.arange(4, 8), level=1.0)
    pd.testing.assert_frame_equal(whole.edges, parts.edges)
    assert len(whole.edges) == 16


def test_without_a_pair_nothing_is_tested():
    """An empty side has no p-value and no threshold."""
    found = validation.validate(B, nullmodel.fit(B), np.arange(0), np.arange(8))
    assert (found.n_pairs, found.is_possible, len(found.edges)) == (0, False, 0)
    assert np.isnan([found.smallest_p, found.smallest_attainable, found.first_threshold]).all()


def test_networks_drawn_have_the_degrees_on_average():
    """A thousand draws: mean degrees within the error of a mean."""
    null = nullmodel.fit(B)
    rng = np.random.default_rng(3)
    mean = np.mean([null.draw(rng).sum(axis=1) for _ in range(1000)], axis=0)
    assert np.abs(mean - B.sum(axis=1)).max() < 0.15


def test_every_two_sides_are_compared_in_one_test():
    """Three sides of 14 rows: 588 pairs, and the twins stand on the second side and the third."""
    matrix = np.zeros((42, 100), dtype=bool)
    matrix[20, :12] = matrix[41, :12] = True
    others = [row for row in range(42) if row not in (20, 41)]
    matrix[others, np.arange(12, 52)] = True
    matrix[others, np.arange(52, 92)] = True
    side = np.repeat([0, 1, 2], 14)
    found = validation.validate_sides(matrix, nullmodel.fit(matrix), side)
    assert found.n_pairs == 3 * 14 * 14
    assert found.edges[["i", "j", "n_shared"]].to_numpy().tolist() == [[20, 41, 12]]
    two = validation.validate_sides(B, nullmodel.fit(B), np.array([0] * 4 + [1] * 4))
    one = validation.validate(B, nullmodel.fit(B), np.arange(4), np.arange(4, 8))
    assert (two.n_pairs, two.smallest_p) == (one.n_pairs, one.smallest_p)
