"""
A card for each theme: who names it, whom it would join, what speaks against it, who is missing.

    the network, its themes  --theme_cards-->  folded cards with an address of their own
"""

from typing import Any

import pandas as pd

from studylib.language.words import _, listing
from studylib.network import Network, condensed, near, trees
from studylib.network import labels as names
from studylib.network.theme_sides import nearest_meeting, sectors_of
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.show.collaboration.cards import Card, Folds, id_of
from studylib.show.collaboration.doubts import of_memory, of_origin
from studylib.stats.arrays import Numbers


def theme_cards(study: Dataset, network: Network) -> Folds:
    """A card for each theme: who names it, why, whom it would join, who is missing."""
    tree = trees.collaboration_tree(network)
    leaves = tree[tree["level"] == 3]  # noqa: PLR2004 (the leaves)
    few = condensed(network)
    close = near(few)
    return [
        _theme(
            study,
            network,
            row,
            leaves[leaves["theme_id"] == row["theme_id"]],
            _first(few, row, close),
        )
        for _place, row in network.themes.astype("object").iterrows()
    ]


def _theme(
    study: Dataset,
    network: Network,
    row: "pd.Series[Any]",
    leaves: pd.DataFrame,
    first: list[str],
) -> tuple[str, Card]:
    """The card of a theme under its name; `first` are the two to begin with."""
    name = names.theme(network.sectors, row)
    sides = {
        area: [
            names.organisation(network.sectors, leaf.fillna({"name": "group-"}))
            for _place, leaf in leaves[leaves["territory"] == area].iterrows()
        ]
        for area in study.territories
    }
    empty = [study.area_name(area) for area, own in sides.items() if not own]
    told = [
        (_("Axis"), label(names.AXIS, row["axis"]), ""),
        (_("Origin"), label(names.ORIGIN, row["origin"]), ""),
        (_("Why"), names.reason(row), ""),
        *((study.area_name(area), listing(own), "") for area, own in sides.items() if own),
        (_("What speaks against it"), _doubts(network, row, leaves), ""),
        (_("What is missing"), listing([*map(_nobody, filter(None, [empty])), _wishes()]), ""),
        (_("First step"), _begin(name, first, empty), ""),
    ]
    return name, Card(
        id_of(f"theme-{row['theme_id']}"), name, tuple(fact for fact in told if fact[1])
    )


def _first(network: Network, row: "pd.Series[Any]", close: Numbers) -> list[str]:
    """Whom to bring together first, as on the page of ideas: the nearest two of the theme."""
    places = nearest_meeting(network, sectors_of(row), close)
    people = network.organisations
    return [names.organisation(network.sectors, people.iloc[place]) for place in places or ()]


def _doubts(network: Network, row: "pd.Series[Any]", leaves: pd.DataFrame) -> str:
    """What speaks against a theme: that nobody named it, or that its organisations are recalled."""
    own = network.organisations.set_index("cluster_id", drop=False)
    known = [own.loc[key] for key in leaves["cluster_id"].dropna()]
    told = []
    if row["axis"] == "cross_sector":
        told.extend(of_origin({str(row["theme_id"]): row["origin"]}))
    told.extend(of_memory({str(one["name"]): one.get("evidence") for one in known}))
    return " ".join(told)


def _wishes() -> str:
    """What no list and no anonymous survey tells of the organisations of a theme."""
    return _("what each of them wants (to be asked of the organisation)")


def _nobody(areas: list[str]) -> str:
    """Sides of a theme without an organisation."""
    return _("an organisation of {areas}", areas=listing(areas))


def _begin(theme: str, first: list[str], empty: list[str]) -> str:
    """Whom to bring together first, or what to look for where nobody can meet and a side is empty."""
    if not first:
        look = _("Look for an organisation: {areas}, {what}.", areas=listing(empty), what=theme)
        return look if empty else ""
    return _("Bring {organisations} together on: {what}.", organisations=listing(first), what=theme)
