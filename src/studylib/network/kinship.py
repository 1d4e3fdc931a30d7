"""
What makes two stated items kin: a theme joins their sectors, or their sectors share technology.

    items (kind, item)  --by_theme-->  joined by a theme across sectors, yes or no
                        --by_field-->  cosine of the technology fields of two sectors, 0..1
"""

import numpy as np
import pandas as pd

from studylib.network.arrays import Flags, Numbers
from studylib.network.sectors import Sectors
from studylib.network.themes import pairs as joined_sectors


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


def by_field(items: pd.DataFrame, sectors: Sectors) -> Numbers:
    """Cosine of the sets of technology fields of two sectors; 0 for anything else."""
    rules = sectors.fields
    flags = pd.crosstab(rules["sector"], rules["field_id"].astype(int)).astype(float)
    sector = items["item"].where(items["kind"] == "sector", "")
    profile = flags.reindex(sector, fill_value=0.0).to_numpy()
    length = np.linalg.norm(profile, axis=1, keepdims=True)
    unit = np.divide(profile, length, out=np.zeros_like(profile), where=length > 0)
    return np.asarray(np.minimum(unit @ unit.T, 1.0))
