"""
For each organisation its nearest partners across the border, and how sure that order is.

    Network --ranked_partners--> one row per (organisation, partner): rank, rank interval, evidence

A rank orders reasons to talk; it is no probability of cooperation.  Its interval says which
ranks the partner takes where rows of the list are wrong or incomplete and the weights we chose
for kinship are moved (95 % of draws, see `list_errors`; ties are counted from the best to the
worst place), `in_first` in which share of the draws it stands first, alone or not.
"""

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.network import USUAL, Kin, Network, near
from studylib.network.edges import evidence
from studylib.network.list_errors import drawn
from studylib.stats.arrays import Integers, Numbers

BEST = 5
LEVEL = 0.95
MANY = 300  # organisations above which fewer draws are made
FEWER = 20
MISSING = ("no_shared_sector", "no_patents", "no_rule", "no_kets", "no_interests", "recalled")


@once
def ranked_partners(
    network: Network,
    kin: Kin = USUAL,
    *,
    most: int = BEST,
    draws: int = 200,
    seed: int = 1,
) -> pd.DataFrame:
    """
    The `most` nearest partners of every organisation, sorted by organisation and rank.

    One row per (cluster_id, partner_id): rank (equal proximities share the best place), low,
    high, in_first (share of draws), then the columns of contract `edges` from kind on, and missing
    (codes of `MISSING`, separated by semicolons: what is not known of the pair).  An organisation
    nothing speaks for has no row.
    """
    close = np.where(network.across, near(network, kin), 0.0)
    partner = np.argsort(-np.round(close, 12), axis=1, kind="stable")[:, :most]
    own = np.arange(len(close))[:, None]
    rank, _ = _places(close, partner)
    low, high, first = _intervals(network, partner, draws if len(close) <= MANY else FEWER, seed)
    there = close[own, partner] > 0
    i, place = np.nonzero(there)
    j = partner[i, place]
    one, other = np.minimum(i, j), np.maximum(i, j)  # the order of contract `edges`
    ids = network.organisations["cluster_id"].to_numpy()
    found = pd.DataFrame(
        {
            "cluster_id": ids[i], "partner_id": ids[j], "rank": rank[i, place],
            "low": low[i, place], "high": high[i, place], "in_first": first[i, place],
            "one": ids[one], "other": ids[other],
        }
    )  # fmt: skip
    pairs = np.unique(np.column_stack([one, other]), axis=0)
    why = evidence(network, pairs[:, 0], pairs[:, 1], close[pairs[:, 0], pairs[:, 1]])
    why = why.rename(columns={"cluster_id": "one", "other_id": "other"})
    found = found.merge(why, on=["one", "other"], how="left", validate="many_to_one")
    found["missing"] = _missing(network, found)
    return found.drop(columns=["one", "other"])


def _places(close: Numbers, partner: Integers) -> tuple[Integers, Integers]:
    """Best and worst rank of each partner: how many are nearer, and how many at least as near."""
    close = np.round(close, 12)
    best, worst = np.zeros(partner.shape, np.int64), np.zeros(partner.shape, np.int64)
    for place in range(partner.shape[1]):
        own = close[np.arange(len(close)), partner[:, place]][:, None]
        best[:, place] = 1 + (close > own).sum(axis=1)
        worst[:, place] = (close >= own).sum(axis=1)
    return best, worst


def _intervals(
    network: Network, partner: Integers, draws: int, seed: int
) -> tuple[Integers, Integers, Numbers]:
    """The ranks each partner takes in 95 % of the draws, and the share of those it is first in."""
    rng = np.random.default_rng(seed)
    n_other = network.across.sum(axis=1)[:, None]
    best = np.zeros((draws, *partner.shape), np.int64)
    worst = np.zeros((draws, *partner.shape), np.int64)
    for draw in range(draws):
        close = np.where(network.across, drawn(network, rng), -1.0)
        best[draw], worst[draw] = _places(close, partner)
    tail = (1 - LEVEL) / 2
    low = np.quantile(best, tail, axis=0, method="lower")
    high = np.quantile(worst, 1 - tail, axis=0, method="higher")
    first = (best == 1).mean(axis=0) if draws else np.full(partner.shape, np.nan)
    return low.astype(np.int64), np.minimum(high, n_other).astype(np.int64), first


def _missing(network: Network, pairs: pd.DataFrame) -> list[str]:
    """What is not known of each pair, as codes."""
    rows = network.organisations.set_index("cluster_id")
    ends = [rows.loc[pairs[column]] for column in ("cluster_id", "partner_id")]
    recalled = [
        end["evidence"].astype("object").fillna("").str.contains("recalled") for end in ends
    ]
    says = {
        "no_shared_sector": (pairs["kind"] == "cross_sector").to_numpy(),
        "no_patents": np.logical_or(*(network.sectors.in_services(end["sectors"]) for end in ends)),
        "no_rule": np.logical_or(*(network.sectors.not_told(end["sectors"]) for end in ends)),
        "no_kets": np.logical_or(*(end["kets"].isna().to_numpy() for end in ends)),
        "no_interests": np.logical_or(*(end["interests"].isna().to_numpy() for end in ends)),
        "recalled": np.logical_or(*(flags.to_numpy() for flags in recalled)),
    }
    codes = np.array([np.where(says[code], code, "") for code in MISSING])
    return [";".join(code for code in row if code) for row in codes.T.tolist()]
