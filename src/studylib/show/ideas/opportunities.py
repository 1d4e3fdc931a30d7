"""The page of ideas for joint projects: the table, a card for each idea."""

from typing import Any

import pandas as pd

from studylib import figures
from studylib.figures.picture import Picture
from studylib.language import in_use
from studylib.language.chances import in_whole_percent
from studylib.language.spans import span
from studylib.language.words import _, is_missing, number, percent
from studylib.network import Network
from studylib.network import labels as names
from studylib.network.theme_sides import sectors_of
from studylib.opportunities.cards import Card
from studylib.patents.dataset import Dataset
from studylib.report.table import Table, table
from studylib.show import common
from studylib.show.absent import left_out_when_empty
from studylib.show.diversification.nearness import corpus_source
from studylib.show.diversification.specialisation import EUROSTAT
from studylib.show.ideas.idea_cards import Cards, card_of
from studylib.show.real_shares import real_shares


def idea_table(study: Dataset, network: Network, ideas: pd.DataFrame) -> Table:
    """Every idea with what speaks for it, kind by kind; no score."""
    counts = [f"n_{place}" for place in range(len(study.territories))]
    real = real_shares(study, [k for row in _themed(network, ideas) for k in sectors_of(row)])
    return table(
        ideas.assign(
            sides=[" | ".join(number(n) for n in row) for row in ideas[counts].to_numpy()],
            idea=[names.theme(network.sectors, row) for row in _themed(network, ideas)],
            best=[
                f"{in_whole_percent(share)} ({span(low, high, in_use())})"
                for share, low, high in ideas[["in_first", "low", "high"]].itertuples(index=False)
            ],
        ),
        title=_("Ideas for joint projects, and what speaks for each"),
        measure=_("One row for each theme that organisations of two territories could take up"),
        columns={
            "idea": _("Idea"),
            "sides": " | ".join(common.territory_names(study)),
            "patents": common.marked(study, _("Patents of each side, at least")),
            "joint_patents": common.marked(study, _("Joint patents")),
            "projects": _("Joint European projects"),
            "added": common.marked(study, _("Added by the neighbour")),
            **({"wanted": _("Wanted by")} if ideas["wanted"].notna().any() else {}),
            "front": _("Level"),
            "best": _("Comes first in (ranks)"),
        },
        formats={
            "sides": "figures", "patents": common.or_dash("count"), "joint_patents": common.or_dash("count"),
            "projects": common.or_dash("count"), "added": common.or_dash("number"), "front": "count",
            "wanted": lambda share: "–" if is_missing(share) else percent(share, 0),
            "best": "figures",
        },
        intervals={},
        note=_(
            "Level 1: no other idea has as much of everything and more of something. Level 2: none "
            "but ideas of level 1. Organisations count, as patents do, on the side with fewest of "
            "those that take part. Comes first in: the part of all ways of weighing the kinds of "
            "evidence in which the idea comes first; ranks: those it takes in 95% of them. Added by "
            "the neighbour: from 1 on it stands out. Joint projects: of all programmes that the rules "
            "give to its sectors. Across sectors what speaks for either is added up, so such an idea "
            "is never beaten by one of its sectors. Weights are drawn evenly and laid on the place of an "
            "idea in each kind. –: the data cannot give it, which in levels and ranks counts as the "
            "least."
        )
        + (f" {_wanted_note()}" if ideas["wanted"].notna().any() else "")
        + (f" {real}" if real else ""),
        source=common.sources_line(
            _evidence(study), common.of_register(EUROSTAT) if real else ""
        ),
        csv_name="ideas",
    )  # fmt: skip


def _wanted_note() -> str:
    """What the column of the survey holds, said where there is one."""
    return _(
        "Wanted by: part of the answers of the side that wants it least, where a survey asks for "
        "the theme."
    )


@left_out_when_empty
def idea_ranks(study: Dataset, network: Network, ideas: pd.DataFrame) -> Picture:
    """The places each idea takes over all ways of weighing the evidence."""
    named = ideas.assign(
        item=[names.theme(network.sectors, row) for row in _themed(network, ideas)], by=""
    )
    return figures.ranks(
        named.sort_values(["middle", "low", "high"], kind="stable"),
        rank="middle",
        title=_first_place(study, network, ideas),
        measure=_(
            "Rank of each idea, 1 the first: the middle of all ways of weighing, and 95% of them"
        ),
        alt=_("One row for each idea, one strip of ranks."),
        note=_(
            "All ways of weighing the kinds of evidence, drawn evenly; a long strip means that "
            "the rank hangs on who weighs."
        ),
        source=_evidence(study),
        name="idea_ranks",
    )


def _first_place(study: Dataset, network: Network, ideas: pd.DataFrame) -> str:
    """Which idea comes first most often, and in how many weighings; it says if patents are made up."""
    first = ideas.sort_values("in_first", ascending=False, kind="stable").head(1)
    name = names.theme(network.sectors, _themed(network, first)[0])
    share = first["in_first"].iloc[0]
    finding = (
        _("{idea} comes first by every weighing", idea=name)
        if share == 1
        else _(
            "{idea} comes first in {share} of all ways of weighing",
            idea=name,
            share=in_whole_percent(share),
        )
    )
    return common.headed(finding, common.in_part(study))


def idea_cards(study: Dataset, network: Network, cards: list[Card]) -> Cards:
    """A card for each idea: those no other idea beats open, the rest folded."""
    return Cards(tuple(card_of(study, network, card) for card in cards), cards)


def _evidence(study: Dataset) -> str:
    """Who the kinds of evidence are from."""
    return common.sources_line(
        common.source(study, "clusters"),
        common.source(study),
        common.of_register("cordis_fp7"),
        corpus_source(study),
    )


def _themed(network: Network, ideas: pd.DataFrame) -> list["pd.Series[Any]"]:
    """The theme of each idea, as the network knows it."""
    themes = {row["theme_id"]: row for _i, row in network.themes.iterrows()}
    return [themes[key] for key in ideas["theme_id"]]
