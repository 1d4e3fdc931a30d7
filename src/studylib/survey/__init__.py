"""
What a survey says: who answered, what each side wants, whether the sides differ.

Every function takes an opened study and returns a finished table; nothing is rounded here.  A
respondent who left the question blank is item non-response: counted, and in no base.
"""

import zlib
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from studylib.errors import UsageError
from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import estimate, exact, power, profiles
from studylib.survey import codebook, disclosure
from studylib.survey.codebook import DOMAINS, Codebook

Base = Literal["respondents", "mentions"]
ALL = ""  # in place of a pair: all territories together


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
    return disclosure.published_notes(table, study)


def free_texts(study: Dataset) -> pd.DataFrame:
    """
    What respondents wrote, one row per text (column, text); carried along, never interpreted.

    Unless they agreed to be quoted (`survey.disclosure`), only how many texts there are: n.
    """
    texts = study.table("survey_texts").sort_values(["text", "column"], ignore_index=True)
    return disclosure.published_texts(texts.drop(columns="respondent_id"), study)


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
    answered = _answered(study) if base == "respondents" else bases
    table = disclosure.without_few(table, study, answered, adds_up=_is_one_each(study))
    if base == "mentions" and disclosure.level(study) == "strict":  # their sum gives cells back
        return table.assign(
            **{str(column): np.nan for column in table if column not in {"area", "domain"}}
        ).assign(is_held_back=True)
    return table


def _answered(study: Dataset) -> "pd.Series[int]":
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
        return _is_one_each(study)
    return book_of(study).choice == "single"


def _is_one_each(study: Dataset) -> bool:
    """Whether no respondent chose more than one domain."""
    return bool((study.table("respondents")["n_chosen"] <= 1).all())


def hangs_on_rows(study: Dataset) -> bool:
    """Whether a test of whole profiles would tell more than the totals, and may not."""
    return not disclosure.is_public(study) and not is_single(study)


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
    """Respondents of a territory with every domain known, in no order of theirs."""
    own = flags(study, area).dropna().astype(int)
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
