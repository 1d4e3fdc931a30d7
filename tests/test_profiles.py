"""Whole profiles: exact p against the reference, permutation of respondents, diversity, Holm."""

import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studylib.stats import profiles

EYE = np.eye(3, dtype=int)


@pytest.mark.shared
def test_freeman_halton_and_holm_are_the_reference_ones(shared):
    """Exact p, number of tables and Holm's p of every pair, to 1e-9."""
    rows = json.loads((shared / "reference" / "survey.json").read_text("utf-8"))["rx2"]
    for row in rows:
        counts = np.array([row["A"], row["E"]])
        assert profiles.freeman_halton(counts) == pytest.approx(
            row["fisher_freeman_halton"], abs=1e-9
        )
        assert profiles.n_tables(counts) == row["n_tables"]
        assert profiles.holm(row["per_item_fisher"]) == pytest.approx(row["holm"], abs=1e-9)


def test_the_published_profile_by_hand():
    """3, 0, 1, 1, 0 against 4, 3, 2, 2, 2: p = 0.757 over 96 tables (METHODS 4.2)."""
    counts = np.array([[3, 0, 1, 1, 0], [4, 3, 2, 2, 2]])
    assert profiles.freeman_halton(counts) == pytest.approx(0.7573529411764697, abs=1e-9)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=2, max_size=8))
def test_freeman_halton_is_its_definition(people):
    """All ways to deal the respondents to the sides, those with no likelier table counted."""
    items = np.array([item for item, _ in people])
    n_first = sum(first for _, first in people)

    def table(places):
        here = np.isin(np.arange(len(items)), places)
        return tuple(np.bincount(items[here], minlength=3)), tuple(
            np.bincount(items[~here], minlength=3)
        )

    dealt = [table(places) for places in combinations(range(len(items)), n_first)]
    seen = table([i for i, (_, first) in enumerate(people) if first])
    slow = sum(dealt.count(t) <= dealt.count(seen) for t in dealt) / len(dealt)
    assert profiles.freeman_halton(np.array(seen)) == pytest.approx(slow, abs=1e-9)


def test_too_many_tables_are_not_counted():
    """Two thousand answers in five columns: no exact p, instead of an hour of counting."""
    counts = np.array([[300, 200, 200, 200, 100], [250, 250, 200, 200, 100]])
    assert profiles.n_tables(counts) > profiles.MOST_TABLES
    assert profiles.freeman_halton(counts) is None


def test_permutation_agrees_with_the_exact_test_where_both_are_possible():
    """One answer each: p by permutation of respondents is near the exact p of the distance."""
    flags = np.repeat(np.eye(2, dtype=int), [9, 9], axis=0)
    groups = ["a"] * 8 + ["b"] + ["a"] + ["b"] * 8
    p = profiles.permuted(flags, groups, seed=1).p_of(profiles.distance)
    assert p == pytest.approx(0.00339, abs=0.003)  # 2 * P(X >= 8), X hypergeometric (18, 9, 9)


def test_ticks_of_a_respondent_stay_together():
    """Every draw deals whole respondents: who ticks both items ticks both wherever dealt."""
    flags = np.array([[1, 1], [1, 1], [0, 0], [0, 0]])
    drawn = profiles.permuted(flags, ["a", "a", "b", "b"], seed=1, draws=50).drawn
    assert (drawn[:, :, 0] == drawn[:, :, 1]).all()
    assert (drawn.sum(axis=1) == 2).all()


@given(st.permutations(range(6)))
def test_the_order_of_respondents_changes_nothing(order):
    """Not even the dice: rows are sorted before they are thrown."""
    flags = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 1], [0, 0]])
    groups = np.array(["a", "a", "a", "b", "b", "b"])
    p = profiles.permuted(flags, groups, seed=3, draws=99).p_of(profiles.distance)
    moved = profiles.permuted(flags[order], groups[order], seed=3, draws=99)
    assert moved.p_of(profiles.distance) == p


def test_draws_in_pieces_are_as_many_as_asked(monkeypatch):
    """A large survey is dealt in pieces that fit the memory."""
    monkeypatch.setattr(profiles, "CHUNK", 12)
    assert len(profiles.permuted(EYE, ["a", "b", "b"], seed=1, draws=10).drawn) == 10


def test_equal_profiles_have_p_1():
    """What everybody chose, and what both sides chose alike, tells nobody apart."""
    flags = np.array([[1, 1], [1, 0], [1, 1], [1, 0]])
    dealt = profiles.permuted(flags, ["a", "a", "b", "b"], seed=1, draws=99)
    assert dealt.p_of(profiles.distance) == 1.0


def test_diversity_is_the_chance_of_two_different_mentions():
    """3, 1, 1: 14 of 20 ordered pairs differ; below two mentions there is no pair."""
    counts = np.array([[3, 1, 1], [5, 0, 0], [1, 0, 0], [0, 0, 0]])
    assert profiles.diversity(counts)[:2].tolist() == pytest.approx([0.7, 0.0])
    assert np.isnan(profiles.diversity(counts)[2:]).all()


def test_holm_leaves_missing_tests_out_of_the_family():
    """Two known of three: the smaller is doubled, the missing one stays missing."""
    adjusted = profiles.holm([0.01, np.nan, 0.2])
    assert adjusted[[0, 2]].tolist() == pytest.approx([0.02, 0.2])
    assert np.isnan(adjusted[1])
    assert np.isnan(profiles.holm([np.nan])).all()
