"""Sentences on published shares: which numbers of respondents can lie behind them."""

import pandas as pd

from studylib.language.counted import combinations
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.report.prose import Prose, prose
from studylib.survey.published_shares import published_sizes, shared_sizes
from studylib.survey.verdicts import SIGNIFICANT

FURTHEST = 500  # respondents up to which a number that fits all territories is looked for


def sizes(study: Dataset, fits: pd.DataFrame, pairs: pd.DataFrame) -> Prose:
    """What the printed shares allow, and how the conclusion hangs on numbers not printed."""
    if fits.empty:
        return prose(_("No published share of a survey belongs to this study."))
    usual = fits[(fits["rounding"] == "half_up") & (fits["reading"] == "multiple")]
    if usual.empty:
        return prose(_("No number of respondents looked at can have been printed as these shares."))
    parts = [
        _(
            "{area}: {sizes}",
            area=study.area_name(str(area)),
            sizes=_some(own["n"].tolist()),
        )
        for area, own in usual.groupby("area", sort=False)
    ]
    first = _(
        "The published text prints shares and no number of respondents. Usual rounding leaves "
        "only these: {parts}.",
        parts=_("; ").join(parts),
    )
    both = _common(study, fits) if len(parts) > 1 else None
    return prose(
        first, both, _unprinted(study, fits), _over_pairs(study, pairs) if len(pairs) else None
    )


def _common(study: Dataset, sizes: pd.DataFrame) -> str | None:
    """Why the territories cannot have answered in one number, if none of the sizes fits all."""
    if shared_sizes(sizes):
        return None
    further = shared_sizes(published_sizes(study, FURTHEST))
    if not further:
        return _("No one number fits all territories: they rest on different numbers of answers.")
    return _(
        "The smallest number that fits all territories is {n}. With fewer answers, their shares "
        "rest on different numbers.",
        n=number(further[0]),
    )


def _some(sizes: list[int], most: int = 8) -> str:
    """The first numbers that fit, and how many more do."""
    shown, more = [number(n) for n in sizes[:most]], len(sizes) - most
    if more <= 0:
        return listing(shown)
    return ngettext("{first} and {n} more", "{first} and {n} more", more, first=", ".join(shown))


def _unprinted(study: Dataset, sizes: pd.DataFrame) -> str | None:
    """How many answers the printed shares leave open at the smallest number that fits."""
    single = sizes[(sizes["rounding"] == "half_up") & (sizes["reading"] == "single")]
    smallest = single.groupby("area", sort=False).head(1)
    parts = [
        _(
            "{area} {rest} of {n} ({share})",
            area=study.area_name(row["area"]),
            rest=number(row["rest_low"]),
            n=number(row["n"]),
            share=percent(row["rest_low"] / row["n"]),
        )
        for row in smallest.to_dict("records")
    ]
    if not parts:
        return None
    return _(
        "If each respondent gave one answer, the smallest of these numbers leave some answers "
        "that were not printed: {parts}.",
        parts=listing(parts),
    )


def _over_pairs(study: Dataset, pairs: pd.DataFrame) -> str:
    """In how many of the pairs that fit the printed difference is shown."""
    p = pairs["p_boschloo"]
    row, n = pairs.iloc[0], int((p < SIGNIFICANT).sum())
    said = {
        "domain": label(DOMAIN, row["domain"]).lower(),
        "a": study.area_name(row["area_a"]),
        "b": study.area_name(row["area_b"]),
        "share_a": percent(row["value_a"], 0),
        "share_b": percent(row["value_b"], 0),
        "n": number(n),
        "combinations": combinations(len(pairs)),
        "low": number(p.min(), 3),
        "high": number(p.max(), 2),
    }
    if 0 < n < len(pairs):
        return _(
            "Whether {share_a} in {a} and {share_b} in {b} differ in {domain} hangs on numbers "
            "nobody printed: the difference is shown in {n} of {combinations} that fit "
            "(p from {low} to {high}). The percentages alone do not decide it.",
            **said,
        )
    return _(
        "{share_a} in {a} and {share_b} in {b} for {domain}: the difference is shown in {n} of "
        "{combinations} of numbers of respondents that fit (p from {low} to {high}).",
        **said,
    )
