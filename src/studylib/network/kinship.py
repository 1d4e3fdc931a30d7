"""
What makes two stated items kin: a theme joins their sectors, or a rule gives both the same patents.

    items (kind, item)  --by_theme-->  joined by a theme across sectors, yes or no
                        --by_technology-->  symbols the rules give to both sectors, 0..1
"""

import numpy as np
import pandas as pd

from studylib.network.sectors import Sectors
from studylib.network.themes import pairs as joined_sectors
from studylib.stats.arrays import Flags, Numbers


def by_theme(items: pd.DataFrame, themes: pd.DataFrame) -> Flags:
    """Items joined by a theme across sectors."""
    place = {item: i for i, (kind, item) in enumerate(items.to_numpy()) if kind == "sector"}
    joined = joined_sectors(themes)
    one, other = (
        joined[column].map(place).fillna(-1).to_numpy(dtype=np.int64)
        for column in ("sector", "other_sector")
    )
    there = (one >= 0) & (other >= 0)
    flags = np.zeros((len(items), len(items)), dtype=bool)
    flags[one[there], other[there]] = True
    return flags


def by_technology(items: pd.DataFrame, sectors: Sectors) -> Numbers:
    """
    How much of their patents two sectors take together by rule, 0..1; 0 for anything else.

    The mean number of shared symbols over the geometric mean of all (the cosine of two sets).
    """
    names = [item if kind == "sector" else "" for kind, item in items.to_numpy()]
    of = [sectors.technologies_of({name}) for name in names]
    near = np.zeros((len(names), len(names)))
    for i, mine in enumerate(of):
        for j, theirs in enumerate(of):
            if shared := sectors.shared({names[i]}, {names[j]}):
                n = sum(symbol in mine for symbol in shared) + sum(s in theirs for s in shared)
                near[i, j] = n / 2 / np.sqrt(len(mine) * len(theirs))
    return np.asarray(np.minimum(near, 1.0))
