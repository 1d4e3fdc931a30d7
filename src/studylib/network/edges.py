"""
What speaks for a pair across the border: one by one, by sector, and against chance.

    Network --potential_edges--> one row per pair, its kind and its evidence listed
            --sector_matrix-->   sectors of one side against sectors of the other
            --validated-->       the pairs that share more than by chance, if any can
"""

from itertools import combinations, product

import numpy as np
import pandas as pd

from studylib import tables
from studylib.files.answers import once
from studylib.network import STATED, USUAL, Kin, Network, near
from studylib.network.sectors import Sectors
from studylib.network.themes import pairs as joined_sectors
from studylib.stats.arrays import Integers, Numbers
from studylib.stats.nullmodel import fit
from studylib.stats.validation import Validation, validate_sides

MATRIX = [
    "first", "second", "sector", "other_sector", "n_first", "n_other", "n_pairs", "basis",
]  # fmt: skip


def potential_edges(network: Network, kin: Kin = USUAL) -> pd.DataFrame:
    """
    Pairs across the border that something speaks for, nearest first (contract `edges`).

    The evidence of a pair is listed, not weighed: shared sectors, themes that join sectors, KETs
    and interests both state, symbols the rules give to both.  `p` is exact, see `nullmodel`.
    """
    close = near(network, kin)
    one, other = np.nonzero(np.triu(network.across & (close > 0)))
    return evidence(network, one, other, close[one, other])


@once
def validated(network: Network, level: float = 0.05) -> Validation:
    """
    Pairs across a border that share more of what they state than by chance; see `validation`.

    Of three territories and more every two are compared, all pairs in one test.
    """
    return validate_sides(network.stated, fit(network.stated), network.side, level=level)


def evidence(network: Network, one: Integers, other: Integers, close: Numbers) -> pd.DataFrame:
    """What speaks for each of these pairs (contract `edges`), nearest first."""
    shared = network.stated[one] & network.stated[other]
    null = fit(network.stated)
    p = null.tails[null.row_class[one], null.row_class[other], shared.sum(axis=1)]
    lists = _lists(network, one, other)
    has_sector, has_theme = (lists[c].notna().to_numpy() for c in ("sectors", "themes"))
    published = set(network.themes.loc[network.themes["origin"] == "published", "theme_id"])
    is_published = [
        bool(published & set(text.split(";"))) if isinstance(text, str) else False
        for text in lists["themes"]
    ]
    basis = np.select(
        [has_sector, np.array(is_published, dtype=bool), has_theme],
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


def _lists(network: Network, one: Integers, other: Integers) -> pd.DataFrame:
    """Shared sectors, themes, KETs, technologies, interests of each pair, each list as text."""
    profiles, member = np.unique(network.stated, axis=0, return_inverse=True)
    member = member.ravel()
    met = np.column_stack([member[one], member[other]]).reshape(-1, 2)
    codes, place = np.unique(met, axis=0, return_inverse=True)
    joined: dict[tuple[str, str], list[str]] = {}
    for sector, across, theme_id, _origin in joined_sectors(network.themes).to_numpy():
        joined.setdefault((sector, across), []).append(theme_id)
    items = network.items.to_numpy()
    stated = [[tuple(item) for item in items[row]] for row in profiles]
    rows = [_of_profiles(stated[i], stated[j], joined, network.sectors) for i, j in codes]
    columns = ["sectors", "themes", "kets", "technologies", "interests"]
    lists = pd.DataFrame(rows, columns=columns, dtype="object")
    return lists.iloc[place.ravel()].reset_index(drop=True)


def _of_profiles(
    one: list[tuple[str, ...]],
    other: list[tuple[str, ...]],
    joined: dict[tuple[str, str], list[str]],
    sectors: Sectors,
) -> tuple[str | None, ...]:
    """The evidence of one pair of profiles, a profile being what is stated as (kind, item)."""
    both = set(one) & set(other)
    listed = {
        kind: ";".join(sorted(item for what, item in both if what == kind)) or None
        for kind in STATED
    }
    mine, theirs = ({item for kind, item in own if kind == "sector"} for own in (one, other))
    named = {theme for a in mine for b in theirs for theme in joined.get((a, b), ())}
    common = sectors.shared(mine, theirs)
    return (
        listed["sector"],
        ";".join(sorted(named)) or None,
        listed["ket"],
        ";".join(common) or None,
        listed["interest"],
    )


def sector_matrix(network: Network) -> pd.DataFrame:
    """
    The matrix across the border, by sector: what could join whom, and on which ground.

    One row per (two territories, sector of the first, sector of the second), every two territories
    in their order and all sectors that occur on either side: first, second, sector, other_sector,
    n_first, n_other, n_pairs (pairs of different organisations a same-sector or cross-sector link
    could join; missing where nothing joins the sectors), basis.
    """
    sector_rows = (network.items["kind"] == "sector").to_numpy()
    names = network.items["item"][sector_rows].tolist()
    stated = network.stated[:, sector_rows]
    n = [
        (stated[own] * network.n[own, None]).sum(axis=0)
        for own in (network.side == place for place in range(len(network.territories)))
    ]
    ground = _grounds(network, names)
    rows = []
    for one, other in combinations(range(len(n)), 2):
        ends = network.territories[one], network.territories[other]
        for (i, a), (j, b) in product(enumerate(names), repeat=2):
            if n[one][i] and n[other][j]:
                pairs = n[one][i] * n[other][j] if ground[(a, b)] else np.nan
                rows.append((*ends, a, b, n[one][i], n[other][j], pairs, ground[(a, b)]))
    return pd.DataFrame(rows, columns=MATRIX)


def _grounds(network: Network, sectors: list[str]) -> dict[tuple[str, str], str | None]:
    """The strongest ground on which every two sectors could meet; None: nothing joins them."""
    found: dict[tuple[str, str], str | None] = {}
    for one, other in product(sectors, repeat=2):
        shared = network.sectors.shared({one}, {other})
        found[(one, other)] = "shared technology" if shared else None
    for one, other, _theme, origin in joined_sectors(network.themes).to_numpy():
        if found.get((one, other)) != "published theme":
            is_published = origin == "published"
            found[(one, other)] = "published theme" if is_published else "theme of this study"
    return found | {(one, one): "shared sector" for one in sectors}
