"""Sentences on published shares and claims: what they allow, and why each has its verdict."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from studylib.dataset import Dataset
from studylib.language.labels import DOMAIN, VERDICT, label
from studylib.language.words import (
    _,
    interval,
    is_missing,
    listing,
    mark,
    ngettext,
    number,
    percent,
)
from studylib.say import Prose, prose
from studylib.survey import claims as room
from studylib.survey import published as survey_published

SIGNIFICANT = room.SIGNIFICANT
FURTHEST = 500  # respondents up to which a number that fits all territories is looked for

WHY = {
    "share_same": mark("{n} of {base} respondents chose it, {share}: printed the same."),
    "share_inside": mark(
        "{n} of {base} respondents chose it, {share}; the 95% interval {interval} holds the "
        "published {value}."
    ),
    "share_outside": mark(
        "{n} of {base} respondents chose it, {share}; the 95% interval {interval} does not hold "
        "the published {value}."
    ),
    "mentioned": mark(
        "{n} of {base} respondents chose {domain} ({share}, 95% interval {interval})."
    ),
    "not_mentioned": mark("None of {base} respondents chose {domain}."),
    "more_diverse_shown": mark(
        "Two mentions are of different domains with a chance of {share} here and {others} "
        "elsewhere; chance alone gives such a difference with p = {p}."
    ),
    "more_diverse_open": mark(
        "Two mentions are of different domains with a chance of {share} here and {others} "
        "elsewhere: the direction is the one claimed, but with so few answers chance alone gives "
        "as much (p = {p})."
    ),
    "less_diverse_shown": mark(
        "Two mentions are of different domains with a chance of {share} here and {others} "
        "elsewhere: the other way round (p = {p})."
    ),
    "less_diverse_open": mark(
        "Two mentions are of different domains with a chance of {share} here and {others} "
        "elsewhere; with so few answers (p = {p}) neither direction is shown."
    ),
    "too_few_for_diversity": mark("There are too few answers, or one territory only, to compare."),
    "no_answers": mark("No answer of this territory is known."),
    "not_asked": mark("The survey did not ask about this domain."),
    "no_survey": mark("This study has no survey."),
    "no_value": mark("There is nothing in the data that this figure could be compared with."),
    "no_patents": mark("No patent of the data lies in the territories and the period."),
    "count_same": mark("The data hold {n} applications in the territories and the period."),
    "count_more": mark(
        "The data hold {n} applications in the territories and the period; the published number "
        "may be a selection of them, and how it was made is not published."
    ),
    "count_fewer": mark(
        "The data hold {n} applications in the territories and the period, fewer than published. "
        "They may be incomplete."
    ),
    "untested_survey": mark("The survey holds nothing this statement could be checked with."),
    "untested_patents": mark(
        "A judgement on what technologies do for an economy: patent records do not speak of it."
    ),
    "untested_collaboration": mark(
        "A statement on what is possible. Answers and patents do not decide it; the page on "
        "collaboration shows what a list of cluster organisations has to say."
    ),
    "untested_cooperation": mark(
        "A statement on what other regions did. None of the data of this study records it."
    ),
}
"""The sentence behind `claims.Finding.why`."""


def why(study: Dataset, row: Mapping[Any, Any]) -> str:
    """The sentence for one row of `claims.ledger`."""
    is_share = row["kind"] == "share"
    del study
    return _(
        WHY[row["why"]],
        n=number(row["n"]),
        base=number(row["base"]),
        share=percent(row["share"], 0 if is_share else 1),
        value=percent(row["value"], int(row["digits"])) if is_share else number(row["value"]),
        interval=interval(row["low"], row["high"]),
        others=percent(row["others"]),
        domain=""
        if is_missing(row["domain"])
        else _("“{wording}”", wording=label(DOMAIN, row["domain"])),
        p=number(row["p"], 2),
    )


def published(study: Dataset, sizes: pd.DataFrame, pairs: pd.DataFrame) -> Prose:
    """What the printed shares allow, and how the conclusion hangs on numbers not printed."""
    if sizes.empty:
        return prose(_("No published share of a survey belongs to this study."))
    usual = sizes[(sizes["rounding"] == "half_up") & (sizes["reading"] == "multiple")]
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
    both = _common(study, sizes) if len(parts) > 1 else None
    return prose(
        first, both, _unprinted(study, sizes), _over_pairs(study, pairs) if len(pairs) else None
    )


def _common(study: Dataset, sizes: pd.DataFrame) -> str | None:
    """Why the territories cannot have answered in one number, if none of the sizes fits all."""
    if survey_published.shared_sizes(sizes):
        return None
    further = survey_published.shared_sizes(survey_published.published_sizes(study, FURTHEST))
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
        "all": number(len(pairs)),
        "low": number(p.min(), 3),
        "high": number(p.max(), 2),
    }
    if 0 < n < len(pairs):
        return _(
            "Whether {share_a} in {a} and {share_b} in {b} differ in {domain} hangs on numbers "
            "nobody printed: the difference is shown in {n} of the {all} combinations that fit "
            "(p from {low} to {high}). The percentages alone do not decide it.",
            **said,
        )
    return _(
        "{share_a} in {a} and {share_b} in {b} for {domain}: the difference is shown in {n} of "
        "the {all} combinations of numbers of respondents that fit (p from {low} to {high}).",
        **said,
    )


def ledger(study: Dataset, table: pd.DataFrame) -> Prose:
    """How many claims have which verdict, and what a verdict is worth here."""
    del study
    if table.empty:
        return prose(_("This study names no published claims."))
    counts = room.verdicts(table)
    listed = listing(f"{label(VERDICT, verdict)} {number(n)}" for verdict, n in counts.items())
    return prose(
        ngettext("{n} claim: {verdicts}.", "{n} claims: {verdicts}.", len(table), verdicts=listed),
        _(
            "Where it says “by construction”, the data were made to repeat the published figure. "
            "Such a verdict tries out the method and confirms nothing."
        )
        if table["by_construction"].any()
        else None,
    )
