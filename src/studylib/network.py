"""
The potential network: organisations, what they state, and how near two of them are.

    clusters + attributes + themes --build--> Network: stated (organisations x items), kinship
                                              (items x items)
    --proximity--> 0..1 for every pair      --edges--> pairs across the border with their evidence

Two sectors are kin: 1 if the same; a stated half if a theme joins them; up to a half if they
share technology fields.  The proximity of two organisations compares each item of one with the
nearest item of the other and takes the mean, so it is 1 only where both state the same.  It
orders pairs; it is no probability of anything.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from studylib import clusters, tables
from studylib.nullmodel import Flags, Integers, Numbers, Validation, fit, validate
from studylib.themes import pairs as joined_sectors

STATED = ("sector", "ket", "interest")
MOST = 300  # organisations the structure is computed for one by one; more are put together


@dataclass(frozen=True)
class Kin:
    """How near two sectors are that are not the same; our choice, varied in the bootstrap."""

    theme: float = 0.5
    """... where a theme across sectors joins them."""
    technology: float = 0.5
    """... times the share of technology fields they have in common (cosine)."""


@dataclass(frozen=True)
class Network:
    """Organisations in the order of territories and ids, their stated items, kinship of items."""

    organisations: pd.DataFrame
    """cluster_id, name, territory, sectors, kets, interests, ..., n (1, or how many a row stands for)."""
    items: pd.DataFrame
    """kind and item of each column of `stated`."""
    stated: Flags
    by_theme: Flags
    """Items x items: joined by a theme across sectors."""
    by_field: Numbers
    """Items x items: cosine of the technology fields of two sectors."""
    themes: pd.DataFrame
    territories: list[str]

    @property
    def side(self) -> Integers:
        """The place of each organisation's territory in the study."""
        place = {name: i for i, name in enumerate(self.territories)}
        return self.organisations["territory"].map(place).to_numpy(dtype=np.int64)

    @property
    def across(self) -> Flags:
        """Organisations x organisations: in different territories."""
        side = self.side
        return np.asarray(side[:, None] != side[None, :])

    @property
    def n(self) -> Numbers:
        """How many organisations each row stands for."""
        return self.organisations["n"].to_numpy(dtype=float)

    def kinship(self, kin: Kin = Kin()) -> Numbers:  # noqa: B008 (frozen)
        """Items x items in 0..1; 1 on the diagonal."""
        near = np.maximum(kin.theme * self.by_theme, kin.technology * self.by_field)
        near[np.diag_indices_from(near)] = 1.0
        return near


def build(
    organisations: pd.DataFrame,
    attributes: pd.DataFrame,
    themes: pd.DataFrame,
    territories: list[str],
) -> Network:
    """
    The network of a list of organisations.

    Parameters
    ----------
    organisations, attributes, themes
        Contracts `clusters`, `cluster_attributes`, `themes`.
    territories
        Names of the territories, in the study's order.
    """
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
        _by_theme(items, themes), _by_field(items), themes, list(territories),
    )  # fmt: skip


def _by_theme(items: pd.DataFrame, themes: pd.DataFrame) -> Flags:
    """Items joined by a theme across sectors."""
    place = {item: i for i, (kind, item) in enumerate(items.to_numpy()) if kind == "sector"}
    joined = joined_sectors(themes)
    one, other = (
        joined[column].map(place).fillna(-1).to_numpy(dtype=np.int64)
        for column in ("sector", "other_sector")
    )
    there = (one >= 0) & (other >= 0)
    flags = np.zeros((len(items), len(items)), dtype=bool)
    flags[one[there], other[there]] = True
    return flags


def _by_field(items: pd.DataFrame) -> Numbers:
    """Cosine of the sets of technology fields of two sectors; 0 for anything else."""
    rules = clusters.sector_fields().dropna(subset="field_id")
    flags = pd.crosstab(rules["sector"], rules["field_id"].astype(int)).astype(float)
    sector = items["item"].where(items["kind"] == "sector", "")
    profile = flags.reindex(sector, fill_value=0.0).to_numpy()
    length = np.linalg.norm(profile, axis=1, keepdims=True)
    unit = np.divide(profile, length, out=np.zeros_like(profile), where=length > 0)
    return np.asarray(np.minimum(unit @ unit.T, 1.0))


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
    match = own @ nearest.T
    size = own.sum(axis=1)
    both = size[:, None] + size[None, :]
    near = np.divide(match + match.T, both, out=np.zeros_like(match), where=both > 0)
    return np.asarray(np.minimum(near, 1.0))


def near(network: Network, kin: Kin = Kin()) -> Numbers:  # noqa: B008 (frozen)
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
    lists = {
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


def potential_edges(network: Network, kin: Kin = Kin()) -> pd.DataFrame:  # noqa: B008 (frozen)
    """
    Pairs across the border that something speaks for, nearest first (contract `edges`).

    The evidence of a pair is listed, not weighed: shared sectors, themes that join sectors, KETs
    and interests both state, technology fields of both.  `p` is exact, see `nullmodel`.
    """
    close = near(network, kin)
    one, other = np.nonzero(np.triu(network.across & (close > 0)))
    return evidence(network, one, other, close[one, other])


def validated(network: Network, level: float = 0.05) -> Validation:
    """
    Pairs across the border that share more of what they state than by chance; see `nullmodel`.

    The organisations of the first territory are compared with those of the others.
    """
    first = np.flatnonzero(network.side == 0)
    other = np.flatnonzero(network.side > 0)
    return validate(network.stated, fit(network.stated), first, other, level=level)


def evidence(network: Network, one: Integers, other: Integers, close: Numbers) -> pd.DataFrame:
    """What speaks for each of these pairs (contract `edges`), nearest first."""
    shared = network.stated[one] & network.stated[other]
    null = fit(network.stated)
    p = null.tails[null.row_class[one], null.row_class[other], shared.sum(axis=1)]
    lists = _lists(network, one, other, shared)
    has_sector = lists["sectors"].notna()
    published = set(network.themes.loc[network.themes["origin"] == "published", "theme_id"])
    is_published = [
        bool(published & set(text.split(";"))) if isinstance(text, str) else False
        for text in lists["themes"]
    ]
    basis = np.select(
        [has_sector, is_published, lists["themes"].notna()],
        ["shared sector", "published theme", "theme of this study"],
        "shared technology",
    )
    ids = network.organisations["cluster_id"].to_numpy()
    found = pd.DataFrame(
        {
            "cluster_id": ids[one],
            "other_id": ids[other],
            "kind": np.where(has_sector, "same_sector", "cross_sector"),
            "basis": basis,
            "proximity": close,
            "n_shared": shared.sum(axis=1),
            **lists,
            "p": p,
        }
    )
    return tables.check(found, "edges").sort_values(
        ["proximity", "n_shared", "cluster_id", "other_id"],
        ascending=[False, False, True, True], kind="stable", ignore_index=True,
    )  # fmt: skip


def _lists(network: Network, one: Integers, other: Integers, shared: Flags) -> pd.DataFrame:
    """Shared sectors, themes, KETs, fields, interests of each pair, each list as text."""
    profiles, member = np.unique(network.stated, axis=0, return_inverse=True)
    member = member.ravel()
    codes, places = np.unique(
        np.column_stack([member[one], member[other]]), axis=0, return_inverse=True
    )
    del shared
    rows = [_of_profiles(network, profiles[i], profiles[j]) for i, j in codes]
    columns = ["sectors", "themes", "kets", "fields", "interests"]
    return pd.DataFrame(rows, columns=columns, dtype="object").iloc[places.ravel()].reset_index(
        drop=True
    )  # fmt: skip


def _of_profiles(network: Network, one: Flags, other: Flags) -> tuple[str | None, ...]:
    """The evidence of one pair of profiles."""
    kinds, items = network.items["kind"].to_numpy(), network.items["item"].to_numpy()
    both = one & other
    listed = {kind: ";".join(items[both & (kinds == kind)]) or None for kind in STATED}
    mine = set(items[one & (kinds == "sector")])
    theirs = set(items[other & (kinds == "sector")])
    joined = joined_sectors(network.themes)
    named = joined[joined["sector"].isin(mine) & joined["other_sector"].isin(theirs)]
    common = sorted(fields_of(mine) & fields_of(theirs))
    return (
        listed["sector"],
        ";".join(sorted(set(named["theme_id"]))) or None,
        listed["ket"],
        ";".join(map(str, common)) or None,
        listed["interest"],
    )


def fields_of(sectors: set[str]) -> set[int]:
    """WIPO fields of a set of sectors."""
    rules = clusters.sector_fields().dropna(subset="field_id")
    return {int(field) for field in rules.loc[rules["sector"].isin(sectors), "field_id"]}


def sector_matrix(network: Network) -> pd.DataFrame:
    """
    The matrix across the border, by sector: what could join whom, and on which ground.

    One row per (sector of the first territory, sector of the others), all that occur on either
    side: sector, other_sector, n_first, n_other, n_pairs (pairs of different organisations a
    same-sector or cross-sector link could join; missing where nothing joins the sectors), basis.
    """
    sector_rows = (network.items["kind"] == "sector").to_numpy()
    names = network.items["item"][sector_rows].tolist()
    stated = network.stated[:, sector_rows]
    first = network.side == 0
    n_first = (stated[first] * network.n[first, None]).sum(axis=0)
    n_other = (stated[~first] * network.n[~first, None]).sum(axis=0)
    joined = joined_sectors(network.themes)
    published = joined[joined["origin"] == "published"]
    named = set(zip(joined["sector"], joined["other_sector"], strict=True))
    famous = set(zip(published["sector"], published["other_sector"], strict=True))
    rows = []
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            if not (n_first[i] and n_other[j]):
                continue
            pair = (one, other)
            basis = (
                "shared sector" if one == other
                else "published theme" if pair in famous
                else "theme of this study" if pair in named
                else "shared technology" if fields_of({one}) & fields_of({other})
                else None
            )  # fmt: skip
            n = n_first[i] * n_other[j] if basis else np.nan
            rows.append((one, other, n_first[i], n_other[j], n, basis))
    columns = ["sector", "other_sector", "n_first", "n_other", "n_pairs", "basis"]
    return pd.DataFrame(rows, columns=columns)
