"""Is one share larger than another, and by what factor: quotients with their errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from studylib.stats import quotients


def test_garwoods_interval_is_the_printed_one():
    """Of 10 counts 4.80 to 18.39, of none 0 to 3.69 (Garwood 1936, table)."""
    low, high = quotients.garwood([10, 0])
    assert low == pytest.approx([4.7954, 0], abs=1e-4)
    assert high == pytest.approx([18.3904, 3.6889], abs=1e-4)


def test_a_quotient_is_the_share_over_the_share_outside():
    """10 of 100 against 500 of 10,000: expected 5, twice as often."""
    row = quotients.quotients([10], [100], [500], [10_000]).iloc[0]
    assert (row["expected"], row["quotient"]) == (5.0, 2.0)


def test_a_quotient_over_nothing_is_not_defined():
    """Nothing outside, an empty base, no reference: missing, and neither 0 nor infinite."""
    table = quotients.quotients([3, 0, 3], [100, 0, 100], [0, 50, 0], [1_000, 1_000, 0])
    assert table[["quotient", "low", "high", "p"]].isna().all(axis=None)


def test_the_interval_of_a_quotient_becomes_garwoods():
    """Where outside is so large that its share is known."""
    row = quotients.quotients([10], [100], [5e8], [1e10]).iloc[0]
    low, high = quotients.garwood(10)
    assert row["low"] * 5 == pytest.approx(float(low), rel=1e-5)
    assert row["high"] * 5 == pytest.approx(float(high), rel=1e-5)


@given(st.integers(0, 30), st.integers(1, 200))
def test_p_is_the_exact_binomial_one(x, y):
    """Given x + y, x is binomial; twice the smaller tail, at most 1."""
    n, m = 40, 300
    found = quotients.quotients([x], [n], [y], [m])["p"].iloc[0]
    tails = binom.cdf(x, x + y, n / (n + m)), binom.sf(x - 1, x + y, n / (n + m))
    assert found == pytest.approx(min(1.0, 2 * min(tails)), abs=1e-9)


@given(st.integers(0, 30), st.integers(1, 200))
def test_an_interval_that_leaves_out_1_goes_with_a_small_p(x, y):
    """The interval and the test are one."""
    row = quotients.quotients([x], [40], [y], [300]).iloc[0]
    assert (row["low"] > 1 or row["high"] < 1) == (row["p"] < 0.05) or row["p"] == pytest.approx(
        0.05
    )


def test_the_interval_covers_as_it_promises():
    """Exactly, over all pairs of counts: at least 95 % for a true quotient of 2."""
    n, m, share = 50, 500, 0.04
    x, y = np.arange(60), np.arange(90)
    chance = np.outer(poisson.pmf(x, n * share * 2), poisson.pmf(y, m * share))
    table = quotients.quotients(np.repeat(x, len(y)), n, np.tile(y, len(x)), m)
    inside = (table["low"] <= 2) & (table["high"] >= 2) | table["quotient"].isna()
    assert float(chance.ravel()[inside.to_numpy()].sum()) >= 0.95


def test_the_prior_tells_spread_from_chance():
    """Quotients that differ with a = 4 are fitted near it; those that do not, at the end."""
    dice = np.random.default_rng(0)
    expected = np.full(2_000, 6.0)
    spread = dice.poisson(expected * dice.gamma(4, 1 / 4, 2_000))
    assert quotients.prior(spread, expected) == pytest.approx(4, rel=0.15)
    assert quotients.prior(dice.poisson(expected), expected) > 200
    assert np.isnan(quotients.prior([3], [0]))


def test_small_counts_are_drawn_further_to_1():
    """(x + a) / (e + a): 10 of 5 with a = 5 is 1.5, 2 of 1 is 1.17; P(> 1) of 0 of 5 is small."""
    table = quotients.shrunken([10, 2, 0, 3], [5, 1, 5, 0], 5.0)
    assert table["shrunken"].tolist()[:3] == pytest.approx([1.5, 7 / 6, 0.5])
    assert table["p_above"].iloc[0] > 0.9
    assert table["p_above"].iloc[2] < 0.1
    assert table.iloc[3].isna().all()


def test_false_discovery_leaves_missing_ones_out():
    """Benjamini-Hochberg over three: 0.01 x 3, 0.02 x 3/2, 0.9; the missing one does not count."""
    found = quotients.false_discovery([0.01, np.nan, 0.9, 0.02])
    assert found.tolist() == pytest.approx([0.03, np.nan, 0.9, 0.03], nan_ok=True)


def test_what_could_be_detected_is_found_in_four_of_five():
    """The count must reach the least that is rare under no difference; 80 % reach it."""
    for expected in (1.0, 5.0, 50.0):
        least = int(poisson.isf(0.025, expected)) + 1
        far = float(quotients.detectable([expected])[0])
        assert poisson.sf(least - 1, far * expected) == pytest.approx(0.8, abs=1e-9)
    assert np.isnan(quotients.detectable([0.0])[0])


def test_log_odds_of_equal_shares_are_zero():
    """And 5 of 10 against 2 of 10 with half a count added: ln(5.5 x 8.5 / (5.5 x 2.5))."""
    assert quotients.log_odds([5], [10], [5], [10])["log_odds"].iloc[0] == 0
    assert quotients.log_odds([5], [10], [2], [10])["log_odds"].iloc[0] == pytest.approx(
        1.2238, abs=1e-4
    )
    assert quotients.log_odds([5], [10], [0], [0]).isna().all(axis=None)
