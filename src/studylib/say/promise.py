"""Sentences on what the respondents of a survey were promised, and what is held back for it."""

import pandas as pd

from studylib.language.counted import respondents
from studylib.language.words import _, listing, ngettext, number
from studylib.patents.dataset import Dataset
from studylib.survey import answered_by, disclosure


def promise(study: Dataset, shares: pd.DataFrame) -> list[str]:
    """What respondents were promised, and what is held back for it, with the rule."""
    level = disclosure.level(study)
    if disclosure.is_public(study):
        return []
    said = [
        _(
            "Respondents were promised that only totals per territory and domain are published: "
            "what they wrote in their own words, and what was typed in place of an answer, is "
            "held back."
        )
    ]
    if level == "strict" and _are_printed(study):
        said.append(
            _(
                "Published claims on this page print shares of a survey. Whoever believes that they "
                "are of these answers can compute totals from them, with or without this page, "
                "which does not say whether they are."
            )
        )
    few = _of_few(study)
    if few:
        said.append(_none_published(study, few))
    rest = shares[~shares["area"].isin(few) & shares["is_held_back"]]
    if rest.empty:
        return said
    if level == "strict":
        held = set(rest["area"])
        return [*said, _all_or_none(study, [a for a in study.territories if a in held])]
    told = {"all": number(len(shares)), "few": number(disclosure.FEWEST)}
    return [
        *said,
        ngettext(
            "{n} of {all} totals is held back too: its base would tell of fewer than {few} "
            "whose answer could not be read.",
            "{n} of {all} totals are held back too: their bases would tell of fewer than {few} "
            "whose answer could not be read.",
            len(rest),
            **told,
        ),
    ]


def _are_printed(study: Dataset) -> bool:
    """Whether a text that the study checks printed shares of a survey."""
    claims = study.table("claims")
    return bool(((claims["topic"] == "survey") & (claims["kind"] == "share")).any())


def _all_or_none(study: Dataset, areas: list[str]) -> str:
    """That the totals of a territory are told together or not at all, and of which they are not."""
    return _(
        "All totals of a territory are held back where one of them tells of fewer than "
        "{respondents}, of all but fewer than {few} or of everybody. So are those of {areas}.",
        areas=listing(map(study.area_name, areas)),
        respondents=respondents(disclosure.FEWEST),
        few=number(disclosure.FEWEST),
    )


def _of_few(study: Dataset) -> list[str]:
    """Territories of which nothing is told, because one or two answered there."""
    answered = answered_by(study)
    return [area for area in study.territories if 0 < answered[area] < disclosure.FEWEST]


def _none_published(study: Dataset, areas: list[str]) -> str:
    """That so few answered there that their totals would be their answers."""
    return _(
        "No total is published for {areas}: those who answered there are fewer than {few}.",
        areas=listing(map(study.area_name, areas)),
        few=number(disclosure.FEWEST),
    )
