"""
What a survey says: who answered, what each side wants (`side_differences`: do the sides differ).

Every function takes an opened study and returns a finished table; nothing is rounded here.  A
respondent who left the question blank is item non-response: counted, and in no base.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from studylib.errors import UsageError
from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import estimate
from studylib.survey import codebook, disclosure, told
from studylib.survey.codebook import DOMAINS, Codebook

Base = Literal["respondents", "mentions"]


def book_of(study: Dataset) -> Codebook:
    """
    The codebook of the study's survey.

    Raises
    ------
    UsageError
        The study has no survey.
    """
    if study.definition.survey is None:
        raise UsageError("This study has no survey. Add a block [survey] to the study file.")
    return _book(study.definition.path(study.definition.survey.codebook))


@lru_cache(maxsize=4)
def _book(path: Path) -> Codebook:
    return codebook.load(path)


def domains_of(study: Dataset) -> list[str]:
    """The domains the survey asked about, in their canonical order."""
    asked = {option.domain for option in book_of(study).option}
    return [domain for domain in DOMAINS if domain in asked]


def flags(study: Dataset, area: str | None = None) -> pd.DataFrame:
    """One row per respondent, one column per domain: chosen, not chosen, or missing."""
    people = study.table("respondents")
    if area is not None:
        people = people[people["territory"] == area]
    answers = study.table("answers")
    answers = answers[answers["respondent_id"].isin(people["respondent_id"])]
    wide = answers.astype({"domain": "str"}).pivot_table(
        index="respondent_id", columns="domain", values="is_chosen", aggfunc="first", dropna=False
    )
    return wide.reindex(people["respondent_id"], columns=domains_of(study)).astype("boolean")


def survey_rejects(study: Dataset) -> pd.DataFrame:
    """What of the export was not used: one row per kind, value and reason, with how often."""
    table = study.table("survey_notes").sort_values(["kind", "what", "value"], ignore_index=True)
    return told.published_notes(table, study)


def free_texts(study: Dataset) -> pd.DataFrame:
    """
    What respondents wrote, one row per text (column, text); carried along, never interpreted.

    Unless they agreed to be quoted (`survey.disclosure`), only how many texts there are: n.
    """
    texts = study.table("survey_texts").sort_values(["text", "column"], ignore_index=True)
    return told.published_texts(texts.drop(columns="respondent_id"), study)


@once
def who_answered(study: Dataset) -> pd.DataFrame:
    """
    One row per territory: area, n_asked (missing where not known), n_received, n_partial,
    n_answered, n_silent (the question left blank), share (answered of asked), low, high.

    `low` and `high` are missing: who answers is not a draw, and its share has no error to show.
    Under `strict` confidentiality there are n_asked, n_answered and share only.
    """
    people, asked = study.table("respondents"), book_of(study).asked
    by_area = people.groupby(people["territory"].astype("str"))
    counts = pd.DataFrame(
        {
            "n_received": by_area.size(),
            "n_partial": (~people["is_complete"]).groupby(people["territory"].astype("str")).sum(),
            "n_answered": by_area["is_answered"].sum(),
        }
    ).reindex(study.territories)
    counts = counts.fillna(0).astype("Int64")  # a territory without a submission has none
    table = counts.rename_axis("area").reset_index()
    table["n_asked"] = table["area"].map(asked).astype("Int64")
    table["n_silent"] = table["n_received"] - table["n_answered"]
    table["share"] = (table["n_answered"] / table["n_asked"]).astype(float)
    if disclosure.level(study) == "strict":  # how a submission was made is said of nobody
        return table.drop(columns=["n_received", "n_partial", "n_silent"])
    return table


@once
def interests(study: Dataset, base: Base = "respondents") -> pd.DataFrame:
    """
    What each side wants: one row per (territory, domain), in the study's and canonical order.

    Columns area, domain, n (chose it), base, n_unknown, share, low, high (Wilson), low_exact,
    high_exact (Clopper-Pearson), low_finite, high_finite (of all organisations asked, where the
    codebook says how many).  With `base="mentions"` the base is all choices of a side together;
    mentions of one respondent hang together, so those intervals are missing unless nobody chose
    more than one.  The numbers of a cell that is held back (is_held_back, `survey.disclosure`) are
    missing, and so are all numbers of mentions under `strict`.
    """
    parts = [_counted(study, area, base) for area in study.territories]
    table = pd.concat(parts, ignore_index=True)
    wilson = estimate.share(table["n"], table["base"])
    exactly = estimate.share(table["n"], table["base"], method="clopper_pearson")
    asked = table["area"].map(book_of(study).asked).astype(float)
    finite = estimate.finite_share(table["n"], table["base"], asked)
    ends = {"exact": exactly, "finite": finite}
    table = table.join(wilson)
    for name, interval in ends.items():
        table[f"low_{name}"], table[f"high_{name}"] = interval["low"], interval["high"]
    if base == "mentions" and not is_single(study):
        table.loc[:, table.columns.str.contains("^(?:low|high)")] = np.nan
    bases = table.groupby("area")["base"].first()  # of mentions, none of which tells who answered
    answered = answered_by(study) if base == "respondents" else bases
    table = disclosure.without_few(table, study, answered, is_single=is_single(study))
    if base == "mentions" and disclosure.level(study) == "strict":  # their sum gives cells back
        return table.assign(
            **{str(column): np.nan for column in table if column not in {"area", "domain"}}
        ).assign(is_held_back=True)
    return table


def answered_by(study: Dataset) -> "pd.Series[int]":
    """How many answered the question, by territory."""
    people = study.table("respondents")
    by_area = people.groupby(people["territory"].astype("str"))["is_answered"].sum()
    return by_area.reindex(study.territories, fill_value=0).astype(int)


def _counted(study: Dataset, area: str, base: Base) -> pd.DataFrame:
    """One row per domain of one territory: n, base, n_unknown."""
    own = flags(study, area)
    chosen = own.eq(other=True).sum().astype(int)
    known = own.notna().sum().astype(int)
    whole = known if base == "respondents" else pd.Series(int(chosen.sum()), index=chosen.index)
    return pd.DataFrame(
        {"area": area, "domain": own.columns, "n": chosen.to_numpy(), "base": whole.to_numpy(),
         "n_unknown": (len(own) - known).to_numpy()}
    )  # fmt: skip


def holds_back(study: Dataset) -> bool:
    """Whether a total of some territory is not published."""
    return bool(interests(study)["is_held_back"].any())


def is_single(study: Dataset) -> bool:
    """
    Whether nobody chose more than one domain.

    Unless the survey is public, whether one was asked for: what single respondents did is held
    back (`survey.disclosure`).
    """
    if disclosure.is_public(study):
        return bool((study.table("respondents")["n_chosen"] <= 1).all())
    return book_of(study).choice == "single"
