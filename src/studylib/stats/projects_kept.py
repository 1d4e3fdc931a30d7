"""
How many projects two regions share by chance, if each is in as many projects as it was.

    sizes of projects, projects of each of two regions  --shared_by_chance-->  mean, 95 %

A region takes part in teams: several organisations of it in one project.  To deal every
participant anew (`joint_projects`) takes such teams apart: a region comes into more projects than
it was in, and shares more.  Here it stands in a project of s participants with chance
1 - (1 - f)^s, f such that it is in as many projects as it was, on average.  Projects are
independent, so what two regions share is Poisson-binomial, and exact.
"""

from typing import Any

import numpy as np

from studylib.stats.arrays import Numbers

Array = np.ndarray[Any, np.dtype[Any]]
TAILS = (0.025, 0.975)
SPREAD = 12  # standard deviations above the mean beyond which nothing is worth a sum


def shared_by_chance(sizes: Any, n: int, other: int) -> tuple[float, int, int]:
    """
    Mean and 95 % of the projects two regions share.

    Parameters
    ----------
    sizes
        Participants of each project; several from one region count each.
    n, other
        Projects of either region.
    """
    size, often = np.unique(np.asarray(sizes, dtype=int), return_counts=True)
    f, g = (_part(size, often, count) for count in (n, other))
    both = 1 - (1 - f) ** size - (1 - g) ** size + np.maximum(1 - f - g, 0.0) ** size
    both = np.clip(both, 0.0, 1.0)
    mean = float((often * both).sum())
    chance = sum_of_trials(often, both, int(mean + SPREAD * np.sqrt(mean + 1) + SPREAD))
    whole = chance.cumsum()
    low, high = (int(np.searchsorted(whole, tail)) for tail in TAILS)
    return mean, low, high


def _part(size: Array, often: Array, count: int) -> float:
    """The part of all participants that puts a region into so many projects, on average."""
    from scipy.optimize import brentq

    if count == 0:
        return 0.0
    if count >= often.sum():
        return 1.0

    def too_many(f: float) -> float:
        """Projects beyond those it was in."""
        return float((often * (1 - (1 - f) ** size)).sum() - count)

    return float(brentq(too_many, 0.0, 1.0, xtol=1e-14))


def sum_of_trials(often: Array, both: Numbers, most: int) -> Numbers:
    """P(0), P(1), ... P(most) of the sum of as many trials of each chance."""
    from scipy.stats import binom

    chance = np.zeros(most + 1)
    chance[0] = 1.0
    for trials, p in zip(often, both, strict=True):
        chance = np.convolve(chance, binom.pmf(np.arange(most + 1), trials, p))[: most + 1]
    return chance
