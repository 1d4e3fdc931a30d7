"""The tree of collaboration and its themes."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.figures.tree import Words
from studylib.language.counted import themes as counted_themes
from studylib.language.words import _, listing, ngettext, number
from studylib.network import Network
from studylib.network import labels as names
from studylib.network.sectors import Sectors
from studylib.network.theme_rules import COLUMNS
from studylib.network.theme_sides import theme_sides
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.report.table import table
from studylib.show.collaboration.theme_cards import theme_cards
from studylib.show.common import (
    source,
    territory_names,
)
from studylib.show.folded import Folded


def collaboration_tree(study: Dataset, network: Network, tree: pd.DataFrame) -> Picture:
    """The collaboration tree of the study."""
    themes = network.themes.set_index("theme_id")
    labelled = [_node(study, network.sectors, themes, row) for _place, row in tree.iterrows()]
    areas = territory_names(study)
    return figures.tree(
        tree.assign(
            label=labelled,
            territory=["" if pd.isna(t) else study.area_name(t) for t in tree["territory"]],
            is_published=tree["origin"] == "published",
        ),
        title=_finding(network),
        measure=_("Organisations of the list under the themes they could take up together"),
        alt=ngettext(
            "A tree with {n} theme; {left} stands on the left of each theme, {right} on "
            "the right. The same is in the table of themes and in the files below.",
            "A tree with {n} themes; {left} stands on the left of each theme, {right} on "
            "the right. The same is in the table of themes and in the files below.",
            len(themes),
            left=areas[0],
            right=listing(areas[1:]),
        ),
        words=Words(
            published=_("theme named by the source page"),
            further=_("further theme"),
            nobody=_("no organisation on the list"),
        ),
        territories=areas,
        note=_(
            "An organisation stands under every theme it could take up. Themes are possibilities; "
            "no organisation has been asked to take part. Further themes are chosen by this project, or "
            "follow from the list or from patents: the table of themes says which."
        ),
        source=source(study, *_roles(network)),
        name="collaboration-tree",
    )


def _finding(network: Network) -> str:
    """On how many of the themes organisations of different sides could meet, as the headline says."""
    met = theme_sides(network)["n_pairs"] > 0
    return _(
        "Organisations of different sides could meet on {met} of {themes}",
        met=number(int(met.sum())),
        themes=counted_themes(len(met)),
    )


def _roles(network: Network) -> tuple[str, ...]:
    """What the tree is made of: the list, the rules, and patents where a theme follows from them."""
    is_from_patents = (network.themes["origin"] == "patents").any()
    return ("clusters", "themes", *(("patents", "sectors") if is_from_patents else ()))


def _node(study: Dataset, known: Sectors, themes: pd.DataFrame, row: "pd.Series[Any]") -> str:
    """What a node of the tree is called."""
    if row["level"] == 0:
        return " – ".join(territory_names(study))
    if row["level"] == 1:
        return label(names.AXIS, row["axis"])
    if row["level"] == 2:  # noqa: PLR2004 (the themes)
        return names.theme(known, themes.loc[row["theme_id"]])
    if pd.isna(row["cluster_id"]):
        return names.organisation(known, row.fillna({"name": "group-"}))
    return names.organisation(known, row)


def collaboration_themes(study: Dataset, network: Network) -> Folded:
    """Every theme, who names it and why, and how many organisations each side has."""
    found, cards = network.themes, theme_cards(study, network)
    columns = {"name": _("Theme"), "axis_name": _("Axis"), "origin_name": _("Origin")}
    shown = found[list(COLUMNS)].assign(
        name=[names.theme(network.sectors, row) for _place, row in found.iterrows()],
        axis_name=[label(names.AXIS, axis) for axis in found["axis"]],
        origin_name=[label(names.ORIGIN, origin) for origin in found["origin"]],
        why=[names.reason(row) for _place, row in found.iterrows()],
    )
    counted = theme_sides(network)
    for place, area in enumerate(study.territories):
        shown[f"n_{place}"] = counted[f"n_{place}"].to_numpy()
        columns[f"n_{place}"] = study.area_name(area)
    shown["n_pairs"] = counted["n_pairs"].to_numpy()
    columns["n_pairs"] = _("Pairs across the border")
    whole = table(
        shown,
        title=_("The themes of the tree, and who names them"),
        measure=_(
            "Number of organisations that could take part, per territory, and pairs of them that "
            "the theme would join"
        ),
        columns={**columns, "why": _("Why")},
        note=_("Published themes are those of the study's source page; all others are told apart.")
        if (found["origin"] == "published").any()
        else "",
        source=source(study, *_roles(network)),
        most=40,
        csv_name="collaboration_themes",
    )
    return Folded(
        _("Every theme, who names it and why"), whole, (_("A card for each theme"), cards)
    )
