"""
Which themes have organisations on both sides: the same count for a headline and a table.

    Network --theme_sides--> theme_id, n_0, n_1 ... (organisations per territory), n_pairs
"""

from typing import Any

import numpy as np
import pandas as pd

from studylib.network import Network
from studylib.network.call_order import reluctance
from studylib.stats.arrays import Flags, Numbers

SAME = 1e-9  # proximities that differ by less are equal


def theme_sides(network: Network) -> pd.DataFrame:
    """
    One row per theme, in their order: theme_id, axis, origin, n_0, n_1 ..., n_pairs.

    `n_0`, `n_1` ... are the organisations of each territory that could take part; `n_pairs` the
    pairs of organisations of two territories of which one has the theme's first sector and the
    other its second (the same, within a sector).  A theme with none has no two sides, whoever
    stands under it: two organisations of tourism do not make tourism meet health.
    """
    rows = []
    for theme in network.themes.astype("object").itertuples(index=False):
        one = states(network, str(theme.sector))
        is_across = theme.axis == "cross_sector"
        two = states(network, str(theme.other_sector)) if is_across else one
        takes = network.n * (one | two)
        sides = [int(takes[network.side == i].sum()) for i in range(len(network.territories))]
        meets = (np.outer(one, two) | np.outer(two, one)) & network.across
        pairs = np.triu(meets) * np.outer(network.n, network.n)
        rows.append((theme.theme_id, theme.axis, theme.origin, *sides, int(pairs.sum())))
    names = [f"n_{i}" for i in range(len(network.territories))]
    return pd.DataFrame(rows, columns=["theme_id", "axis", "origin", *names, "n_pairs"])


def nearest_meeting(network: Network, sectors: list[str], close: Numbers) -> tuple[int, int] | None:
    """
    The two nearest organisations across the border with whom a theme can begin; None: none.

    Of pairs that are equally near, one whose public pages were seen comes before one that rests on
    memory, then the one with more web pages, then the one with the shorter way (`reluctance`), then
    the first of the list.

    One of them states the first sector and the other the last, so that both sectors of a theme
    are at the table.  They are places in the network's order, the first territory first.

    Parameters
    ----------
    sectors
        The one or two sectors of the theme.
    close
        How near every two organisations are, see `near`.
    """
    one, two = states(network, sectors[0]), states(network, sectors[-1])
    meets = (np.outer(one, two) | np.outer(two, one)) & network.across
    if not meets.any():
        return None
    nearness = np.where(meets, close, -1.0)
    is_nearest = meets & np.isclose(nearness, nearness.max(), rtol=0, atol=SAME)
    at = np.flatnonzero(is_nearest.any(axis=1))  # of a large list few are among the nearest
    order = np.where(is_nearest[np.ix_(at, at)], reluctance(network.organisations.iloc[at]), np.inf)
    pair = at[list(np.unravel_index(int(order.argmin()), order.shape))]
    first, second = sorted(map(int, pair), key=lambda place: int(network.side[place]))
    return first, second


def sectors_of(theme: "pd.Series[Any]") -> list[str]:
    """The one or two sectors of a theme."""
    return [str(key) for key in (theme["sector"], theme["other_sector"]) if not pd.isna(key)]


def states(network: Network, sector: str) -> Flags:
    """Which organisations state a sector."""
    column = (network.items["kind"] == "sector") & (network.items["item"] == sector)
    return np.asarray(network.stated[:, column.to_numpy()].any(axis=1))
