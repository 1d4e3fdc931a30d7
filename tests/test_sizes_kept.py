"""What chance gives to two attributes that meet, where every unit keeps how many it has."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studylib.stats import nullmodel
from studylib.stats.sizes_kept import met_by_chance

SIX = 6


def by_enumeration(matrix):
    """Expected meetings and tails by summing over every set a unit could hold, the slow way."""
    n, units = matrix.shape
    sizes = matrix.sum(axis=0)
    weights = np.ones(n)
    for _step in range(5_000):
        part = np.zeros(n)
        for k in sizes:
            sets = list(combinations(range(n), int(k)))
            chance = np.array([weights[list(s)].prod() for s in sets])
            for s, c in zip(sets, chance / chance.sum(), strict=True):
                part[list(s)] += c
        weights = weights * matrix.sum(axis=1) / part
    expected, p = np.full((n, n), np.nan), np.full((n, n), np.nan)
    for i, j in combinations(range(n), 2):
        both = np.zeros(units)
        for u, k in enumerate(sizes):
            sets = list(combinations(range(n), int(k)))
            chance = np.array([weights[list(s)].prod() for s in sets])
            held = np.array([i in s and j in s for s in sets])
            both[u] = chance[held].sum() / chance.sum()
        number = np.ones(1)
        for chance in both:
            number = np.append(number * (1 - chance), 0.0) + np.append(0.0, number * chance)
        seen = int((matrix[i] & matrix[j]).sum())
        expected[i, j] = expected[j, i] = both.sum()
        p[i, j] = p[j, i] = number[seen:].sum()
    return expected, p


def matrix_of(sets, n):
    """Units told by the attributes they hold."""
    matrix = np.zeros((n, len(sets)), dtype=bool)
    for unit, own in enumerate(sets):
        matrix[list(own), unit] = True
    return matrix


def test_as_by_definition():
    """
    Expected meetings and exact tails are those of all sets a unit could hold.

    Broken once: the sums of the pair taken with the two attributes still in them.
    """
    sets = [(0,), (0,), (1,), (2,), (2,), (3,), (0, 1), (0, 1), (1, 2), (0, 2, 3), (0, 1, 3)]
    matrix = matrix_of(sets, 4)
    for found, slow in zip(met_by_chance(matrix), by_enumeration(matrix), strict=True):
        assert found == pytest.approx(slow, abs=1e-8, nan_ok=True)


def test_units_of_one_attribute_meet_nothing():
    """
    Eleven units of two attributes hold eleven meetings, by chance too; those of one hold none.

    101 units with one attribute and 11 with two: the bipartite configuration model, which keeps
    the sizes on average, expects more than four times as many.
    """
    totals, rng = [11, 6, 15, 5, 19, 67], np.random.default_rng(7)
    while True:
        pool = rng.permutation(np.repeat(range(SIX), totals))
        pairs = pool[:22].reshape(11, 2)
        if (pairs[:, 0] != pairs[:, 1]).all():
            break
    matrix = matrix_of([*map(tuple, pairs), *((one,) for one in pool[22:])], SIX)
    expected, _p = met_by_chance(matrix)
    assert np.nansum(expected) / 2 == pytest.approx(11)
    assert expected[2, 5] == pytest.approx(2.32, abs=0.005)
    chance = nullmodel.fit(matrix).probabilities()
    assert sum((chance[i] * chance[j]).sum() for i, j in combinations(range(SIX), 2)) > 4 * 11


@given(st.lists(st.frozensets(st.integers(0, 4), min_size=1, max_size=4), min_size=6, max_size=40))
@settings(max_examples=60, deadline=None)
def test_all_meetings_are_kept(sets):
    """By chance as many meetings are made as there are, whatever the sizes; chances are chances."""
    matrix = matrix_of(sets, 5)
    expected, p = met_by_chance(matrix)
    if np.isnan(expected[~np.eye(5, dtype=bool)]).any():
        return  # an attribute on none or on all, or no weights: nothing is said
    sizes = matrix.sum(axis=0)
    assert np.nansum(expected) / 2 == pytest.approx((sizes * (sizes - 1) / 2).sum(), rel=1e-6)
    assert np.nanmin(p) >= 0
    assert np.nanmax(p) <= 1


@pytest.mark.parametrize(
    "sets",
    [
        [(0,), (0,), (0,)],  # the others are on none
        [(0, 1), (0,), (0,)],  # one is on every unit, the other meets it wherever it is
        [],
    ],
)
def test_what_cannot_be_held_against_chance_is_missing(sets):
    """An attribute of no unit or of every unit has nothing to be held against."""
    expected, p = met_by_chance(matrix_of(sets, 3))
    assert np.isnan(expected).all()
    assert np.isnan(p).all()
