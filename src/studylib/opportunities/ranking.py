"""
Which ideas no other one beats, and how often each would be best: no score of one's own choosing.

    ideas x kinds of evidence  --ranked-->  front (1: beaten by none), how often best, ranks

An idea beats another if it has at least as much of every kind of evidence and more of one.  Among
those that are left, which is best depends on what counts how much; so all ways of weighing are
tried (weights drawn evenly from all that add up to 1).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from studylib.stats.arrays import Flags, Numbers

DRAWS = 10_000
TAILS = (0.025, 0.975)


def ranked(ideas: pd.DataFrame, kinds: Sequence[str], *, seed: int) -> pd.DataFrame:
    """
    The ideas with front, in_first, middle, low, high and n_missing; best fronts first.

    Parameters
    ----------
    ideas
        One row per idea, one column per kind of evidence, the more the better; missing: none.
    kinds
        The columns that count.  A kind that all ideas lack counts nothing.
    seed
        Seed of the weights.

    Returns
    -------
    The rows in the order of front, then in_first: front (1: no other idea beats it; 2: none but
    those of front 1, ...), in_first (share of weightings in which it is first, ties divided),
    middle, low, high (median and 95 % of the ranks it takes), n_missing (kinds of evidence the data
    cannot give).
    """
    used = [kind for kind in kinds if ideas[kind].notna().any()]
    values = ideas[used].to_numpy(dtype=float)
    known = np.where(np.isnan(values), -np.inf, values)
    table = ideas.assign(
        front=fronts(known), n_missing=ideas[list(kinds)].isna().sum(axis=1).astype(int)
    )
    if ideas.empty:
        return table.assign(in_first=0.0, middle=0, low=0, high=0)
    first, (low, middle, high) = _weighed(_places(known), seed)
    table = table.assign(in_first=first, middle=middle, low=low, high=high)
    order = pd.DataFrame({"a": table["front"], "b": -table["in_first"], "c": table["low"]})
    return table.loc[order.sort_values(["a", "b", "c"], kind="stable").index].reset_index(drop=True)


def fronts(values: Numbers) -> list[int]:
    """
    The front of each row: 1 where no other row beats it, and so on without those.

    >>> fronts(np.array([[2.0, 1], [1, 2], [1, 1], [0, 0]]))
    [1, 1, 2, 3]
    """
    found = np.zeros(len(values), dtype=int)
    beats = _beats(values)
    front = 0
    while (found == 0).any():
        front += 1
        left = found == 0
        free = left & ~(beats & left[:, None]).any(axis=0)
        found[free] = front
    return [int(one) for one in found]


def _beats(values: Numbers) -> Flags:
    """Whether row i has at least as much of everything as row j, and more of something."""
    at_least = (values[:, None, :] >= values[None, :, :]).all(axis=2)
    more = (values[:, None, :] > values[None, :, :]).any(axis=2)
    return np.asarray(at_least & more)


def _places(values: Numbers) -> Numbers:
    """Each kind of evidence as places from 0 (least) to 1 (most), equals sharing theirs."""
    from scipy.stats import rankdata

    if not values.shape[1]:
        return np.zeros((len(values), 1))
    places = np.apply_along_axis(rankdata, 0, values) - 1
    return np.asarray(places / max(1, len(values) - 1))


def _weighed(places: Numbers, seed: int) -> tuple[Numbers, list[Numbers]]:
    """How often each row is first over all weights; low end, median and high end of its ranks."""
    dice = np.random.default_rng(seed)
    weights = dice.dirichlet(np.ones(places.shape[1]), size=DRAWS)
    added = sum(weights[:, [kind]] * places[:, kind] for kind in range(places.shape[1]))
    scores = np.round(np.asarray(added), 12)  # added kind by kind: on every processor the same
    best = scores == scores.max(axis=1, keepdims=True)
    first = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
    ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    ends = ((TAILS[0], "lower"), (0.5, "lower"), (TAILS[1], "higher"))
    return first, [np.quantile(ranks, at, axis=0, method=how).astype(int) for at, how in ends]  # type: ignore[call-overload]
