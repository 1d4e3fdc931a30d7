"""
The null model and its p-values: matrix code against the loop over pairs of a networkx graph.

The loop does what a reader of the formula would write: neighbours of two nodes, their common
attributes, the distribution of the overlap built attribute by attribute.  It is measured on a
sample of pairs of the same network, in the same run; both are compared per pair.
"""

import time

import networkx as nx
import numpy as np

from studylib.stats import nullmodel, validation

ORGANISATIONS, ATTRIBUTES = 10_000, 100
SAMPLE = 2_000  # pairs the loop is measured on


def made(seed: int = 1) -> np.ndarray:
    """A network of organisations that state three to thirty of a hundred attributes."""
    rng = np.random.default_rng(seed)
    activity = rng.uniform(0.03, 0.3, ORGANISATIONS)
    appeal = rng.uniform(0.3, 1.7, ATTRIBUTES)
    return rng.random((ORGANISATIONS, ATTRIBUTES)) < np.minimum(np.outer(activity, appeal), 0.95)


def looped(graph: nx.Graph, probability: np.ndarray, pairs: np.ndarray) -> list[float]:
    """P(V >= v) of each pair, one after the other."""
    found = []
    for i, j in pairs.tolist():
        shared = len(set(graph[("o", i)]) & set(graph[("o", j)]))
        chance = [1.0]
        for p in probability[i] * probability[j]:
            longer = [value * (1 - p) for value in chance] + [0.0]
            for k, value in enumerate(chance):
                longer[k + 1] += value * p
            chance = longer
        found.append(min(sum(chance[shared:]), 1.0))
    return found


def run() -> list[dict[str, object]]:
    """Seconds for the fit, for all pairs across the border, and for the sample of the loop."""
    matrix = made()
    start = time.perf_counter()
    null = nullmodel.fit(matrix)
    fitted = time.perf_counter() - start
    half = ORGANISATIONS // 2
    first, second = np.arange(half), np.arange(half, ORGANISATIONS)
    start = time.perf_counter()
    result = validation.validate(matrix, null, first, second)
    tested = time.perf_counter() - start

    graph = nx.Graph()
    graph.add_edges_from((("o", int(i)), ("a", int(a))) for i, a in np.argwhere(matrix))
    graph.add_nodes_from(("o", i) for i in range(ORGANISATIONS))
    rng = np.random.default_rng(2)
    pairs = np.column_stack([rng.choice(first, SAMPLE), rng.choice(second, SAMPLE)])
    probability = null.probabilities()
    start = time.perf_counter()
    slow = looped(graph, probability, pairs)
    loop = time.perf_counter() - start
    shared = (matrix[pairs[:, 0]] & matrix[pairs[:, 1]]).sum(axis=1)
    fast = null.tails[null.row_class[pairs[:, 0]], null.row_class[pairs[:, 1]], shared]
    each, each_looped = (fitted + tested) / result.n_pairs, loop / SAMPLE
    return [
        {
            "organisations": ORGANISATIONS,
            "attributes": ATTRIBUTES,
            "pairs": result.n_pairs,
            "fit_seconds": fitted,
            "p_values_seconds": tested,
            "loop_seconds_all_pairs": each_looped * result.n_pairs,
            "times_faster": each_looped / each,
            "largest_difference": float(np.abs(np.array(slow) - fast).max()),
        }
    ]
