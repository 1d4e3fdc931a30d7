"""
Published claims re-checked with the data at hand: one verdict each, with its numbers and why.

    reproduced     the data print the same
    consistent     the data do not print the same, and do not rule it out
    not testable   nothing in the data speaks of it, or too little
    contradicted   the data rule it out

A verdict is about the data at hand and this claim, never about the study that made the claim.
Where the data were made from the claim, the verdict holds by construction and says so.  Shares
and counts are checked as they stand; a statement is checked by the `test` it names in the file.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from studylib import survey
from studylib.errors import DataError, some
from studylib.patents.dataset import Dataset
from studylib.stats import estimate
from studylib.stats.granularity import counts_behind
from studylib.survey import themes as survey_themes

Verdict = Literal["reproduced", "consistent", "not testable", "contradicted"]
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Finding:
    """What the data say on one claim; `why` names the sentence (`labels.WHY`)."""

    verdict: Verdict
    why: str
    n: float | None = None
    base: float | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    others: float | None = None
    """The same measure of the other territories, where a claim compares."""
    p: float | None = None
    by_construction: bool = False


def ledger(study: Dataset) -> pd.DataFrame:
    """
    One row per published claim, in the order of the text: the claim, and the fields of `Finding`.

    Raises
    ------
    DataError
        A claim names a test that does not exist.
    """
    listed = study.table("claims").sort_values("position", kind="stable")
    check_tests(listed)
    claims = [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in listed.to_dict("records")
    ]
    findings = [vars(_checked(study, claim)) for claim in claims]
    columns = list(Finding.__dataclass_fields__)
    found = pd.DataFrame(findings, columns=columns, index=listed.index)
    return listed.join(found).reset_index(drop=True)


def check_tests(listed: pd.DataFrame) -> None:
    """Raise DataError where a claim names a test that does not exist."""
    if strange := sorted(set(listed["test"].dropna()) - set(TESTS)):
        raise DataError(
            f"The claims name tests that do not exist: {some(strange)}. There are {some(TESTS)}."
        )


def verdicts(table: pd.DataFrame) -> pd.Series:
    """How many claims have which verdict, every verdict named."""
    order = ["reproduced", "consistent", "not testable", "contradicted"]
    return table["verdict"].value_counts().reindex(order, fill_value=0)


def _checked(study: Dataset, claim: dict[str, Any]) -> Finding:
    """The finding on one claim, marked where the data were made to hold it."""
    if claim["kind"] == "count":
        found = _count(study, claim)
    elif claim["topic"] == "survey" and study.definition.survey is None:
        found = Finding("not testable", "no_survey")
    elif claim["kind"] == "share":
        found = _share(study, claim)
    elif claim["test"]:
        found = TESTS[claim["test"]](study, claim)
    else:
        found = Finding("not testable", f"untested_{claim['topic']}")
    is_made = found.verdict != "not testable" and _is_synthetic(study, claim["topic"])
    return replace(found, by_construction=is_made)


def _is_synthetic(study: Dataset, topic: str) -> bool:
    """Whether the data a claim is checked with were made up."""
    files = study.table("sources")
    role = topic if topic == "survey" else "patents"
    return bool(files.loc[files["role"].astype("str") == role, "is_synthetic"].any())


def _share(study: Dataset, claim: dict[str, Any]) -> Finding:
    """A printed share against the share of the respondents."""
    if claim["value"] is None or claim["topic"] != "survey":
        return Finding("not testable", "no_value")
    if claim["domain"] not in survey.domains_of(study):
        return Finding("not testable", "not_asked")
    found = _interest(study, claim)
    if not found.base:
        return replace(found, verdict="not testable", why="no_answers")
    n = pd.array([int(found.base)]).to_numpy()
    first, last = counts_behind(claim["value"], n, digits=int(claim["digits"]))
    if first[0] <= int(found.n or 0) <= last[0]:
        return replace(found, verdict="reproduced", why="share_same")
    half = 0.5 / 100 / 10 ** int(claim["digits"])  # a printed share stands for all that round to it
    if claim["value"] + half >= float(found.low or 0) and claim["value"] - half <= float(
        found.high or 0
    ):
        return replace(found, verdict="consistent", why="share_inside")
    return replace(found, verdict="contradicted", why="share_outside")


def _interest(study: Dataset, claim: dict[str, Any]) -> Finding:
    """How many respondents chose the domain of a claim, on its side or on all."""
    table = survey.interests(study)
    rows = table[table["domain"] == claim["domain"]]
    if claim["territory"]:
        rows = rows[rows["area"] == claim["territory"]]
    n, base = int(rows["n"].sum()), int(rows["base"].sum())
    share = estimate.share(n, base).iloc[0]
    return Finding(
        "not testable", "no_answers", n, base,
        share=float(share["share"]), low=float(share["low"]), high=float(share["high"]),
    )  # fmt: skip


def _mentioned(study: Dataset, claim: dict[str, Any]) -> Finding:
    """A domain is wanted: somebody chose it."""
    if claim["domain"] not in survey.domains_of(study):
        return Finding("not testable", "not_asked")
    found = _interest(study, claim)
    if not found.base:
        return found
    if found.n:
        return replace(found, verdict="reproduced", why="mentioned")
    return replace(found, verdict="contradicted", why="not_mentioned")


def _more_diverse(study: Dataset, claim: dict[str, Any]) -> Finding:
    """The interests of a side are more spread out than those of the others."""
    table = survey_themes.diversity(study).set_index("area")
    if claim["territory"] not in table.index:
        return Finding("not testable", "no_answers")
    row = table.loc[claim["territory"]]
    if pd.isna(row["p"]):
        return Finding("not testable", "too_few_for_diversity", n=float(row["n"]))
    is_more = row["diversity"] > row["others"]
    shown = row["p"] < SIGNIFICANT
    verdict: Verdict = (
        ("reproduced" if shown else "consistent") if is_more
        else ("contradicted" if shown else "not testable")
    )  # fmt: skip
    why = ("more_diverse" if is_more else "less_diverse") + ("_shown" if shown else "_open")
    return Finding(
        verdict, why, n=float(row["n"]), share=float(row["diversity"]), others=float(row["others"]),
        p=float(row["p"]),
    )  # fmt: skip


def _count(study: Dataset, claim: dict[str, Any]) -> Finding:
    """A printed number of patents against the applications of the territories."""
    if claim["topic"] != "patents" or claim["value"] is None:
        return Finding("not testable", "no_value")
    here = study.locations[study.locations["basis"] == study.rule.located_by]
    areas = [claim["territory"]] if claim["territory"] else study.territories
    n = int(here.loc[here["area"].isin(areas), "application_id"].nunique())
    if not n:
        return Finding("not testable", "no_patents", n=0)
    if n == claim["value"]:
        return Finding("reproduced", "count_same", n=n)
    if n > claim["value"]:
        return Finding("consistent", "count_more", n=n)
    return Finding("contradicted", "count_fewer", n=n)


TESTS: dict[str, Callable[[Dataset, dict[str, Any]], Finding]] = {
    "mentioned": _mentioned,
    "more_diverse": _more_diverse,
}
"""Tests a statement can name; each takes the study and the claim."""
