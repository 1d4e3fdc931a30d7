"""
What the published shares of a survey allow: sample sizes, and what can be concluded from them.

The shares are those of the study's claims; nothing of the study's own answers enters here.
"""

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import granularity
from studylib.stats.granularity import ROUNDINGS, Choice, Rounding
from studylib.survey import printed_samples
from studylib.survey.codebook import DOMAINS
from studylib.survey.printed_samples import MAX_N

READINGS: tuple[tuple[str, Choice, bool], ...] = (
    ("multiple", "multiple", False),
    ("single", "single", False),
    ("single_smallest", "single", True),
)
"""How the shares may have come about: several answers each; one each; one each, and what was not
printed no larger than the smallest printed share."""


@once
def published_sizes(study: Dataset, max_n: int = MAX_N) -> pd.DataFrame:
    """
    The numbers of respondents behind the printed shares, under every reading and rounding.

    One row per (area, rounding, reading, n) that fits, with rest_low and rest_high: the answers
    that were not printed.  `reading`: see `READINGS`.
    """
    parts = [pd.DataFrame(columns=["area", "rounding", "reading", "n", "rest_low", "rest_high"])]
    printed = printed_samples.printed(study)
    for area in study.territories:
        own = printed[printed["area"] == area]
        if own.empty:
            continue
        for rounding in ROUNDINGS:
            for reading, choice, is_smallest in READINGS:
                fits = granularity.sample_sizes(
                    own["value"].tolist(), max_n=max_n, rounding=rounding, choice=choice,
                    digits=int(own["digits"].max()), rest_is_smallest=is_smallest,
                )  # fmt: skip
                parts.append(fits.assign(area=area, rounding=rounding, reading=reading))
    filled = [part for part in parts if len(part)] or parts
    return pd.concat(filled, ignore_index=True)[parts[0].columns]


def shared_sizes(sizes: pd.DataFrame, rounding: Rounding = "half_up") -> list[int]:
    """Numbers of respondents that fit every area under one rounding; empty for one area."""
    usual = sizes[(sizes["rounding"] == rounding) & (sizes["reading"] == "multiple")]
    fitting = [set(part["n"].tolist()) for _area, part in usual.groupby("area")]
    return sorted(set.intersection(*fitting)) if len(fitting) > 1 else []


@once
def published_pairs(
    study: Dataset, max_n: int = MAX_N, rounding: Rounding = "half_up"
) -> pd.DataFrame:
    """
    The printed difference between two territories, for all numbers of respondents that fit.

    The first two territories with a printed share of one domain, in canonical order of domains.

    Returns
    -------
    One row per (n_a, n_b, k_a, k_b): area_a, area_b, domain, value_a, value_b, those, and the
    columns of `exact.compare`.  Empty where no two territories have a share of one domain.
    """
    printed = printed_samples.printed(study)
    values = printed.set_index(["area", "domain"])["value"].to_dict()
    sizes = published_sizes(study, max_n)
    fits = sizes[(sizes["rounding"] == rounding) & (sizes["reading"] == "multiple")]
    for domain in DOMAINS:
        areas = [a for a in study.territories if (a, domain) in values][:2]
        if len(areas) < 2:  # noqa: PLR2004
            continue
        a, b = (values[area, domain] for area in areas)
        behind = [fits.loc[fits["area"] == area, "n"].astype(int).tolist() for area in areas]
        digits = int(printed["digits"].max())
        table = granularity.pairs(a, behind[0], b, behind[1], rounding, digits)
        return table.assign(area_a=areas[0], area_b=areas[1], domain=domain, value_a=a, value_b=b)
    return pd.DataFrame({name: np.array([], dtype=float) for name in ("n_a", "n_b", "p_boschloo")})


def gap_grid(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row per (n_a, n_b): the largest p among the counts that print alike, for a picture."""
    largest: pd.DataFrame = pairs.groupby(["n_a", "n_b"], as_index=False)[["p_boschloo"]].max()
    return largest


def within(study: Dataset, pairs: pd.DataFrame) -> pd.DataFrame | None:
    """
    The pairs that are possible: no more respondents on a side than are known to have been there.

    None where the study knows of neither side how many there were (see `printed_samples.bound`).
    """
    most = [printed_samples.bound(study, pairs.iloc[0][side]) for side in ("area_a", "area_b")]
    if most == [None, None]:
        return None
    inside = [pairs[n] <= (top or MAX_N) for n, top in zip(("n_a", "n_b"), most, strict=True)]
    return pairs[inside[0] & inside[1]]


def shown_from(pairs: pd.DataFrame, level: float) -> tuple[int, int] | None:
    """
    The smallest numbers of respondents (n_a, n_b) at which the difference would be shown.

    Smallest by their sum, then by n_a; shown with every count that prints as the shares.
    """
    largest = gap_grid(pairs)
    shown = largest[largest["p_boschloo"] < level]
    if shown.empty:
        return None
    total = shown["n_a"] + shown["n_b"]
    first = shown[total == total.min()].sort_values("n_a").iloc[0]
    return int(first["n_a"]), int(first["n_b"])
