"""
Do whole profiles of answers differ?  Exact where it can be counted, by permutation elsewhere.

    counts: one row per territory, one column per domain  --freeman_halton-->  p, all tables
    flags:  one row per respondent, one column per domain  --permuted-->  counts under chance

Ticks of one respondent belong together, so it is respondents that are permuted, never ticks.
Rows are sorted before any dice are thrown: their order in a file changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from studylib.stats.exact import SAME

Array = np.ndarray[Any, np.dtype[Any]]
MOST_TABLES = 2_000_000
DRAWS = 9_999
CHUNK = 4_000_000  # labels drawn at a time


def n_tables(counts: Array) -> int:
    """
    How many tables of two rows have the row and column sums of this one.

    >>> n_tables(np.array([[3, 0, 1, 1, 0], [4, 3, 2, 2, 2]]))
    96
    """
    ways = [1] + [0] * int(counts[0].sum())
    for total in counts.sum(axis=0).tolist():
        sums = np.cumsum([0, *ways], dtype=object)
        ways = [sums[i + 1] - sums[max(0, i - total)] for i in range(len(ways))]
    return int(ways[-1])


def freeman_halton(counts: Array) -> float | None:
    """
    Exact p that two rows of counts are of one profile; None where there are too many tables.

    The sum of the probabilities of every table with the same margins that is no more probable
    than this one.  Each respondent stands in one column (single choice).

    References
    ----------
    Freeman, Halton (1951), Note on an exact treatment of contingency, goodness of fit and other
    problems of significance, Biometrika 38(1/2), doi:10.1093/biomet/38.1-2.141.
    """
    from scipy.special import gammaln

    counts = np.asarray(counts, dtype=int)
    if n_tables(counts) > MOST_TABLES:
        return None
    n_first = int(counts[0].sum())
    totals = counts.sum(axis=0)
    after = totals[::-1].cumsum()[::-1] - totals  # answers in the columns still to come
    filled, log_ways = np.zeros(1, dtype=int), np.zeros(1)
    for total, rest in zip(totals.tolist(), after.tolist(), strict=True):
        here = np.arange(total + 1)
        ways = gammaln(total + 1) - gammaln(here + 1) - gammaln(total - here + 1)
        sums = filled[:, None] + here
        fits = (sums <= n_first) & (sums + rest >= n_first)
        filled, log_ways = sums[fits], (log_ways[:, None] + ways)[fits]
    whole = int(counts.sum())
    log_all = gammaln(whole + 1) - gammaln(n_first + 1) - gammaln(whole - n_first + 1)
    chance = np.exp(log_ways - log_all)
    seen = np.exp(_log_ways(counts) - log_all)
    return float(min(1.0, chance[chance <= seen * SAME].sum()))


def _log_ways(counts: Array) -> float:
    """Logarithm of the number of ways to fill the first row of a table."""
    from scipy.special import gammaln

    first, totals = counts[0], counts.sum(axis=0)
    return float((gammaln(totals + 1) - gammaln(first + 1) - gammaln(totals - first + 1)).sum())


@dataclass(frozen=True)
class Permuted:
    """Counts as seen and under chance: (draw, group, item); sizes of the groups."""

    seen: Array
    drawn: Array
    sizes: Array

    def p_of(self, statistic: Any) -> float:
        """Share of draws, the one seen among them, whose statistic is as large as the one seen."""
        seen = statistic(self.seen[None], self.sizes)[0]
        drawn = statistic(self.drawn, self.sizes)
        return float((1 + (drawn >= seen - 1e-12).sum()) / (1 + len(drawn)))


def permuted(flags: Array, groups: Sequence[str], *, seed: int, draws: int = DRAWS) -> Permuted:
    """
    Counts per group and item, as seen and with respondents dealt to the groups at random.

    Parameters
    ----------
    flags
        One row per respondent, one column per item in a fixed order; 0 or 1.
    groups
        The group of each respondent; groups are taken in alphabetical order.
    seed, draws
        Seed of the dice; how often respondents are dealt.
    """
    names, codes = np.unique(np.asarray(groups), return_inverse=True)
    flags = np.asarray(flags, dtype=float)
    rows = flags[np.lexsort(flags.T[::-1])]
    sizes = np.bincount(codes, minlength=len(names))
    dice = np.random.default_rng(seed)
    step = max(1, CHUNK // max(1, len(rows)))
    parts = [
        _counts(dice.permuted(np.tile(np.sort(codes), (n, 1)), axis=1), rows, len(names))
        for n in _steps(draws, step)
    ]
    return Permuted(_counts(codes[None], flags, len(names))[0], np.concatenate(parts), sizes)


def _steps(draws: int, step: int) -> list[int]:
    """The draws in parts of at most `step`."""
    return [min(step, draws - start) for start in range(0, draws, step)]


def _counts(codes: Array, rows: Array, n_groups: int) -> Array:
    """Counts (draw, group, item) of rows dealt to groups."""
    return np.stack([(codes == group) @ rows for group in range(n_groups)], axis=1)


def distance(counts: Array, sizes: Array) -> Array:
    """
    How far the groups lie apart over all items, per draw: chi-square, summed over the items.

    An item that everybody or nobody chose says nothing and counts nothing.
    """
    total = counts.sum(axis=1) / sizes.sum()
    variance = total * (1 - total)
    shares = counts / sizes[None, :, None]
    squares = (sizes[None, :, None] * (shares - total[:, None]) ** 2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(variance > 0, squares / variance, 0.0)
    return np.asarray(parts.sum(axis=1))


def diversity(counts: Array) -> Array:
    """
    Chance that two mentions drawn from a profile are of different items; missing below two.

    Unbiased at any sample size, unlike entropy.

    References
    ----------
    Simpson (1949), Measurement of diversity, Nature 163, doi:10.1038/163688a0.
    """
    counts = np.asarray(counts, dtype=float)
    n = counts.sum(axis=-1)
    pairs = n * (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(pairs > 0, 1 - (counts * (counts - 1)).sum(axis=-1) / pairs, np.nan)


def holm(p: Sequence[float]) -> Array:
    """
    p-values that hold for all of a family together; missing ones stay missing and do not count.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6(2), https://www.jstor.org/stable/4615733.  Computed by statsmodels.
    """
    from statsmodels.stats.multitest import multipletests

    values = np.asarray(p, dtype=float)
    adjusted = np.full(values.shape, np.nan)
    known = ~np.isnan(values)
    if known.any():
        adjusted[known] = multipletests(values[known], method="holm")[1]
    return adjusted
