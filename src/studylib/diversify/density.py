"""
How much of what is near a technology a region holds, and what another region would add.

    density_ri     = sum_j phi_ij M_rj / sum_j phi_ij                    [0..1]
    added_(r<-s)i  = sum_j phi_ij (1 - M_rj) M_sj / sum_j phi_ij         [0..1]
    density of r and s together = density of r + what s adds

M may be 0 and 1 or the probability that a region is specialised; together is then the chance that
one of the two is, 1 - (1 - M_r)(1 - M_s).

References: Hidalgo, Klinger, Barabasi, Hausmann (2007), doi:10.1126/science.1144581.  The added
part is ours, after the idea of Balland and Boschma (2021), whose text we have not seen.
"""

from typing import Any

import numpy as np

from studylib.stats import sums
from studylib.stats.arrays import Numbers


def density(held: Any, near: Numbers) -> Numbers:
    """
    Density of each region (row) around each technology (column); missing where nothing is near.

    Parameters
    ----------
    held
        M: one row per region, one column per technology, 0 to 1; dense or SciPy sparse.
    near
        phi: technologies x technologies, symmetric.  What stands on its diagonal counts: with 0,
        as `relatedness` makes it, holding a technology does not bring a region nearer to it.
    """
    return _share_of(sums.product(held, near), near)


def added(own: Numbers, other: Numbers, near: Numbers) -> Numbers:
    """
    What the other region adds to the density of a region, per technology; see the module.

    Parameters
    ----------
    own, other
        M of the two: one number per technology.  Rows of several draws are taken one by one.
    near
        phi.
    """
    return _share_of(sums.product((1 - own) * other, near), near)


def together(own: Numbers, other: Numbers) -> Numbers:
    """What at least one of the two holds."""
    return np.asarray(1 - (1 - own) * (1 - other))


def _share_of(near_ones: Numbers, near: Numbers) -> Numbers:
    """Sums of phi as a part of all phi of a technology."""
    whole = near.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole > 0, near_ones / whole, np.nan))
