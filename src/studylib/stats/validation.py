"""
Which pairs share more of what they state than by chance: false discovery over all pairs at once.

    B, its null model  --validate_sides-->  pairs across sides that pass, the smallest p there was
                                            and the smallest there could have been

p-values take few distinct values, (class, class, overlap), so they are counted and not stored: once
through all pairs to find the threshold, once more to write down the pairs below it.  Nothing of the
size of all pairs is ever kept.

References: Benjamini, Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from studylib.stats.arrays import Flags, Integers, Numbers
from studylib.stats.nullmodel import Null

BLOCK = 2048  # rows whose overlaps are held at once


@dataclass(frozen=True)
class Validation:
    """What can be told from chance among pairs across the border."""

    n_pairs: int
    smallest_p: float
    """Smallest p-value observed; missing without pairs."""
    smallest_attainable: float
    """Smallest p-value these degrees allow: as if a pair shared all it has."""
    first_threshold: float
    """What the smallest p-value must not exceed for one edge to pass alone: level / n_pairs."""
    threshold: float
    """Largest p-value that passes the false-discovery control; 0 where none does."""
    is_possible: bool
    """Whether any edge could pass, even if every pair shared all it has."""
    edges: pd.DataFrame
    """The pairs that pass, sorted: i, j, n_shared, p."""


def validate(
    matrix: Flags, null: Null, first: Integers, second: Integers, *, level: float = 0.05
) -> Validation:
    """Pairs of `first` and `second` that share more than by chance; see `validate_sides`."""
    return _validated(matrix, null, [(first, second)], level)


def validate_sides(matrix: Flags, null: Null, side: Integers, *, level: float = 0.05) -> Validation:
    """
    Pairs of rows of two sides that share more than by chance (Benjamini-Hochberg).

    Parameters
    ----------
    side
        The number of the side of each row; every two sides are compared.
    """
    rows = [np.flatnonzero(side == place).astype(np.int64) for place in np.unique(side)]
    return _validated(matrix, null, list(combinations(rows, 2)), level)


def _validated(
    matrix: Flags, null: Null, across: list[tuple[Integers, Integers]], level: float
) -> Validation:
    """The pairs of every two lists of rows, taken together."""
    n_pairs = sum(len(one) * len(other) for one, other in across)
    tails, shape = null.tails, null.tails.shape
    counts, by_class = np.zeros(shape, dtype=np.int64), np.zeros(shape[:2], dtype=np.int64)
    for first, second in across:
        counts += _counted(matrix, null, first, second)
        one, other = (np.bincount(null.row_class[r], minlength=shape[0]) for r in (first, second))
        by_class += np.outer(one, other)
    met, there = counts > 0, by_class > 0
    threshold = _benjamini_hochberg(tails[met], counts[met], n_pairs, level)
    best = null.smallest
    reach = _benjamini_hochberg(best[there], by_class[there], n_pairs, level)
    passing = [
        _passing(null, first[rows], second, shared, threshold)
        for first, second in across
        for rows, shared in _overlaps(matrix, first, second)
    ]
    return Validation(
        n_pairs=n_pairs,
        smallest_p=float(tails[met].min()) if n_pairs else float("nan"),
        smallest_attainable=float(best[there].min()) if n_pairs else float("nan"),
        first_threshold=level / n_pairs if n_pairs else float("nan"),
        threshold=threshold,
        is_possible=reach > 0,
        edges=pd.concat(passing, ignore_index=True) if passing else _passing_none(),
    )


def _counted(matrix: Flags, null: Null, first: Integers, second: Integers) -> Integers:
    """How many pairs of two lists have each (class, class, overlap)."""
    shape = null.tails.shape
    counts = np.zeros(shape, dtype=np.int64)
    for rows, shared in _overlaps(matrix, first, second):
        place = (null.row_class[first[rows]][:, None] * shape[1]) + null.row_class[second]
        found = np.bincount((place * shape[2] + shared).ravel(), minlength=counts.size)
        counts += found.reshape(shape)
    return counts


def _overlaps(matrix: Flags, first: Integers, second: Integers) -> Iterator[tuple[slice, Integers]]:
    """Overlaps of a block of `first` with all of `second`, block by block."""
    others = matrix[second].astype(np.float32).T  # exact: overlaps are small whole numbers
    for start in range(0, len(first), BLOCK):
        rows = slice(start, start + BLOCK)
        yield rows, (matrix[first[rows]].astype(np.float32) @ others).astype(np.int64)


def _passing(
    null: Null, first: Integers, second: Integers, shared: Integers, threshold: float
) -> pd.DataFrame:
    """The pairs of a block whose p-value does not exceed the threshold."""
    p = null.tails[null.row_class[first][:, None], null.row_class[second][None, :], shared]
    i, j = np.nonzero(p <= threshold)
    return pd.DataFrame({"i": first[i], "j": second[j], "n_shared": shared[i, j], "p": p[i, j]})


def _passing_none() -> pd.DataFrame:
    """No pairs, in the columns of `_passing`."""
    kinds = {"i": "int64", "j": "int64", "n_shared": "int64", "p": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _benjamini_hochberg(p: Numbers, n: Integers, total: int, level: float) -> float:
    """Largest p-value that passes, of distinct p-values and how often each occurs; 0: none."""
    order = np.argsort(p, kind="stable")
    p, rank = p[order], n[order].cumsum()
    last = np.append(p[1:] != p[:-1], True)  # of equal p-values the last has the rank
    passing = p[last & (p <= level * rank / max(total, 1))]
    return float(passing.max(initial=0.0))
