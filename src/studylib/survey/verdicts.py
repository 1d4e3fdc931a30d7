"""
Published claims re-checked with the data at hand: one verdict each, with its numbers and why.

    reproduced     the data print the same
    consistent     the data do not print the same, and do not rule it out
    not testable   nothing in the data speaks of it, or too little
    not checked    it speaks of answers that are confidential (`strict`), of which it would tell
    contradicted   the data rule it out

A verdict is about the data at hand and this claim, never about the study that made the claim.
A printed share is a sample too (`printed_samples`): it is contradicted only where a test rejects
every sample that prints as it, Holm's correction over all claims of the page.
Where the data were made from the claim, the verdict holds by construction and says so.  Shares
and counts are checked as they stand; a statement is checked by the `test` it names in the file.
"""

from dataclasses import replace
from typing import Any

import pandas as pd

from studylib.errors import DataError, some
from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import profiles
from studylib.survey import disclosure
from studylib.survey.claim_tests import SIGNIFICANT, TESTS, Finding, of_count, of_share


@once
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
    findings = _held([_checked(study, claim) for claim in claims])
    columns = list(Finding.__dataclass_fields__)
    found = pd.DataFrame([vars(f) for f in findings], columns=columns, index=listed.index)
    return listed.join(found).reset_index(drop=True)


def _held(findings: list[Finding]) -> list[Finding]:
    """The findings with those contradicted whose p against holds over all claims of the page."""
    against = [float("nan") if f.against is None else f.against for f in findings]
    return [
        replace(f, verdict="contradicted", why=f.why.replace("_open", "_against"))
        if p < SIGNIFICANT
        else f
        for f, p in zip(findings, profiles.holm(against), strict=True)
    ]


def check_tests(listed: pd.DataFrame) -> None:
    """Raise DataError where a claim names a test that does not exist."""
    if strange := sorted(set(listed["test"].dropna()) - set(TESTS)):
        raise DataError(
            f"The claims name tests that do not exist: {some(strange)}. There are {some(TESTS)}."
        )


def verdicts(table: pd.DataFrame) -> pd.Series:
    """How many claims have which verdict, every verdict named."""
    order = ["reproduced", "consistent", "not testable", "not checked", "contradicted"]
    return table["verdict"].value_counts().reindex(order, fill_value=0)


def _checked(study: Dataset, claim: dict[str, Any]) -> Finding:
    """The finding on one claim, marked where the data were made to hold it."""
    if is_confidential(study, claim):
        found = Finding("not checked", "confidential")
    elif claim["kind"] == "count":
        found = of_count(study, claim)
    elif claim["topic"] == "survey" and study.definition.survey is None:
        found = Finding("not testable", "no_survey")
    elif claim["kind"] == "share":
        found = of_share(study, claim)
    elif claim["test"]:
        found = TESTS[claim["test"]](study, claim)
    else:
        found = Finding("not testable", f"untested_{claim['topic']}")
    is_open = found.verdict in {"not testable", "not checked"}
    is_made = not is_open and _is_synthetic(study, claim["topic"])
    return replace(found, by_construction=is_made)


def is_confidential(study: Dataset, claim: dict[str, Any]) -> bool:
    """
    Whether a claim speaks of answers no published figure is held against, whatever they are.

    Under `strict` every claim on the survey, and every statement that is tested with it: that the
    data print the same as a text is the answer itself.
    """
    speaks = claim["topic"] == "survey" or bool(claim["test"])
    return speaks and disclosure.level(study) == "strict"


def _is_synthetic(study: Dataset, topic: str) -> bool:
    """Whether the data a claim is checked with were made up."""
    files = study.table("sources")
    role = topic if topic == "survey" else "patents"
    return bool(files.loc[files["role"].astype("str") == role, "is_synthetic"].any())
