"""
Trees: the collaboration tree of the study, and the maximum spanning tree of the network.

    themes + organisations --collaboration_tree--> all territories -> axis -> theme -> organisation
    proximity              --spanning_tree-->      n - 1 links, each with how often it appears

The first is drawn from the tables alone.  The second is an analysis of ours: equal proximities
make it ambiguous, so ties are broken by the names of the organisations and every link says in
which share of other orders of ties, and of draws over the errors of the list, it would stand too.
"""

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.network import USUAL, Kin, Network, list_errors, near
from studylib.stats.arrays import Flags, Integers, Numbers

MOST_LEAVES = 150  # more are put together by theme and territory
ROOT = "all territories"


@once
def collaboration_tree(network: Network, most: int = MOST_LEAVES) -> pd.DataFrame:
    """
    The nodes of the tree, each after its parent.

    One row per node: node_id, parent_id (missing for the root), level (0 root, 1 axis, 2 theme,
    3 leaf), axis, theme_id, origin, cluster_id, name, territory, sectors, n (organisations the
    leaf stands for).  Above `most` leaves a leaf is a territory of a theme and has no cluster_id.
    An organisation stands under every theme it could take up.
    """
    themes = network.themes.astype("object")
    leaves = pd.concat(
        [_leaves(network, theme) for theme in themes.itertuples(index=False)]
        or [_leaves(network, None)],
        ignore_index=True,
    )
    if len(leaves) > most:
        keys = ["parent_id", "theme_id", "axis", "origin", "territory"]
        leaves = leaves.groupby(keys, sort=False, as_index=False).agg(n=("n", "sum"))
        leaves["node_id"] = leaves["parent_id"] + "/" + leaves["territory"]
    root = pd.DataFrame([{"node_id": ROOT, "level": 0}])
    axes = list(dict.fromkeys(themes["axis"]))
    above = pd.DataFrame(
        {"node_id": axes, "parent_id": [ROOT] * len(axes), "level": 1, "axis": axes}
    )
    middle = themes[["theme_id", "axis", "origin"]].assign(
        node_id=themes["axis"] + "/" + themes["theme_id"], parent_id=themes["axis"], level=2
    )
    columns = [
        "node_id", "parent_id", "level", "axis", "theme_id", "origin", "cluster_id", "name",
        "territory", "sectors", "n",
    ]  # fmt: skip
    parts = [part.astype("object") for part in (root, above, middle, leaves.assign(level=3))]
    tree = pd.concat(parts, ignore_index=True).reindex(columns=columns)
    return tree.assign(level=tree["level"].astype("int64"), n=tree["n"].astype("Int64"))


def _leaves(network: Network, theme: object) -> pd.DataFrame:
    """The organisations of a theme: first territory first, by name inside."""
    rows = network.organisations
    wanted = {getattr(theme, "sector", None), getattr(theme, "other_sector", None)}
    takes = [bool(wanted & set(text.split(";"))) for text in rows["sectors"].astype("object")]
    own = rows[np.array(takes, dtype=bool)].astype("object")
    folded = own["name"].str.casefold()
    own = own.assign(side=network.side[np.array(takes, dtype=bool)], folded=folded)
    own = own.sort_values(["side", "folded", "cluster_id"], kind="stable")
    axis, theme_id = getattr(theme, "axis", ""), getattr(theme, "theme_id", "")
    return own[["cluster_id", "name", "territory", "sectors", "n"]].assign(
        parent_id=f"{axis}/{theme_id}", axis=axis, theme_id=theme_id,
        origin=getattr(theme, "origin", ""),
        node_id=f"{axis}/{theme_id}/" + own["cluster_id"],
    ).reset_index(drop=True)  # fmt: skip


def outside(network: Network) -> list[str]:
    """Names of organisations that stand in no theme of the tree, sorted."""
    themes = network.themes.astype("object")
    named = {*themes["sector"], *themes["other_sector"].dropna()}
    rows = network.organisations
    return sorted(
        name
        for name, sectors in zip(rows["name"], rows["sectors"], strict=True)
        if not named & set(str(sectors).split(";"))
    )


@once
def spanning_tree(
    network: Network,
    kin: Kin = USUAL,
    *,
    tie_orders: int = 200,
    draws: int = 200,
    seed: int = 1,
) -> pd.DataFrame:
    """
    The maximum spanning tree (a forest where parts are not joined), nearest first.

    One row per link: cluster_id, other_id, proximity, is_across, in_tie_orders (share of random
    orders of ties), in_draws (share of draws over the errors of the list, see `list_errors`).
    """
    close = near(network, kin)
    one, other = np.nonzero(np.triu(close > 0, 1))
    weight = close[one, other]
    rng = np.random.default_rng(seed)
    n = len(close)
    kept = _kruskal(one, other, weight, np.arange(len(one)), n)
    tied, drawn = np.zeros(len(one)), np.zeros(len(one))
    for _draw in range(tie_orders):
        tied[_kruskal(one, other, weight, rng.permutation(len(one)), n)] += 1
    for _draw in range(draws):
        drawn += _in_tree(list_errors.drawn(network, rng), rng)[one, other]
    ids = network.organisations["cluster_id"].to_numpy()
    table = pd.DataFrame(
        {
            "cluster_id": ids[one],
            "other_id": ids[other],
            "proximity": weight,
            "is_across": network.across[one, other],
            "in_tie_orders": tied / tie_orders if tie_orders else np.nan,
            "in_draws": drawn / draws if draws else np.nan,
        }
    ).iloc[kept]
    return table.sort_values(
        ["proximity", "cluster_id", "other_id"], ascending=[False, True, True],
        kind="stable", ignore_index=True,
    )  # fmt: skip


def _in_tree(close: Numbers, rng: np.random.Generator) -> Flags:
    """Which pairs (first before second) the tree of a draw links, its ties in a random order."""
    one, other = np.nonzero(np.triu(close > 0, 1))
    kept = _kruskal(one, other, close[one, other], rng.permutation(len(one)), len(close))
    links = np.zeros(close.shape, dtype=bool)
    links[one[kept], other[kept]] = True
    return links


def _kruskal(one: Integers, other: Integers, weight: Numbers, tie: Integers, n: int) -> Integers:
    """Places of the links of the tree: largest weight first, ties in the order given."""
    order = np.lexsort((tie, -np.round(weight, 12)))
    root = list(range(n))

    def top(node: int) -> int:
        """The node that stands for all those a node is joined with."""
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    kept = []
    for place in order.tolist():
        a, b = top(int(one[place])), top(int(other[place]))
        if a != b:
            root[a] = b
            kept.append(place)
    return np.sort(np.array(kept, dtype=np.int64))
