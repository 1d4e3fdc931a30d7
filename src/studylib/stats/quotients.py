"""
Is one share larger than another, and by what factor: location quotients with their errors.

    x of n in a region, y of m outside   -->   quotient (x/n)/(y/m), interval, shrunken, P(> 1), p

A quotient of two small counts is large by chance sooner than a difference is; so it never travels
without its interval, and many together are held against false discovery.

References: Clopper, Pearson (1934), doi:10.1093/biomet/26.4.404; Garwood (1936),
doi:10.1093/biomet/28.3-4.437; Przyborowski, Wilenski (1940), doi:10.1093/biomet/31.3-4.313 (two
Poisson counts given their sum); Clayton, Kaldor (1987), doi:10.2307/2532003 (gamma-Poisson prior);
Benjamini, Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
"""

from typing import Any

import numpy as np
import pandas as pd

from studylib.stats.arrays import Numbers

LEVEL = 0.95
POWER = 0.8
LEAST_EXPECTED = 1.0
"""Units expected below which no ratio is told: a single one is more, and none is none at all."""
ALIKE = 1e4  # a prior as narrow as that says that all regions are alike


def garwood(x: Any, *, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Exact interval of a Poisson mean from a count; the low end of 0 is 0."""
    from scipy.stats import chi2

    x, tail = np.asarray(x, dtype=float), (1 - level) / 2
    low = np.where(x > 0, chi2.ppf(tail, 2 * x) / 2, 0.0)
    return np.asarray(low), np.asarray(chi2.ppf(1 - tail, 2 * x + 2) / 2)


def quotients(x: Any, n: Any, y: Any, m: Any, *, level: float = LEVEL) -> pd.DataFrame:
    """
    Quotients of shares with exact intervals and p-values.

    Parameters
    ----------
    x, n
        Count and base of the region.  Fractional counts are taken as they are: they vary less
        than whole ones, so their intervals are too wide rather than too narrow.
    y, m
        Count and base outside.

    Returns
    -------
    One row per count: expected (n y / m), quotient (x over expected), low, high, p (two-sided: no
    difference).  All but `expected` are missing where nothing is expected or a base is empty: a
    quotient over zero is not defined.

    Notes
    -----
    Given x + y, x is binomial; its Clopper-Pearson interval, turned into odds, is that of the
    quotient.  As y grows it becomes Garwood's interval of x over the expected count.
    """
    from scipy.stats import beta

    x, n, y, m = (np.asarray(a, dtype=float) for a in np.broadcast_arrays(x, n, y, m))
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(m > 0, n * y / m, np.nan)
        known = (n > 0) & (expected > 0)
        even = n / (n + m)
        low_share = np.where(x > 0, beta.ppf(tail, x, y + 1), 0.0)
        high_share = beta.ppf(1 - tail, x + 1, y)
        to_quotient = m / n
        below, above = beta.sf(even, x + 1, y), np.where(x > 0, beta.cdf(even, x, y + 1), 1.0)
        p = 2 * np.minimum(below, above)
        columns = {
            "quotient": x / expected,
            "low": low_share / (1 - low_share) * to_quotient,
            "high": high_share / (1 - high_share) * to_quotient,
            "p": np.minimum(p, 1.0),
        }
    missing = {name: np.where(known, values, np.nan) for name, values in columns.items()}
    return pd.DataFrame({"expected": expected, **missing})


def prior(x: Any, expected: Any) -> float:
    """
    How alike quotients are: a of a gamma(a, a) prior with mean 1, by the likelihood of all counts.

    Large: the quotients hardly differ beyond chance (10,000 stands for "not at all").  Counts
    without an expectation say nothing.  Missing where none has one.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    x, expected = np.asarray(x, dtype=float), np.asarray(expected, dtype=float)
    known = expected > 0
    x, expected = x[known], expected[known]
    if not len(x):
        return float("nan")

    def minus_likelihood(log_a: float) -> float:
        """Of the counts, for this logarithm of a."""
        a = np.exp(log_a)  # negative binomial, for fractional counts too
        ways = gammaln(x + a) - gammaln(a)
        return -float((ways + a * np.log(a / (a + expected)) - x * np.log(a + expected)).sum())

    ends = (np.log(1e-3), np.log(ALIKE))
    found = minimize_scalar(minus_likelihood, bounds=ends, method="bounded")
    at_end = minus_likelihood(ends[1]) <= found.fun
    return float(ALIKE if at_end else np.exp(found.x))


def shrunken(x: Any, expected: Any, a: float) -> pd.DataFrame:
    """
    Quotients drawn towards 1 by their prior: shrunken, p_above (P(quotient > 1)).

    Missing where nothing is expected.
    """
    from scipy.stats import gamma

    x, expected = np.asarray(x, dtype=float), np.asarray(expected, dtype=float)
    known = expected > 0
    safe = np.where(known, expected, 1.0)
    return pd.DataFrame(
        {
            "shrunken": np.where(known, (x + a) / (safe + a), np.nan),
            "p_above": np.where(known, gamma.sf(1.0, x + a, scale=1 / (safe + a)), np.nan),
        }
    )


def false_discovery(p: Any) -> Numbers:
    """q-values (Benjamini-Hochberg) over the p-values that are there; missing ones stay missing."""
    from scipy.stats import false_discovery_control

    values = np.asarray(p, dtype=float)
    known = ~np.isnan(values)
    found = np.full(values.shape, np.nan)
    if known.any():
        found[known] = false_discovery_control(values[known])
    return found


def detectable(expected: Any, *, level: float = LEVEL, power: float = POWER) -> Numbers:
    """
    The smallest quotient above 1 that a count would show with this power, one test alone.

    The count must reach the smallest c with P(X >= c) <= (1 - level) / 2 where nothing is
    different.  Missing where nothing is expected.
    """
    from scipy.special import gammaincinv
    from scipy.stats import poisson

    expected = np.asarray(expected, dtype=float)
    known = expected > 0
    safe = np.where(known, expected, 1.0)
    least = poisson.isf((1 - level) / 2, safe) + 1
    return np.asarray(np.where(known, gammaincinv(least, power) / safe, np.nan))


def log_odds(x: Any, n: Any, y: Any, m: Any, *, level: float = LEVEL) -> pd.DataFrame:
    """
    Log odds ratio of two shares with half a count added (Haldane, Anscombe) and Woolf's interval.

    One row per pair: log_odds, low, high [natural logarithm]; above 0: more in the first.  Missing
    where a base is empty.

    References: Haldane (1956), doi:10.1111/j.1469-1809.1955.tb01285.x; Woolf (1955),
    doi:10.1111/j.1469-1809.1955.tb01348.x.
    """
    from scipy.stats import norm

    x, n, y, m = (np.asarray(a, dtype=float) for a in np.broadcast_arrays(x, n, y, m))
    cells = np.array([x, n - x, y, m - y]) + 0.5
    ratio = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    width = norm.ppf((1 + level) / 2) * np.sqrt((1 / cells).sum(axis=0))
    known = (n > 0) & (m > 0)
    table = {"log_odds": ratio, "low": ratio - width, "high": ratio + width}
    return pd.DataFrame({k: np.where(known, v, np.nan) for k, v in table.items()})
