"""
What speaks for a pair across the border: one by one, by sector, and against chance.

    Network --potential_edges--> one row per pair, its kind and its evidence listed
            --sector_matrix-->   sectors of one side against sectors of the other
            --validated-->       the pairs that share more than by chance, if any can
"""

import numpy as np
import pandas as pd

from studylib import tables
from studylib.files.answers import once
from studylib.network import STATED, USUAL, Kin, Network, near
from studylib.network.sectors import Sectors
from studylib.network.themes import pairs as joined_sectors
from studylib.stats.arrays import Integers, Numbers
from studylib.stats.nullmodel import Validation, fit, validate


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


def sector_matrix(network: Network, place: int = 0) -> pd.DataFrame:
    """
    The matrix across the border, by sector: what could join whom, and on which ground.

    One row per (sector of the first territory, or the one at `place`, sector of the others), all
    that occur on either side: sector, other_sector, n_first, n_other, n_pairs (pairs of different
    organisations a same-sector or cross-sector link could join; missing where nothing joins the
    sectors), basis.
    """
    sector_rows = (network.items["kind"] == "sector").to_numpy()
    names = network.items["item"][sector_rows].tolist()
    stated = network.stated[:, sector_rows]
    first = network.side == place
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
                else "shared technology" if network.sectors.shared({one}, {other})
                else None
            )  # fmt: skip
            n = n_first[i] * n_other[j] if basis else np.nan
            rows.append((one, other, n_first[i], n_other[j], n, basis))
    columns = ["sector", "other_sector", "n_first", "n_other", "n_pairs", "basis"]
    return pd.DataFrame(rows, columns=columns)
