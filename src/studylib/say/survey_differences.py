"""Sentences on whether the sides of a survey differ: by domain, over all, and how sure that is."""

import pandas as pd

from studylib.language.chances import in_whole_percent
from studylib.language.counted import comparisons, domains
from studylib.language.words import _, listing, ngettext, number
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.stats.power import NOT_POSSIBLE, SHOWN
from studylib.survey import side_differences
from studylib.survey.claim_tests import SIGNIFICANT
from studylib.survey.codebook import DOMAINS


def compared(study: Dataset) -> list[str]:
    """Whether any difference between the sides is shown, in which scope, and what could have been."""
    pairs = side_differences.differences(study).dropna(subset="p_holm")
    if pairs.empty:
        return []
    n = domains(pairs["domain"].nunique())
    shown = pairs[pairs["verdict"] == SHOWN]
    differ = _profiles_that_differ(study)
    if len(shown):
        first = _(
            "Of {n} compared, a difference between the sides is shown in {domains}.",
            n=n,
            domains=in_order(shown["domain"].tolist()),
        )
    elif differ:
        first = _("Of {n} compared, no single one shows a difference between the sides.", n=n)
    elif side_differences.profile_differences(study)["p"].isna().all():
        first = _("No difference between the sides is shown in any of the {n} compared.", n=n)
    else:
        first = _(
            "No difference between the sides is shown, neither in any of the {n} compared nor "
            "over all together: with so few answers, or so alike, chance alone could give what is "
            "seen.",
            n=n,
        )
    return [first, *differ, *_unable(pairs)]


def _profiles_that_differ(study: Dataset) -> list[str]:
    """A sentence for each pair of territories whose whole profiles differ."""
    table = side_differences.profile_differences(study)
    found = table[table["p"] < SIGNIFICANT]
    return [
        _("Over all domains together, the profiles differ: {sides}.", sides=_sides(study, a, b))
        for a, b in zip(found["area_a"], found["area_b"], strict=True)
    ]


def _unable(pairs: pd.DataFrame) -> list[str]:
    """In how many comparisons no difference could have been shown."""
    n = int((pairs["verdict"] == NOT_POSSIBLE).sum())
    if not n:
        return []
    return [
        ngettext(
            "In {n} of {all} the answers are so few that none could have been shown.",
            "In {n} of {all} the answers are so few that none could have been shown.",
            n,
            all=comparisons(len(pairs)),
        )
    ]


def _sides(study: Dataset, a: str, b: str) -> str:
    """Two territories, or all of them."""
    if a == side_differences.ALL:
        return _("all territories together")
    return listing([study.area_name(a), study.area_name(b)])


def in_order(found: list[str]) -> str:
    """Domains in their canonical order, as they stand in a sentence."""
    return listing(label(DOMAIN, d).lower() for d in DOMAINS if d in set(found))


def whole_profiles(study: Dataset) -> list[str]:
    """Whether whole profiles differ, for each pair and for all."""
    sentences = []
    table = side_differences.profile_differences(study).dropna(subset="p")
    rows = zip(table["area_a"], table["area_b"], table["method"], table["p"], strict=True)
    for a, b, method, p in rows:
        sides = _sides(study, a, b)
        test = (
            _("exact test of Freeman and Halton")
            if method == "exact"
            else _("permutation of respondents")
        )
        text = (
            _("Over all domains, {sides}: the profiles differ ({test}, p = {p}).")
            if p < SIGNIFICANT
            else _(
                "Over all domains, {sides}: no difference of profiles is shown ({test}, p = {p})."
            )
        )
        sentences.append(text.format(sides=sides, test=test, p=number(p, 2)))
    return sentences


def largest(study: Dataset, known: pd.DataFrame) -> str:
    """How sure one can be of the largest difference."""
    row = known.iloc[int(known["difference"].abs().to_numpy().argmax())]
    first_larger = row["difference"] > 0
    a, b = (study.area_name(row[k]) for k in ("area_a", "area_b"))
    return _(
        "The largest difference is in {domain}. That the true share is larger in {area} has a "
        "probability of {p}; the difference may lie anywhere from {low} to {high} points.",
        domain=label(DOMAIN, row["domain"]).lower(),
        area=a if first_larger else b,
        p=in_whole_percent(row["p_greater"] if first_larger else 1 - row["p_greater"]),
        low=number(row["low"] * 100, 0),
        high=number(row["high"] * 100, 0),
    )
