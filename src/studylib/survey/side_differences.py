"""
Whether the territories of a survey want different things: domain by domain, and as a whole.

    interests (n of base, by territory and domain)  --differences-->          one row per domain
    respondents, one column per domain              --profile_differences-->  one row per pair

Nothing is rounded here; what may not be published (`survey.disclosure`) is compared by no test.
"""

import zlib
from itertools import combinations

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import exact, power, profiles
from studylib.survey import (
    answered_by,
    disclosure,
    domains_of,
    flags,
    holds_back,
    interests,
    is_single,
)

ALL = ""  # in place of a pair: all territories together


def hangs_on_rows(study: Dataset) -> bool:
    """
    Whether a test of whole profiles would tell more than the totals, and may not.

    Of one answer each it does not, as long as everybody's answer to every domain is known.
    """
    if disclosure.is_public(study):
        return False
    if not is_single(study):
        return True
    table, answered = interests(study), answered_by(study)
    whole = table["base"] == table["area"].map(answered)
    named = table.groupby("area")["n"].sum().reindex(answered.index, fill_value=0)
    return not bool(whole.all() and (named <= answered).all())


@once
def differences(study: Dataset) -> pd.DataFrame:
    """
    Every two territories, domain by domain: one row per (area_a, area_b, domain) that may be said.

    Columns n_a, base_a, n_b, base_b, those of `exact.compare`, p_holm: Boschloo's p held over
    all domains of the pair (other left out: it is no one thing), detectable and verdict (see
    `power.judged`).  A third territory changes nothing for the first two.
    """
    shares = interests(study)
    keys = zip(shares["area"], shares["domain"], strict=True)
    counts = dict(zip(keys, zip(shares["n"], shares["base"], strict=True), strict=True))
    rows = [
        (a, b, domain, *counts[a, domain], *counts[b, domain])
        for a, b in combinations(study.territories, 2)
        for domain in domains_of(study)
        if pd.notna(counts[a, domain][0]) and pd.notna(counts[b, domain][0])
    ]
    columns = ["area_a", "area_b", "domain", "n_a", "base_a", "n_b", "base_b"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[3:], int))
    compared = exact.compare(*(table[c] for c in columns[3:]))
    table = table.join(compared)
    family = table["p_boschloo"].where(table["domain"] != "other").astype(float)
    pairs = family.groupby([table["area_a"], table["area_b"]])
    table = table.assign(p_holm=pairs.transform(lambda p: profiles.holm(p.tolist())))
    judged = [
        power.judged(own[columns[3:]], own["p_holm"], "boschloo")
        for _pair, own in table.groupby(["area_a", "area_b"], sort=False)
    ]
    return table.join(pd.concat(judged)) if judged else table.assign(detectable=[], verdict=[])


@once
def profile_differences(study: Dataset) -> pd.DataFrame:
    """
    Do whole profiles differ?  One row per pair of territories, and one (areas "") for all.

    Columns area_a, area_b, n_a, n_b [respondents with every domain known; missing where that is
    held back], method, p.  `exact`: Freeman-Halton, where each respondent chose one domain and the
    tables can be counted; `permutation` of respondents elsewhere; missing where a side has no
    answer, a cell is held back or the test would hang on more than the totals
    (`survey.disclosure`).
    """
    own = {area: rows_of(study, area) for area in study.territories}
    pairs = list(combinations(study.territories, 2))
    rows = [
        (a, b, len(own[a]), len(own[b]), *_profile(study, {a: own[a], b: own[b]})) for a, b in pairs
    ]
    if len(pairs) > 1:
        n = sum(map(len, own.values()))
        rows.append((ALL, ALL, n, n, *_profile(study, own)))
    table = pd.DataFrame(rows, columns=["area_a", "area_b", "n_a", "n_b", "method", "p"])
    if disclosure.is_public(study):
        return table
    told = table["p"].notna()  # else the numbers would tell whose answers could not all be read
    return table.assign(n_a=table["n_a"].where(told), n_b=table["n_b"].where(told))


def rows_of(study: Dataset, area: str) -> pd.DataFrame:
    """
    Respondents of a territory with every domain known, in no order of theirs.

    Unless the survey is public, they are laid out from its totals, one answer each, so that no
    test of them can tell more (`hangs_on_rows` says where that is not the survey).
    """
    own = flags(study, area).dropna().astype(int)
    if not disclosure.is_public(study):
        named = [int(own[d].sum()) for d in own.columns]
        rows = np.repeat(np.eye(len(named), dtype=int), named, axis=0)
        silent = np.zeros((max(0, len(own) - len(rows)), len(named)), dtype=int)
        own = pd.DataFrame(np.concatenate([rows, silent]), columns=own.columns)
    return own.sort_values(list(own.columns), kind="stable")


def _profile(study: Dataset, sides: dict[str, pd.DataFrame]) -> tuple[str | None, float]:
    """How the profiles of some territories were compared, and p."""
    if any(side.empty for side in sides.values()) or holds_back(study) or hangs_on_rows(study):
        return None, np.nan
    whole = pd.concat(sides.values())
    if len(sides) == 2 and (whole.sum(axis=1) == 1).all():  # noqa: PLR2004
        p = profiles.freeman_halton(np.stack([side.sum().to_numpy() for side in sides.values()]))
        if p is not None:
            return "exact", p
    groups = [area for area, side in sides.items() for _ in range(len(side))]
    dealt = profiles.permuted(whole.to_numpy(), groups, seed=seed_of(study, *sorted(sides)))
    return "permutation", dealt.p_of(profiles.distance)


def seed_of(study: Dataset, *names: str) -> int:
    """A seed that belongs to the study and to these names, so that no dice hang on an order."""
    return study.definition.seed + zlib.crc32("\x1f".join(names).encode())
