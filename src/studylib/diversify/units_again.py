"""
Units drawn again with return: how far a quotient of fractional counts moves by chance.

    units x technologies  --shares-->  share of each technology, draw by draw
    quotients of draws    --ends-->    interval and p of each quotient

Draws say little where few units carry a technology, and nothing where none does: what is 0 stays
0 in every draw.  There the caller keeps the interval of whole counts.
"""

import numpy as np
import pandas as pd

from studylib.patents.dataset import Dataset
from studylib.stats import sums
from studylib.stats.arrays import Numbers

DRAWS = 1_000
TAILS = (0.025, 0.975)
FEWEST = 10  # units that carry a technology below which draws of units say too little


def shares(study: Dataset, place: int, units: pd.DataFrame, flags: Numbers) -> Numbers:
    """
    Shares of draws of units with return: (draw, technology); empty where no draw is needed.

    Whole counts have exact intervals; fractional ones are drawn, from the study's seed.
    """
    n = len(units)
    if study.rule.weights != "fractional" or not n:
        return np.empty((0, 0))
    dice = np.random.default_rng([study.definition.seed, place])
    times = dice.multinomial(n, np.full(n, 1 / n), size=DRAWS)
    weight = times * units["weight"].to_numpy()
    with np.errstate(invalid="ignore"):
        return np.asarray(sums.product(flags.T, weight.T).T / weight.sum(axis=1, keepdims=True))


def ends(drawn: Numbers, seen: Numbers) -> dict[str, Numbers]:
    """
    Interval and two-sided p of each quotient from its draws; missing where it is.

    Where no draw lies beyond 1, a thousand draws cannot say how small p is, and many rows held
    against false discovery ask for it: then it is that of a normal with the spread of the
    logarithms of the draws, if that is smaller.
    """
    if not drawn.size:
        return {}
    finite = np.where(np.isnan(drawn), np.inf, drawn)  # nothing outside in this draw: no bound
    low, high = np.quantile(finite, TAILS, axis=0, method="nearest")
    below, above = (finite <= 1).mean(axis=0), (finite >= 1).mean(axis=0)
    beyond = np.minimum(below, above)
    p = np.minimum(1.0, 2 * (beyond * DRAWS + 1) / (DRAWS + 1))
    p = np.where(beyond == 0, np.fmin(p, _far(finite, seen)), p)
    known = ~np.isnan(seen)
    ends = {"low": low, "high": high, "p": p}
    return {name: np.where(known, values, np.nan) for name, values in ends.items()}


def _far(drawn: Numbers, seen: Numbers) -> Numbers:
    """Two-sided p of quotients whose draws all lie on one side of 1; missing where one is 0."""
    from scipy.stats import norm

    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.log(drawn).std(axis=0)
        return np.asarray(2 * norm.sf(np.abs(np.log(seen)) / spread))
