"""
How spread out a portfolio is, and over what that lies apart.

    entropy = unrelated variety (between groups) + related variety (inside groups)     [bits]

References: Frenken, van Oort, Verburg (2007), doi:10.1080/00343400601120296; Krugman (1991),
Geography and Trade; Hachman after Cortese, as in the R package EconGeo, which adds 1e-9 to shares
and rounds to three decimals: here nothing is rounded.
"""

import numpy as np

from studylib.stats.arrays import Integers, Numbers


def entropy(counts: Numbers) -> Numbers:
    """-sum p log2 p of each row [bits]; missing for an empty row."""
    p = _shares(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-np.where(p > 0, p * np.log2(p), 0.0 * p).sum(axis=-1)) + 0.0


def varieties(counts: Numbers, groups: Integers) -> tuple[Numbers, Numbers]:
    """
    Unrelated and related variety of each row [bits]; their sum is its entropy.

    Parameters
    ----------
    counts
        One row per region, one column per technology.
    groups
        The group of each technology (a sector of fields, a class of subclasses), from 0.
    """
    member = np.eye(int(groups.max()) + 1)[groups]
    unrelated = entropy(counts @ member)
    return unrelated, entropy(counts) - unrelated


def herfindahl(counts: Numbers) -> Numbers:
    """Sum p^2 of each row: 1 where all lies in one technology."""
    return np.asarray((_shares(counts) ** 2).sum(axis=-1))


def krugman(counts: Numbers) -> Numbers:
    """Sum |p_r - p| of each row against all rows together: 0 alike, 2 nothing in common."""
    return np.asarray(np.abs(_shares(counts) - _shares(counts.sum(axis=0))).sum(axis=-1))


def mean_quotient(counts: Numbers) -> Numbers:
    """Sum p LQ of each row; 1 over it is Hachman's index of likeness to the whole."""
    own, whole = _shares(counts), _shares(counts.sum(axis=0))
    return np.asarray(
        (own * np.divide(own, whole, out=np.zeros_like(own), where=whole > 0)).sum(-1)
    )


def _shares(counts: Numbers) -> Numbers:
    """Counts as shares of their row; missing for an empty row."""
    whole = counts.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(counts / np.where(whole > 0, whole, np.nan))
