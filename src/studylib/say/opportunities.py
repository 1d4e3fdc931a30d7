"""Sentences of the page of ideas: which no other one beats, and what could not be tested."""

import pandas as pd

from studylib.language.chances import in_whole_percent
from studylib.language.counted import ideas as ideas_in_words
from studylib.language.counted import links, organisations
from studylib.language.words import _, listing, ngettext, number, share_words, years
from studylib.network import Network
from studylib.network import labels as names
from studylib.opportunities import evidence, ranking
from studylib.opportunities.backtest import FEWEST, Backtest
from studylib.opportunities.cards import is_nearer
from studylib.opportunities.evidence import real_kinds
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose
from studylib.show.common import is_made_up
from studylib.show.provenance import in_part

NAMED = 4


def headline(study: Dataset, network: Network, ideas: pd.DataFrame) -> Prose:
    """The ideas that no other one beats, how sure the first place is, and what that rests on."""
    if ideas.empty:
        return prose(
            _(
                "No theme has organisations on two sides, so there is no idea for a joint project: "
                "the list of organisations is where to begin."
            ),
            kind="headline",
        )
    front = ideas[ideas["front"] == 1]
    best = ideas.sort_values("in_first", ascending=False, kind="stable").iloc[0]
    named = [_name(network, key) for key in front["theme_id"].head(NAMED)]
    more = len(front) - NAMED
    if more > 0:
        named.append(_("{n} more", n=number(more)))
    return prose(
        ngettext(
            "Of {ideas}, {n} is beaten by no other: {named}.",
            "Of {ideas}, {n} are beaten by no other: {named}.",
            len(front),
            ideas=ideas_in_words(len(ideas)),
            named=_("; ").join(named),
        ),
        " ".join(
            [
                _(
                    "First in {share} of all ways of weighing the evidence: {idea}.",
                    idea=_name(network, best["theme_id"]),
                    share=in_whole_percent(best["in_first"]),
                ),
                *_without_made_up(study, ideas, str(best["theme_id"])),
                _("That orders reasons to talk; no organisation has been asked to take part."),
            ]
        ),
        _rests_on(study, network),
        kind="headline",
        made_up=in_part(study),
    )


def _rests_on(study: Dataset, network: Network) -> str:
    """What is weighed: the list, patents, published figures."""
    return (
        _(
            "What is weighed rests on {organisations} of the list, on made-up patents of {years} "
            "and on published figures."
        )
        if is_made_up(study)
        else _(
            "What is weighed rests on {organisations} of the list, on patents of {years} and on "
            "published figures."
        )
    ).format(
        organisations=organisations(int(network.n.sum())),
        years=years(study.first_year, study.last_year),
    )


def _without_made_up(study: Dataset, ideas: pd.DataFrame, best: str) -> list[str]:
    """How often the first idea would be first by the kinds of evidence that were not made up."""
    kinds = real_kinds(study)
    if len(kinds) in (0, len(evidence.KINDS)):
        return []
    again = ranking.ranked(ideas[["theme_id", *kinds]], kinds, seed=study.definition.seed)
    share = float(again.loc[again["theme_id"] == best, "in_first"].iloc[0])
    return [
        _(
            "Without the kinds that were counted on made-up data it is first in {share}.",
            share=in_whole_percent(share),
        )
    ]


def _name(network: Network, key: str) -> str:
    """A theme in words."""
    rows = network.themes[network.themes["theme_id"] == key]
    return names.theme(network.sectors, rows.iloc[0])


def unrelated(network: Network, ideas: pd.DataFrame) -> Prose:
    """Ideas across sectors that lie no nearer than by chance, which is no reason against them."""
    across = ideas[ideas["relatedness"].notna()]
    far = across[~across["relatedness"].map(is_nearer)]
    untold = ideas[(ideas["axis"] == "cross_sector") & ideas["relatedness"].isna()]
    if across.empty and untold.empty:
        return prose(_("No idea joins two sectors."))
    return prose(
        _(
            "Across sectors whose classes are held together no more often than the mean of chance "
            "(not tested): {named}. That is no reason against them; the list keeps them.",
            named=listing(_name(network, key) for key in far["theme_id"]),
        )
        if len(far)
        else None,
        _(
            "Whether the sectors lie near cannot be told for {named}: one of the two is told by no whole class of the IPC.",
            named=listing(_name(network, key) for key in untold["theme_id"]),
        )
        if len(untold)
        else None,
        _nearer(len(across) - len(far), is_all=len(far) + len(untold) == 0),
    )


def _nearer(n: int, *, is_all: bool) -> str | None:
    """That some ideas across sectors join sectors that lie near."""
    if not n:
        return None
    if is_all:
        return ngettext(
            "The idea across sectors joins sectors that lie nearer than "
            "the mean of chance; that is not tested.",
            "All {n} ideas across sectors join sectors that lie nearer than "
            "the mean of chance; that is not tested.",
            n,
        )
    return ngettext(
        "The other idea across sectors joins sectors that lie nearer than "
        "the mean of chance; that is not tested.",
        "The other {n} ideas across sectors join sectors that lie nearer than "
        "the mean of chance; that is not tested.",
        n,
    )


def backtest(found: Backtest) -> Prose:
    """Whether technology foretold joint patents; or that it could not have been tested."""
    if found.table.empty:
        return prose(
            _(
                "Whether ideas of this kind come true more often than others could not be tested: of "
                "applicants that had filed by {year}, {links} appeared afterwards, and at least {n} "
                "are needed.",
                links=links(found.n_links),
                year=str(found.year),
                n=number(FEWEST),
            )
        )
    rows = found.table.set_index("ranking")
    said = {
        name: share_words(
            row["hits"], row["n"], row["low"], row["high"]
        )
        for name, row in rows.iterrows()
    }  # fmt: skip
    return prose(
        _(
            "{links} between known applicants appeared after {year}. As many first pairs by shared "
            "technology hold {technology}; by how much each side files alone, {size}.",
            links=links(found.n_links),
            year=str(found.year),
            technology=said["technology"],
            size=said["size"],
        ),
        _(
            "Both rankings choose among the same pairs, and no test here holds one against the "
            "other: whether technology foretells more than size is not shown."
        ),
    )
