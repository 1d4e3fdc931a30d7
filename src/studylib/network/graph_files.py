"""
The networks as files other programs open: GraphML, node and edge tables, VOSviewer's map.

    network.graphml                 Gephi, Cytoscape, yEd, igraph, networkx
    network-nodes.csv, -edges.csv   Gephi (Id, Label; Source, Target, Type, Weight), Cytoscape
    vosviewer-map.csv, -network.csv VOSviewer (whole-number ids; the second has no header)

Nodes and edges are sorted and the text holds no date: the same network is the same file.
"""

import io
from collections.abc import Mapping

import pandas as pd

from studylib.files.csv_out import csv_text
from studylib.network import Network

NODE = ("cluster_id", "name", "territory", "place", "sectors", "kets", "evidence", "n")
EDGE = ("kind", "basis", "proximity", "sectors", "themes", "kets", "technologies", "n_shared", "p")


def nodes(network: Network, members: pd.DataFrame) -> pd.DataFrame:
    """One row per organisation with its community, in the order of the network."""
    rows = network.organisations.reindex(columns=list(NODE))
    community = members.set_index("cluster_id")["community_id"]
    return rows.assign(community_id=rows["cluster_id"].map(community).astype("Int64"))


def files(
    network: Network, members: pd.DataFrame, edges: pd.DataFrame, tree: pd.DataFrame
) -> dict[str, str]:
    """Every export as text by its path beside the page."""
    rows = nodes(network, members)
    named = rows.rename(columns={"cluster_id": "Id", "name": "Label"})
    linked = edges.rename(columns={"cluster_id": "Source", "other_id": "Target"})
    linked = linked.assign(Type="Undirected", Weight=linked["proximity"])
    first = ["Source", "Target", "Type", "Weight"]
    leaf = tree.rename(columns={"node_id": "Id"})
    branch = tree.dropna(subset="parent_id").rename(
        columns={"parent_id": "Source", "node_id": "Target"}
    )
    return {
        "tables/network-nodes.csv": csv_text(named),
        "tables/network-edges.csv": csv_text(linked[first + [c for c in EDGE if c in linked]]),
        "tables/network.graphml": graphml(
            rows.rename(columns={"cluster_id": "id", "name": "label"}),
            edges.rename(columns={"cluster_id": "source", "other_id": "target"}),
            weight="proximity",
        ),
        "tables/vosviewer-map.csv": csv_text(_map(rows)),
        "tables/vosviewer-network.csv": _links(rows, edges),
        "tables/tree-nodes.csv": csv_text(leaf.assign(Label=_tree_labels(tree))),
        "tables/tree-edges.csv": csv_text(branch[["Source", "Target"]].assign(Type="Directed")),
        "tables/tree.graphml": graphml(
            tree.assign(id=tree["node_id"], label=_tree_labels(tree)).drop(
                columns=["node_id", "name"]
            ),
            branch.rename(columns={"Source": "source", "Target": "target"})[["source", "target"]],
            directed=True,
        ),
    }


def _tree_labels(tree: pd.DataFrame) -> pd.Series:
    """Organisations by their names, everything else by the end of its id."""
    own = tree["node_id"].astype("object").str.rsplit("/", n=1).str[-1]
    return tree["name"].astype("object").fillna(own)


def _map(rows: pd.DataFrame) -> pd.DataFrame:
    """VOSviewer's map file: items numbered from 1, clusters numbered from 1."""
    return pd.DataFrame(
        {
            "id": range(1, len(rows) + 1),
            "label": rows["name"],
            "description": rows["territory"].astype("object") + "; " + rows["sectors"],
            "cluster": rows["community_id"],
            "weight<Organisations>": rows["n"],
        }
    )


def _links(rows: pd.DataFrame, edges: pd.DataFrame) -> str:
    """VOSviewer's network file: number, number, strength; no header."""
    number = {name: i + 1 for i, name in enumerate(rows["cluster_id"])}
    lines = zip(edges["cluster_id"], edges["other_id"], edges["proximity"], strict=True)
    return "".join(f"{number[a]},{number[b]},{strength:.6g}\n" for a, b, strength in lines)


def graphml(
    nodes: pd.DataFrame, edges: pd.DataFrame, *, weight: str = "", directed: bool = False
) -> str:
    """
    GraphML of a table of nodes (id, label, ...) and one of edges (source, target, ...).

    `weight` names the column that other programs shall take for the weight of an edge; a value
    that is not known has no entry.
    """
    import networkx as nx

    graph = nx.DiGraph() if directed else nx.Graph()
    for row in nodes.to_dict("records"):
        graph.add_node(str(row.pop("id")), **_known(row))
    for row in edges.to_dict("records"):
        ends = str(row.pop("source")), str(row.pop("target"))
        if weight:
            row["weight"] = row[weight]
        graph.add_edge(*ends, **_known(row))
    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue().decode("utf-8") + "\n"


def _known(row: Mapping[object, object]) -> dict[str, object]:
    """The values that are there, as types GraphML knows; characters XML forbids are left out."""
    known: dict[str, object] = {}
    for name, value in row.items():
        if value is None or pd.isna(value):  # type: ignore[call-overload]
            continue
        if isinstance(value, bool):
            known[str(name)] = value
        elif isinstance(value, (int, float)) or hasattr(value, "item"):
            plain = value.item() if hasattr(value, "item") else value
            known[str(name)] = round(plain, 12) if isinstance(plain, float) else plain
        else:
            known[str(name)] = "".join(c for c in str(value) if c.isprintable())
    return known
