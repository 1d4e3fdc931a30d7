"""
Which fields are demanding, by two definitions of complexity, and do the two agree?

    counts of a wide corpus (area x class)  --demanding_fields-->  one row per field: two ranks

Complexity is told of classes by which areas hold them (`complexity`).  A field stands at the mean
place of its classes.  Areas are drawn again to see how firm a rank is.
"""

import numpy as np
import pandas as pd

from studylib.diversify import complexity, entry
from studylib.diversify.area_density import members
from studylib.errors import DataError
from studylib.stats import sums
from studylib.stats.arrays import Numbers

DRAWS = 100
TAILS = (0.025, 0.975)
DEFINITIONS = ("eci", "fitness")


def demanding_fields(counts: pd.DataFrame, *, seed: int, draws: int = DRAWS) -> pd.DataFrame:
    """
    One row per field: how demanding its classes are.

    Returns
    -------
    field_id, n_classes (held by an area); eci, eci_low, eci_high, fitness, fitness_low,
    fitness_high (rank among the fields, 1 the most demanding, and 95 % of draws of areas with
    return); then for all rows: classes_agree, regions_agree (Spearman's correlation of the two
    definitions over classes, over areas), n_regions, draws.

    Raises
    ------
    DataError
        See `complexity.complexity`: few areas, or a matrix that falls apart.
    """
    values = counts.to_numpy(dtype=float)
    groups, member = members(pd.Index(counts.columns))
    held = entry.held(values)
    places, regions = _places(held)
    seen = {name: _ranks(places[name], held, member) for name in DEFINITIONS}
    dice = np.random.default_rng(seed)
    again: dict[str, list[Numbers]] = {name: [] for name in DEFINITIONS}
    for _draw in range(draws):
        drawn = held[dice.integers(len(held), size=len(held))]
        try:
            found, _regions = _places(drawn)
        except DataError:  # a draw that falls apart says nothing
            continue
        for name in DEFINITIONS:
            again[name].append(_ranks(found[name], drawn, member))
    used = held.sum(axis=0) > 0
    table = pd.DataFrame({"field_id": groups, "n_classes": used @ member}).astype(int)
    for name in DEFINITIONS:
        low, high = np.nanquantile(np.array(again[name]), TAILS, axis=0)
        table = table.assign(**{name: seen[name], f"{name}_low": low, f"{name}_high": high})
    one, two = (places[name][used] for name in DEFINITIONS)
    return table.assign(
        classes_agree=_correlation(one, two),
        regions_agree=_correlation(*regions),
        n_regions=len(held),
        draws=len(again[DEFINITIONS[0]]),
    )


def _places(held: Numbers) -> tuple[dict[str, Numbers], tuple[Numbers, Numbers]]:
    """The place of each class by both definitions, 0 to 1 (most); and both values of areas."""
    from scipy.stats import rankdata

    columns = held.sum(axis=0) > 0
    inside = held[:, columns]
    rows = inside.sum(axis=1) > 0
    inside = inside[rows]
    found = complexity.complexity(inside)
    regions, classes = complexity.fitness_ranks(inside)
    places: dict[str, Numbers] = {}
    for name, value in (("eci", sums.levelled(found.technologies)), ("fitness", -classes)):
        places[name] = np.full(len(columns), np.nan)
        places[name][columns] = rankdata(value) / columns.sum()
    return places, (sums.levelled(found.regions), -regions)


def _ranks(place: Numbers, held: Numbers, member: Numbers) -> Numbers:
    """Rank of each field by the mean place of its classes, each as often as areas hold it."""
    from scipy.stats import rankdata

    weight = held.sum(axis=0)
    known = np.where(np.isnan(place), 0.0, place)
    with np.errstate(invalid="ignore"):
        mean = sums.product(member.T, known * weight) / (weight @ member)
    return np.asarray(rankdata(sums.levelled(-mean), method="min", nan_policy="omit"))


def _correlation(one: Numbers, two: Numbers) -> float:
    """Spearman's."""
    from scipy.stats import spearmanr

    return float(spearmanr(one, two).statistic)
