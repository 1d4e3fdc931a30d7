"""
How near two technologies are: how often they occur together, held against how often they occur.

    M (regions x technologies)  --cooccurrence-->  C = M'M  --conditional, association ...-->  phi

A technology is not near itself: the diagonal of every measure is 0 here.  EconGeo keeps whatever
diagonal it is given, ecomplexity takes 1, which makes what a region holds look near to itself.

References: Hidalgo, Klinger, Barabasi, Hausmann (2007), doi:10.1126/science.1144581; van Eck,
Waltman (2009), doi:10.1002/asi.21075; Steijn (2021), doi:10.1016/j.joi.2020.101121; Teece, Rumelt,
Dosi, Winter (1994), doi:10.1016/0167-2681(94)90094-9.
"""

from typing import Any

import numpy as np

from studylib.stats.arrays import Numbers


def cooccurrence(matrix: Any) -> Numbers:
    """
    C = M'M with diagonal 0: in how many regions (patents) two technologies occur together.

    `matrix` has one row per region (patent), one column per technology; dense or SciPy sparse.
    """
    together = matrix.T @ matrix
    dense = np.asarray(together.todense() if hasattr(together, "todense") else together)
    counted = np.array(dense, dtype=float)
    np.fill_diagonal(counted, 0.0)
    return counted


def conditional(together: Numbers, ubiquity: Numbers) -> Numbers:
    """
    min(P(i|j), P(j|i)) = C_ij / max(k_i, k_j); 0 where neither occurs.

    Parameters
    ----------
    together
        See `cooccurrence`.
    ubiquity
        Regions that hold each technology.
    """
    largest = np.maximum.outer(ubiquity, ubiquity)
    return _without_self(_over(together, largest))


def association(together: Numbers) -> Numbers:
    """
    T C_ij / (S_i S_j), S = row sums, T = sum of all: 1 where two meet as often as by chance.

    Equal to association strength of van Eck and Waltman up to the factor T.
    """
    size = together.sum(axis=1)
    return _without_self(_over(size.sum() * together, np.outer(size, size)))


def probability(together: Numbers) -> Numbers:
    """
    C_ij over what is expected of two draws without return; the usual choice of EconGeo.

    expected = [ (S_i/T)(S_j/(T-S_i)) + (S_j/T)(S_i/(T-S_j)) ] T/2
    """
    size = together.sum(axis=1)
    whole = size.sum()
    first = _over(np.outer(size, size), whole * (whole - size)[:, None])
    return _without_self(_over(together, (first + first.T) * whole / 2))


def cosine(together: Numbers) -> Numbers:
    """C_ij / sqrt(S_i S_j)."""
    size = together.sum(axis=1)
    return _without_self(_over(together, np.sqrt(np.outer(size, size))))


def jaccard(together: Numbers) -> Numbers:
    """C_ij / (S_i + S_j - C_ij)."""
    size = together.sum(axis=1)
    return _without_self(_over(together, np.add.outer(size, size) - together))


def z_scores(together: Numbers, n: Numbers, whole: int) -> Numbers:
    """
    How many standard deviations two technologies meet above chance; hypergeometric.

    Parameters
    ----------
    together
        Patents that carry both, diagonal as you like.
    n
        Patents that carry each technology.
    whole
        All patents.
    """
    mean = np.outer(n, n) / whole
    variance = mean * np.outer(1 - n / whole, (whole - n) / (whole - 1))
    return _over(together - mean, np.sqrt(variance))


def _over(a: Numbers, b: Numbers) -> Numbers:
    """Ratios a / b, and 0 where b is 0: what never occurs is near nothing."""
    return np.divide(a, b, out=np.zeros(np.broadcast_shapes(a.shape, b.shape)), where=b > 0)


def _without_self(near: Numbers) -> Numbers:
    """The measure with a diagonal of 0."""
    np.fill_diagonal(near, 0.0)
    return near
