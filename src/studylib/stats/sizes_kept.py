"""
How often two attributes meet by chance, if every unit keeps the number of attributes it has.

    B (attributes x units)  --met_by_chance-->  expected units with both, P(as many or more)

A unit of k attributes holds a set S of k of them with chance proportional to the product of w_a
over S; the w are such that every attribute stands in as many units as observed, on average.  Units
are independent, so how many hold two given attributes is a sum of binomials, and exact.  The
bipartite configuration model (`nullmodel`) keeps k on average only: where most units have one
attribute it gives many of them two, and so expects far more meetings than there can be.
"""

import numpy as np

from studylib.stats.arrays import Flags, Integers, Numbers
from studylib.stats.projects_kept import sum_of_trials

TOLERANCE = 1e-11  # of the expected number of units of an attribute, relative
STEPS = 20_000


def met_by_chance(matrix: Flags) -> tuple[Numbers, Numbers]:
    """
    Expected units that hold both, and the chance of as many as observed or more.

    Two arrays, attributes x attributes; missing on the diagonal, for an attribute of no unit or of
    every unit that has any, and everywhere where the totals leave no weights.
    """
    n = len(matrix)
    expected, p = np.full((n, n), np.nan), np.full((n, n), np.nan)
    total = matrix.sum(axis=1)
    used = np.flatnonzero((total > 0) & (total < matrix.any(axis=0).sum()))
    sizes, often = np.unique(matrix[used].sum(axis=0).astype(int), return_counts=True)
    weights = _weights(total[used].astype(float), sizes, often)
    if weights is None:
        return expected, p
    for i, one in enumerate(used):
        for j, other in enumerate(used[:i]):
            chance = _both(weights, i, j, sizes)
            observed = int((matrix[one] & matrix[other]).sum())
            fewer = sum_of_trials(often, chance, observed)[:observed].sum()
            expected[one, other] = expected[other, one] = float((often * chance).sum())
            p[one, other] = p[other, one] = min(1.0, max(0.0, 1.0 - float(fewer)))
    return expected, p


def _weights(total: Numbers, sizes: Integers, often: Integers) -> Numbers | None:
    """The weights by which each attribute stands in as many units as observed; None: none do."""
    if len(total) < 2:  # noqa: PLR2004 - one attribute meets none
        return None
    weights = total / total.sum()
    for _step in range(STEPS):
        parts = _inverse(weights, sizes) @ often
        new = total / parts
        new = new / new.sum()
        if np.abs(new - weights).max() <= TOLERANCE * weights.min():
            return np.asarray(new)
        weights = new
    return None


def _inverse(weights: Numbers, sizes: Integers) -> Numbers:
    """Attributes x sizes: the chance that a unit holds the attribute, over its weight."""
    whole = _sums(weights)
    others = [_sums(np.delete(weights, a)) for a in range(len(weights))]
    return np.array([
        [own[k - 1] / whole[k] if 0 < k <= len(own) else 0.0 for k in sizes] for own in others
    ])  # fmt: skip


def _both(weights: Numbers, i: int, j: int, sizes: Integers) -> Numbers:
    """The chance that a unit holds two given attributes, by its size."""
    whole, rest = _sums(weights), _sums(np.delete(weights, [i, j]))
    pair = weights[i] * weights[j]
    return np.array([pair * rest[k - 2] / whole[k] if k > 1 else 0.0 for k in sizes])


def _sums(weights: Numbers) -> Numbers:
    """
    Elementary symmetric sums e_0, e_1, ... of the weights.

    >>> _sums(np.array([1.0, 2.0, 3.0])).tolist()
    [1.0, 6.0, 11.0, 6.0]
    """
    sums = np.ones(1)
    for weight in weights:
        sums = np.append(sums, 0.0) + weight * np.append(0.0, sums)
    return sums
