"""
The potential network: organisations, what they state, and how near two of them are.

    clusters + attributes + themes --build--> Network: stated (organisations x items), kinship
                                              (items x items)
    --proximity--> 0..1 for every pair; what speaks for a pair is listed by `studylib.network.edges`

Two sectors are kin: 1 if the same; a stated half if a theme joins them; up to a half if by rule
they take the same patents.  The proximity of two organisations compares each item of one with the
nearest item of the other and takes the mean, so it is 1 only where both state the same.  It
orders pairs; it is no probability of anything.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from studylib.network import clusters
from studylib.network.kinship import by_technology, by_theme
from studylib.network.sectors import Sectors
from studylib.network.sectors import read as read_sectors
from studylib.stats import sums
from studylib.stats.arrays import Flags, Integers, Numbers

STATED = ("sector", "ket", "interest")
MOST = 150  # organisations the structure is computed for one by one; more are put together


@dataclass(frozen=True)
class Kin:
    """How near two sectors are that are not the same; our choice, varied in the bootstrap."""

    theme: float = 0.5
    """... where a theme across sectors joins them."""
    technology: float = 0.5
    """... times the share of symbols the rules give to both (cosine)."""


USUAL = Kin()


@dataclass(frozen=True)
class Network:
    """Organisations in the order of territories and ids, their stated items, kinship of items."""

    organisations: pd.DataFrame
    """cluster_id, name, territory, sectors, kets, ..., n (1, or how many a row stands for)."""
    items: pd.DataFrame
    """kind and item of each column of `stated`."""
    stated: Flags
    by_theme: Flags
    """Items x items: joined by a theme across sectors."""
    by_technology: Numbers
    """Items x items: share of the symbols that the rules give to two sectors."""
    themes: pd.DataFrame
    territories: list[str]
    sectors: Sectors

    @property
    def side(self) -> Integers:
        """The place of each organisation's territory in the study."""
        place = {name: i for i, name in enumerate(self.territories)}
        of_row = [place[str(name)] for name in self.organisations["territory"]]
        return np.array(of_row, dtype=np.int64)

    @property
    def across(self) -> Flags:
        """Organisations x organisations: in different territories."""
        side = self.side
        return np.asarray(side[:, None] != side[None, :])

    @property
    def n(self) -> Numbers:
        """How many organisations each row stands for."""
        return self.organisations["n"].to_numpy(dtype=float)

    def kinship(self, kin: Kin = USUAL) -> Numbers:
        """Items x items in 0..1; 1 on the diagonal."""
        close: Numbers = np.maximum(kin.theme * self.by_theme, kin.technology * self.by_technology)
        close[np.diag_indices_from(close)] = 1.0
        return close


def build(
    organisations: pd.DataFrame,
    attributes: pd.DataFrame,
    themes: pd.DataFrame,
    territories: list[str],
    sectors: Sectors | None = None,
) -> Network:
    """
    The network of a list of organisations.

    Parameters
    ----------
    organisations, attributes, themes
        Contracts `clusters`, `cluster_attributes`, `themes`.
    territories
        Names of the territories, in the study's order.
    sectors
        The rules on sectors; those the library ships where none are given.
    """
    sectors = sectors or read_sectors()
    order = {name: i for i, name in enumerate(territories)}
    rows = organisations.assign(n=1, side=organisations["territory"].astype("object").map(order))
    rows = rows.sort_values(["side", "cluster_id"], kind="stable", ignore_index=True)
    stated = attributes[attributes["kind"].isin(STATED)].astype("object")
    items = stated[["kind", "item"]].drop_duplicates()
    items = items.sort_values(["kind", "item"], ignore_index=True)
    flags = np.zeros((len(rows), len(items)), dtype=bool)
    of_row = pd.Index(rows["cluster_id"]).get_indexer(stated["cluster_id"])
    of_item = pd.MultiIndex.from_frame(items).get_indexer(
        pd.MultiIndex.from_frame(stated[["kind", "item"]])
    )
    flags[of_row, of_item] = True
    return Network(
        rows.drop(columns="side"), items, flags,
        by_theme(items, themes), by_technology(items, sectors), themes, list(territories), sectors,
    )  # fmt: skip


def proximity(stated: Flags, kinship: Numbers, weight: Numbers | None = None) -> Numbers:
    """
    Organisations x organisations in 0..1: the mean best match of each item, both ways.

    Parameters
    ----------
    stated
        Organisations x items.
    kinship
        Items x items in 0..1.
    weight
        Of each item, for the bootstrap; default: all the same.

    Notes
    -----
    An organisation that states nothing is near to none.
    """
    own = stated * (np.ones(stated.shape[1]) if weight is None else weight)
    nearest = np.zeros(stated.shape)  # organisations x items: kinship of their nearest item
    for a in range(stated.shape[1]):
        nearest[:, a] = np.max(stated * kinship[a], axis=1, initial=0.0)
    match = sums.product(own, nearest.T)
    size = own.sum(axis=1)
    both = size[:, None] + size[None, :]
    near = np.divide(match + match.T, both, out=np.zeros_like(match), where=both > 0)
    return np.asarray(np.minimum(near, 1.0))


def near(network: Network, kin: Kin = USUAL) -> Numbers:
    """The proximity of every two organisations of a network."""
    return proximity(network.stated, network.kinship(kin))


def condensed(network: Network, most: int = MOST) -> Network:
    """
    The network itself, or, above `most` organisations, groups that state the same.

    A group holds organisations of one territory with the same items; if that is still too many,
    with the same sectors, then with the same first sector.  `n` says how many a group stands for.
    """
    if len(network.organisations) <= most:
        return network
    sectors = (network.items["kind"] == "sector").to_numpy()
    by_sector = network.stated & sectors
    first = np.zeros_like(by_sector)
    first[np.arange(len(first)), by_sector.argmax(axis=1)] = True
    for flags in (network.stated, by_sector, first & by_sector):
        keys = np.column_stack([network.side, flags])
        groups, member = np.unique(keys, axis=0, return_inverse=True)
        if len(groups) <= most:
            break
    return _grouped(network, groups[:, 1:].astype(bool), member.ravel())


def _grouped(network: Network, stated: Flags, member: Integers) -> Network:
    """One row per group, named by its number."""
    sizes = np.bincount(member)
    first = network.organisations.iloc[np.unique(member, return_index=True)[1]]
    lists: dict[str, Any] = {
        column: [";".join(network.items["item"][row & own.to_numpy()]) or None for row in stated]
        for kind, column in clusters.LISTED.items()
        for own in [network.items["kind"] == kind]
    }
    width = len(str(len(sizes)))
    names = [f"group-{i + 1:0{width}}" for i in range(len(sizes))]
    rows = first[["territory"]].reset_index(drop=True).assign(
        cluster_id=names, name=names, n=sizes, evidence="", place=None, **lists
    )  # fmt: skip
    return replace(network, organisations=rows, stated=stated)
