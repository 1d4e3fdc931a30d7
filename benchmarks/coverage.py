"""
How often the 95 % intervals of small shares hold the true one: computed exactly, not drawn.

For each number of respondents n and each true share on a grid, the chance of every count is known
(binomial, or hypergeometric where n of 40 organisations answered), so the coverage is a sum.  Mean
and worst are over the grid: shares 0.001 to 0.999, for differences 0.01 to 0.99 on each side.

    python -m benchmarks coverage
"""

import numpy as np
from scipy.stats import binom, hypergeom

from studylib.stats import estimate, exact

SIZES = (5, 13, 20, 52)
OTHER = 13  # respondents of the second territory of a difference
ASKED = 40
METHODS = ("wilson", "clopper_pearson", "jeffreys", "agresti_coull")
SHARES = np.linspace(0.001, 0.999, 999)
PAIRS = np.linspace(0.01, 0.99, 99)
PROMISED = {  # least mean and least worst coverage, as the docstrings of `estimate` say
    ("wilson", 5): (0.955, 0.832),
    ("clopper_pearson", 5): (0.95, 0.95),
    ("newcombe", 13): (0.953, 0.883),
}


def run() -> list[dict[str, object]]:
    """One row per method and number of respondents: mean and worst coverage, as promised."""
    rows = []
    for n in SIZES:
        rows += [_row(method, n, of_share(n, method)) for method in METHODS]
        if n < ASKED:
            rows.append(_row("finite", n, of_finite(n)))
        rows.append(_row("newcombe", n, of_difference(n)))
        rows.append(_row("boschloo", n, of_boschloo(n)))
    found = {(row["method"], row["n"]): (row["mean"], row["worst"]) for row in rows}
    for key, (mean, worst) in PROMISED.items():
        assert found[key][0] >= mean, (key, found[key])
        assert found[key][1] >= worst, (key, found[key])
    return rows


def of_share(n: int, method: estimate.Interval) -> "np.ndarray":
    """Coverage of the interval of a share of n at each true share."""
    k = np.arange(n + 1)
    ends = estimate.share(k, n, method=method)
    holds = _holds(ends, SHARES[:, None])
    return (binom.pmf(k, n, SHARES[:, None]) * holds).sum(axis=1)


def of_finite(n: int) -> "np.ndarray":
    """The same for n of 40 asked, at each number of interested organisations."""
    k, interested = np.arange(n + 1), np.arange(ASKED + 1)[:, None]
    ends = estimate.finite_share(k, n, ASKED)
    chance = hypergeom.pmf(k, ASKED, interested, n)
    return (chance * _holds(ends, interested / ASKED)).sum(axis=1)


def of_difference(n: int) -> "np.ndarray":
    """Coverage of Newcombe's interval against a side of 13, at each pair of true shares."""
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(n + 1), np.arange(OTHER + 1)))
    ends = estimate.difference(a, n, b, OTHER)
    found = []
    for share in PAIRS:
        chance = binom.pmf(a, n, share) * binom.pmf(b, OTHER, PAIRS[:, None])
        holds = _holds(ends, (share - PAIRS)[:, None])
        found.append((chance * holds).sum(axis=1))
    return np.concatenate(found)


def of_boschloo(n: int) -> "np.ndarray":
    """How often p stays above 0.05 where both sides are alike: the test's own promise."""
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(n + 1), np.arange(OTHER + 1)))
    p = np.array([exact.boschloo(int(i), n, int(j), OTHER) for i, j in zip(a, b, strict=True)])
    chance = binom.pmf(a, n, PAIRS[:, None]) * binom.pmf(b, OTHER, PAIRS[:, None])
    return (chance * (p > 0.05)).sum(axis=1)


def _holds(ends: "object", true: "np.ndarray") -> "np.ndarray":
    low, high = (ends[name].to_numpy() for name in ("low", "high"))  # type: ignore[index]
    return (low <= true + 1e-12) & (true <= high + 1e-12)


def _row(method: str, n: int, coverage: "np.ndarray") -> dict[str, object]:
    mean, worst = float(coverage.mean()), float(coverage.min())
    return {"method": method, "n": n, "mean": round(mean, 4), "worst": round(worst, 4)}
