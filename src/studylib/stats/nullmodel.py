"""
How much two organisations share by chance: the bipartite configuration model (BiCM).

    B (organisations x attributes)  --fit-->  p_ia = x_i y_a / (1 + x_i y_a), degrees as observed
    overlap V_ij = sum_a B_ia B_ja  ~  Poisson-binomial(p_ia p_ja);   p = P(V >= v), exact

Probabilities depend on degrees only, so rows are gathered into classes of equal degree: 10,000
organisations with up to 100 attributes are at most 100 classes, and every p-value is looked up in
a table of (class, class, overlap).  Nothing of the size of all pairs is ever kept.

References: Saracco, Straka, Di Clemente, Gabrielli, Caldarelli, Squartini (2017), Inferring
monopartite projections of bipartite networks, doi:10.1088/1367-2630/aa6b38; Benjamini, Hochberg
(1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from studylib.stats.arrays import Flags, Integers, Numbers
from studylib.stats.degree_equations import solve

BLOCK = 2048  # rows whose overlaps are held at once


@dataclass(frozen=True)
class Null:
    """The fitted model: the class of each row, and the probabilities of each class."""

    row_class: Integers
    """Class of each row (organisations with the same degree), from 0."""
    probability: Numbers
    """One row per class, one column per attribute."""
    degree: Integers
    """Observed degree of each class."""

    def probabilities(self) -> Numbers:
        """p_ia of every row and attribute: as large as the matrix."""
        return np.asarray(self.probability[self.row_class])

    @cached_property
    def tails(self) -> Numbers:
        """P(V >= v) by (class, class, v), v from 0 to the number of attributes."""
        both = self.probability[:, None, :] * self.probability[None, :, :]
        n = both.shape[2]
        chance = np.zeros((*both.shape[:2], n + 1))
        chance[..., 0] = 1.0
        for a in range(n):  # one attribute after the other, all pairs of classes at once
            p = both[..., a, None]
            chance[..., 1:] = chance[..., 1:] * (1 - p) + chance[..., :-1] * p
            chance[..., :1] *= 1 - p
        return np.asarray(np.minimum(chance[..., ::-1].cumsum(axis=2)[..., ::-1], 1.0))

    @cached_property
    def smallest(self) -> Numbers:
        """The p-value of each pair of classes if one shared all it has with the other."""
        most = np.minimum(self.degree[:, None], self.degree[None, :])
        return np.take_along_axis(self.tails, most[..., None], axis=2)[..., 0]

    def draw(self, rng: np.random.Generator) -> Flags:
        """One network by chance: rows and attributes have their degrees on average."""
        return np.asarray(rng.random((len(self.row_class), self.probability.shape[1]))) < (
            self.probabilities()
        )


def fit(matrix: Flags) -> Null:
    """
    The maximum-entropy model whose expected degrees are those observed.

    Parameters
    ----------
    matrix
        Organisations x attributes, true where an organisation has an attribute.

    Raises
    ------
    DataError
        The degrees leave no finite solution to within 1e-12 (a nested matrix).

    Notes
    -----
    A row or column that is empty or full has probabilities 0 or 1; it is set aside, and so on
    until none is left.  Row classes have the same degree, so the rest is a small system.
    """
    matrix = np.asarray(matrix, dtype=bool)
    degrees, row_class = np.unique(matrix.sum(axis=1), return_inverse=True)
    columns, column_class = np.unique(matrix.sum(axis=0), return_inverse=True)
    n_rows = np.bincount(row_class, minlength=len(degrees)).astype(float)
    n_columns = np.bincount(column_class, minlength=len(columns)).astype(float)
    p = solve(degrees.astype(float), columns.astype(float), n_rows, n_columns)
    return Null(row_class, p[:, column_class], degrees)


def pairs(matrix: Flags, null: Null, first: Integers, second: Integers) -> pd.DataFrame:
    """
    Overlap and exact p-value of every pair of a row of `first` and a row of `second`.

    One row per pair, in the order of `first`, then `second`: i, j, n_shared, p.  The rows must
    not repeat between the two; for large lists use `validate`.
    """
    shared = matrix[first].astype(np.int64) @ matrix[second].astype(np.int64).T
    p = null.tails[null.row_class[first][:, None], null.row_class[second][None, :], shared]
    return pd.DataFrame(
        {
            "i": np.repeat(first, len(second)),
            "j": np.tile(second, len(first)),
            "n_shared": shared.ravel(),
            "p": p.ravel(),
        }
    )


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
    """
    Pairs of `first` and `second` that share more than by chance (Benjamini-Hochberg).

    p-values take few distinct values, (class, class, overlap), so they are counted, not stored:
    once through all pairs to find the threshold, once more to write down the pairs below it.
    """
    n_pairs = len(first) * len(second)
    tails, shape = null.tails, null.tails.shape
    counts = np.zeros(shape, dtype=np.int64)
    for rows, shared in _overlaps(matrix, first, second):
        place = (null.row_class[first[rows]][:, None] * shape[1]) + null.row_class[second]
        found = np.bincount((place * shape[2] + shared).ravel(), minlength=counts.size)
        counts += found.reshape(shape)
    met = counts > 0
    threshold = _benjamini_hochberg(tails[met], counts[met], n_pairs, level)
    best = null.smallest
    by_class = np.outer(
        np.bincount(null.row_class[first], minlength=shape[0]),
        np.bincount(null.row_class[second], minlength=shape[0]),
    )
    there = by_class > 0
    reach = _benjamini_hochberg(best[there], by_class[there], n_pairs, level)
    passing = [
        _passing(null, first[rows], second, shared, threshold)
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
