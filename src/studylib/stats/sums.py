"""
Products, solutions, fits and orders whose last digits are the same on every processor.

    a (rows x inner), b (inner x columns)  --product-->        a @ b
    matrix (symmetric), right side         --solved-->         x of matrix x = right
    model (row x column), seen             --least_squares-->  weight of each column
    values that are nearly equal           --levelled-->       equal ones

A library of linear algebra adds in the order that suits the core it runs on, so that two machines
differ in the last digits; and where values are ranked, counted against draws or asked whether they
have settled, the last digits decide.  Here everything is added in one order.  SciPy's sparse
product goes term by term and leaves zeros out, so of flags it is about as quick.
"""

from typing import Any

import numpy as np

from studylib.stats.arrays import Numbers

NOTHING = 1e-13  # of its diagonal: a pivot as small as that is noise


def product(a: Any, b: Numbers) -> Numbers:
    """
    A @ b, added up from the first term to the last.

    Parameters
    ----------
    a
        A vector or a matrix, dense or SciPy sparse; zeros cost nothing.
    b
        A vector or a matrix, dense.

    >>> product(np.array([[1.0, 0, 1]]), np.array([0.5, 7.0, 0.25])).tolist()
    [0.75]
    """
    from scipy.sparse import csr_array

    rows = a if hasattr(a, "tocsr") else csr_array(np.atleast_2d(a))
    found = np.asarray(rows @ np.ascontiguousarray(b, dtype=float))
    return found[0] if len(a.shape) == 1 else found


def weighed(weight: Numbers, rows: Numbers) -> Numbers:
    """
    The sum of the rows of a small matrix, each times its weight: weight @ rows.

    >>> weighed(np.array([1.0, 2.0]), np.array([[1.0, 0], [0, 3.0]])).tolist()
    [1.0, 6.0]
    """
    return np.asarray((weight[:, None] * rows).sum(axis=0))


def solved(matrix: Numbers, right: Numbers) -> Numbers:
    """
    X of matrix x = right, the matrix symmetric and without negative eigenvalues.

    Eliminated from the first row to the last.  A row that those before it explain is left out:
    its x is 0.

    >>> solved(np.array([[2.0, 1], [1, 2]]), np.array([3.0, 3])).tolist()
    [1.0, 1.0]
    """
    a, b = np.array(matrix, dtype=float), np.array(right, dtype=float)
    least = NOTHING * a.diagonal().copy()
    kept = np.zeros(len(b), dtype=bool)
    for i in range(len(b)):
        if a[i, i] > least[i]:
            kept[i] = True
            part = a[i + 1 :, i] / a[i, i]
            a[i + 1 :, i + 1 :] -= part[:, None] * a[i, i + 1 :]
            b[i + 1 :] -= part * b[i]
    x = np.zeros(len(b))
    for i in np.flatnonzero(kept)[::-1]:
        x[i] = (b[i] - (a[i, i + 1 :] * x[i + 1 :]).sum()) / a[i, i]
    return x


def least_squares(model: Numbers, seen: Numbers) -> Numbers:
    """
    The weight of each column of a model of few columns, by least squares.

    Columns are made orthogonal one after the other (modified Gram-Schmidt).  A column that those
    before it explain gets 0.

    >>> least_squares(np.array([[1.0, 0], [1, 1], [1, 2]]), np.array([1.0, 3, 5])).round(9).tolist()
    [1.0, 2.0]
    """
    rest = np.column_stack([model, seen]).astype(float)
    n = model.shape[1]
    size = np.sqrt((rest**2).sum(axis=0))
    upper = np.zeros((n, n + 1))
    kept = np.zeros(n, dtype=bool)
    for i in range(n):
        length = np.sqrt((rest[:, i] ** 2).sum())
        if length > NOTHING * size[i]:
            kept[i] = True
            own = rest[:, i] / length
            upper[i, i] = length
            upper[i, i + 1 :] = (own[:, None] * rest[:, i + 1 :]).sum(axis=0)
            rest[:, i + 1 :] -= own[:, None] * upper[i, i + 1 :]
    weight = np.zeros(n)
    for i in np.flatnonzero(kept)[::-1]:
        weight[i] = (upper[i, n] - (upper[i, i + 1 : n] * weight[i + 1 :]).sum()) / upper[i, i]
    return weight


def levelled(values: Numbers, *, alike: float = 1e-9) -> Numbers:
    """
    The values, each no farther than `alike` above the next smaller one made equal to it.

    Before values are ranked: two technologies held by the same regions are equally complex, and
    by how a machine adds they differ in the last digit, so that one would stand before the other.

    >>> levelled(np.array([0.5, 0.1 + 0.2, 0.3])).tolist()
    [0.5, 0.3, 0.3]
    """
    order = np.argsort(values, kind="stable")
    rising = np.asarray(values, dtype=float)[order]
    with np.errstate(invalid="ignore"):  # two infinite ones are equal as they are
        is_own = ~(np.diff(rising, prepend=-np.inf) <= alike)
    first = np.maximum.accumulate(np.where(is_own, np.arange(len(rising)), 0))
    found = np.empty(len(rising))
    found[order] = rising[first]
    return found
