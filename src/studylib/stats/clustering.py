"""
Portfolios of regions in groups and on a map, with how far both hold when the counts are drawn anew.

    counts: region x field  --profiles-->  sqrt of shares: near = alike, whatever the size
      --grouped-->   group of each region           (Ward's method, scikit-learn)
      --mapped-->    x, y of each region            (first two principal axes)
      --stability--> group: mean Jaccard over draws (Hennig 2007)
      --stand_out--> p: are there groups at all     (against clouds without any)

Every draw takes four regions in five and deals the patents of each anew from its own shares, so a
region of 40 patents is as uncertain as it is.
"""

from typing import Any, NamedTuple

import numpy as np

from studylib.stats.arrays import Numbers

Places = np.ndarray[Any, np.dtype[np.intp]]
"""The number of the group of each region."""

KEPT = 0.8  # of the regions in each draw
STABLE, DISSOLVED = 0.75, 0.5  # mean Jaccard, after Hennig (2007)
FEWEST = 8  # regions below which groups are not looked for


class Map(NamedTuple):
    """Two axes: where each region lies, what part of the differences they show."""

    places: Numbers
    """Region x 2."""
    axes: Numbers
    """2 x field: how a profile is put on the map."""
    centre: Numbers
    shown: float
    """Part of the squared distances that the map keeps."""
    trust: float
    """How far neighbours on the map are neighbours (0 to 1, of the nearest five)."""


def profiles(counts: Numbers) -> Numbers:
    """
    Square roots of shares: their distance is Hellinger's, which fits counts and bears zeros.

    >>> profiles(np.array([[1.0, 3.0]])).round(3).tolist()
    [[0.5, 0.866]]
    """
    shares: Numbers = counts / counts.sum(axis=1, keepdims=True)
    return np.sqrt(shares)


def grouped(points: Numbers, n_groups: int) -> Places:
    """The group of each region, the largest group 0: joined from below by Ward's method."""
    from sklearn.cluster import AgglomerativeClustering

    found = AgglomerativeClustering(n_clusters=n_groups, linkage="ward").fit_predict(points)
    sizes = np.bincount(found, minlength=n_groups)
    first = [int(np.flatnonzero(found == g)[0]) for g in range(n_groups)]
    order = sorted(range(n_groups), key=lambda g: (-sizes[g], first[g]))
    named: Places = np.argsort(np.array(order))[found]
    return named


def mapped(points: Numbers) -> Map:
    """The map on which distances between regions are kept best."""
    from sklearn.decomposition import PCA
    from sklearn.manifold import trustworthiness

    found = PCA(n_components=2, svd_solver="full").fit(points)
    axes = found.components_ * np.sign(found.components_.sum(axis=1, keepdims=True))
    places = (points - found.mean_) @ axes.T
    near = min(5, (len(points) - 1) // 2)
    trust = float(trustworthiness(points, places, n_neighbors=near))
    return Map(places, axes, found.mean_, float(found.explained_variance_ratio_.sum()), trust)


def separation(points: Numbers, groups: Places) -> float:
    """How much nearer regions are to their own group than to the next: mean silhouette, -1 to 1."""
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(points, groups))


def drawn(counts: Numbers, random: np.random.Generator) -> Numbers:
    """The counts dealt anew: as many for each region, from its own shares."""
    whole = counts.sum(axis=1)
    n = np.round(whole).astype(int)
    return random.multinomial(n, counts / whole[:, None]).astype(float)


def stability(counts: Numbers, groups: Places, draws: int, seed: int) -> tuple[Numbers, Numbers]:
    """
    How far each group and each region's company come back when regions and counts are drawn anew.

    Returns
    -------
    Per group, the mean over draws of the largest Jaccard index with a group of the draw (1: comes
    back whole; below .5: dissolved; from .75 on: stable).  Per region, how often a region of its
    group is with it again, less how often one of another group is: 1 never moves, 0 is chance.

    References
    ----------
    Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics and Data
    Analysis 52(1), 258-271, doi:10.1016/j.csda.2006.11.025.
    """
    random = np.random.default_rng(seed)
    n_groups = int(groups.max()) + 1
    jaccard = np.full((draws, n_groups), np.nan)
    together = np.zeros((len(groups), len(groups)))
    seen = np.zeros_like(together)
    n_kept = max(n_groups + 1, round(KEPT * len(groups)))
    for draw in range(draws):
        kept = np.sort(random.choice(len(groups), n_kept, replace=False))
        again = grouped(profiles(drawn(counts[kept], random)), n_groups)
        jaccard[draw] = _best_jaccard(groups[kept], again, n_groups)
        here = np.ix_(kept, kept)
        together[here] += again[:, None] == again[None, :]
        seen[here] += 1
    return np.nanmean(jaccard, axis=0), _company(groups, together, seen)


def _best_jaccard(before: Places, after: Places, n_groups: int) -> Numbers:
    """For each group of before, its largest Jaccard index with a group of after; NaN if unseen."""
    table = np.zeros((n_groups, n_groups))
    np.add.at(table, (before, after), 1)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    best: Numbers = (table / np.maximum(union, 1)).max(axis=1)
    return np.where(table.sum(axis=1) > 0, best, np.nan)


def _company(groups: Places, together: Numbers, seen: Numbers) -> Numbers:
    """Per region: with its own group, less with the others."""
    often = np.divide(together, seen, out=np.full_like(seen, np.nan), where=seen > 0)
    np.fill_diagonal(often, np.nan)
    same = groups[:, None] == groups[None, :]
    own = np.array([_mean(row[mask]) for row, mask in zip(often, same, strict=True)])
    others = np.array([_mean(row[~mask]) for row, mask in zip(often, same, strict=True)])
    return np.where(np.isnan(own), np.nan, own - np.nan_to_num(others))


def _mean(values: Numbers) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def stand_out(points: Numbers, n_groups: int, draws: int, seed: int) -> tuple[float, float]:
    """
    Separation of the groups, and p: how often a cloud without groups is as well parted.

    A cloud is drawn from a normal distribution with the means and covariances of the points: as
    long and as wide in every direction, and without gaps.
    """
    random = np.random.default_rng(seed)
    found = separation(points, grouped(points, n_groups))
    centre, spread = points.mean(axis=0), np.cov(points, rowvar=False)
    as_well = 0
    for _ in range(draws):
        cloud = random.multivariate_normal(centre, spread, len(points), method="eigh")
        as_well += separation(cloud, grouped(cloud, n_groups)) >= found
    return found, (1 + as_well) / (1 + draws)


def wobble(counts: Numbers, there: Map, draws: int, seed: int) -> Numbers:
    """How far each region moves on the map when its counts are dealt anew (root mean square)."""
    random = np.random.default_rng(seed)
    moved = np.zeros(len(counts))
    for _ in range(draws):
        places = (profiles(drawn(counts, random)) - there.centre) @ there.axes.T
        moved += ((places - there.places) ** 2).sum(axis=1)
    return np.sqrt(moved / draws)
