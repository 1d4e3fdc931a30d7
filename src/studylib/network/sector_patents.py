"""
What the patents of each territory say about the sectors of its cluster organisations.

    units + fields + sector rules  --by_sector-->     families of a sector's fields, per territory
                                   --ket_counts-->    ... that carry a KET
                                   --co_classified--> families that lie in two sectors at once

A figure here is about a territory, never about an organisation of it.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from studylib.network import sectors
from studylib.patents import counting
from studylib.patents.dataset import Dataset

LEVEL = 0.05  # false-discovery rate of pairs of sectors
FEWEST = 3  # families in each territory before a pair of sectors is called a theme


def by_sector(study: Dataset) -> pd.DataFrame:
    """One row per (sector, territory) that has any, sorted: sector, area, n."""
    carried = sectors_of_units(study).merge(_weights(study), on="unit_id")
    return carried.groupby(["sector", "area"], as_index=False, sort=True).agg(n=("weight", "sum"))


def ket_counts(study: Dataset) -> pd.DataFrame:
    """One row per (sector, KET, territory) that has any, sorted: sector, ket, area, n."""
    tags = counting.labels_of_units(study.tags, study.applications, study.rule.unit, "ket")
    tags = tags.assign(ket=tags["ket"].astype("str"))
    carried = sectors_of_units(study).merge(tags, on="unit_id").merge(_weights(study), on="unit_id")
    keys = ["sector", "ket", "area"]
    return carried.groupby(keys, as_index=False, sort=True).agg(n=("weight", "sum"))


def co_classified(study: Dataset) -> pd.DataFrame:
    """
    Pairs of sectors whose families lie in both more often than by chance, on both sides.

    One row per pair of sectors that each have a field of their own, sorted by p: sector,
    other_sector, n (families in both), n_sector, n_other, smallest (families in both, in the
    territory with fewest), p (one-sided hypergeometric, Fisher), q (Benjamini-Hochberg over all
    pairs), is_theme (q <= 0.05 and at least 3 families in every territory).

    Notes
    -----
    Only fields that one sector of the two has alone are counted: a turbine does not make
    aeronautics and energy meet.
    """
    from scipy.stats import false_discovery_control, hypergeom

    units = _weights(study)
    flags = _flags(study, units)
    classified = units[units["unit_id"].isin(flags.index)]
    here = classified.set_index("unit_id").groupby("area", sort=True).groups
    rules = sectors.of_study(study.definition).fields
    fields = {str(name): set(own) for name, own in rules.groupby("sector")["field_id"]}
    rows = []
    for one, other in combinations(sorted(fields), 2):
        a, b = fields[one], fields[other]
        if not (a - b and b - a):
            continue
        in_a = flags[sorted(a - b)].any(axis=1)
        in_b = flags[sorted(b - a)].any(axis=1)
        both = in_a & in_b
        smallest = min((int(both[ids].sum()) for ids in here.values()), default=0)
        n = (int(both.sum()), int(in_a.sum()), int(in_b.sum()))
        p = float(hypergeom.sf(n[0] - 1, max(len(flags), 1), n[1], n[2]))
        rows.append((one, other, *n, smallest, p))
    columns = ["sector", "other_sector", "n", "n_sector", "n_other", "smallest", "p"]
    pairs = pd.DataFrame(rows, columns=columns)
    q = false_discovery_control(np.clip(pairs["p"], 0, 1)) if len(pairs) else np.array([])
    is_theme = (q <= LEVEL) & (pairs["smallest"] >= FEWEST).to_numpy() & (len(here) > 1)
    return pairs.assign(q=q, is_theme=is_theme).sort_values(
        ["p", "sector", "other_sector"], kind="stable", ignore_index=True
    )


def _weights(study: Dataset) -> pd.DataFrame:
    """The counted units of the territories: unit_id, area, weight."""
    here = study.units[study.units["area"].isin(study.territories)]
    return here[["unit_id", "area", "weight"]].assign(area=here["area"].astype("str"))


def _fields(study: Dataset) -> pd.DataFrame:
    """The WIPO fields of each counted unit: unit_id, field_id."""
    return counting.labels_of_units(study.fields, study.applications, study.rule.unit, "field_id")


def sectors_of_units(study: Dataset) -> pd.DataFrame:
    """One row per (unit_id, sector): units with a field of the sector."""
    rules = sectors.of_study(study.definition).fields
    carried = _fields(study).astype({"field_id": "Int64"}).merge(rules, on="field_id")
    return carried[["unit_id", "sector"]].drop_duplicates()


def _flags(study: Dataset, units: pd.DataFrame) -> pd.DataFrame:
    """Units with a field (index) x fields 1..35, true where the unit lies in the field."""
    carried = _fields(study)
    carried = carried[carried["unit_id"].isin(units["unit_id"])]
    flags = pd.crosstab(carried["unit_id"], carried["field_id"].astype(int)) > 0
    return flags.reindex(columns=range(1, 36), fill_value=False)
