"""
What areas took up and left: entries and exits of two periods, beside what counting alone gives.

    counts before, after (area x class)  --movements-->  area: held, taken up, left, by chance
    reference/metro_movements.csv        --city_movements-->  the same of the areas of a study

Few filings make a class come and go though nothing has moved.  So both periods are drawn again
from what they have in common (Poisson numbers of the shares of both together), and what moves in
such draws is what counting alone gives.
"""

import numpy as np
import pandas as pd

from studylib.diversify import corpus, entry, metro_areas, own_test
from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats.arrays import Numbers

DRAWS = 1_000
TAILS = (0.025, 0.975)
COLUMNS = [
    "region", "n_before", "n_after", "entered", "entered_low", "entered_high", "exited",
    "exited_low", "exited_high", "entry_rate", "exit_rate", "entry_middle", "exit_middle",
    "n_regions",
]  # fmt: skip


def movements(
    before: pd.DataFrame, after: pd.DataFrame, own: list[str], *, seed: int, draws: int = DRAWS
) -> pd.DataFrame:
    """
    One row per area of `own`, in that order: how many classes it held, took up and left.

    Parameters
    ----------
    before, after
        Area x class, counts of two periods, the same rows and columns.
    seed, draws
        Of the draws in which nothing moves.

    Returns
    -------
    region, n_before, n_after (classes held), entered, exited, each with `_low` and `_high` (95 % of
    draws in which nothing moves), entry_rate (of the classes it did not hold), exit_rate (of those
    it held); entry_middle, exit_middle (medians over all areas), n_regions (all areas).
    """
    one, two = before.to_numpy(dtype=float), after.to_numpy(dtype=float)
    moved = entry.movements(entry.held(one), entry.held(two)).set_axis(before.index)
    moved = moved.rename(columns={"left": "exited"})
    shares = [counts.sum(axis=0) / counts.sum() for counts in (one, two)]
    rows = []
    for place, name in enumerate(own):
        at = before.index.get_loc(name)
        dice = np.random.default_rng([seed, place])
        drawn = _unmoved(one[at], two[at], shares, dice, draws)
        ends = {}
        for what, n in drawn.items():
            ends[f"{what}_low"] = int(np.quantile(n, TAILS[0], method="lower"))
            ends[f"{what}_high"] = int(np.quantile(n, TAILS[1], method="higher"))
        counts = {str(what): n for what, n in moved.loc[name].items()}
        rows.append({"region": name, **counts, **ends})
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype(dict.fromkeys(COLUMNS[1:9], int)).assign(
        entry_middle=moved["entry_rate"].median(),
        exit_middle=moved["exit_rate"].median(),
        n_regions=len(moved),
    )


def _unmoved(
    one: Numbers, two: Numbers, shares: list[Numbers], dice: np.random.Generator, draws: int
) -> dict[str, Numbers]:
    """How many classes are taken up and left in draws of an area whose shares stay as they are."""
    both = (one + two) / (one + two).sum()
    before, after = (
        _held(dice.poisson(both * counts.sum(), size=(draws, len(both))).astype(float), share)
        for counts, share in zip((one, two), shares, strict=True)
    )
    return {"entered": (~before & after).sum(axis=1), "exited": (before & ~after).sum(axis=1)}


def _held(counts: Numbers, share: Numbers) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """M of draws: at least two counts, and no rarer than in all areas together."""
    base = counts.sum(axis=1, keepdims=True)
    return np.asarray((counts >= 2) & (counts >= base * share))  # noqa: PLR2004 - as `entry.held`


@once
def city_movements(study: Dataset) -> pd.DataFrame:
    """
    One row per area of the study that can be read in the wide data: see `movements`.

    Of the project's corpus the metropolitan areas that Eurostat confirms, 2000-2006 and 2007-2012;
    of a study's own corpus of two periods the regions `without` names.  Empty where there is none.
    """
    own = study.definition.corpus
    if own is None:
        table = pd.read_csv(corpus.REFERENCE / "metro_movements.csv").drop(columns="seed")
        return table[table["region"].isin(metro_areas.confirmed(study))].reset_index(drop=True)
    both = corpus.periods(study.definition.path(own.path))
    if both is None or own_test.refused(study):
        return pd.DataFrame(columns=COLUMNS)
    seen = [name for name in own.without if all(part.loc[name].sum() > 0 for part in both)]
    return movements(*both, seen, seed=study.definition.seed)
