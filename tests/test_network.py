"""The potential network: how near, on which ground, and never a survey answer."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_clusters import NO_THEMES, NORTH_SOUTH, linked, listed, themed

from studylib import network
from studylib.network import Kin, clusters, edges

FUNCTIONAL_FOOD = themed(
    ("agrifood_health", "agrifood", "health", "published"), ("ict_x", "ict", "sport", "own")
)
sectors = st.lists(
    st.sampled_from(["health", "ict", "agrifood", "sport", "tourism"]), min_size=1, max_size=3
).map(lambda names: ";".join(sorted(set(names))))


def near(one, other, themes=NO_THEMES, **kin):
    found = linked(("a", "North", one), ("b", "South", other), themes=themes)
    return float(network.near(found, Kin(**kin))[0, 1])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("health", "health", 1.0),
        ("health", "tourism", 0.0),
        ("aeronautics", "automotive", 0.0),  # each has patents of its own
        ("maritime", "sport", 0.5 / 5**0.5),  # one symbol of one and of five: surfboards
        ("health;tourism", "health", 2 / 3),  # 1 of 2 and 1 of 1 have a match: (1 + 1) / 3
        ("steel", "steel", 1.0),
    ],
)
def test_proximity_is_the_mean_best_match_both_ways(one, other, expected):
    """1 for the same, a share of shared symbols for technology, nothing for nothing."""
    assert near(one, other) == pytest.approx(expected)


def test_a_theme_joins_two_sectors():
    """Half, or what is asked for; and the larger of theme and technology."""
    assert near("agrifood", "health", FUNCTIONAL_FOOD) == 0.5
    assert near("agrifood", "health", FUNCTIONAL_FOOD, theme=0.8) == 0.8
    assert near("agrifood", "health") == 0.0


def test_weights_of_items_are_those_of_the_bootstrap():
    """An item that weighs more counts more; the kinship of items stays."""
    found = linked(("a", "North", "health;tourism"), ("b", "South", "health"))
    assert found.items["item"].tolist() == ["health", "tourism"]
    weighed = network.proximity(found.stated, found.kinship(), np.array([3.0, 1.0]))
    assert weighed[0, 1] == pytest.approx((3 + 3) / (4 + 3))


def test_who_states_nothing_is_near_to_none():
    """A draw of the null model may leave an organisation without anything."""
    assert network.proximity(np.zeros((2, 1), dtype=bool), np.eye(1)).tolist() == [[0, 0], [0, 0]]


@given(st.lists(st.tuples(st.sampled_from(NORTH_SOUTH), sectors), min_size=1, max_size=6))
@settings(max_examples=40)
def test_proximity_agrees_with_its_definition(rows):
    """Symmetric, in 0..1, 1 on the diagonal, and equal to the formula pair by pair."""
    found = linked(*[(f"c{i}", *row) for i, row in enumerate(rows)], themes=FUNCTIONAL_FOOD)
    kinship = found.kinship()
    fast = network.near(found)
    for i, mine in enumerate(found.stated):
        for j, theirs in enumerate(found.stated):
            best = [max(kinship[a][theirs]) for a in np.flatnonzero(mine)]
            best += [max(kinship[a][mine]) for a in np.flatnonzero(theirs)]
            assert fast[i, j] == pytest.approx(np.mean(best))
    assert (fast <= 1).all()
    assert np.allclose(fast.diagonal(), 1)


def test_the_order_of_the_list_is_irrelevant():
    """Organisations are sorted by territory of the study, then by id."""
    rows = [("b", "South", "ict"), ("c", "North", "health"), ("a", "South", "health")]
    one, other = linked(*rows), linked(*reversed(rows))
    assert one.organisations["cluster_id"].tolist() == ["c", "a", "b"]
    pd.testing.assert_frame_equal(one.organisations, other.organisations)
    assert (one.stated == other.stated).all()


def test_an_edge_lists_its_evidence():
    """Shared sectors, symbols, KETs, interests; themes; kind and the strongest ground."""
    found = linked(
        ("a", "North", "health", "photonics", "training"),
        ("b", "South", "agrifood;health", "photonics", "training"),
        ("c", "South", "agrifood"),
        ("d", "South", "maritime"),
        ("e", "North", "sport"),
        themes=FUNCTIONAL_FOOD,
    )
    listed_edges = edges.potential_edges(found).astype("object")
    rows = listed_edges.set_index(["cluster_id", "other_id"])
    assert list(rows.index) == [("a", "b"), ("a", "c"), ("e", "d")]
    best = rows.loc[("a", "b")]
    assert (best["kind"], best["basis"], best["n_shared"]) == ("same_sector", "shared sector", 3)
    assert (best["sectors"], best["kets"], best["interests"]) == ("health", "photonics", "training")
    assert best["themes"] == "agrifood_health"
    assert {"A61B", "C12N"} <= set(best["technologies"].split(";"))
    assert 0 < best["p"] < 1
    theme = rows.loc[("a", "c")]
    assert (theme["kind"], theme["basis"]) == ("cross_sector", "published theme")
    assert theme["n_shared"] == 0
    assert pd.isna(theme["sectors"])
    technology = rows.loc[("e", "d")]
    assert (technology["basis"], technology["technologies"]) == (
        "shared technology", "B63;B63B 32",
    )  # fmt: skip


def test_a_theme_of_ours_is_not_called_published():
    """Origins other than published are told apart."""
    found = linked(("a", "North", "ict"), ("b", "South", "sport"), themes=FUNCTIONAL_FOOD)
    assert edges.potential_edges(found)["basis"].tolist() == ["theme of this study"]


def test_edges_cross_the_border_only():
    """Two organisations of one territory are no edge, and without another side there is none."""
    found = linked(("a", "North", "health"), ("b", "North", "health"))
    assert edges.potential_edges(found).empty


def test_a_large_list_is_put_together():
    """Those of one territory that state the same; the same sectors; the same first sector."""
    rows = [
        ("a", "North", "health;ict", "photonics"), ("b", "North", "health;ict"),
        ("c", "North", "health;sport"), ("d", "South", "ict"), ("e", "South", "ict"),
    ]  # fmt: skip
    found = linked(*rows)
    assert network.condensed(found, most=5) is found
    four = network.condensed(found, most=4).organisations
    assert sorted(zip(four["territory"], four["n"], four["sectors"], strict=True)) == [
        ("North", 1, "health;ict"), ("North", 1, "health;ict"), ("North", 1, "health;sport"),
        ("South", 2, "ict"),
    ]  # fmt: skip
    three = network.condensed(found, most=3).organisations
    assert sorted(zip(three["n"], three["sectors"], strict=True)) == [
        (1, "health;sport"), (2, "health;ict"), (2, "ict"),
    ]  # fmt: skip
    two = network.condensed(found, most=2)
    assert sorted(zip(two.organisations["n"], two.organisations["sectors"], strict=True)) == [
        (2, "ict"), (3, "health"),
    ]  # fmt: skip
    assert two.organisations["cluster_id"].tolist() == ["group-1", "group-2"]
    assert two.n.sum() == 5
    assert len(network.condensed(found, most=1).organisations) == 2
    assert edges.potential_edges(two).empty


def test_the_matrix_by_sector_counts_pairs_and_names_the_ground():
    """Every pair of sectors of the two sides; what nothing joins has no number."""
    found = linked(
        ("a", "North", "health"), ("b", "North", "health;ict"), ("c", "South", "agrifood;health"),
        themes=FUNCTIONAL_FOOD,
    )  # fmt: skip
    matrix = edges.sector_matrix(found)
    rows = matrix[["sector", "other_sector", "n_pairs", "basis"]].astype("object")
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["health", "agrifood", 2.0, "published theme"],
        ["health", "health", 2.0, "shared sector"],
        ["ict", "agrifood", None, None],
        ["ict", "health", None, None],
    ]
    assert matrix[["n_first", "n_other"]].to_numpy().tolist() == [[2, 1], [2, 1], [1, 1], [1, 1]]


@pytest.mark.parametrize(
    ("one", "other", "basis"),
    [
        ("ict", "sport", "theme of this study"),
        ("sport", "maritime", "shared technology"),
        ("tourism", "maritime", None),
    ],
)
def test_the_matrix_tells_grounds_apart(one, other, basis):
    """A theme of this study, a shared symbol, nothing."""
    found = linked(("a", "North", one), ("b", "South", other), themes=FUNCTIONAL_FOOD)
    said = edges.sector_matrix(found)["basis"].iloc[0]
    assert (None if pd.isna(said) else said) == basis


def test_little_data_validates_nothing_and_says_so():
    """Two organisations that state one thing each."""
    found = edges.validated(linked(("a", "North", "health"), ("b", "South", "health")))
    assert (found.n_pairs, found.is_possible, len(found.edges)) == (1, False, 0)


def test_of_three_territories_every_two_are_compared():
    """Pairs across any border are edges, are tested, and stand in the matrix of their two sides."""
    frame = listed(("a", "North", "health"), ("b", "South", "health"), ("c", "West", "health"))
    frame = frame.assign(territory=["North", "South", "West"])
    found = network.build(frame, clusters.attributes(frame), NO_THEMES, ["North", "South", "West"])
    assert len(edges.potential_edges(found)) == 3
    assert edges.validated(found).n_pairs == 3
    matrix = edges.sector_matrix(found)[["first", "second", "sector", "other_sector", "n_pairs"]]
    assert matrix.to_numpy().tolist() == [
        ["North", "South", "health", "health", 1],
        ["North", "West", "health", "health", 1],
        ["South", "West", "health", "health", 1],
    ]
