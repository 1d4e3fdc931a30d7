"""
Which themes have organisations on both sides: the same count for a headline and a table.

    Network --theme_sides--> theme_id, n_0, n_1 ... (organisations per territory), n_pairs
"""

import numpy as np
import pandas as pd

from studylib.network import Network
from studylib.stats.arrays import Flags


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


def states(network: Network, sector: str) -> Flags:
    """Which organisations state a sector."""
    column = (network.items["kind"] == "sector") & (network.items["item"] == sector)
    return np.asarray(network.stated[:, column.to_numpy()].any(axis=1))
