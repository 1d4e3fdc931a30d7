"""
Which regions have alike portfolios: groups and a map, with how far both hold.

    region x field (counts)
      --portfolio_groups-->   for 2, 3 ... groups: size, how far it comes back, is it stable
      --portfolio_map-->      region: group, place on the map, how far it moves by chance
      --portfolio_profiles--> group x field: share, quotient against all others

`reference_portfolios` are those of the 330 European areas; any counts with a row per region will
do.  That no groups are stable is a result, and the usual one.
"""

import numpy as np
import pandas as pd

from studylib.diversify.corpus import REFERENCE
from studylib.errors import DataError, UsageError, several, some
from studylib.stats import clustering
from studylib.stats.clustering import DISSOLVED, STABLE
from studylib.stats.power import LEVEL

SEED = 20132014
GROUPS = ["n_groups", "group", "n_regions", "jaccard", "verdict", "separation", "p", "is_chosen"]
PLACES = ["region", "n", "group", "company", "x", "y", "wobble", "shown", "trust"]
PROFILE = ["group", "n_regions", "field_id", "n", "base", "share", "quotient"]
STABLE_KEY, OPEN_KEY, DISSOLVED_KEY = "stable", "not stable", "dissolved"


def reference_portfolios() -> pd.DataFrame:
    """
    Portfolios of the European metropolitan areas: row per area, column per WIPO field, counts.

    Assignments of first filings 2000-2012 as geocoded (see the register): a corpus, no portrait
    of one city.  Classes that WIPO splits between fields are left out.
    """
    table = pd.read_csv(REFERENCE / "metro_fields.csv", index_col="metro")
    return table.set_axis(table.columns.astype(int), axis=1).rename_axis("region")


def portfolio_groups(
    counts: pd.DataFrame, *, most: int = 6, draws: int = 100, seed: int = SEED
) -> pd.DataFrame:
    """
    Do regions fall into groups by their portfolios, and into how many that hold?

    Parameters
    ----------
    counts
        A row per region (its name is the index), a column per field, counts of patents.
    most
        Largest number of groups to look at, from 2.
    draws, seed
        Draws for stability and for the test, and where they begin.

    Returns
    -------
    One row per number of groups and group, the largest first: n_groups, group (from 1), n_regions,
    jaccard (how far the group comes back when regions are left out and counts dealt anew: 1 whole),
    verdict (`stable` from 0.75, `dissolved` below 0.5, else `not stable`), separation (mean
    silhouette, -1 to 1), p (how often a cloud without groups is parted as well), is_chosen: the
    largest number of groups that are all stable and parted better than chance; of none, where
    there is no such number.

    Raises
    ------
    DataError
        There are fewer than 8 regions, a region has no patents, or a cell is no count.
    """
    table = _checked(counts)
    values = table.to_numpy(dtype=float)
    points = clustering.profiles(values)
    rows = []
    for n_groups in range(2, min(most, len(table) // 2) + 1):
        groups = clustering.grouped(points, n_groups)
        jaccard, _company = clustering.stability(values, groups, draws, seed)
        apart, p = clustering.stand_out(points, n_groups, draws, seed)
        sizes = np.bincount(groups)
        rows += [
            (n_groups, g + 1, int(sizes[g]), float(jaccard[g]), _verdict(jaccard[g]), apart, p)
            for g in range(n_groups)
        ]
    found = pd.DataFrame(rows, columns=GROUPS[:-1])
    good = (found["verdict"] == STABLE_KEY) & (found["p"] < LEVEL)
    whole = good.groupby(found["n_groups"]).all()
    chosen = max(whole.index[whole], default=0)
    return found.assign(is_chosen=found["n_groups"] == chosen)


def portfolio_map(
    counts: pd.DataFrame, n_groups: int = 2, *, draws: int = 100, seed: int = SEED
) -> pd.DataFrame:
    """
    Regions on a map of their portfolios: near are alike, whatever their size.

    Returns
    -------
    One row per region, sorted: region, n (patents), group (from 1, the largest first), company
    (how much oftener a region of its group is with it again than another one: 1 always, 0 chance),
    x, y, wobble (how far the place moves by chance, in units of the axes), shown (part of all
    differences that the map keeps) and trust (how far neighbours on it are neighbours, 0 to 1),
    both the same in every row.  See `portfolio_groups` for what is raised.
    """
    table = _checked(counts)
    if not 2 <= n_groups <= len(table) // 2:  # noqa: PLR2004
        raise UsageError(
            f"{len(table)} regions can be parted into 2 to {len(table) // 2} groups, "
            f"not {n_groups}."
        )
    values = table.to_numpy(dtype=float)
    points = clustering.profiles(values)
    groups, there = clustering.grouped(points, n_groups), clustering.mapped(points)
    _jaccard, company = clustering.stability(values, groups, draws, seed)
    return pd.DataFrame(
        {
            "region": table.index.astype("str"), "n": values.sum(axis=1), "group": groups + 1,
            "company": company, "x": there.places[:, 0], "y": there.places[:, 1],
            "wobble": clustering.wobble(values, there, draws, seed),
            "shown": there.shown, "trust": there.trust,
        }
    )[PLACES]  # fmt: skip


def portfolio_profiles(counts: pd.DataFrame, n_groups: int = 2) -> pd.DataFrame:
    """
    What the regions of a group do more than the others, field by field.

    Every region weighs the same: shares are means over regions, so that one metropolis does not
    speak for its group.  Described after the groups were found: these numbers have no test.

    Returns
    -------
    One row per group and field, the highest quotient first: group, n_regions, field_id (name of
    the column), n (patents), base (patents of the group), share (mean over its regions), quotient
    (over the mean share of all other regions; missing where that is 0).
    """
    table = _checked(counts)
    values = table.to_numpy(dtype=float)
    groups = clustering.grouped(clustering.profiles(values), n_groups)
    shares = values / values.sum(axis=1, keepdims=True)
    parts = []
    for g in range(n_groups):
        own, rest = shares[groups == g].mean(axis=0), shares[groups != g].mean(axis=0)
        quotient = np.divide(own, rest, out=np.full_like(own, np.nan), where=rest > 0)
        n = values[groups == g].sum(axis=0)
        parts.append(
            pd.DataFrame(
                {"group": g + 1, "n_regions": int((groups == g).sum()),
                 "field_id": table.columns, "n": n, "base": n.sum(), "share": own,
                 "quotient": quotient}
            ).sort_values("quotient", ascending=False, kind="stable")
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)[PROFILE]


def _verdict(jaccard: float) -> str:
    """Hennig's levels: from .75 on stable, below .5 dissolved."""
    if jaccard >= STABLE:
        return STABLE_KEY
    return DISSOLVED_KEY if jaccard < DISSOLVED else OPEN_KEY


def _checked(counts: pd.DataFrame) -> pd.DataFrame:
    """The frame in the order of its regions; raises where it is no table of counts."""
    if twice := sorted(set(counts.index[counts.index.duplicated()].astype("str"))):
        raise DataError(f"Regions stand twice: {some(twice)}. Add their rows up first.")
    if len(counts) < clustering.FEWEST:
        raise DataError(
            f"{several(len(counts), 'region is', 'regions are')} too few for groups; "
            f"{clustering.FEWEST} are needed."
        )
    values = counts.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    if not (values >= 0).all():  # missing is no count either
        wrong = counts.index[~(values >= 0).all(axis=1)]
        raise DataError(f"Cells that are no count stand in the rows of {some(wrong)}.")
    if (empty := values.sum(axis=1) == 0).any():
        raise DataError(
            f"Regions without patents have no portfolio: {some(counts.index[empty])}. "
            "Leave them out."
        )
    return counts.astype(float).sort_index()
