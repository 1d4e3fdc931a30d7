"""
The outside reference: the units of the reference that lie in no territory of the study.

A territory that is part of what it is compared with pulls the comparison to 1, the more the larger
it is; and where territories were sampled more densely than the rest, far more than it should.
"""

import pandas as pd

from studylib.patents.counting import Rule
from studylib.patents.dataset import Dataset


def outside(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """
    One row per classified unit of the reference outside the territories, sorted: unit_id, weight.

    A unit that is partly in a territory is left out whole.  Empty where the study names no
    reference.
    """
    units = study.units_by(rule or study.rule)
    units = units[units["has_ipc"].astype(bool)]
    reference = study.definition.reference
    if reference is None:
        return units.iloc[:0][["unit_id", "weight"]]
    inside = units.loc[units["area"].isin(study.territories), "unit_id"]
    there = (units["area"] == reference.named("en")) & ~units["unit_id"].isin(inside)
    return units.loc[there, ["unit_id", "weight"]].reset_index(drop=True)


def of_territories(study: Dataset, rule: Rule | None = None) -> pd.DataFrame:
    """One row per classified unit and territory, sorted: unit_id, area, weight."""
    units = study.units_by(rule or study.rule)
    here = units["area"].isin(study.territories) & units["has_ipc"].astype(bool)
    return units.loc[here, ["unit_id", "area", "weight"]].reset_index(drop=True)
