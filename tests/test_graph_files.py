"""Exports open elsewhere: read back as Gephi, Cytoscape and VOSviewer read them."""

import csv
import io
import subprocess
import sys
import xml.etree.ElementTree as ET

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from tiny_clusters import linked, themed

from studylib.files.attached import PATH
from studylib.network import edges, graph_files, metaclusters, trees

THEMES = themed(("food", "agrifood", "health", "published"))
ROWS = (
    ("a", "North", "health", "photonics"), ("b", "South", "health"), ("c", "South", "agrifood"),
    ("d", "South", "sport"),
)  # fmt: skip


@pytest.fixture(scope="module")
def files():
    """The exports of a small network."""
    network = linked(*ROWS, themes=THEMES)
    found = metaclusters.meta_clusters(network, draws=1, null_draws=1)
    links = edges.potential_edges(network)
    return graph_files.files(network, found.members, links, trees.collaboration_tree(network))


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_graphml_is_read_back_with_names_weights_and_communities(files):
    """Networkx reads what Gephi and Cytoscape read: GraphML with typed attributes."""
    graph = nx.read_graphml(io.BytesIO(files["tables/network.graphml"].encode()))
    assert sorted(graph) == ["a", "b", "c", "d"]
    assert graph.nodes["a"]["label"] == "The a"
    assert (graph.nodes["a"]["territory"], graph.nodes["a"]["kets"]) == ("North", "photonics")
    assert isinstance(graph.nodes["a"]["community_id"], int)
    assert sorted(map(sorted, graph.edges)) == [["a", "b"], ["a", "c"]]
    assert graph.edges["a", "b"]["weight"] == pytest.approx(2 / 3)
    assert graph.edges["a", "c"]["themes"] == "food"
    assert "kets" not in graph.nodes["b"]  # what is not known has no entry
    assert not graph.is_directed()


def test_graphml_declares_every_key_once(files):
    """A reader that checks the file finds each attribute declared with its type."""
    root = ET.fromstring(files["tables/network.graphml"])
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = [(k.get("for"), k.get("attr.name")) for k in root.iter(f"{space}key")]
    assert len(keys) == len(set(keys))
    used = {d.get("key") for d in root.iter(f"{space}data")}
    assert used <= {k.get("id") for k in root.iter(f"{space}key")}


def test_gephi_and_cytoscape_find_their_columns(files):
    """Id and Label; Source, Target, Type, Weight; every end is a node."""
    nodes, links = rows(files["tables/network-nodes.csv"]), rows(files["tables/network-edges.csv"])
    assert {"Id", "Label"} <= set(nodes[0])
    assert list(links[0])[:4] == ["Source", "Target", "Type", "Weight"]
    ids = {row["Id"] for row in nodes}
    assert {end for row in links for end in (row["Source"], row["Target"])} <= ids
    assert {row["Type"] for row in links} == {"Undirected"}
    assert float(links[0]["Weight"]) == pytest.approx(2 / 3)


def test_vosviewer_finds_whole_numbers(files):
    """Items numbered from 1 with label, cluster from 1 and a weight; links without a header."""
    items = rows(files["tables/vosviewer-map.csv"])
    assert list(items[0]) == ["id", "label", "description", "cluster", "weight<Organisations>"]
    assert [int(row["id"]) for row in items] == [1, 2, 3, 4]
    assert all(int(row["cluster"]) >= 1 for row in items)
    links = list(csv.reader(io.StringIO(files["tables/vosviewer-network.csv"])))
    assert [(int(a), int(b)) for a, b, _ in links] == [(1, 2), (1, 3)]
    assert float(links[0][2]) == pytest.approx(2 / 3, abs=1e-6)


def test_the_tree_is_a_tree(files):
    """One root, one parent each, no circle; leaves have the names of organisations."""
    tree = nx.read_graphml(io.BytesIO(files["tables/tree.graphml"].encode()))
    assert nx.is_arborescence(tree)
    assert tree.nodes["cross_sector/food/a"]["label"] == "The a"
    nodes, branches = rows(files["tables/tree-nodes.csv"]), rows(files["tables/tree-edges.csv"])
    assert len(branches) == len(nodes) - 1
    assert {row["Label"] for row in nodes} >= {"all territories", "food", "The c"}


def test_every_file_may_be_written_beside_the_page(files):
    """Paths are those the run accepts."""
    assert all(PATH.fullmatch(path) for path in files)


def test_hostile_names_stay_names():
    """A formula is shown and not run; characters XML forbids are left out."""
    network = linked(*ROWS)
    names = ["=1+1", "<b>&\x0b", "x\u202ey", "plain"]
    network.organisations["name"] = names
    found = metaclusters.meta_clusters(network, draws=0, null_draws=0)
    links = edges.potential_edges(network)
    files = graph_files.files(network, found.members, links, trees.collaboration_tree(network))
    assert rows(files["tables/network-nodes.csv"])[0]["Label"] == "'=1+1"
    graph = nx.read_graphml(io.BytesIO(files["tables/network.graphml"].encode()))
    assert graph.nodes["b"]["label"] == "<b>&"


def test_values_are_of_types_graphml_knows():
    """Flags, whole numbers, numbers and text; no numpy types, nothing missing."""
    nodes = pd.DataFrame({
        "id": ["x"], "flag": [True], "n": [np.int64(3)], "share": [np.float64(0.5)],
        "none": [None], "text": ["t"],
    })  # fmt: skip
    text = graph_files.graphml(nodes, pd.DataFrame(columns=["source", "target"]))
    graph = nx.read_graphml(io.BytesIO(text.encode()))
    assert graph.nodes["x"] == {"flag": True, "n": 3, "share": 0.5, "text": "t"}


def test_the_same_network_is_the_same_file():
    """Whatever the hash seed of the process."""
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); import test_graph_files as t; "
        "print(hashlib.sha256(repr(t.files.__wrapped__()).encode()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program, str(__file__).rsplit("/", 1)[0]],
            env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "77")
    }  # fmt: skip
    assert len(sums) == 1
