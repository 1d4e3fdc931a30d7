"""
Which domains every side wants: ranked by the side that wants it least, with the error of a rank.

A theme is as joint as the side that wants it least wants it.  Its share has an interval that
covers at least 95 %; ranks are those of shares drawn from their posterior; `other` is no theme.
"""

from typing import Any

import numpy as np
import pandas as pd

from studylib import survey
from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import estimate, profiles
from studylib.survey import side_differences

DRAWS = 4_000
TAILS = (0.025, 0.975)
ALL_OTHERS = "\x7f"  # stands for the other territories together, after every name
Array = np.ndarray[Any, np.dtype[Any]]


@once
def joint_themes(study: Dataset) -> pd.DataFrame:
    """
    One row per domain, most wanted by every side first.

    Returns
    -------
    domain, n_areas (territories where somebody chose it), smallest (share of the territory that
    wants it least), low, high (95 %, see `estimate.smallest`), rank (equal shares share it),
    rank_low, rank_high (95 % of the draws).  A domain with a cell that is held back has no row.
    Only territories with answers count; empty where none has.

    Notes
    -----
    Dirichlet(1/2) over all domains where everybody chose one, else a Jeffreys prior Beta(1/2,
    1/2) for each domain (then ticks of one respondent are drawn as if they were independent).
    """
    shares = survey.interests(study)
    shares = shares[shares["base"] > 0]
    held = set(shares.loc[shares["is_held_back"], "domain"])
    shares = shares[~shares["domain"].isin(held)]
    domains = [d for d in survey.domains_of(study) if d != "other" and d not in held]
    columns = ["domain", "n_areas", "smallest", "low", "high", "rank", "rank_low", "rank_high"]
    if shares.empty or not domains:
        return pd.DataFrame(columns=columns)
    shares = shares.astype({"n": int})
    wide = shares.pivot_table(index="domain", columns="area", values="share", observed=True)
    seen = wide.loc[domains].min(axis=1)
    own = shares.groupby("domain", observed=True)
    ends = [estimate.smallest(*(own.get_group(d)[c] for c in ("n", "base"))) for d in domains]
    drawn = _drawn(study, shares).loc[domains]
    least = np.stack(drawn.to_numpy().tolist())
    ranks = (-least).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") + 1
    table = pd.DataFrame(
        {
            "domain": domains,
            "n_areas": (wide.loc[domains] > 0).sum(axis=1).to_numpy(),
            "smallest": seen.to_numpy(),
            "low": [low for _seen, low, _high in ends],
            "high": [high for _seen, _low, high in ends],
            "rank": seen.rank(ascending=False, method="min").astype(int).to_numpy(),
            "rank_low": np.quantile(ranks, TAILS[0], axis=1, method="lower"),
            "rank_high": np.quantile(ranks, TAILS[1], axis=1, method="higher"),
        }
    )[columns]
    return table.sort_values("rank", kind="stable", ignore_index=True)


def _drawn(study: Dataset, shares: pd.DataFrame) -> pd.Series:
    """Per domain, draws of the share of the side that wants it least."""
    single = survey.is_single(study)
    least: dict[str, Array] = {}
    for area, own in shares.groupby("area", observed=True):
        counts = dict(zip(own["domain"], zip(own["n"], own["base"], strict=True), strict=True))
        yes = {d: _gamma(study, n, str(area), d) for d, (n, _base) in counts.items()}
        whole = np.sum(list(yes.values()), axis=0)
        for domain, (n, base) in counts.items():
            no = _gamma(study, base - n, str(area), domain, "no")
            share = yes[domain] / (whole if single else yes[domain] + no)
            least[domain] = np.minimum(least[domain], share) if domain in least else share
    return pd.Series(least)


def _gamma(study: Dataset, count: float, *names: str) -> Array:
    """Draws whose ratios are Beta and Dirichlet; the dice hang on names, not on any order."""
    dice = np.random.default_rng(side_differences.seed_of(study, "themes", *names))
    return np.asarray(dice.gamma(count + 0.5, size=DRAWS))


def diversity(study: Dataset) -> pd.DataFrame:
    """
    How spread out the interests of each side are, against the others taken together.

    Returns
    -------
    One row per territory: area, n [mentions], diversity (chance that two mentions are of
    different domains), others (the same for all other territories), p (permutation of
    respondents, two-sided).  Missing below two mentions on a side, and where a cell is held back
    or the test would hang on more than the totals.
    """
    columns = ["area", "n", "diversity", "others", "p"]
    if survey.holds_back(study) or side_differences.hangs_on_rows(study):
        return pd.DataFrame([(area, *[np.nan] * 4) for area in study.territories], columns=columns)
    own = {area: side_differences.rows_of(study, area) for area in study.territories}
    whole = pd.concat(own.values(), ignore_index=True)
    home = pd.Series([area for area, rows in own.items() for _row in range(len(rows))], dtype="str")
    present = sorted(home.unique())
    rows = []
    for area in study.territories:
        rest = [other for other in present if other != area]
        if area not in present or not rest:
            counts = whole[home == area].sum().to_numpy()
            rows.append((area, counts.sum(), float(profiles.diversity(counts)), np.nan, np.nan))
            continue
        # Of two territories both rows are one comparison, so both get the same dice.
        name = rest[0] if len(rest) == 1 else ALL_OTHERS
        sides = home.where(home == area, name).tolist()
        seed = side_differences.seed_of(study, "diversity", *sorted({area, name}))
        dealt = profiles.permuted(whole.to_numpy(), sides, seed=seed)
        both = dict(zip(sorted({area, name}), profiles.diversity(dealt.seen), strict=True))
        n = dealt.seen[sorted({area, name}).index(area)].sum()
        p = np.nan if np.isnan([*both.values()]).any() else dealt.p_of(_gap)
        rows.append((area, n, both[area], both[name], p))
    return pd.DataFrame(rows, columns=columns)


def _gap(counts: Array, _sizes: Array) -> Array:
    """How far the diversities of two groups lie apart, per draw."""
    sides = profiles.diversity(counts)
    return np.asarray(np.nan_to_num(np.abs(sides[:, 0] - sides[:, 1])))
