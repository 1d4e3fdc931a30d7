"""
What could have been shown at these numbers: power of the exact tests, and one word per comparison.

    k_a of n_a, k_b of n_b, p held over m tests  --judged-->  detectable [0..1], verdict

`detectable` asks: had the item been as frequent on both sides together as it is, how far would
their true shares have had to lie apart, in the direction seen, for the test to find it 4 times in
5?  Where even all of it on one side would not do, the comparison could not have been shown.
"""

from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from studylib.stats import exact, sums

Array = np.ndarray[Any, np.dtype[Any]]
Test = Literal["fisher", "boschloo"]
SHOWN, NOT_SHOWN, NOT_POSSIBLE = "shown", "not shown", "could not have been shown"
LEVEL, POWER = 0.05, 0.8
MOST_TABLES = 1_000_000
"""Above so many tables of two sides the normal approximation is as good, and is used."""
STEPS = 30  # halvings of the range of differences: to a billionth


def judged(pairs: pd.DataFrame, p_holm: pd.Series, test: Test) -> pd.DataFrame:
    """
    Two columns for each comparison: detectable [0..1, missing: no difference] and verdict.

    Parameters
    ----------
    pairs
        Columns k_a, n_a, k_b, n_b, one row per comparison.
    p_holm
        Its p held over all comparisons of the family; missing where nothing was tested, and
        then there is no verdict.
    test
        The test behind p; it is asked at the level of Holm's first step, 0.05 / m.

    Notes
    -----
    A difference that is shown is shown, whatever could be expected beforehand.  The power counts
    every table of the two sides exactly up to a million tables.
    """
    level = LEVEL / max(1, int(p_holm.notna().sum()))
    known = p_holm.notna().to_numpy()
    far = [
        detectable(*map(int, row), level=level, test=test) if ok else np.nan
        for ok, row in zip(known, pairs.to_numpy(), strict=True)
    ]
    found = pd.DataFrame({"detectable": np.array(far, dtype=float)}, index=pairs.index)
    verdict = np.where(p_holm < LEVEL, SHOWN, np.where(np.isnan(far), NOT_POSSIBLE, NOT_SHOWN))
    return found.assign(verdict=pd.Series(verdict, index=pairs.index, dtype="object").where(known))


def detectable(
    k_a: int, n_a: int, k_b: int, n_b: int, *, level: float = LEVEL, test: Test = "fisher"
) -> float:
    """
    The smallest difference of the true shares [0..1] that the test finds with 80 % power.

    The share of both sides together is held at what was seen; the larger side is the one seen
    (a, where they are alike).  Missing where not even all of it on that side would be found, or
    a side has no base.

    >>> round(detectable(3, 5, 4, 13, test="boschloo"), 2)
    0.67
    """
    if not (n_a and n_b):
        return float("nan")
    larger = (n_a, n_b) if k_a * n_b >= k_b * n_a else (n_b, n_a)
    whole = (k_a + k_b) / (n_a + n_b)
    weight = larger[1] / (n_a + n_b)  # the larger side lies this part of the difference above
    most = min((1 - whole) / weight, whole / (1 - weight))
    low, high = 0.0, most
    if _power(*_apart(whole, most, weight), *larger, level, test) < POWER:
        return float("nan")
    for _step in range(STEPS):
        middle = (low + high) / 2
        enough = _power(*_apart(whole, middle, weight), *larger, level, test) >= POWER
        low, high = (low, middle) if enough else (middle, high)
    return high


def _apart(whole: float, difference: float, weight: float) -> tuple[float, float]:
    """Shares of the larger and the smaller side that lie so far apart around the whole."""
    return min(1.0, whole + difference * weight), max(0.0, whole - difference * (1 - weight))


def _power(p_a: float, p_b: float, n_a: int, n_b: int, level: float, test: Test) -> float:
    """Probability that the test finds these true shares to differ."""
    if (n_a + 1) * (n_b + 1) > MOST_TABLES:
        return _approximate(p_a, p_b, n_a, n_b, level)
    from scipy.stats import binom

    a, b = binom.pmf(np.arange(n_a + 1), n_a, p_a), binom.pmf(np.arange(n_b + 1), n_b, p_b)
    return float((sums.weighed(a, rejected(n_a, n_b, level, test)) * b).sum())


def _approximate(p_a: float, p_b: float, n_a: int, n_b: int, level: float) -> float:
    """The power of the z test of two shares, pooled under "no difference"."""
    from scipy.stats import norm

    whole = (p_a * n_a + p_b * n_b) / (n_a + n_b)
    under = np.sqrt(whole * (1 - whole) * (1 / n_a + 1 / n_b))
    spread = np.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    beyond = abs(p_a - p_b) - norm.isf(level / 2) * under
    return float(norm.cdf(beyond / spread)) if spread > 0 else float(beyond > 0)


@lru_cache(maxsize=16)
def rejected(n_a: int, n_b: int, level: float, test: Test) -> Array:
    """Which tables (count of a, count of b) the two-sided test finds different at a level."""
    return _fisher(n_a, n_b, level) if test == "fisher" else _boschloo(n_a, n_b, level)


def _fisher(n_a: int, n_b: int, level: float) -> Array:
    """Fisher: the tables of one sum that are no more probable than this one."""
    from scipy.special import gammaln

    def ways(n: int) -> Array:
        """Logarithms of the ways to choose 0, 1, ... of n."""
        k = np.arange(n + 1)
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    of_a, of_b, of_all = ways(n_a), ways(n_b), ways(n_a + n_b)
    found = np.zeros((n_a + 1, n_b + 1))
    for total in range(n_a + n_b + 1):
        a = np.arange(max(0, total - n_b), min(n_a, total) + 1)
        chance = np.exp(of_a[a] + of_b[total - a] - of_all[total])
        ordered = np.sort(chance)
        upto = np.searchsorted(ordered, chance * exact.SAME, side="right")
        found[a, total - a] = np.concatenate([[0.0], ordered.cumsum()])[upto] <= level
    return found


def _boschloo(n_a: int, n_b: int, level: float) -> Array:
    """Boschloo: either one-sided p at most half the level."""
    one = exact.rejected(n_a, n_b, level / 2)
    return (one | exact.rejected(n_b, n_a, level / 2).T).astype(float)
