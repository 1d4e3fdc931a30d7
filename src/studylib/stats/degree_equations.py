"""
Probabilities whose expected degrees are those observed: the equations behind `nullmodel`.

    sum_a p_ia = k_i,  sum_i p_ia = d_a,  p_ia = x_i y_a / (1 + x_i y_a)

Rows of one degree have the same x, columns of one degree the same y, so classes are solved for.
Classes that have nothing or everything are set aside first: their x would be 0 or infinite.
"""

import numpy as np

from studylib.errors import DataError
from studylib.stats import sums
from studylib.stats.arrays import Numbers

PRECISE = 1e-12  # largest difference between expected and observed degree, of the degree
MOST_STEPS = 500
LONGEST_STEP = 4.0  # in log-odds: a longer one may overshoot where nearly all is certain


def solve(rows: Numbers, columns: Numbers, n_rows: Numbers, n_columns: Numbers) -> Numbers:
    """
    The probability of a row of each class having a column of each class.

    Parameters
    ----------
    rows, columns
        Degree of each class of rows and of columns; `n_rows`, `n_columns`: how many are in it.

    Raises
    ------
    DataError
        The degrees leave no finite solution to within 1e-12 (a nested matrix).
    """
    p = np.full((len(rows), len(columns)), np.nan)
    open_rows, open_columns = np.ones(len(rows), bool), np.ones(len(columns), bool)
    k, d = rows.copy(), columns.copy()
    while open_rows.any() and open_columns.any():
        width, height = n_columns[open_columns].sum(), n_rows[open_rows].sum()
        none, full = open_rows & (k <= 0), open_rows & (k >= width)
        if (none | full).any():
            p[np.ix_(none, open_columns)], p[np.ix_(full, open_columns)] = 0.0, 1.0
            d[open_columns] -= n_rows[full].sum()
            open_rows &= ~(none | full)
            continue
        none, full = open_columns & (d <= 0), open_columns & (d >= height)
        if not (none | full).any():
            break
        p[np.ix_(open_rows, none)], p[np.ix_(open_rows, full)] = 0.0, 1.0
        k[open_rows] -= n_columns[full].sum()
        open_columns &= ~(none | full)
    if open_rows.any() and open_columns.any():
        p[np.ix_(open_rows, open_columns)] = _newton(
            k[open_rows], d[open_columns], n_rows[open_rows], n_columns[open_columns]
        )
    return p


def _newton(k: Numbers, d: Numbers, n_rows: Numbers, n_columns: Numbers) -> Numbers:
    """Solve the degree equations: Newton steps on a concave likelihood, long ones shortened."""
    from scipy.special import expit

    total = float(k @ n_rows)
    theta = np.log(k / np.sqrt(total))
    eta = np.log(d / np.sqrt(total))
    weight = np.outer(n_rows, n_columns)
    counts = np.concatenate([n_rows, n_columns])
    same = np.repeat([1.0, -1.0], [len(k), len(d)])
    scale = counts * np.maximum(np.concatenate([k, d]), 1.0)
    for _step in range(MOST_STEPS):
        p = expit(theta[:, None] + eta)
        own, theirs = (p * n_columns).sum(axis=1), sums.weighed(n_rows, p)
        slope = np.concatenate([n_rows * (k - own), n_columns * (d - theirs)])
        if np.abs(slope / scale).max() < PRECISE:
            return np.asarray(p)
        curve = weight * p * (1 - p)
        hessian = np.block([[np.diag(curve.sum(1)), curve], [curve.T, np.diag(curve.sum(0))]])
        # Adding to every theta what is taken from every eta changes nothing: the last eta stays,
        # and of all steps that are the same the shortest is taken.
        step = np.append(sums.solved(hessian[:-1, :-1], slope[:-1]), 0.0)
        step -= same * (same * step).sum() / len(step)
        step *= min(1.0, LONGEST_STEP / float(np.abs(step).max()))
        theta, eta = theta + step[: len(k)], eta + step[len(k) :]
    raise DataError(
        f"The null model of {int(n_rows.sum())} organisations and {int(n_columns.sum())} "
        "attributes has no finite solution: their degrees are nested. Leave out attributes that "
        "nearly every organisation has."
    )
