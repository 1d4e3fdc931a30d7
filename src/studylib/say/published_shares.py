"""Sentences on published shares: which numbers of respondents can lie behind them."""

import pandas as pd

from studylib.language.counted import combinations, respondents
from studylib.language.words import _, listing, ngettext, number, percent
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.report.prose import Prose, prose
from studylib.survey.claim_tests import SIGNIFICANT
from studylib.survey.printed_samples import asked_of, bound
from studylib.survey.published_shares import shared_sizes, shown_from, within


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
        "The published text prints shares and no number of respondents. Of the numbers looked "
        "at, usual rounding leaves only these: {parts}.",
        parts=_("; ").join(parts),
    )
    both = _common(fits) if len(parts) > 1 else None
    return prose(
        first, both, _unprinted(study, fits), _over_pairs(study, pairs) if len(pairs) else None
    )


def _common(sizes: pd.DataFrame) -> str | None:
    """That the territories rest on different numbers of answers, if no size looked at fits all."""
    if shared_sizes(sizes):
        return None
    return _(
        "None of these numbers fits all territories: unless more answered, the shares of the "
        "territories rest on different numbers of answers."
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
    """Whether the printed difference is shown with as many as can have answered, and from when on."""
    row = pairs.iloc[0]
    said = {
        "domain": label(DOMAIN, row["domain"]).lower(),
        "a": study.area_name(row["area_a"]),
        "b": study.area_name(row["area_b"]),
        "share_a": percent(row["value_a"], 0),
        "share_b": percent(row["value_b"], 0),
    }
    asked = _(
        "Do {share_a} in {a} and {share_b} in {b} show a difference in {domain}? That hangs on "
        "numbers nobody printed.",
        **said,
    )
    possible = within(study, pairs)
    return " ".join(filter(None, [asked, _possible(study, possible), _from(study, pairs)]))


def _possible(study: Dataset, possible: pd.DataFrame | None) -> str | None:
    """In how many of the combinations that can have been the difference is shown."""
    if possible is None:
        return None
    if possible.empty:
        return _("With no more respondents than organisations known, no combination fits.")
    n = int((possible["p_boschloo"] < SIGNIFICANT).sum())
    areas = possible.iloc[0]["area_a"], possible.iloc[0]["area_b"]
    most = listing(
        _most_of(study, area, most)
        for area, most in ((area, bound(study, area)) for area in areas)
        if most
    )
    said = {"most": most, "n": number(n), "combinations": combinations(len(possible))}
    if not n:
        return _(
            "With no more respondents than organisations known ({most}), it is shown in none of "
            "the {combinations} that fit.",
            **said,
        )
    return _(
        "With no more respondents than organisations known ({most}), it is shown in {n} of "
        "{combinations} that fit.",
        **said,
    )


def _most_of(study: Dataset, area: str, most: int) -> str:
    """How many organisations are known of a territory: those asked, else those of the list."""
    name = study.area_name(area)
    if asked_of(study, area):
        return _("{area} {n} asked", area=name, n=number(most))
    return _("{area} {n} on the list", area=name, n=number(most))


def _from(study: Dataset, pairs: pd.DataFrame) -> str:
    """From which numbers of respondents on the difference would be shown."""
    first = shown_from(pairs, SIGNIFICANT)
    if first is None:
        most = int(pairs[["n_a", "n_b"]].to_numpy().max())
        return _(
            "With up to {respondents} on each side, it could not have been shown.",
            respondents=respondents(most),
        )
    return _(
        "The fewest respondents with which it would be shown are {n_a} in {a} and {n_b} in {b}.",
        n_a=number(first[0]),
        n_b=number(first[1]),
        a=study.area_name(pairs.iloc[0]["area_a"]),
        b=study.area_name(pairs.iloc[0]["area_b"]),
    )
