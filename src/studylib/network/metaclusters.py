"""
Meta-clusters: communities with organisations of several sides, and whether chance makes them too.

    Network --communities--> Communities --table--> one row per community: sizes, theme, z,
                                                   stability, p over null networks

z compares what the sides of a community have in common, every two of them, with what the null model
expects of organisations that state as much (exact mean and variance).  The community was found by
looking for such things, so z alone flatters it: `p_search` is the share of null networks whose own
best community reaches that z.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.network import USUAL, Kin, Network, list_errors, near, proximity
from studylib.network import communities as finding
from studylib.stats import sums
from studylib.stats.arrays import Flags, Integers, Numbers
from studylib.stats.nullmodel import Null, fit

NO_ROOM = 1e-12  # variance below which chance makes the network itself, every time


@dataclass(frozen=True)
class Communities:
    """The communities of a network; see `meta_clusters`."""

    network: Network
    partition: finding.Partition
    table: pd.DataFrame
    """One row per community."""
    members: pd.DataFrame
    """One row per organisation."""


@once
def meta_clusters(
    network: Network,
    kin: Kin = USUAL,
    *,
    draws: int = 100,
    null_draws: int = 200,
    seed: int = 1,
) -> Communities:
    """
    The communities of the network and what supports them.

    Parameters
    ----------
    draws
        Draws over the errors of the list (`list_errors`), for the stability.
    null_draws
        Networks of the null model, for `p_search`.

    Notes
    -----
    `table`: community_id (from 1, largest first), n_0, n_1 ... (organisations of each territory),
    is_meta (of two at least), sectors (most stated first), is_exact, agreement (of runs of the
    search), stability (mean Jaccard with the most like community of a draw over the errors of the
    list; Hennig 2007, doi:10.1016/j.csda.2006.11.025), z, p_search (both missing where there is
    one side only).
    `members`: cluster_id, community_id, agreement.
    """
    weights = _weights(network, near(network, kin))
    partition = finding.communities(weights, seed=seed)
    label = partition.label
    null = fit(network.stated)
    kinship = network.kinship(kin)
    rng = np.random.default_rng(seed)
    z = _z_of(label, null, network, kinship, network.stated)
    best = [_best_z(network, null, kinship, null.draw(rng), seed) for _ in range(null_draws)]
    stability = _stability(network, label, rng, draws, seed)
    rows = [
        _row(network, partition, group, z[group], np.array(best), stability[group])
        for group in range(label.max(initial=-1) + 1)
    ]
    sides = [f"n_{place}" for place in range(len(network.territories))]
    table = pd.DataFrame(rows, columns=["group", *sides, *ROW])
    table = table.assign(size=table[sides].sum(axis=1)).sort_values(
        ["is_meta", "size", "group"], ascending=[False, False, True], kind="stable"
    )
    table.insert(0, "community_id", np.arange(1, len(table) + 1))
    number = table.set_index("group")["community_id"]
    members = pd.DataFrame(
        {
            "cluster_id": network.organisations["cluster_id"].to_numpy(),
            "community_id": number.reindex(label).to_numpy(),
            "agreement": partition.agreement,
        }
    )
    kept = table.drop(columns=["group", "size"]).reset_index(drop=True)
    return Communities(network, partition, kept, members)


ROW = ("is_meta", "sectors", "is_exact", "agreement", "stability", "z", "p_search")


def _row(
    network: Network,
    partition: finding.Partition,
    group: int,
    z: float,
    best: Numbers,
    stability: float,
) -> tuple[object, ...]:
    """One community as a row."""
    inside = partition.label == group
    n, places = network.n, range(len(network.territories))
    sides = [int(n[inside & (network.side == place)].sum()) for place in places]
    sectors = (network.items["kind"] == "sector").to_numpy()
    stated = (network.stated[inside] * n[inside, None]).sum(axis=0) * sectors
    most = np.lexsort((np.arange(len(stated)), -stated))
    names = [network.items["item"].iloc[i] for i in most if stated[i]]
    reached = (1 + (best >= z - 1e-9).sum()) / (1 + len(best)) if np.isfinite(z) else np.nan
    return (
        group, *sides, sum(map(bool, sides)) > 1, ";".join(names),
        bool(partition.is_exact[inside].all()), float(partition.agreement[inside].mean()),
        stability, z, float(reached) if len(best) else np.nan,
    )  # fmt: skip


def _weights(network: Network, close: Numbers) -> Numbers:
    """Proximities as weights of a network of single organisations, groups being several."""
    n = network.n
    weights = close * np.outer(n, n)
    weights[np.diag_indices_from(weights)] = close.diagonal() * n * (n - 1)
    return weights


def _z_of(
    label: Integers, null: Null, network: Network, kinship: Numbers, stated: Flags
) -> Numbers:
    """The z of each community: kinship of what its sides state, against the null model."""
    side, n = network.side, network.n
    chance = null.probabilities()
    found = np.full(label.max(initial=-1) + 1, np.nan)
    for group in range(len(found)):
        here = label == group
        sides = [here & (side == place) for place in np.unique(side[here])]
        seen, mean, spread = (
            [sums.weighed(weight[own], values[own]) for own in sides]
            for weight, values in ((n, stated), (n, chance), (n**2, chance * (1 - chance)))
        )
        found[group] = _z_of_sides(seen, mean, spread, kinship)
    return found


def _z_of_sides(
    seen: list[Numbers], mean: list[Numbers], spread: list[Numbers], kinship: Numbers
) -> float:
    """
    The z of what the sides of one community have in common; missing where chance leaves no room.

    S = sum over every two sides of A' K E, where A and E count who states an item on either.
    Under the null items are independent, and so are the sides.  With d, what a side lies above its
    mean, S is its mean, plus each d times what the other sides pull on it, plus d' K d of every
    two sides: parts that do not go together, so that their variances add up.
    """
    common = expected = variance = 0.0
    pull = [np.zeros(len(kinship)) for _side in mean]
    for one, other in combinations(range(len(mean)), 2):
        toward = sums.weighed(mean[other], kinship.T)
        common += float((seen[one] * sums.weighed(seen[other], kinship.T)).sum())
        expected += float((mean[one] * toward).sum())
        variance += float((spread[one] * sums.weighed(spread[other], kinship.T**2)).sum())
        pull[one] += toward
        pull[other] += sums.weighed(mean[one], kinship)
    variance += sum(float((s * p**2).sum()) for s, p in zip(spread, pull, strict=True))
    return (common - expected) / np.sqrt(variance) if variance > NO_ROOM else float("nan")


def _best_z(network: Network, null: Null, kinship: Numbers, stated: Flags, seed: int) -> float:
    """The largest z among the communities of a network of the null model."""
    weights = _weights(network, proximity(stated, kinship))
    label = finding.louvain(finding.as_graph(weights), seed)
    z = _z_of(label, null, network, kinship, stated)
    return float(np.nanmax(z, initial=-np.inf)) if np.isfinite(z).any() else -np.inf


def _stability(
    network: Network, label: Integers, rng: np.random.Generator, draws: int, seed: int
) -> Numbers:
    """Mean Jaccard of each community with the most like one of a draw over errors of the list."""
    own = np.equal.outer(np.arange(label.max(initial=-1) + 1), label).astype(float)
    total = np.zeros(len(own))
    for _draw in range(draws):
        weights = _weights(network, list_errors.drawn(network, rng))
        drawn = finding.louvain(finding.as_graph(weights), seed)
        others = np.equal.outer(np.arange(drawn.max(initial=-1) + 1), drawn).astype(float)
        both = own @ others.T
        union = own.sum(axis=1)[:, None] + others.sum(axis=1)[None, :] - both
        total += (both / union).max(axis=1, initial=0.0)
    return np.asarray(total / draws if draws else np.full(len(own), np.nan))
