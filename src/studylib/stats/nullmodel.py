"""
How much two organisations share by chance: the bipartite configuration model (BiCM).

    B (organisations x attributes)  --fit-->  p_ia = x_i y_a / (1 + x_i y_a), degrees as observed
    overlap V_ij = sum_a B_ia B_ja  ~  Poisson-binomial(p_ia p_ja);   p = P(V >= v), exact

Probabilities depend on degrees only, so rows are gathered into classes of equal degree: 10,000
organisations with up to 100 attributes are at most 100 classes, and every p-value is looked up in
a table of (class, class, overlap).  Which pairs pass a test is told by `stats.validation`.

References: Saracco, Straka, Di Clemente, Gabrielli, Caldarelli, Squartini (2017), Inferring
monopartite projections of bipartite networks, doi:10.1088/1367-2630/aa6b38.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from studylib.stats.arrays import Flags, Integers, Numbers
from studylib.stats.degree_equations import solve


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
    not repeat between the two; for large lists use `stats.validation`.
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
