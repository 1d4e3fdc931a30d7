"""
One idea with everything a first conversation needs: who, what speaks for it, what would refute it.

    ranked ideas + Network  --idea_cards-->  organisations of each side, first call, gaps
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from studylib.network import Network, near
from studylib.network.recalled import from_memory
from studylib.network.theme_sides import nearest_meeting, sectors_of, states
from studylib.opportunities.evidence import KINDS

FEW = 5  # families of the smaller side below which they may be one firm's; none are nobody's
PRINTED = 2  # decimals of a ratio on the page


@dataclass(frozen=True)
class Card:
    """One idea; names are those of the list."""

    theme_id: str
    row: "pd.Series"
    """The row of `ranked`."""
    sides: tuple[tuple[str, ...], ...]
    """Organisations of each territory that could take part."""
    first: tuple[str, str] | None
    """The two nearest organisations across the border; None: none of the theme."""
    recalled: tuple[str, ...]
    """Of these two, those whose row of the list is recalled and not seen."""
    missing: tuple[str, ...]
    """Kinds of evidence the data cannot give."""
    weak: tuple[str, ...]
    """What would refute the idea first: `one_side`, `few_patents`, `no_project`, `not_added`,
    `no_joint`."""


def idea_cards(ideas: pd.DataFrame, network: Network) -> list[Card]:
    """
    A card per idea, in the order of the ideas.

    Parameters
    ----------
    ideas
        See `ranking.ranked`.
    network
        The network the ideas were made of.
    """
    close = near(network)
    return [_card(row, network, close) for _i, row in ideas.iterrows()]


def _card(row: "pd.Series", network: Network, close: np.ndarray) -> Card:
    """The card of one idea."""
    people = network.organisations
    ends = [states(network, key) for key in sectors_of(row)]
    one, two = ends[0], ends[-1]
    takes = one | two
    sides = tuple(
        tuple(people.loc[takes & (network.side == place), "name"].astype("str"))
        for place in range(len(network.territories))
    )
    first: tuple[str, str] | None = None
    recalled: tuple[str, ...] = ()
    places = nearest_meeting(network, sectors_of(row), close)
    if places:
        pair = people.iloc[list(places)]
        one_name, other_name = pair["name"].astype("str")
        first = (one_name, other_name)
        recalled = tuple(pair.loc[from_memory(pair), "name"].astype("str"))
    missing = tuple(kind for kind in KINDS if pd.isna(row[kind]))
    return Card(str(row["theme_id"]), row, sides, first, recalled, missing, _weak(row))


def is_nearer(relatedness: float) -> bool:
    """Whether two sectors lie nearer than by chance, as printed: 1.00 times is as by chance."""
    return bool(round(relatedness, PRINTED) > 1)


def _weak(row: "pd.Series") -> tuple[str, ...]:
    """The weakest points of an idea, those that a single answer would settle first."""
    found = {
        "one_side": row["organisations"] <= 1,
        "few_patents": 0 < row["patents"] < FEW,
        "no_joint": row["joint_patents"] == 0,
        "no_project": row["projects"] == 0,
        "not_added": row["added"] < 1,
    }
    return tuple(name for name, is_weak in found.items() if is_weak)
