"""Trees: the one that is drawn, and the one that is computed, with how often each link stands."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_clusters import linked, themed

from studylib import network
from studylib.network import trees

THEMES = themed(
    ("health", "health", None, "list"), ("food", "agrifood", "health", "published")
)  # fmt: skip
ROWS = (
    ("z", "North", "health"), ("a", "South", "health"), ("m", "South", "agrifood"),
    ("s", "North", "sport"),
)  # fmt: skip


def test_the_tree_goes_from_root_to_axis_to_theme_to_organisation():
    """Each node after its parent; the first territory first; an organisation under every theme."""
    tree = trees.collaboration_tree(linked(*ROWS, themes=THEMES))
    assert tree["node_id"].tolist() == [
        "all territories", "same_sector", "cross_sector", "same_sector/health", "cross_sector/food",
        "same_sector/health/z", "same_sector/health/a",
        "cross_sector/food/z", "cross_sector/food/a", "cross_sector/food/m",
    ]  # fmt: skip
    assert tree["level"].tolist() == [0, 1, 1, 2, 2, 3, 3, 3, 3, 3]
    parents = tree["parent_id"].dropna()
    assert set(parents) <= set(tree["node_id"])
    assert tree["node_id"].is_unique
    assert pd.isna(tree["parent_id"].iloc[0])
    assert tree.loc[7, ["name", "territory", "sectors", "n", "origin"]].tolist() == [
        "The z", "North", "health", 1, "published",
    ]  # fmt: skip


def test_the_tree_does_not_depend_on_the_order_of_the_list():
    """The same list in another order is the same tree, row by row."""
    one = trees.collaboration_tree(linked(*ROWS, themes=THEMES))
    other = trees.collaboration_tree(linked(*reversed(ROWS), themes=THEMES))
    pd.testing.assert_frame_equal(one, other)


def test_too_many_leaves_are_put_together_by_theme_and_territory():
    """A leaf then is a territory of a theme and says how many organisations it stands for."""
    tree = trees.collaboration_tree(linked(*ROWS, themes=THEMES), most=4)
    leaves = tree[tree["level"] == 3]
    assert leaves[["node_id", "n"]].to_numpy().tolist() == [
        ["same_sector/health/North", 1], ["same_sector/health/South", 1],
        ["cross_sector/food/North", 1], ["cross_sector/food/South", 2],
    ]  # fmt: skip
    assert leaves["cluster_id"].isna().all()


def test_without_a_theme_the_tree_is_its_root():
    """Nothing is invented to hang organisations on."""
    tree = trees.collaboration_tree(linked(*ROWS, themes=THEMES.iloc[:0]))
    assert tree["node_id"].tolist() == ["all territories"]


def test_who_stands_under_no_theme_is_named():
    """Absence has a name."""
    assert trees.outside(linked(*ROWS, themes=THEMES)) == ["The s"]


def spanning(*rows, themes=THEMES, **draws):
    tree = trees.spanning_tree(linked(*rows, themes=themes), **draws)
    return tree, list(zip(tree["cluster_id"], tree["other_id"], strict=True))


def test_the_spanning_tree_keeps_the_nearest_links():
    """Nearest first, no circle; a part that is not joined has its own tree."""
    tree, pairs = spanning(*ROWS, tie_orders=5, draws=5)
    assert pairs == [("z", "a"), ("z", "m")]
    assert tree["proximity"].tolist() == [1.0, 0.5]
    assert tree["is_across"].tolist() == [True, True]


def test_ties_are_broken_by_territory_and_name_and_counted():
    """z-m and a-m are as near: the first stands, and half of all orders would take the other."""
    tree, _ = spanning(*ROWS, tie_orders=400, draws=50)
    assert tree["in_tie_orders"].iloc[0] == 1.0
    assert tree["in_tie_orders"].iloc[1] == pytest.approx(0.5, abs=0.08)
    assert tree["in_draws"].between(0, 1).all()


def test_the_same_seed_gives_the_same_shares():
    """Orders and draws are named by their seed."""
    one, _ = spanning(*ROWS, tie_orders=20, draws=20, seed=4)
    again, _ = spanning(*ROWS, tie_orders=20, draws=20, seed=4)
    pd.testing.assert_frame_equal(one, again)


def test_without_draws_there_is_no_share():
    """Missing, not zero."""
    tree, _ = spanning(*ROWS, tie_orders=0, draws=0)
    assert tree[["in_tie_orders", "in_draws"]].isna().all(axis=None)


def test_nothing_joined_is_no_tree():
    """Columns without rows."""
    tree, pairs = spanning(("a", "North", "health"), ("b", "South", "sport"))
    assert pairs == []
    assert "in_draws" in tree


SECTORS = st.sampled_from(["health", "agrifood", "aeronautics", "automotive", "energy", "maritime"])


@given(st.lists(st.tuples(st.sampled_from(["North", "South"]), SECTORS, SECTORS), max_size=7))
@settings(max_examples=30)
def test_the_tree_weighs_as_much_as_that_of_networkx(rows):
    """Kruskal's tree is a maximum spanning tree."""
    import networkx as nx

    listed = [(f"c{i}", side, ";".join(sorted({a, b}))) for i, (side, a, b) in enumerate(rows)]
    listed = listed or [("a", "North", "health")]
    found = linked(*listed, themes=THEMES)
    graph = nx.from_numpy_array(network.near(found) * (1 - np.eye(len(listed))))
    whole = nx.maximum_spanning_tree(graph).size(weight="weight")
    tree = trees.spanning_tree(found, tie_orders=1, draws=1)
    assert tree["proximity"].sum() == pytest.approx(whole)
