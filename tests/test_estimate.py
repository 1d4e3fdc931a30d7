"""Intervals of shares: reference figures, promises at small n, and what cannot be estimated."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.errors import DataError, UsageError
from studylib.stats import estimate

METHODS = ("wilson", "clopper_pearson", "jeffreys", "agresti_coull")
SMALL = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.shared
@pytest.mark.parametrize("method", METHODS)
def test_intervals_are_the_reference_ones(shared, method):
    """Every interval of reference/survey.json, re-computed in R, to 1e-9."""
    rows = json.loads((shared / "reference" / "survey.json").read_text("utf-8"))["ci"]
    ours = estimate.share(
        pd.Series([row["k"] for row in rows]), pd.Series([row["n"] for row in rows]), method=method
    )
    assert ours["share"].tolist() == pytest.approx([row["p"] for row in rows], abs=1e-12)
    expected = np.array([row[method] for row in rows])
    assert np.abs(ours[["low", "high"]].to_numpy() - expected).max() < 1e-9


@pytest.mark.shared
def test_newcombe_is_the_reference_one(shared):
    """The interval of the difference of 60 % and 31 %, for every pair of sizes, to 1e-9."""
    rows = json.loads((shared / "reference" / "survey.json").read_text("utf-8"))["two_sample"]
    for row in rows:
        (a, not_a), (b, not_b) = row["table"]
        ours = estimate.difference(a, a + not_a, b, b + not_b).iloc[0]
        assert ours["difference"] == pytest.approx(row["diff"], abs=1e-12)
        assert [ours["low"], ours["high"]] == pytest.approx(row["newcombe_diff_ci"], abs=1e-9)


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        ("wilson", 0.2307242812760129, 0.8823792257673522),
        ("clopper_pearson", 0.14663279963467313, 0.9472550494736831),
        ("jeffreys", 0.20941666407600484, 0.905609672655656),
        ("agresti_coull", 0.2290901565883562, 0.8840133504550088),
    ],
)
def test_three_of_five(method, low, high):
    """3 of 5, the published innovation share of Aquitaine at its smallest size (METHODS 4.2)."""
    row = estimate.share(3, 5, method=method).iloc[0]
    assert [row["low"], row["high"]] == pytest.approx([low, high], abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@given(pair=SMALL)
def test_an_interval_contains_its_share_and_lies_in_0_to_1(method, pair):
    """Also where nobody or everybody chose."""
    row = estimate.share(*pair, method=method).iloc[0]
    assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1


@pytest.mark.parametrize("method", METHODS)
@given(pair=SMALL)
def test_an_interval_shrinks_with_n(method, pair):
    """The same share of twice as many answers has a shorter interval."""
    k, n = pair
    both = estimate.share(pd.Series([k, 2 * k]), pd.Series([n, 2 * n]), method=method)
    first, second = both["high"] - both["low"]
    assert second < first


def test_nothing_of_nothing_has_no_share():
    """A base of zero is no share of zero."""
    assert estimate.share(0, 0).isna().all(axis=None)
    assert estimate.difference(0, 0, 1, 2).isna().all(axis=None)
    assert estimate.finite_share(0, 0, 10).isna().all(axis=None)


def test_results_keep_the_rows_they_belong_to():
    """The index is that of the counts."""
    k = pd.Series([1, 2], index=["a", "b"])
    assert estimate.share(k, 4).index.tolist() == ["a", "b"]
    assert estimate.finite_share(k, 4, 9).index.tolist() == ["a", "b"]
    assert estimate.difference(1, 4, k, 4).index.tolist() == ["a", "b"]


def test_when_all_answered_there_is_nothing_to_estimate():
    """3 of 5 where 5 were asked: the share of those asked is 60 %, without an interval."""
    assert estimate.finite_share(3, 5, 5).iloc[0].tolist() == [0.6, 0.6, 0.6]


def test_a_finite_interval_by_hand():
    """
    1 of 2 answered of 4 asked: none of 1, 2, 3 interested among 4 makes that rare.

    P(at least 1 of 2 drawn) is 1/2, 5/6, 1 for 1, 2, 3 interested; P(at most 1) is 1, 5/6, 1/2.
    """
    assert estimate.finite_share(1, 2, 4).iloc[0].tolist() == [0.5, 0.25, 0.75]


@given(pair=SMALL, more=st.integers(0, 60))
def test_a_finite_interval_contains_what_may_be_and_is_inside_clopper_pearson(pair, more):
    """Knowing N never makes the interval wider than the one for an endless population."""
    k, n = pair
    whole = n + more
    row = estimate.finite_share(k, n, whole).iloc[0]
    wide = estimate.share(k, n, method="clopper_pearson").iloc[0]
    assert row["low"] <= row["share"] <= row["high"]
    assert row["low"] >= wide["low"] - 1 / whole
    assert row["high"] <= wide["high"] + 1 / whole


def test_an_unknown_population_has_no_finite_interval():
    """Missing, not guessed; the share itself is known."""
    row = estimate.finite_share(1, 2, np.nan).iloc[0]
    assert row["share"] == 0.5
    assert row[["low", "high"]].isna().all()


def test_more_answers_than_organisations_is_refused():
    """The codebook says how many were asked; it cannot be fewer than answered."""
    with pytest.raises(DataError, match="More organisations answered than were asked: '5' of '4'"):
        estimate.finite_share(1, 5, 4)


@given(a=SMALL, b=SMALL)
def test_a_difference_turns_its_sign_with_the_sides(a, b):
    """B minus a is a minus b, mirrored; the interval contains the difference."""
    ab, ba = estimate.difference(*a, *b).iloc[0], estimate.difference(*b, *a).iloc[0]
    assert ab["difference"] == pytest.approx(-ba["difference"])
    assert [ab["low"], ab["high"]] == pytest.approx([-ba["high"], -ba["low"]])
    assert ab["low"] <= ab["difference"] <= ab["high"]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ((3, 5, 4, 13), (0.29230769230769227, -0.1643302138983761, 0.6276545403003712)),
        ((6, 10, 4, 13), (0.29230769230769227, -0.10102420767527587, 0.5863482351734085)),
        ((20, 40, 10, 39), (0.2435897435897436, 0.02970494598664153, 0.4284271355180065)),
    ],
)
def test_newcombe_by_hand(pair, expected):
    """60 % against 31 % at the published sizes, from Wilson's closed form worked out by hand."""
    row = estimate.difference(*pair).iloc[0]
    assert row.tolist() == pytest.approx(expected, abs=1e-12)


def test_newcombe_does_not_hang_on_the_default_of_a_share(monkeypatch):
    """Another default interval of shares changes no interval of a difference."""
    before = estimate.difference(3, 5, 4, 13)
    for method in METHODS:
        monkeypatch.setitem(estimate.share.__kwdefaults__, "method", method)
        pd.testing.assert_frame_equal(estimate.difference(3, 5, 4, 13), before)


def test_another_method_of_a_difference_is_refused():
    """A method nobody wrote down is a mistake, not a default."""
    with pytest.raises(UsageError, match="`method` is 'wald'; expected one of 'newcombe'"):
        estimate.difference(3, 5, 4, 13, method="wald")


@pytest.mark.parametrize(
    ("n_a", "n_b", "promised"), [(5, 13, 0.973), (13, 13, 0.971), (150, 150, 0.963)]
)
def test_the_smallest_share_is_covered_as_promised(n_a, n_b, promised):
    """
    Computed exactly over pairs of true shares, no draws: as its docstring says, above 95 %.

    The interval of (k_a, k_b) has as its ends the smaller of two bounds that hang on one side
    each, so it misses where both upper bounds lie below, or a lower one lies above, the smallest.
    """
    from scipy.stats import binom

    a, b = np.arange(n_a + 1), np.arange(n_b + 1)
    ends = np.array([[estimate.smallest([i, j], [n_a, n_b])[1:] for j in b] for i in a])
    grid = np.linspace(0.02, 0.98, 25 if n_a == 150 else 49)
    worst = 1.0
    for p in grid:
        for q in grid:
            held = (ends[..., 0] <= min(p, q)) & (min(p, q) <= ends[..., 1])
            worst = min(worst, binom.pmf(a, n_a, p) @ held @ binom.pmf(b, n_b, q))
    assert worst >= promised


def test_the_smallest_share_by_hand():
    """3 of 5 and 4 of 13: the low end is that of 4 of 13, the high end its own at 98.75 %."""
    seen, low, high = estimate.smallest([3, 4], [5, 13])
    assert (seen, low) == (4 / 13, pytest.approx(0.0909, abs=5e-5))
    assert high == pytest.approx(0.6503, abs=5e-5)
    assert estimate.smallest([3, 0], [5, 0]) == pytest.approx((0.6, 0.14663, 0.94726), abs=1e-5)
    assert np.isnan(estimate.smallest([0], [0])).all()


def test_wilsons_worst_is_as_its_docstring_says():
    """At n = 5, just beside an end of an interval, 83.2 % of the intervals hold the true share."""
    from scipy.stats import binom

    k = np.arange(6)
    ends = estimate.share(k, 5)
    beside = np.concatenate([ends["low"], ends["high"]])
    shares = np.clip(np.concatenate([beside - 1e-9, beside + 1e-9]), 1e-9, 1 - 1e-9)
    held = [(binom.pmf(k, 5, p) * ends["low"].le(p) * ends["high"].ge(p)).sum() for p in shares]
    assert min(held) == pytest.approx(0.832, abs=0.0005)
