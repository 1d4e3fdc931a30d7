"""Communities: exact where small, by consensus where not, and held against chance."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_clusters import NO_THEMES, linked, listed, themed

from studylib import network
from studylib.network import clusters, communities, list_errors, metaclusters

TWO_TRIANGLES = np.zeros((6, 6))
for _i, _j in [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]:
    TWO_TRIANGLES[_i, _j] = TWO_TRIANGLES[_j, _i] = 1.0


def partitions(n):
    """Every partition of n nodes as labels."""
    for label in itertools.product(range(n), repeat=n):
        if all(x <= max(label[:i], default=-1) + 1 for i, x in enumerate(label)):
            yield np.array(label)


def test_two_triangles_are_two_communities():
    """Newman's modularity of the obvious partition: 6/7 - 2 * (7/14)^2 = 0.357."""
    found = communities.communities(TWO_TRIANGLES)
    assert found.label.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.modularity == pytest.approx(6 / 7 - 0.5)
    assert found.is_exact.all()
    assert found.agreement.tolist() == [1.0] * 6


@given(st.lists(st.integers(0, 3), min_size=10, max_size=10))
@settings(max_examples=40)
def test_the_exact_partition_is_the_best_of_all(values):
    """No partition of five nodes, listed one by one, has a larger modularity."""
    weights = np.zeros((5, 5))
    weights[np.triu_indices(5, 1)] = values
    weights = weights + weights.T
    best = max(communities.modularity(weights, label) for label in partitions(5))
    found = communities.exact(weights)
    assert communities.modularity(weights, found) == pytest.approx(best, abs=1e-9)


def test_a_network_without_links_is_nodes_alone():
    """Nothing joins, nothing is joined; modularity is 0."""
    found = communities.communities(np.zeros((3, 3)))
    assert found.label.tolist() == [0, 1, 2]
    assert found.modularity == 0.0
    assert communities.exact(np.zeros((2, 2))).tolist() == [0, 1]
    assert communities.communities(np.zeros((0, 0))).label.tolist() == []


def test_parts_that_are_not_joined_are_solved_each_by_itself():
    """The exact answer for each part is that for the whole: modularity falls apart."""
    weights = np.zeros((12, 12))
    weights[:6, :6] = weights[6:, 6:] = TWO_TRIANGLES
    whole = communities.exact(weights)
    parts = communities.communities(weights).label
    assert communities.modularity(weights, parts) == pytest.approx(
        communities.modularity(weights, whole)
    )
    assert parts.tolist() == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3


def ring(n, size):
    """Groups of equal size in a ring, each joined to the next by one weak link."""
    weights = np.kron(np.eye(n), np.ones((size, size)))
    np.fill_diagonal(weights, 0)
    for i in range(n):
        a, b = i * size, ((i + 1) % n) * size + 1
        weights[a, b] = weights[b, a] = 0.5
    return weights


def test_a_large_network_is_solved_by_consensus():
    """More than twelve nodes: runs agree on the obvious groups, and it says that it is no proof."""
    found = communities.communities(ring(4, 5), seed=7)
    assert found.label.tolist() == [0] * 5 + [1] * 5 + [2] * 5 + [3] * 5
    assert not found.is_exact.any()
    assert found.agreement.min() > 0.9


def test_the_same_seed_gives_the_same_communities():
    """Also where runs disagree."""
    rng = np.random.default_rng(1)
    weights = rng.random((30, 30)) * (rng.random((30, 30)) < 0.3)
    weights = np.triu(weights, 1) + np.triu(weights, 1).T
    first, again = (communities.communities(weights, seed=3, runs=8) for _ in range(2))
    assert (first.label == again.label).all()
    assert (first.agreement == again.agreement).all()
    assert first.agreement.min() < 1.0


def test_consensus_stops_after_some_rounds(monkeypatch):
    """Runs that never agree end in the groups most of them share."""
    monkeypatch.setattr(communities, "ROUNDS", 1)
    halves = np.array([[1.0, 0.6, 0.0], [0.6, 1.0, 0.4], [0.0, 0.4, 1.0]])
    monkeypatch.setattr(communities, "_together", lambda _weights, _seed, _runs: halves)
    label, agreed = communities.consensus(np.ones((3, 3)), seed=1, runs=1)
    assert label.tolist() == [0, 0, 1]
    assert agreed.tolist() == [0.6, 0.6, 1.0]


def test_a_node_may_stand_for_several():
    """The weight inside it is on the diagonal and counts in its degree."""
    weights = np.array([[6.0, 1.0], [1.0, 6.0]])
    assert communities.communities(weights).label.tolist() == [0, 1]
    graph = communities.as_graph(weights)
    assert graph.degree(0, weight="weight") == 7.0


THEMES = themed(("health_ict", "health", "ict", "own"))
ROWS = (
    ("a", "North", "health"), ("b", "South", "health"), ("c", "North", "sport"),
    ("d", "South", "tourism"), ("e", "South", "tourism"),
)  # fmt: skip


def test_a_meta_cluster_has_organisations_of_both_sides():
    """The others are communities, told apart; sizes and sectors are those of their members."""
    found = metaclusters.meta_clusters(linked(*ROWS), draws=3, null_draws=5)
    rows = found.table[["community_id", "n_0", "n_1", "is_meta", "sectors"]]
    assert rows.to_numpy().tolist() == [
        [1, 1, 1, True, "health"], [2, 0, 2, False, "tourism"], [3, 1, 0, False, "sport"],
    ]  # fmt: skip
    assert dict(found.members[["cluster_id", "community_id"]].to_numpy().tolist()) == {
        "a": 1, "b": 1, "c": 3, "d": 2, "e": 2,
    }  # fmt: skip
    assert found.table.loc[1:, ["z", "p_search"]].isna().all(axis=None)
    assert 0 < found.table["p_search"].iloc[0] <= 1
    assert found.table["stability"].between(0, 1).all()


def test_groups_of_a_list_that_cannot_err_come_back_unchanged(monkeypatch):
    """Stability is lost to errors of the list alone."""
    monkeypatch.setattr(list_errors, "RATES", {"": list_errors.Rate(0.0, 0.0)})
    found = metaclusters.meta_clusters(linked(*ROWS), draws=3, null_draws=1)
    assert found.table["stability"].tolist() == [1.0, 1.0, 1.0]


def test_z_is_exact():
    """Mean and variance of what both sides have in common, against every network one by one."""
    more = ("b", "South", "health;ict;sport")  # states more than a: the sides differ
    found = linked(*(more if row[0] == "b" else row for row in ROWS), themes=THEMES)
    null = metaclusters.fit(found.stated)
    kinship = found.kinship()
    label = np.array([0, 1, 0, 1, 1])  # a (North) with b (South); the order is a c b d e
    z = metaclusters._z_of(label, null, found, kinship, found.stated)
    p = null.probabilities()
    n_items = p.shape[1]
    mean, square = 0.0, 0.0
    draws = list(itertools.product([0, 1], repeat=n_items))
    for one in draws:
        for other in draws:
            chance = np.prod(np.where(one, p[0], 1 - p[0])) * np.prod(
                np.where(other, p[2], 1 - p[2])
            )
            value = np.array(one) @ kinship @ np.array(other)
            mean += chance * value
            square += chance * value**2
    stated = found.stated[0] @ kinship @ found.stated[2]
    assert z[0] == pytest.approx((stated - mean) / np.sqrt(square - mean**2))
    assert z[1] < 0  # sport and tourism: less in common than by chance


def test_without_draws_there_is_no_stability_and_no_chance():
    """Nothing is made up: the columns are missing."""
    table = metaclusters.meta_clusters(linked(*ROWS), draws=0, null_draws=0).table
    assert table[["stability", "p_search"]].isna().all(axis=None)


def test_a_certain_null_has_no_z():
    """Where every network by chance is the network itself, nothing can stand out."""
    found = metaclusters.meta_clusters(
        linked(("a", "North", "health"), ("b", "South", "health")), draws=1, null_draws=2
    )
    assert found.table["z"].isna().all()


def test_groups_of_organisations_weigh_as_many():
    """A condensed network counts organisations, not groups."""
    rows = [(f"n{i}", "North", "health") for i in range(3)]
    found = linked(*rows, ("s", "South", "health"), ("t", "South", "tourism"))
    groups = network.condensed(found, most=4)
    table = metaclusters.meta_clusters(groups, draws=2, null_draws=2).table
    assert table[["n_0", "n_1"]].to_numpy().tolist() == [[3, 1], [0, 1]]


def test_z_of_three_sides_is_exact():
    """What every two of three sides have in common, against every network one by one."""
    rows = [("a", "North", "health;ict"), ("b", "South", "health"), ("c", "West", "ict"),
            ("d", "West", "tourism;health"), ("e", "North", "tourism")]  # fmt: skip
    frame = listed(*rows)
    found = network.build(frame, clusters.attributes(frame), THEMES, ["North", "South", "West"])
    null, kinship = metaclusters.fit(found.stated), found.kinship()
    people = [found.organisations["cluster_id"].tolist().index(key) for key in "abc"]
    label = np.where(np.isin(np.arange(5), people), 0, 1)
    z = metaclusters._z_of(label, null, found, kinship, found.stated)
    p = null.probabilities()[people]
    mean, square = 0.0, 0.0
    for drawn in itertools.product([0, 1], repeat=p.size):
        own = np.array(drawn).reshape(p.shape)
        chance = np.prod(np.where(own, p, 1 - p))
        value = sum(own[i] @ kinship @ own[j] for i, j in ((0, 1), (0, 2), (1, 2)))
        mean += chance * value
        square += chance * value**2
    seen = found.stated[people]
    stated = sum(seen[i] @ kinship @ seen[j] for i, j in ((0, 1), (0, 2), (1, 2)))
    assert z[0] == pytest.approx((stated - mean) / np.sqrt(square - mean**2))


def test_a_meta_cluster_of_three_sides_counts_each():
    """One of each territory in health, and South and West alone in tourism."""
    rows = [("a", "North", "health"), ("b", "South", "health"), ("c", "West", "health"),
            ("d", "South", "tourism"), ("e", "West", "tourism")]  # fmt: skip
    frame = listed(*rows)
    found = network.build(frame, clusters.attributes(frame), NO_THEMES, ["North", "South", "West"])
    table = metaclusters.meta_clusters(found, draws=2, null_draws=2).table
    assert table[["n_0", "n_1", "n_2", "is_meta"]].to_numpy().tolist() == [
        [1, 1, 1, True], [0, 1, 1, True],
    ]  # fmt: skip
