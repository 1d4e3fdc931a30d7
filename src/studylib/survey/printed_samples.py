"""
A printed share is a sample too: which samples can lie behind it, and what they rule out.

    60 %, 20 % of one side  --behind-->  (n, k): (5, 3), (10, 6), ...   up to as many as are known
    3 of 7 of the own survey  --p_against-->  the largest p over all of them

The number of respondents behind a printed share is mostly unknown.  Own answers contradict the
share only where a test tells them from every sample that prints as it: comparing with the share
as if it were exact calls a true claim contradicted on most pages (``benchmarks/ledger.py``).
"""

from typing import Any

import pandas as pd

from studylib import survey
from studylib.patents.dataset import Dataset
from studylib.stats import exact, granularity
from studylib.stats.granularity import ROUNDINGS

MAX_N = 60
"""Respondents up to which samples are looked for where nothing is known of how many were asked."""


def bound(study: Dataset, area: str) -> int | None:
    """
    How many can have answered in a territory: those asked, else the organisations of the list.

    None where the study knows neither.  A list may lack organisations, which is why pages speak of
    what this study knows of.
    """
    if asked := asked_of(study, area):
        return asked
    if study.definition.clusters is None:
        return None
    listed = study.table("clusters")["territory"].astype("str")
    return int((listed == area).sum()) or None


def asked_of(study: Dataset, area: str) -> int | None:
    """How many organisations of a territory were asked; None where no codebook says it."""
    if not study.definition.survey:
        return None
    asked = survey.book_of(study).asked.get(area)
    return int(asked) if asked else None


def printed(study: Dataset) -> pd.DataFrame:
    """One row per printed share of the survey, as in the text: area, domain, value, digits."""
    claims = study.table("claims").sort_values("position", kind="stable")
    shares = claims[(claims["kind"] == "share") & (claims["topic"] == "survey")]
    shares = shares.dropna(subset=["value", "territory"])
    columns = {"territory": "area", "domain": "domain", "value": "value", "digits": "digits"}
    return shares.rename(columns=columns)[[*columns.values()]].reset_index(drop=True)


def behind(study: Dataset, claim: dict[str, Any]) -> pd.DataFrame:
    """
    Every sample that prints as the share of a claim, under any rounding: one row per (n, k).

    n fits every share printed for the same territory and is at most `bound`; where nothing as
    small fits, or nothing is known, at most `MAX_N`.
    """
    digits = int(claim["digits"])
    own = printed(study)
    shares = own.loc[own["area"] == claim["territory"], "value"].tolist() or [claim["value"]]
    known = bound(study, claim["territory"]) if claim["territory"] else None
    possible = samples(claim["value"], shares, known or MAX_N, digits)
    return possible if len(possible) else samples(claim["value"], shares, MAX_N, digits)


def samples(share: float, all_shares: list[float], most: int, digits: int = 0) -> pd.DataFrame:
    """Every (n, k) that prints as the share, with n up to `most` that fits all shares, sorted."""
    found = [_of(share, all_shares, most, digits, rule) for rule in ROUNDINGS]
    return pd.concat(found).drop_duplicates().sort_values(["n", "k"], ignore_index=True)


def _of(
    share: float, all_shares: list[float], most: int, digits: int, rule: granularity.Rounding
) -> pd.DataFrame:
    """The samples of one rounding: n and k."""
    fits = granularity.sample_sizes(all_shares, max_n=most, rounding=rule, digits=digits)
    ends = granularity.counts([share], fits["n"].astype(int).tolist(), rule, digits)
    rows = [
        (n, k)
        for n, first, last in ends[["n", "k_low", "k_high"]].itertuples(index=False, name=None)
        for k in range(first, last + 1)
    ]
    return pd.DataFrame(rows, columns=["n", "k"]).astype(int)


def p_against(k: int, n: int, printed_as: pd.DataFrame) -> float:
    """The largest p of Boschloo's test of k of n against each sample; small: all are ruled out."""
    return max(
        exact.boschloo(k, n, there, size)
        for size, there in printed_as[["n", "k"]].itertuples(index=False, name=None)
    )


def smallest_p(n: int, printed_as: pd.DataFrame) -> float:
    """The smallest `p_against` that any result of n answers could give: at none or at all of n."""
    return min(p_against(k, n, printed_as) for k in (0, n))
