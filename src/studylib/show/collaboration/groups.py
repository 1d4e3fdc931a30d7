"""Groups of organisations of both sides: meta-clusters, the backbone, files of the networks."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.language.chances import in_whole_percent
from studylib.language.words import _, is_missing, ngettext, number, percent
from studylib.network import Network, graph_files
from studylib.network import labels as names
from studylib.network.metaclusters import Communities
from studylib.network.sectors import Sectors
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.report.table import table
from studylib.show import findings
from studylib.show.common import (
    or_dash,
    p_value,
    source,
    territory_names,
)
from studylib.show.downloads import Downloads
from studylib.show.folded import Folded


def meta_clusters(study: Dataset, found: Communities, edges: pd.DataFrame) -> Picture:
    """Each community of both sides with the links that hold it together."""
    rows = found.network.organisations.merge(found.members, on="cluster_id")
    rows = rows[rows["community_id"].isin(found.table.loc[found.table["is_meta"], "community_id"])]
    described, known = found.table.set_index("community_id"), found.network.sectors
    rows = rows.sort_values("community_id", kind="stable")
    areas = territory_names(study)
    drawn = edges.assign(
        kind=edges["kind"]
        .astype("object")
        .where(edges["basis"].astype("object") != "shared technology", "technology")
    )
    has_technology = (drawn["kind"] == "technology").any()
    return figures.meta_clusters(
        rows.assign(
            community=[_heading(known, described.loc[key], key) for key in rows["community_id"]],
            label=[names.organisation(known, row) for _place, row in rows.iterrows()],
            territory=[study.area_name(area) for area in rows["territory"]],
        ),
        drawn,
        title=findings.told_from_chance(found.table[found.table["is_meta"].astype(bool)]),
        measure=_("Lines join organisations across the border; the wider, the nearer"),
        alt=ngettext(
            "{n} group, its organisations on the left and on the right and lines between them.",
            "{n} groups, each with its organisations on the left and on the right and lines "
            "between them.",
            int(found.table["is_meta"].sum()),
        ),
        territories=areas,
        grounds={
            kind: label(names.KIND, kind)
            for kind in names.KIND
            if kind != "technology" or has_technology
        },
        more=_("and {n} more"),
        note=_("Found by a search for dense groups; see the table for what chance would make."),
        source=source(study, "clusters", "sectors", "themes"),
        name="meta-clusters",
    )  # fmt: skip


def _heading(known: Sectors, row: "pd.Series[Any]", place: int, most: int = 5) -> str:
    """A group by its number and its most stated sectors."""
    keys = str(row["sectors"]).split(";")
    shown = ", ".join(known.name(key) for key in keys[:most])
    return f"{place}. {shown}" + (" …" if len(keys) > most else "")


def meta_cluster_table(study: Dataset, found: Communities) -> Folded:
    """Size, stability and what the null model says, per group."""
    sides = {f"n_{place}": name for place, name in enumerate(territory_names(study))}
    rows = found.table[found.table["is_meta"].astype(bool)]
    shown = table(
        rows.assign(
            theme=[
                _heading(found.network.sectors, row, row["community_id"], 3)
                for _place, row in rows.iterrows()
            ],
            way=[
                _("exact") if yes else _("consensus, {share}", share=percent(share, 0))
                for yes, share in zip(rows["is_exact"], rows["agreement"], strict=True)
            ],
        ).drop(columns=["is_meta"]),
        title=_("How far each meta-cluster can be trusted"),
        measure=_("Organisations, and how the group stands against networks made by chance"),
        columns={
            "theme": _("Group"),
            **sides,
            "way": _("Search"),
            "stability": _("Stability"),
            "z": _("z"),
            "p_search": _("Chance"),
        },
        formats={
            "stability": or_dash("number"),
            "z": lambda x: "–" if is_missing(x) else number(x, 1),
            "p_search": p_value,
        },
        note=_(
            "Search: exact, or the share of runs that agree. Stability: mean overlap (Jaccard, 0 "
            "to 1) with the most similar group of a draw over the errors the list may hold. z: what the sides have in common, against the null model. Chance: share of networks made by chance whose best "
            "group reaches this z."
        ),
        source=source(study, "clusters", "sectors", "themes"),
        csv_name="meta_clusters",
    )
    return Folded(_("How the groups were tested against chance"), shown)


def spanning_tree(study: Dataset, network: Network, tree: pd.DataFrame) -> Folded:
    """The links of the maximum spanning tree across the border, with how often they stand."""
    called = _called(network)
    across = tree[tree["is_across"].astype(bool)]
    shown = table(
        across.assign(
            one=across["cluster_id"].map(called), other=across["other_id"].map(called)
        )[["one", "other", "proximity", "in_tie_orders", "in_draws"]],
        title=_("The backbone: links of the maximum spanning tree across the border"),
        measure=_("Proximity 0 to 1; share of tie orders and of draws over errors of the list with the link"),
        columns={
            "one": _("Organisation"), "other": _("Across the border"),
            "proximity": _("Proximity"), "in_tie_orders": _("In other orders of ties"),
            "in_draws": _("In draws over errors of the list"),
        },
        formats={
            "in_tie_orders": in_whole_percent, "in_draws": in_whole_percent,
        },
        note=_("An analysis of ours, not the tree of themes above."),
        source=source(study, "clusters", "sectors", "themes"),
        most=30,
        csv_name="spanning_tree",
    )  # fmt: skip
    return Folded(_("The links of the backbone"), shown)


def _called(network: Network) -> dict[str, str]:
    """cluster_id -> the name on the page."""
    rows = network.organisations
    known = network.sectors
    return {row["cluster_id"]: names.organisation(known, row) for _place, row in rows.iterrows()}


def network_files(
    network: Network, found: Communities, edges: pd.DataFrame, tree: pd.DataFrame
) -> Downloads:
    """The networks for other programs."""
    return Downloads(
        _("The networks as files"),
        graph_files.files(network, found.members, edges, tree),
        {
            "tables/network.graphml": _("Network (GraphML: Gephi, Cytoscape)"),
            "tables/network-nodes.csv": _("Organisations (CSV: Gephi, Cytoscape)"),
            "tables/network-edges.csv": _("Links (CSV: Gephi, Cytoscape)"),
            "tables/vosviewer-map.csv": _("Organisations for VOSviewer"),
            "tables/vosviewer-network.csv": _("Links for VOSviewer"),
            "tables/tree.graphml": _("Tree (GraphML)"),
            "tables/tree-nodes.csv": _("Nodes of the tree (CSV)"),
            "tables/tree-edges.csv": _("Branches of the tree (CSV)"),
        },
    )
