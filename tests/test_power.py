"""What could have been shown: the fast way is the definition, and one word says which it was."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from studylib.stats import exact, power

SIZES = st.tuples(st.integers(1, 9), st.integers(1, 9))
P_OF = {"fisher": exact.fisher, "boschloo": exact.boschloo}


@pytest.mark.parametrize("test", ["fisher", "boschloo"])
@given(SIZES, st.sampled_from([0.05123, 0.01234, 0.29371]))
@settings(max_examples=25, deadline=None)
def test_the_tables_a_test_rejects_are_those_whose_p_is_small(test, sizes, level):
    """One table at a time, by the test itself, at levels that no p meets exactly."""
    n_a, n_b = sizes
    expected = [
        [P_OF[test](a, n_a, b, n_b) <= level for b in range(n_b + 1)] for a in range(n_a + 1)
    ]
    assert (power.rejected(n_a, n_b, level, test).astype(bool) == np.array(expected)).all()


def power_by_definition(p_a, n_a, p_b, n_b, level, p_of):
    """The chance of every table, summed where the test rejects it."""
    return sum(
        binom.pmf(a, n_a, p_a) * binom.pmf(b, n_b, p_b)
        for a in range(n_a + 1)
        for b in range(n_b + 1)
        if p_of(a, n_a, b, n_b) <= level
    )


@pytest.mark.parametrize(
    ("pair", "test"),
    [((3, 5, 4, 13), "boschloo"), ((2, 12, 6, 9), "boschloo"), ((6, 14, 3, 11), "fisher")],
)
def test_the_difference_found_from_has_a_power_of_four_in_five(pair, test):
    """Around the share of both sides together; a little less far apart, and it is below."""
    k_a, n_a, k_b, n_b = pair
    found = power.detectable(*pair, test=test)
    whole = (k_a + k_b) / (n_a + n_b)
    up = 1 if k_a / n_a >= k_b / n_b else -1

    def at(difference):
        p_a = whole + up * difference * n_b / (n_a + n_b)
        p_b = whole - up * difference * n_a / (n_a + n_b)
        return power_by_definition(p_a, n_a, p_b, n_b, 0.05, P_OF[test])

    assert at(found) == pytest.approx(0.8, abs=1e-6)
    assert at(found - 0.01) < 0.8 < at(found + 0.01)


def test_few_of_one_kind_cannot_show_a_difference():
    """Three of eighteen: all of them among the five would be found in 68 % of studies at most."""
    assert np.isnan(power.detectable(1, 5, 2, 13, test="boschloo"))
    assert np.isnan(power.detectable(0, 5, 0, 13, test="boschloo"))
    assert np.isnan(power.detectable(0, 0, 4, 13))


def test_the_approximation_for_many_is_near_the_exact_count(monkeypatch):
    """At 400 and 300 within half a point, so that a large study is judged alike."""
    exactly = power.detectable(120, 400, 80, 300)
    monkeypatch.setattr(power, "MOST_TABLES", 0)
    assert power.detectable(120, 400, 80, 300) == pytest.approx(exactly, abs=0.005)
    assert power._approximate(1.0, 0.0, 5, 5, 0.05) == 1.0


def test_each_comparison_gets_one_word():
    """Shown where Holm's p says so, else whether it could have been; nothing untested has one."""
    pairs = pd.DataFrame(
        {"k_a": [20, 9, 1, 0], "n_a": [20, 20, 20, 0], "k_b": [0, 8, 0, 1], "n_b": [20] * 4}
    )
    judged = power.judged(pairs, pd.Series([0.001, 1.0, 1.0, np.nan]), "fisher")
    assert judged["verdict"].fillna("").tolist() == [
        "shown", "not shown", "could not have been shown", "",
    ]  # fmt: skip
    assert judged["detectable"].notna().tolist() == [True, True, False, False]


def test_the_level_is_held_over_all_comparisons():
    """Of three comparisons each is asked at 0.05 / 3, which needs a larger difference."""
    pairs = pd.DataFrame({"k_a": [9] * 3, "n_a": [20] * 3, "k_b": [8] * 3, "n_b": [20] * 3})
    alone = power.judged(pairs[:1], pd.Series([1.0]), "fisher")["detectable"].iloc[0]
    together = power.judged(pairs, pd.Series([1.0] * 3), "fisher")["detectable"]
    assert (together > alone).all()
    assert alone == power.detectable(9, 20, 8, 20, level=0.05)
