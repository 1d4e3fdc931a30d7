"""
Whether density foretells where regions go next: tried on regions the numbers were not made from.

    before, after (regions x technologies, 0-1)  --entries-->  one row per technology not held yet
                                                --held_out-->  one row per model: AUC, precision

Each fold of regions is predicted from phi, ubiquity and weights of all other regions.

References: the design follows Li and Neffke (2024) and Albora et al. (2023) in asking first what
size and ubiquity alone foretell.  Models, folds, AUC and average precision are scikit-learn's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from studylib.diversify import density, relatedness
from studylib.stats import sums
from studylib.stats.ranking_quality import auc, auc_within, drawn_again, quality

Array = np.ndarray[Any, np.dtype[Any]]
Near = Callable[[Array, Array], Array]
FOLDS = 5
DRAWS = 200
LEAST_DENSITY = 0.01  # added before the logarithm, so that a density of 0 has one
RANKED = {
    "density": ["density"],
    "ubiquity": ["ubiquity"],
    "size": ["diversity"],
    "ubiquity_times_size": ["ubiquity", "diversity"],
}
"""Models without weights: the product of these columns ranks technologies."""
FITTED = {
    "without_density": ["log_ubiquity", "log_diversity", "log_before"],
    "with_density": ["log_ubiquity", "log_diversity", "log_before", "log_density"],
}
"""Logistic regressions on these columns."""
TIGHT: dict[str, Any] = {"solver": "newton-cholesky", "tol": 1e-10, "max_iter": 100}
"""Solved to the last digits that hold: where a solver stops early depends on the processor."""


def held(counts: Array, *, least: float = 2) -> Array:
    """
    M: 1 where a region is specialised (RTA >= 1 within the regions given) on enough patents.

    Parameters
    ----------
    counts
        One row per region, one column per technology.
    least
        Fewest patents that count as a specialisation.
    """
    whole = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / whole if whole else counts
    return np.asarray((counts >= expected) & (counts >= least), dtype=float)


def movements(before: Array, after: Array) -> pd.DataFrame:
    """
    One row per region: how many technologies it held, kept, entered and left.

    Columns n_before, n_after, entered, left; entry_rate (of those it did not hold), exit_rate (of
    those it held): missing where there is none.
    """
    gained, lost = ((1 - before) * after).sum(axis=1), (before * (1 - after)).sum(axis=1)
    table = pd.DataFrame(
        {"n_before": before.sum(1), "n_after": after.sum(1), "entered": gained, "left": lost}
    ).astype(int)
    free = before.shape[1] - table["n_before"]
    return table.assign(
        entry_rate=table["entered"] / free.where(free > 0),
        exit_rate=table["left"] / table["n_before"].where(table["n_before"] > 0),
    )


@dataclass(frozen=True)
class Candidates:
    """What was not held yet: which region, whether it was entered, what was known before."""

    region: Array
    entered: Array
    known: pd.DataFrame


def candidates(
    counts: Array, before: Array, after: Array, tested: Array, *, near: Near | None = None
) -> Candidates:
    """
    The technologies that the tested regions did not hold, described from the other regions only.

    Parameters
    ----------
    counts, before, after
        Regions x technologies: patents before, M before and after.
    tested
        Which regions are tested (positions).
    near
        phi of co-occurrences and ubiquity; by default the conditional probability.
    """
    others = np.setdiff1d(np.arange(len(before)), tested)
    phi = (near or relatedness.conditional)(
        relatedness.cooccurrence(before[others]), before[others].sum(axis=0)
    )
    own = before[tested]
    row, column = np.nonzero(own == 0)
    dense = np.nan_to_num(density.density(own, phi))[row, column]  # near nothing: no density
    ubiquity = before[others].sum(axis=0)[column]
    diversity = own.sum(axis=1)[row]
    known = pd.DataFrame(
        {
            "density": dense,
            "ubiquity": ubiquity,
            "diversity": diversity,
            "log_ubiquity": np.log1p(ubiquity),
            "log_diversity": np.log1p(diversity),
            "log_before": np.log1p(counts[tested][row, column]),
            "log_density": np.log(dense + LEAST_DENSITY),
        }
    )
    return Candidates(tested[row], after[tested][row, column] > 0, known)


def held_out(
    counts: Array, before: Array, after: Array, *, seed: int, draws: int = DRAWS
) -> pd.DataFrame:
    """
    How well each model foretells entry into technologies, in regions it has not seen.

    Returns
    -------
    One row per model: model; auc_within (chance that, of two technologies of one region, the one
    entered stands first); auc (the same, of any two cases of any two regions), auc_low, auc_high
    (95 %, regions drawn again); precision (average precision, to be held
    against `base`); base (share of technologies entered); n_candidates, n_entries, n_regions.
    """
    from sklearn.model_selection import KFold

    parts, scores = [], []
    for train, test in KFold(FOLDS, shuffle=True, random_state=seed).split(before):
        here = candidates(counts, before, after, test)
        scores.append(_scores(_trained(counts, before, after, train), here))
        parts.append((here.region, here.entered))
    region = np.concatenate([part[0] for part in parts])
    entered = np.concatenate([part[1] for part in parts])
    every = pd.concat(scores, ignore_index=True)
    weights = drawn_again(region, len(before), seed, draws)
    rows = [
        {
            "model": name,
            "auc_within": auc_within(entered, every[name].to_numpy(), region),
            **quality(entered, every[name].to_numpy(), weights),
        }
        for name in every
    ]
    return pd.DataFrame(rows).assign(
        base=entered.mean(), n_candidates=len(entered), n_entries=entered.sum(),
        n_regions=len(before),
    )  # fmt: skip


def held_out_density(counts: Array, before: Array, after: Array, *, near: Near, seed: int) -> float:
    """AUC of density alone under another measure of nearness; regions as in `held_out`."""
    from sklearn.model_selection import KFold

    tests = KFold(FOLDS, shuffle=True, random_state=seed).split(before)
    parts = [candidates(counts, before, after, test, near=near) for _train, test in tests]
    entered = np.concatenate([part.entered for part in parts])
    score = np.concatenate([part.known["density"].to_numpy() for part in parts])
    order = np.argsort(score, kind="stable")
    return auc(entered[order], score[order], np.ones(len(order)))


def _trained(counts: Array, before: Array, after: Array, train: Array) -> Candidates:
    """Candidates of the regions to learn from, each half described by the other half."""
    halves = [train[::2], train[1::2]]
    parts = [
        candidates(counts[train], before[train], after[train], np.flatnonzero(np.isin(train, half)))
        for half in halves
    ]
    return Candidates(
        np.concatenate([part.region for part in parts]),
        np.concatenate([part.entered for part in parts]),
        pd.concat([part.known for part in parts], ignore_index=True),
    )


def _scores(trained: Candidates, here: Candidates) -> pd.DataFrame:
    """One column per model: the higher, the sooner a technology is expected to be entered."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    scores = {name: here.known[columns].prod(axis=1) for name, columns in RANKED.items()}
    for name, columns in FITTED.items():
        model = make_pipeline(StandardScaler(), LogisticRegression(**TIGHT))
        model.fit(trained.known[columns].to_numpy(), trained.entered)
        odds = model.decision_function(here.known[columns].to_numpy())
        scores[name] = pd.Series(sums.levelled(odds))
    return pd.DataFrame(scores)
