"""
Do two shares differ?  Tests that hold at any sample size, and how sure one can be.

    k_a of n_a, k_b of n_b  --compare-->  difference, low, high, p_fisher, p_boschloo, p_greater

Both sample sizes are fixed by who was asked, so Boschloo's unconditional test is the one to
read; Fisher's, which also fixes how many chose the item, is shown beside it.  It is mostly larger,
not always: of all 434 tables of (5, 13), (10, 13) and (13, 13), the two-sided p of Fisher is the
smaller one in 20 (1 of 5 against 0 of 13: .278 and .312).
"""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from studylib.stats import estimate
from studylib.stats.estimate import Number

Array = np.ndarray[Any, np.dtype[Any]]
GRID = 600  # values of the unknown common share on which Boschloo's test is evaluated
FINE = 60  # values around the largest of them
SAME = 1 + 1e-7  # two probabilities of tables that differ by less are equal, as in R
NODES = 1000  # of the Gauss-Legendre rule: enough for peaks as narrow as n = 5,000 makes them


def compare(k_a: Number, n_a: Number, k_b: Number, n_b: Number) -> pd.DataFrame:
    """
    One row per pair of shares: what the difference is, and how sure it is.

    Columns difference, low, high (Newcombe), p_fisher, p_boschloo (both two-sided) and p_greater
    (posterior probability that the true share of a is the larger).  A pair without a base on a
    side is missing in all of them.  Equal pairs are computed once.
    """
    pairs = pd.DataFrame(
        np.column_stack(np.broadcast_arrays(*map(np.atleast_1d, (k_a, n_a, k_b, n_b)))),
        columns=["k_a", "n_a", "k_b", "n_b"],
    ).astype(int)
    distinct = pairs.drop_duplicates(ignore_index=True)
    known = distinct[(distinct["n_a"] > 0) & (distinct["n_b"] > 0)]
    tests = pd.DataFrame(
        {
            "p_fisher": [fisher(*row) for row in known.itertuples(index=False)],
            "p_boschloo": [boschloo(*row) for row in known.itertuples(index=False)],
            "p_greater": greater(*(known[column] for column in known)),
        },
        index=known.index,
        dtype=float,
    )
    result = estimate.difference(*(distinct[column] for column in distinct)).join(tests)
    together = pairs.merge(distinct.join(result), on=list(pairs), how="left")
    return together[["difference", "low", "high", "p_fisher", "p_boschloo", "p_greater"]]


def fisher(k_a: int, n_a: int, k_b: int, n_b: int) -> float:
    """
    Two-sided p of Fisher's exact test that k_a of n_a and k_b of n_b are of one share.

    References
    ----------
    Fisher (1922), Journal of the Royal Statistical Society 85(1), doi:10.2307/2340521.
    Computed by SciPy `fisher_exact`.
    """
    from scipy.stats import fisher_exact

    return float(fisher_exact([[k_a, n_a - k_a], [k_b, n_b - k_b]]).pvalue)


def boschloo(k_a: int, n_a: int, k_b: int, n_b: int) -> float:
    """
    Two-sided p of Boschloo's exact test: twice the smaller one-sided p, at most 1.

    The one-sided p is the largest probability, over every common share, of a table whose
    one-sided Fisher p is no larger than the one seen, given n_a and n_b.

    Notes
    -----
    SciPy's `boschloo_exact` is the same test (it takes the samples as *columns*; transposing its
    table fixes the wrong margin and gives another p).  It needs 0.1 to 2 seconds per table; here
    a table of two sides of 50 takes some milliseconds, which is what looking at every attainable
    pair of sample sizes needs.  The two agree to 1e-6 (tested).

    References
    ----------
    Boschloo (1970), Raised conditional level of significance for the 2x2-table when testing the
    equality of two probabilities, Statistica Neerlandica 24(1),
    doi:10.1111/j.1467-9574.1970.tb00104.x.
    """
    one_sided = (
        _largest_risk(n_a, n_b, _fisher_tails(n_a, n_b)[k_a, k_b]),
        _largest_risk(n_b, n_a, _fisher_tails(n_b, n_a)[k_b, k_a]),
    )
    return min(1.0, 2 * min(one_sided))


def rejected(n_a: int, n_b: int, level: float) -> Array:
    """
    Tables (count of a, count of b) whose one-sided Boschloo p, a the larger, is at most `level`.

    The p grows with the one-sided p of Fisher that orders the tables, so the last table inside
    is found by halving.
    """
    tail = _fisher_tails(n_a, n_b)
    steps = np.unique(tail[tail <= level])  # Boschloo's p is never above Fisher's one-sided one
    beyond = np.unique(tail[tail > level])
    first, last = 0, len(beyond)
    while first < last:
        middle = (first + last) // 2
        if _largest_risk(n_a, n_b, beyond[middle]) <= level:
            first = middle + 1
        else:
            last = middle
    inside = np.concatenate([steps, beyond[:first]])
    return np.asarray(tail <= inside[-1] * SAME) if len(inside) else np.zeros(tail.shape, bool)


def _largest_risk(n_a: int, n_b: int, most: float) -> float:
    """One-sided p of the tables whose Fisher p is at most this, maximal over the common share."""
    tail = _fisher_tails(n_a, n_b)
    # The tables as extreme as this one: for each count of a, every count of b up to a bound.
    bound = (tail <= most * SAME).sum(axis=1) - 1
    angle = np.linspace(0, np.pi / 2, GRID + 2)[1:-1]
    risk = _risk(np.sin(angle) ** 2, bound, n_a, n_b)
    step = angle[1] - angle[0]
    for _ in range(2):
        top = angle[risk.argmax()]
        angle = np.linspace(top - step, top + step, FINE + 1)
        risk = _risk(np.sin(angle) ** 2, bound, n_a, n_b)
        step = angle[1] - angle[0]
    return float(min(1.0, risk.max()))


@lru_cache(maxsize=8)
def _fisher_tails(n_a: int, n_b: int) -> Array:
    """P(a at least this large) given both sizes and the sum, for each pair of counts."""
    from scipy.special import gammaln

    def choose(n: int) -> Array:
        """Logarithm of n over k, for k from 0 to n."""
        k = np.arange(n + 1)
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    ways_a, ways_b, ways = choose(n_a), choose(n_b), choose(n_a + n_b)
    tails = np.empty((n_a + 1, n_b + 1))
    for total in range(n_a + n_b + 1):
        a = np.arange(max(0, total - n_b), min(n_a, total) + 1)
        chance = np.exp(ways_a[a] + ways_b[total - a] - ways[total])
        tails[a, total - a] = np.minimum(1.0, chance[::-1].cumsum()[::-1])
    return tails


def _risk(shares: Array, bound: Array, n_a: int, n_b: int) -> Array:
    """P(count of b <= bound of the count of a) where both have the same share, per share."""
    from scipy.special import bdtr
    from scipy.stats import binom

    reached = np.flatnonzero(bound >= 0)[:, None]
    below = bdtr(bound[reached], n_b, shares)
    return np.asarray((binom.pmf(reached, n_a, shares) * below).sum(axis=0))


def greater(k_a: Number, n_a: Number, k_b: Number, n_b: Number) -> Array:
    """
    Posterior probability that the true share of a is larger than that of b, one per pair.

    Jeffreys' prior Beta(1/2, 1/2) on each side, the integral by a Gauss-Legendre rule: with
    share = sin(angle)^2 the integrand is smooth to its ends.

    References
    ----------
    Jeffreys (1946), An invariant form for the prior probability in estimation problems,
    doi:10.1098/rspa.1946.0056.
    """
    from scipy.special import betainc, betaln

    hits_a, base_a, hits_b, base_b = (
        np.atleast_1d(np.asarray(x, dtype=float))[:, None] for x in (k_a, n_a, k_b, n_b)
    )
    angle, weight = _nodes()
    density = np.exp(
        np.log(2)
        + 2 * hits_a * np.log(np.sin(angle))
        + 2 * (base_a - hits_a) * np.log(np.cos(angle))
        - betaln(hits_a + 0.5, base_a - hits_a + 0.5)
    )
    below = betainc(hits_b + 0.5, base_b - hits_b + 0.5, np.sin(angle) ** 2)
    return np.asarray((density * below * weight).sum(axis=1))


@cache
def _nodes() -> tuple[Array, Array]:
    """Angles between 0 and a right angle, and their weights."""
    x, weight = np.polynomial.legendre.leggauss(NODES)
    return (x + 1) * np.pi / 4, weight * np.pi / 4
