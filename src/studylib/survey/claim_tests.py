"""
What the data say on one published claim: of a share, of a count, or of a statement by its test.

    claim (kind, topic, territory, domain, value ...), study  --of_share, of_count, TESTS-->
        Finding: reproduced, consistent, not testable, not checked or contradicted, and why

A printed share is a sample too (`printed_samples`): what speaks against a claim is the largest p
over every sample that prints as it, and is held over all claims of the page by `verdicts`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from studylib import survey
from studylib.patents import counting
from studylib.patents.dataset import Dataset
from studylib.stats import estimate
from studylib.stats.granularity import counts_behind
from studylib.survey import printed_samples, published_claims, side_differences
from studylib.survey import themes as survey_themes

Verdict = Literal["reproduced", "consistent", "not testable", "not checked", "contradicted"]
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Finding:
    """What the data say on one claim; `why` names the sentence (`show.survey.verdict_reasons`)."""

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
    against: float | None = None
    """The p that speaks against the claim, before the correction over all claims."""
    by_construction: bool = False


def of_share(study: Dataset, claim: dict[str, Any]) -> Finding:
    """A printed share against the share of the respondents."""
    if claim["value"] is None or claim["topic"] != "survey":
        return Finding("not testable", "no_value")
    if claim["domain"] not in survey.domains_of(study):
        return Finding("not testable", "not_asked")
    found = _interest(study, claim)
    if found.why == "held_back":
        return found
    if not found.base:
        return replace(found, verdict="not testable", why="no_answers")
    n = pd.array([int(found.base)]).to_numpy()
    first, last = counts_behind(claim["value"], n, digits=int(claim["digits"]))
    if first[0] <= int(found.n or 0) <= last[0]:
        return replace(found, verdict="reproduced", why="share_same")
    return _beside_samples(found, printed_samples.behind(study, claim))


def _beside_samples(found: Finding, samples: pd.DataFrame) -> Finding:
    """A share that is not printed the same against every sample that prints as the claim."""
    if samples.empty:
        return replace(found, verdict="not testable", why="no_sample")
    k, base = int(found.n or 0), int(found.base or 0)
    if printed_samples.smallest_p(base, samples) >= SIGNIFICANT:
        return replace(found, verdict="not testable", why="share_too_few")
    against = printed_samples.p_against(k, base, samples)
    return replace(found, verdict="consistent", why="share_open", against=against)


def _interest(study: Dataset, claim: dict[str, Any]) -> Finding:
    """How many respondents chose the domain of a claim, on its side or on all."""
    table = survey.interests(study)
    rows = table[table["domain"] == claim["domain"]]
    if claim["territory"]:
        rows = rows[rows["area"] == claim["territory"]]
    if rows["is_held_back"].any():
        return Finding("not testable", "held_back")
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
    return replace(found, verdict="not testable", why="not_mentioned")


def _more_diverse(study: Dataset, claim: dict[str, Any]) -> Finding:
    """The interests of a side are more spread out than those of the others."""
    table = survey_themes.diversity(study).set_index("area")
    if claim["territory"] not in table.index:
        return Finding("not testable", "no_answers")
    if survey.holds_back(study) or side_differences.hangs_on_rows(study):
        return Finding("not testable", "held_back")
    row = table.loc[claim["territory"]]
    if pd.isna(row["p"]):
        return Finding("not testable", "too_few_for_diversity", n=float(row["n"]))
    is_more = row["diversity"] > row["others"]
    p = float(row["p"])
    found = Finding(
        "consistent" if is_more else "not testable",
        "more_diverse_open" if is_more else "less_diverse_open",
        n=float(row["n"]), share=float(row["diversity"]), others=float(row["others"]), p=p,
    )  # fmt: skip
    if is_more and p < SIGNIFICANT:
        return replace(found, verdict="reproduced", why="more_diverse_shown")
    return found if is_more else replace(found, against=p)


def of_count(study: Dataset, claim: dict[str, Any]) -> Finding:
    """
    A printed number of patents against the applications of the territories.

    It can be tested only where the text says what was counted, and the study counts the same:
    fewer records in an export than in a text contradict nothing.
    """
    if claim["topic"] != "patents" or claim["value"] is None:
        return Finding("not testable", "no_value")
    here = study.locations[study.locations["basis"] == study.rule.located_by]
    areas = [claim["territory"]] if claim["territory"] else study.territories
    located = here.loc[here["area"].isin(areas), "application_id"]
    own = study.applications[study.applications["application_id"].isin(located)]
    n = int(counting.unit_of(own, study.rule.unit).nunique())
    if not n:
        return Finding("not testable", "no_patents", n=0)
    said = published_claims.said_of(claim["counted"])
    mine = {
        "first_year": study.first_year, "last_year": study.last_year, "date": study.rule.date,
        "unit": study.rule.unit, "located_by": study.rule.located_by,
        "office": "+".join(sorted(set(own["office"].dropna().astype("str")))),
    }  # fmt: skip
    if set(mine) - set(said):
        return Finding("not testable", "count_unsaid", n=n)
    if any(said[key] != str(value) for key, value in mine.items()):
        return Finding("not testable", "count_otherwise", n=n)
    if n == claim["value"]:
        return Finding("reproduced", "count_same", n=n)
    return Finding("contradicted", "count_differs", n=n)


TESTS: dict[str, Callable[[Dataset, dict[str, Any]], Finding]] = {
    "mentioned": _mentioned,
    "more_diverse": _more_diverse,
}
"""Tests a statement can name; each takes the study and the claim."""
