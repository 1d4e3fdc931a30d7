"""The sentence on each published claim: why it has its verdict, with the numbers."""

from collections.abc import Mapping
from typing import Any

from studylib.language.counted import respondents
from studylib.language.words import (
    _,
    interval,
    is_missing,
    listing,
    mark,
    number,
    percent,
)
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.show.provenance import marked

WHY = {
    "share_same": mark("{n} of {respondents} chose it, {share}: printed the same."),
    "share_open": mark(
        "{n} of {respondents} chose it, {share}. Samples that print as {value} can give as much by "
        "chance (largest p = {against})."
    ),
    "share_against": mark(
        "{n} of {respondents} chose it, {share}. No sample that prints as {value} agrees with that "
        "(largest p = {against})."
    ),
    "share_too_few": mark(
        "{n} of {respondents} chose it, {share}. Beside a printed share that may rest on as few "
        "answers as these, no result of {respondents} could contradict it."
    ),
    "no_sample": mark("No number of respondents can have been printed as the published shares."),
    "mentioned": mark("{n} of {respondents} chose {domain} ({share}, 95% interval {interval})."),
    "not_mentioned": mark(
        "Of {respondents}, none chose {domain}. The text prints no share that this could contradict."
    ),
    "more_diverse_shown": mark(
        "Two mentions are of different domains with a chance of {share} in {area} and {others} in "
        "{rest}; chance alone gives such a difference with p = {p}."
    ),
    "more_diverse_open": mark(
        "Two mentions are of different domains with a chance of {share} in {area} and {others} in "
        "{rest}: the direction is the one claimed, but with so few answers chance alone gives "
        "as much (p = {p})."
    ),
    "less_diverse_against": mark(
        "Two mentions are of different domains with a chance of {share} in {area} and {others} in "
        "{rest}: the other way round (p = {p})."
    ),
    "less_diverse_open": mark(
        "Two mentions are of different domains with a chance of {share} in {area} and {others} in "
        "{rest}; with so few answers (p = {p}) neither direction is shown."
    ),
    "too_few_for_diversity": mark("There are too few answers, or one territory only, to compare."),
    "no_answers": mark("No answer of this territory is known."),
    "held_back": mark(
        "The numbers that could decide this are held back: respondents were promised it."
    ),
    "confidential": mark("The answers are confidential: no published figure is held against them."),
    "not_asked": mark("The survey did not ask about this domain."),
    "no_survey": mark("This study has no survey."),
    "no_value": mark("There is nothing in the data that this figure could be compared with."),
    "no_patents": mark("No patent of the data lies in the territories and the period."),
    "count_same": mark(
        "The data hold {n} in the territories and the period, counted as the text says."
    ),
    "count_differs": mark(
        "The study counts what the text says it counted, and finds {n} in the territories and the "
        "period. An incomplete export gives another number too."
    ),
    "count_unsaid": mark(
        "The data hold {n} in the territories and the period. The text does not say what it "
        "counted (office, families or applications, how they were located), so the two numbers "
        "cannot be set against each other."
    ),
    "count_otherwise": mark(
        "The data hold {n} in the territories and the period. The text counted otherwise than this "
        "study, so the two numbers cannot be set against each other."
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
"""The sentence behind `survey.claim_tests.Finding.why`."""


def why(study: Dataset, row: Mapping[Any, Any]) -> str:
    """The sentence for one row of `survey.verdicts.ledger`; made-up patents are called so."""
    n = number(row["n"])
    if str(row["why"]).startswith("count_"):
        n = marked(study, n, "patents")
    area = row.get("territory")
    rest = [study.area_name(other) for other in study.territories if other != area]
    is_share = row["kind"] == "share"
    base = None if is_missing(row["base"]) else int(row["base"])
    why = WHY[row["why"]]
    return _(
        why,
        n=n,
        respondents="" if base is None else respondents(base),
        share=percent(row["share"], 0 if is_share else 1),
        value=percent(row["value"], int(row["digits"])) if is_share else number(row["value"]),
        interval=interval(row["low"], row["high"]),
        others=percent(row["others"]),
        area="" if is_missing(area) else study.area_name(str(area)),
        rest=listing(rest),
        domain=""
        if is_missing(row["domain"])
        else _("“{wording}”", wording=label(DOMAIN, row["domain"])),
        p=number(row["p"], 2),
        against=number(row["against"], 2),
    )
