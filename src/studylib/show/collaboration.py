"""Tables and figures of the collaboration page."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from studylib import figures
from studylib.dataset import Dataset
from studylib.figures.border import GROUNDS
from studylib.figures.picture import Picture
from studylib.figures.tree import Words
from studylib.language.labels import KET, label
from studylib.language.words import _, is_missing, listing, number, percent
from studylib.network import Network, graph_files
from studylib.network import collaboration_labels as names
from studylib.network.metaclusters import Communities
from studylib.report.table import Format, Table, table
from studylib.show.claims import p_value
from studylib.show.common import area_names, by_area, source
from studylib.show.downloads import Downloads
from studylib.show.folded import Folded


def the_list(study: Dataset, counts: pd.DataFrame) -> Table:
    """The list in numbers, per territory."""
    return table(
        by_area(study, counts),
        title=_("The list of cluster organisations"),
        measure=_("Number of organisations"),
        columns={
            "area": _("Territory"),
            "n": _("Organisations"),
            "n_seen": _("Public page seen"),
            "n_sectors": _("Sectors"),
            "n_without_field": _("In services only"),
        },
        note=_("The other rows are recalled, not seen; services do not patent."),
        source=source(study, "clusters"),
        csv_name="the_list",
    )


def organisations(study: Dataset, network: Network) -> Folded:
    """Every organisation with what the list states of it, and how well that is known."""
    rows = network.organisations
    kets = rows["kets"].astype("object")
    shown = table(
        rows.assign(
            area=[study.area_name(area) for area in rows["territory"]],
            sector_names=rows["sectors"].map({k: names.sectors(k) for k in set(rows["sectors"])}),
            ket_names=[_kets(keys) for keys in kets],
            known=[names.evidence(text) for text in rows["evidence"].astype("object")],
        )[["name", "area", "place", "sector_names", "ket_names", "known", "source"]],
        title=_("Who is on the list"),
        measure=_("What the list states; a sector is what an organisation works in"),
        columns={
            "name": _("Organisation"),
            "area": _("Territory"),
            "sector_names": _("Sectors"),
            "ket_names": _("KETs stated"),
            "known": _("Evidence"),
            "source": _("Rests on"),
        },
        source=source(study, "clusters"),
        most=40,
        csv_name="organisations",
    )
    return Folded(_("The whole list, with what each row rests on"), shown)


def _kets(keys: object) -> str:
    return "–" if pd.isna(keys) else listing(label(KET, k) for k in str(keys).split(";"))  # type: ignore[call-overload]


def collaboration_tree(study: Dataset, network: Network, tree: pd.DataFrame) -> Picture:
    """The collaboration tree of the study."""
    themes = network.themes.set_index("theme_id")
    labelled = [_node(study, themes, row) for _place, row in tree.iterrows()]
    areas = area_names(study)[: len(study.territories)]
    return figures.tree(
        tree.assign(
            label=labelled,
            territory=["" if pd.isna(t) else study.area_name(t) for t in tree["territory"]],
            is_published=tree["origin"] == "published",
        ),
        title=_("The tree of cross-border collaboration"),
        measure=_("Organisations of the list under the themes they could take up together"),
        alt=_(
            "A tree with {n} themes; {left} stands on the left of each theme, the other side on "
            "the right. The same is in the table of themes and in the files below.",
            n=number(len(themes)),
            left=areas[0],
        ),
        words=Words(
            published=_("theme named by the source page"),
            further=_("further theme"),
            nobody=_("no organisation in the list"),
        ),
        territories=areas,
        note=_(
            "An organisation stands under every theme it could take up. Themes are possibilities; "
            "no organisation has been asked."
        ),
        source=_join(source(study, "clusters"), _("themes: BIHARTEAN / ORKESTRA and this project")),
        name="collaboration-tree",
    )


def _node(study: Dataset, themes: pd.DataFrame, row: "pd.Series[Any]") -> str:
    """What a node of the tree is called."""
    if row["level"] == 0:
        return " – ".join(area_names(study)[: len(study.territories)])
    if row["level"] == 1:
        return label(names.AXIS, row["axis"])
    if row["level"] == 2:  # noqa: PLR2004 (the themes)
        return names.theme(themes.loc[row["theme_id"]])
    if pd.isna(row["cluster_id"]):
        return names.organisation(row.fillna({"name": "group-"}))
    return names.organisation(row)


def collaboration_themes(study: Dataset, network: Network) -> Folded:
    """Every theme, who names it and why, and how many organisations each side has."""
    found = network.themes
    lists = network.organisations["sectors"].astype("object").str.split(";")
    side = network.side
    columns = {"name": _("Theme"), "axis_name": _("Axis"), "origin_name": _("Origin")}
    shown = found.assign(
        name=[names.theme(row) for _place, row in found.iterrows()],
        axis_name=[label(names.AXIS, axis) for axis in found["axis"]],
        origin_name=[label(names.ORIGIN, origin) for origin in found["origin"]],
        why=[_(str(reason)) for reason in found["reason"]],
    )
    for place, area in enumerate(study.territories):
        wanted = [{row.sector, row.other_sector} for row in found.itertuples()]
        shown[f"n_{place}"] = [
            int(
                sum(
                    network.n[i] for i in np.flatnonzero(side == place) if both & set(lists.iloc[i])
                )
            )
            for both in wanted
        ]
        columns[f"n_{place}"] = study.area_name(area)
    whole = table(
        shown,
        title=_("The themes of the tree, and who names them"),
        measure=_("Number of organisations that could take part, per territory"),
        columns={**columns, "why": _("Why")},
        note=_("Published themes are those of the study's source page; all others are told apart."),
        source=_join(source(study, "clusters"), _("themes: BIHARTEAN / ORKESTRA and this project")),
        most=40,
        csv_name="collaboration_themes",
    )
    return Folded(_("Every theme, who names it and why"), whole)


def border(study: Dataset, matrix: pd.DataFrame) -> Picture:
    """Sectors of one side against sectors of the other."""
    met = matrix.dropna(subset="basis")
    first, *others = area_names(study)[: len(study.territories)]
    return figures.border(
        met.assign(
            sector=[names.sector(key) for key in met["sector"]],
            other_sector=[names.sector(key) for key in met["other_sector"]],
        ),
        title=_("Which sectors could meet across the border"),
        measure=_(
            "Pairs of organisations: {first} down, {others} across", first=first,
            others=listing(others) if others else _("no other territory"),
        ),
        alt=_("A matrix of sectors with the number of pairs and the ground they stand on."),
        grounds={basis: label(names.BASIS, basis) for basis in GROUNDS},
        note=_("Empty cells: nothing in the list or the rules joins the two sectors."),
        source=source(study, "clusters"),
        name="border",
    )  # fmt: skip


def sector_evidence(study: Dataset, evidence: pd.DataFrame) -> Table:
    """Per sector: organisations, patents of the territories, and patents of both together."""
    count: Format = "count" if study.rule.weights == "whole" else "number"
    places = range(len(study.territories))
    sides = " | ".join(area_names(study)[: len(study.territories)])

    def beside(column: str, how: Format) -> list[str]:
        write = _or_none(how)
        values = zip(*(evidence[f"{column}_{place}"] for place in places), strict=True)
        return [" | ".join(write(value) for value in row) for row in values]

    return table(
        evidence.assign(
            name=[names.sector(key) for key in evidence["sector"]],
            organisations=beside("n", "count"),
            patents=beside("patents", count),
        ),
        title=_("What could be, and what patents show"),
        measure=_(
            "Organisations of the list, and families in the technology fields of their sector"
        ),
        columns={
            "name": _("Sector"),
            "organisations": _("Organisations: {sides}", sides=sides),
            "patents": _("Patents: {sides}", sides=sides),
            "n_joint": _("Patents of both sides"),
        },
        formats={"n_joint": _or_none("count")},
        note=_(
            "Fields by sector: our choice, in the rule file. A family may lie in several sectors. "
            "Patents are those of the territory, not of the organisations. –: services do not "
            "patent, or no rule knows the sector."
        ),
        source=_join(source(study, "clusters"), source(study)),
        most=40,
        csv_name="sector_evidence",
    )


def _or_none(how: Format) -> Callable[[Any], str]:
    digits = 0 if how == "count" else 2
    return lambda value: "–" if is_missing(value) else number(value, digits)


def meta_clusters(study: Dataset, found: Communities, edges: pd.DataFrame) -> Picture:
    """Each community of both sides with the links that hold it together."""
    rows = found.network.organisations.merge(found.members, on="cluster_id")
    rows = rows[rows["community_id"].isin(found.table.loc[found.table["is_meta"], "community_id"])]
    described = found.table.set_index("community_id")
    rows = rows.sort_values("community_id", kind="stable")
    areas = area_names(study)[: len(study.territories)]
    return figures.meta_clusters(
        rows.assign(
            community=[_heading(described.loc[key], key) for key in rows["community_id"]],
            label=[names.organisation(row) for _place, row in rows.iterrows()],
            territory=[study.area_name(area) for area in rows["territory"]],
        ),
        edges,
        title=_("Meta-clusters: groups of organisations of both sides"),
        measure=_("Lines join organisations across the border; the wider, the nearer"),
        alt=_(
            "{n} groups, each with its organisations on the left and on the right and lines "
            "between them.", n=number(int(found.table["is_meta"].sum())),
        ),
        territories=areas,
        grounds={kind: label(names.KIND, kind) for kind in names.KIND},
        more=_("and {n} more"),
        note=_("Found by a search for dense groups; see the table for what chance would make."),
        source=source(study, "clusters"),
        name="meta-clusters",
    )  # fmt: skip


def _heading(row: "pd.Series[Any]", place: int, most: int = 5) -> str:
    """A group by its number and its most stated sectors."""
    keys = str(row["sectors"]).split(";")
    shown = ", ".join(names.sector(key) for key in keys[:most])
    return f"{place}. {shown}" + (" …" if len(keys) > most else "")


def meta_cluster_table(study: Dataset, found: Communities) -> Table:
    """Size, stability and what the null model says, per group."""
    first, *others = area_names(study)[: len(study.territories)]
    rows = found.table[found.table["is_meta"].astype(bool)]
    return table(
        rows.assign(
            theme=[_heading(row, row["community_id"], 3) for _place, row in rows.iterrows()],
            way=[
                _("exact") if yes else _("consensus, {share}", share=percent(share, 0))
                for yes, share in zip(rows["is_exact"], rows["agreement"], strict=True)
            ],
        ).drop(columns=["is_meta"]),
        title=_("How far each meta-cluster can be trusted"),
        measure=_("Organisations, and how the group stands against networks made by chance"),
        columns={
            "theme": _("Group"),
            "n_first": first,
            "n_other": listing(others) if others else "–",
            "way": _("Search"),
            "stability": _("Stability"),
            "z": _("z"),
            "p_search": _("Chance"),
        },
        formats={
            "stability": _or_none("number"),
            "z": lambda x: "–" if is_missing(x) else number(x, 1),
            "p_search": p_value,
        },
        note=_(
            "Search: exact, or the share of runs that agree. Stability: mean overlap (Jaccard, 0 "
            "to 1) with the most similar group of a bootstrap draw. z: what the two sides have in "
            "common, against the null model. Chance: share of networks made by chance whose best "
            "group reaches this z."
        ),
        source=source(study, "clusters"),
        csv_name="meta_clusters",
    )


def spanning_tree(study: Dataset, network: Network, tree: pd.DataFrame) -> Folded:
    """The links of the maximum spanning tree across the border, with how often they stand."""
    called = _called(network)
    across = tree[tree["is_across"].astype(bool)]
    shown = table(
        across.assign(
            one=across["cluster_id"].map(called), other=across["other_id"].map(called)
        )[["one", "other", "proximity", "in_tie_orders", "in_draws"]],
        title=_("The backbone: links of the maximum spanning tree across the border"),
        measure=_("Proximity 0 to 1; share of tie orders and of bootstrap draws with the link"),
        columns={
            "one": _("Organisation"), "other": _("Across the border"),
            "proximity": _("Proximity"), "in_tie_orders": _("In other orders of ties"),
            "in_draws": _("In bootstrap draws"),
        },
        formats={
            "in_tie_orders": lambda x: percent(x, 0), "in_draws": lambda x: percent(x, 0),
        },
        note=_("An analysis of ours, not the tree of the source page."),
        source=source(study, "clusters"),
        most=30,
        csv_name="spanning_tree",
    )  # fmt: skip
    return Folded(_("The links of the backbone"), shown)


def _called(network: Network) -> dict[str, str]:
    """cluster_id -> the name on the page."""
    rows = network.organisations
    return {row["cluster_id"]: names.organisation(row) for _place, row in rows.iterrows()}


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


def _join(*texts: str) -> str:
    return " · ".join(text for text in texts if text)
