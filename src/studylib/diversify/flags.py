"""
What units carry in the terms of the corpus: which of its subclasses, and how they make fields.

    symbols          --carried_by-->      what every unit carries
    units            --flags_of-->        units x subclasses of the corpus
    outside          --outside_shares-->  the share of units that carry each
    WIPO fields      --fields_of-->       the weight of each subclass in each field
"""

import numpy as np
import pandas as pd

from studylib.diversify import corpus
from studylib.diversify.specialisation import subclasses
from studylib.ket import fields
from studylib.patents import complement, counting
from studylib.patents.dataset import Dataset
from studylib.stats.arrays import Numbers


def carried_by(study: Dataset) -> pd.DataFrame:
    """One row per (unit_id, subclass): what every unit carries; made once for several questions."""
    return counting.labels_of_units(
        subclasses(study), study.applications, study.rule.unit, "subclass"
    )


def flags_of(carried: pd.DataFrame, units: pd.Series, space: corpus.Space) -> Numbers:
    """Units x technologies of the corpus: 1 where a unit carries one."""
    flags = np.zeros((len(units), len(space.technologies)))
    rows = pd.DataFrame({"unit_id": units.to_numpy(), "row": np.arange(len(units))})
    both = rows.merge(carried, on="unit_id")
    column = space.technologies.get_indexer(pd.Index(both["subclass"]))
    known = column >= 0
    flags[both["row"].to_numpy()[known], column[known]] = 1.0
    return flags


def outside_shares(
    study: Dataset, carried: pd.DataFrame, space: corpus.Space, *, apart: pd.Series | None = None
) -> Numbers | None:
    """The share of outside units that carry each subclass, `apart` left out; None without any."""
    outside = complement.outside(study)
    if apart is not None:
        outside = outside[~outside["unit_id"].isin(apart)]
    if outside.empty:
        return None
    n = carried[carried["unit_id"].isin(outside["unit_id"])]["subclass"].value_counts()
    n = n.reindex(space.technologies).fillna(0.0)  # carried by none
    return np.asarray(n.to_numpy(dtype=float) / len(outside))


def fields_of(space: corpus.Space) -> tuple[list[int], Numbers]:
    """The fields of the corpus, and the weight of each subclass in each (technology x field)."""
    rules = fields.rules()
    whole = rules[rules["level"] == "subclass"].drop_duplicates("symbol").set_index("symbol")
    field = whole["field_id"].reindex(space.technologies)
    present = sorted(int(one) for one in field.dropna().unique())
    member = field.to_numpy()[:, None] == np.array(present)[None, :]
    weight = member * space.ubiquity[:, None]
    total = weight.sum(axis=0)
    return present, np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
