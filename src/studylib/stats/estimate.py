"""
Shares of small counts with the interval that fits the question.

    share         k of n drawn from many: Wilson, Clopper-Pearson, Jeffreys, Agresti-Coull
    finite_share  k of n, where n of N organisations answered and N is known
    smallest      the smallest of the shares of several sides
    difference    one share minus another, Newcombe

Which promise each keeps at small n is computed in ``benchmarks/coverage.py``.
"""

from typing import Any, Literal

import numpy as np
import pandas as pd

from studylib.errors import DataError, UsageError, quoted, some

Interval = Literal["wilson", "clopper_pearson", "jeffreys", "agresti_coull"]
STATSMODELS_NAME = {
    "wilson": "wilson",
    "clopper_pearson": "beta",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
}
DIFFERENCES = ("newcombe",)
Number = pd.Series | np.ndarray[Any, Any] | float


def share(
    k: Number,
    n: Number,
    *,
    level: float = 0.95,
    method: Interval = "wilson",
) -> pd.DataFrame:
    """
    Shares k of n with their interval: one row per pair, columns share, low, high [0..1].

    A base of 0 has no share: all three are missing.  Fractional k and n (weighted counts) are
    taken as they are, which makes the interval approximate.

    Notes
    -----
    Wilson and Jeffreys cover 95 % on average over true shares and may fall below it for single
    ones; Clopper-Pearson never covers less and is wider for it.  Computed exactly for n of 5, 13,
    20 and 52 over true shares from 0.1 to 99.9 % in steps of 0.1 (``benchmarks/coverage.py``),
    mean coverage and the worst: Wilson 95.2 to 95.5 % (worst 83.3 % at n = 5; over every true
    share, just beside an end of an interval, 83.2 %), Jeffreys 95.0 to 95.8 % (88.4 %),
    Agresti-Coull 95.8 to 96.7 % (89.6 %), Clopper-Pearson 96.9 to 99.0 % (95.1 %).

    References
    ----------
    Brown, Cai, DasGupta (2001), Interval estimation for a binomial proportion,
    Statistical Science 16(2), doi:10.1214/ss/1009213286.  Wilson (1927), JASA 22(158),
    doi:10.1080/01621459.1927.10502953.  Clopper, Pearson (1934), Biometrika 26(4),
    doi:10.1093/biomet/26.4.404.  Agresti, Coull (1998), The American Statistician 52(2),
    doi:10.1080/00031305.1998.10480550.  Computed by statsmodels `proportion_confint`.
    """
    from statsmodels.stats.proportion import proportion_confint

    hits, base = np.broadcast_arrays(
        np.atleast_1d(np.asarray(k, dtype=float)), np.atleast_1d(np.asarray(n, dtype=float))
    )
    low, high, value = (np.full(base.shape, np.nan) for _ in range(3))
    known = base > 0
    value[known] = hits[known] / base[known]
    low[known], high[known] = proportion_confint(
        hits[known], base[known], alpha=1 - level, method=STATSMODELS_NAME[method]
    )
    # Rounding errors may put an end of the interval a hair beyond the share itself.
    low, high = np.clip(low, 0.0, value), np.clip(high, value, 1.0)
    return pd.DataFrame({"share": value, "low": low, "high": high}, index=_index(k, n))


def finite_share(k: Number, n: Number, population: Number, *, level: float = 0.95) -> pd.DataFrame:
    """
    Shares k of n answers as an estimate for all N organisations asked: share, low, high [0..1].

    The interval holds every number of interested organisations among the N that would not make
    the k of n seen too rare a draw (hypergeometric tails of 2.5 % each).  It covers at least the
    level, and is one point where all N answered.  A base of 0 or an unknown N has no interval.

    Notes
    -----
    Coverage with 40 asked and 5, 13, 20 answering, exactly: 98.1 to 99.1 % (worst 95.2 %).
    Those who answered are taken as a random draw from those asked.  Where the interested answer
    more readily, no interval repairs that.

    Raises
    ------
    DataError
        More organisations answered than were asked.

    References
    ----------
    Konijn (1973), Statistical Theory of Sample Survey Design and Analysis; Buonaccorsi (1987),
    A note on confidence intervals for proportions in finite populations, The American
    Statistician 41(3), doi:10.1080/00031305.1987.10475484 (references recalled, not re-read).
    """
    hits, base, whole = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(x, dtype=float)) for x in (k, n, population))
    )
    if (wrong := base > whole).any():
        raise DataError(
            f"More organisations answered than were asked: {some(base[wrong].astype(int))} of "
            f"{some(whole[wrong].astype(int))}. Correct `asked` in the codebook."
        )
    ends = np.full((len(base), 2), np.nan)
    for place in np.flatnonzero((base > 0) & np.isfinite(whole)):
        ends[place] = _finite_ends(int(hits[place]), int(base[place]), int(whole[place]), level)
    with np.errstate(invalid="ignore"):
        value = np.where(base > 0, hits / np.where(base > 0, base, 1), np.nan)
    return pd.DataFrame(
        {"share": value, "low": ends[:, 0], "high": ends[:, 1]}, index=_index(k, n, population)
    )


def _finite_ends(k: int, n: int, whole: int, level: float) -> tuple[float, float]:
    """Smallest and largest share of interested organisations that k of n does not rule out."""
    from scipy.stats import hypergeom

    tail = (1 - level) / 2
    interested = np.arange(k, whole - (n - k) + 1)
    not_too_few = interested[hypergeom.sf(k - 1, whole, interested, n) > tail]
    not_too_many = interested[hypergeom.cdf(k, whole, interested, n) > tail]
    return float(not_too_few.min() / whole), float(not_too_many.max() / whole)


def smallest(k: Number, n: Number, *, level: float = 0.95) -> tuple[float, float, float]:
    """
    The smallest of the true shares of several sides: value seen, low, high [0..1].

    Parameters
    ----------
    k, n
        Counts and bases, one per side; a side without a base says nothing and is left out.

    Notes
    -----
    From Clopper-Pearson bounds: low is the smaller of the sides' lower bounds at 2.5 % (the side
    that is smallest is below its own in 2.5 % of samples at most), high the smaller of their upper
    bounds at 2.5 % divided by the number of sides (Bonferroni).  So it covers at least the level,
    whatever the shares.  Exactly, over all pairs of true shares in steps of 0.5 % and rounded down,
    the worst is 96.8 % at (5, 13), 96.8 % at (13, 13) and 96.3 % at (150, 150).  Quantiles of the
    posterior of a minimum, which stood here before, cover 77 to 90 %.
    """
    from scipy.stats import beta

    hits, base = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (k, n))
    hits, base = hits[base > 0], base[base > 0]
    if not len(base):
        return (float("nan"),) * 3
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(hits > 0, beta.ppf(tail, hits, base - hits + 1), 0.0)
        high = np.where(hits < base, beta.isf(tail / len(base), hits + 1, base - hits), 1.0)
    return float((hits / base).min()), float(low.min()), float(high.min())


def difference(
    k_a: Number,
    n_a: Number,
    k_b: Number,
    n_b: Number,
    *,
    level: float = 0.95,
    method: Literal["newcombe"] = "newcombe",
) -> pd.DataFrame:
    """
    Share a minus share b with its interval: one row per pair, difference, low, high [-1..1].

    Missing where a side has no base.  Coverage against a side of 13, exactly, over true shares
    from 1 to 99 % in steps of 1 on both sides: 95.3 % on average (worst 88.3 % at n = 13, 87.1 %
    at n = 5).  Where a side is nearer to none or all, down to 0.1 %, it falls to 84.4 and 83.7 %.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17(8), method 10 (from two Wilson intervals),
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    if method not in DIFFERENCES:
        raise UsageError(f"`method` is {quoted(method)}; expected one of {some(DIFFERENCES)}.")
    # Newcombe's method 10 is of Wilson intervals, whatever `share` takes where it is not told.
    sides = (k_a, n_a), (k_b, n_b)
    a, b = (share(k, n, level=level, method="wilson").to_numpy().T for k, n in sides)
    value = a[0] - b[0]
    low = value - np.hypot(a[0] - a[1], b[2] - b[0])
    high = value + np.hypot(a[2] - a[0], b[0] - b[1])
    return pd.DataFrame(
        {"difference": value, "low": low, "high": high}, index=_index(k_a, n_a, k_b, n_b)
    )


def _index(*values: Number) -> pd.Index | None:
    """The index of the first Series among the arguments."""
    return next((x.index for x in values if isinstance(x, pd.Series)), None)
