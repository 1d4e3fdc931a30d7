"""
Communities of a weighted network: exact where that can be computed, else by consensus.

    weights (n x n) --communities--> label of each node, how it was found, how far runs agree

Modularity falls apart into the connected components, so each component of at most 12 nodes is
solved exactly (dynamic programming over subsets).  A larger one is solved by many seeded runs of
Louvain; nodes that most runs put together form a new network, and so on until runs agree.

References: Newman, Girvan (2004), doi:10.1103/PhysRevE.69.026113; Blondel et al. (2008),
doi:10.1088/1742-5468/2008/10/P10008; Lancichinetti, Fortunato (2012), doi:10.1038/srep00336.
"""

from dataclasses import dataclass

import numpy as np

from studylib.stats.arrays import Integers, Numbers

EXACT = 12  # nodes of a component that is solved exactly: 3^12 pairs of subsets
RUNS = 30
ROUNDS = 10


@dataclass(frozen=True)
class Partition:
    """Communities of every node, numbered from 0 by their first node."""

    label: Integers
    agreement: Numbers
    """Share of runs that put a node with the others of its community; 1 where exact or alone."""
    is_exact: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    """Whether the component of the node was solved exactly."""
    modularity: float


def communities(weights: Numbers, *, seed: int = 1, runs: int = RUNS) -> Partition:
    """
    The communities of largest modularity, as far as that can be found.

    Parameters
    ----------
    weights
        Symmetric, not negative; on the diagonal twice the weight inside a node that stands for
        several.
    seed, runs
        Of Louvain in components of more than 12 nodes.

    Notes
    -----
    The result does not depend on the order of equal weights in an exact component; nodes are
    taken in their order.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    n = len(weights)
    label: Integers = np.full(n, -1, dtype=np.int64)
    agreement: Numbers = np.ones(n)
    is_exact = np.ones(n, dtype=bool)
    total = float(weights.sum())
    _, component = connected_components(csr_array(weights > 0), directed=False)
    for part in range(component.max(initial=-1) + 1):
        nodes = np.flatnonzero(component == part)
        inside = weights[np.ix_(nodes, nodes)]
        if len(nodes) <= EXACT:
            own = exact(inside, total)
        else:
            own, agreement[nodes] = consensus(inside, seed=seed, runs=runs)
            is_exact[nodes] = False
        label[nodes] = own + label.max(initial=-1) + 1
    label = _numbered(label)
    return Partition(label, agreement, is_exact, modularity(weights, label))


def modularity(weights: Numbers, label: Integers) -> float:
    """Newman's modularity of a partition; 0 for a network without weight."""
    total = float(weights.sum())
    if not total:
        return 0.0
    own = np.equal.outer(label, label)
    expected = np.outer(weights.sum(axis=1), weights.sum(axis=1)) / total
    return float(((weights - expected) * own).sum() / total)


def exact(weights: Numbers, total: float | None = None) -> Integers:
    """
    The partition of at most 12 nodes with the largest modularity.

    `total` is the weight of the whole network where the nodes are a part of it.  Of equal
    partitions the first one is taken, larger communities of early nodes first.
    """
    n = len(weights)
    total = float(weights.sum()) if total is None else total
    if not total:
        return np.arange(n)
    degree = weights.sum(axis=1)
    gain = (weights - np.outer(degree, degree) / total) / total
    value = _of_subsets(gain)
    best = np.zeros(1 << n)
    chosen = np.zeros(1 << n, dtype=np.int64)
    for subset in range(1, 1 << n):
        lowest = subset & -subset
        rest = subset ^ lowest
        part, top = rest, -np.inf
        while True:  # every community that holds the lowest node of the subset
            worth = value[part | lowest] + best[rest ^ part]
            if worth > top + 1e-12:
                top, chosen[subset] = worth, part | lowest
            if not part:
                break
            part = (part - 1) & rest
        best[subset] = top
    label, left, number = np.zeros(n, dtype=np.int64), (1 << n) - 1, 0
    while left:
        members = [i for i in range(n) if chosen[left] >> i & 1]
        label[members] = number
        left, number = left ^ int(chosen[left]), number + 1
    return label


def _of_subsets(gain: Numbers) -> Numbers:
    """The sum of gains inside every subset of nodes, by its bits."""
    value = np.zeros(1 << len(gain))
    for i in range(len(gain)):
        size = 1 << i
        bits = (np.arange(size)[:, None] >> np.arange(i)) & 1
        value[size : 2 * size] = value[:size] + 2 * bits @ gain[i, :i] + gain[i, i]
    return value


def consensus(weights: Numbers, *, seed: int, runs: int) -> tuple[Integers, Numbers]:
    """Labels most runs agree on, and the share of first runs that agree, node by node."""
    together = _together(weights, seed, runs)
    first = together
    for again in range(1, ROUNDS + 1):
        if np.isin(together, (0.0, 1.0)).all():
            break
        together = _together(np.where(together > 0.5, together, 0.0), seed + again * runs, runs)  # noqa: PLR2004
    label = _numbered(_components(together > 0.5))  # noqa: PLR2004
    own = np.equal.outer(label, label) & ~np.eye(len(label), dtype=bool)
    size = own.sum(axis=1)
    agreed = np.divide((first * own).sum(axis=1), size, out=np.ones(len(label)), where=size > 0)
    return label, agreed


def _together(weights: Numbers, seed: int, runs: int) -> Numbers:
    """In which share of runs two nodes are in one community."""
    together = np.zeros(weights.shape)
    graph = as_graph(weights)
    for run in range(runs):
        label = louvain(graph, seed + run)
        together += np.equal.outer(label, label)
    return np.asarray(together / runs)


def as_graph(weights: Numbers):  # type: ignore[no-untyped-def]  # noqa: ANN201 (networkx is loaded late)
    """A networkx graph of the weights, nodes and edges in order."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(len(weights)))
    one, other = np.nonzero(np.triu(weights))
    value = weights[one, other] / np.where(one == other, 2, 1)  # a loop counts twice in a degree
    graph.add_weighted_edges_from(zip(one.tolist(), other.tolist(), value.tolist(), strict=True))
    return graph


def louvain(graph, seed: int) -> Integers:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """One seeded run of Louvain as labels."""
    from networkx.algorithms.community import louvain_communities

    label = np.zeros(len(graph), dtype=np.int64)
    for number, members in enumerate(louvain_communities(graph, seed=seed)):
        label[list(members)] = number
    return label


def _components(linked: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Integers:
    """The connected part each node is in, by number."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    return np.asarray(connected_components(csr_array(linked), directed=False)[1], dtype=np.int64)


def _numbered(label: Integers) -> Integers:
    """Labels numbered from 0 in the order of their first node."""
    _, first, place = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[place.ravel()] if len(label) else label)
