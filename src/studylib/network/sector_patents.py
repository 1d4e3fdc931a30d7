"""
What the patents of each territory say about the sectors of its cluster organisations.

    units + symbols + sector rules --by_sector-->     families of a sector, per territory
                                   --ket_counts-->    ... that carry a KET
                                   --co_classified--> families that lie in two sectors at once

A figure here is about a territory, never about an organisation of it.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.network import sector_rules, sectors
from studylib.network.sectors import Sectors
from studylib.patents import counting
from studylib.patents.dataset import Dataset

LEVEL = 0.05  # false-discovery rate of pairs of sectors
FEWEST = 3  # families in each territory before a pair of sectors is called a theme


@once
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


@once
def co_classified(study: Dataset) -> pd.DataFrame:
    """
    Pairs of sectors whose families lie in both more often than by chance, on both sides.

    One row per pair of sectors that each have a symbol of their own, sorted by p: sector,
    other_sector, n (families in both), n_sector, n_other, smallest (families in both, in the
    territory with fewest), p (one-sided hypergeometric, Fisher), q (Benjamini-Hochberg over all
    pairs), is_theme (q <= 0.05 and at least 3 families in every territory).

    Notes
    -----
    Only symbols that one sector of the two takes alone are counted: a surfboard does not make
    ships and sport meet.  Families without IPC are no part of it.
    """
    from scipy.stats import false_discovery_control, hypergeom

    units = _weights(study)
    classified = units[units["has_ipc"].astype(bool)]
    here = classified.set_index("unit_id").groupby("area", sort=True).groups
    every = pd.Index(classified["unit_id"].unique())
    known = sectors.of_study(study.definition)
    carried = _technologies_of_units(study, known)
    units_of = {str(key): set(own) for key, own in carried.groupby("technology")["unit_id"]}
    rows = []
    for one, other in combinations(sorted(known.technologies["sector"].unique()), 2):
        shared = set(known.shared({one}, {other}))
        own, others = (known.technologies_of({sector}) - shared for sector in (one, other))
        if not (own and others):
            continue
        in_a, in_b = (
            pd.Series(every.isin(set().union(*(units_of.get(key, set()) for key in keys))), every)
            for keys in (own, others)
        )
        both = in_a & in_b
        smallest = min((int(both[ids].sum()) for ids in here.values()), default=0)
        n = (int(both.sum()), int(in_a.sum()), int(in_b.sum()))
        p = float(hypergeom.sf(n[0] - 1, max(len(every), 1), n[1], n[2]))
        rows.append((one, other, *n, smallest, p))
    columns = ["sector", "other_sector", "n", "n_sector", "n_other", "smallest", "p"]
    pairs = pd.DataFrame(rows, columns=columns)
    q = false_discovery_control(np.clip(pairs["p"], 0, 1)) if len(pairs) else np.array([])
    is_theme = (q <= LEVEL) & (pairs["smallest"] >= FEWEST).to_numpy() & (len(here) > 1)
    return pairs.assign(q=q, is_theme=is_theme).sort_values(
        ["p", "sector", "other_sector"], kind="stable", ignore_index=True
    )


def _weights(study: Dataset) -> pd.DataFrame:
    """The counted units of the territories: unit_id, area, weight, has_ipc."""
    here = study.units[study.units["area"].isin(study.territories)]
    return here[["unit_id", "area", "weight", "has_ipc"]].assign(area=here["area"].astype("str"))


def sectors_of_units(study: Dataset) -> pd.DataFrame:
    """One row per (unit_id, sector): units with a symbol, or the KET, of the sector."""
    known = sectors.of_study(study.definition)
    carried = _technologies_of_units(study, known).merge(known.technologies, on="technology")
    return carried[["unit_id", "sector"]].drop_duplicates()


def _technologies_of_units(study: Dataset, known: Sectors) -> pd.DataFrame:
    """One row per (unit_id, technology) of the rules: the symbols and KETs each unit carries."""
    ipc = study.symbols[study.symbols["scheme"] == "ipc"]
    symbol = ipc["symbol"].astype("str")
    wanted = set(known.technologies["technology"])
    levels = [symbol.str[:3], symbol.str[:4], symbol.str.partition("/")[0]]
    parts = [pd.DataFrame({"application_id": ipc["application_id"], "technology": level})
             for level in levels]  # fmt: skip
    tags = study.tags[["application_id"]].assign(
        technology=sector_rules.KET + study.tags["ket"].astype("str")
    )
    every = pd.concat([*parts, tags], ignore_index=True)
    every = every[every["technology"].isin(wanted)]
    return counting.labels_of_units(every, study.applications, study.rule.unit, "technology")
