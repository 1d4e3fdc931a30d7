"""
Ranked partners on the page: one table to choose rows from, and a card per organisation.

    pairs --from both sides--> rows by side and ground (no script), by sector and technology
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from studylib.files.attached import FILES, as_text
from studylib.files.csv_out import csv_text
from studylib.files.template import fill
from studylib.files.xlsx_out import xlsx
from studylib.language.words import _
from studylib.network import Network
from studylib.network import labels as names
from studylib.network.call_order import reluctance
from studylib.patents.dataset import Dataset
from studylib.report.labels import label
from studylib.report.prose import BRIEF
from studylib.report.table import SEVERAL, WHOLE, Pick, Table, table
from studylib.show.collaboration.call_list import call_list, columns, first_calls
from studylib.show.collaboration.cards import Folds, cards_by_id, organisation_cards
from studylib.show.collaboration.partner_facts import PAIR, Facts
from studylib.show.common import marked, source, territory_names, with_mark

ROLES = ("clusters", "patents", "sectors", "themes", "ket")
"""What a card is made of."""
CLOSEST = 15  # pairs shown before anything is unfolded


SWAPPED = {
    "cluster_id": "partner_id", "partner_id": "cluster_id", "name": "partner", "partner": "name",
    "territory": "partner_territory", "partner_territory": "territory",
}  # fmt: skip
"""A pair as seen from its other end."""


@dataclass(frozen=True)
class Cards:
    """A table, and folded tables and cards under headings."""

    title: str
    first: Table
    sections: Mapping[str, Folds]
    csv: str
    calls: bytes
    """The call list as a spreadsheet."""
    first_calls: tuple[Mapping[str, Any], ...] = ()
    """The first calls to make, for the front page."""

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        return {
            "text/html": self._repr_html_(),
            "text/plain": self.title,
            BRIEF: {"calls": list(self.first_calls)},
            FILES: {"tables/partners.csv": self.csv, "tables/partners.xlsx": as_text(self.calls)},
        }

    def _repr_html_(self) -> str:
        return fill("show/template/cards.html.j2", first=self.first, sections=self.sections)


def partners(study: Dataset, network: Network, ranked: pd.DataFrame) -> Cards:
    """For each organisation its nearest partners, by several orders, and its evidence card."""
    facts = Facts.of(study, network)
    shown = facts.named(ranked)
    once = _pairs(network, shown)
    sections = organisation_cards(study, facts, shown)
    return Cards(
        _("Partners across the border"),
        _table(
            facts,
            _from_both_sides(once),
            most=CLOSEST,
            title=_("The closest pairs across the border"),
            csv_name="partners",
        ),
        sections,
        csv_text(ranked),
        xlsx(
            call_list(facts, ranked),
            columns(),
            [
                _("Whom to call"),
                _("Proximity orders reasons to talk, 0 to 1; it is no probability of cooperation"),
                source(study, *ROLES),
            ],
            links=("website", "partner_website"),
        ),
        first_calls(facts, once, cards_by_id(facts) if sections else {}),
    )


def _pairs(network: Network, shown: pd.DataFrame) -> pd.DataFrame:
    """
    Every pair once, the organisation of the first territory first, nearest first.

    Of pairs that are equally near and share as much, those whose public pages were seen come
    first, then those with web pages, then those with the shorter way (`reluctance`).
    """
    side = dict(zip(network.organisations["cluster_id"], network.side, strict=True))
    is_first = shown["cluster_id"].map(side) < shown["partner_id"].map(side)
    forward, back = shown[is_first], shown[~is_first]
    swapped = back.rename(columns=SWAPPED)
    pairs = pd.concat([forward, swapped], ignore_index=True)
    pairs = pairs.drop_duplicates(["cluster_id", "partner_id"])
    people = network.organisations
    place = {key: at for at, key in enumerate(people["cluster_id"])}
    ends = (pairs[end].map(place).to_numpy(dtype=int) for end in ("cluster_id", "partner_id"))
    pairs = pairs.assign(
        folded=pairs["name"].str.casefold(), reluctance=reluctance(people)[tuple(ends)]
    )
    return pairs.sort_values(
        ["proximity", "n_shared", "reluctance", "folded", "partner"],
        ascending=[False, False, True, True, True], kind="stable", ignore_index=True,
    ).drop(columns="reluctance")  # fmt: skip


def _from_both_sides(once: pd.DataFrame) -> pd.DataFrame:
    """Every pair as seen from either end, in the order of the pairs."""
    back = once.rename(columns=SWAPPED)
    both = pd.concat([once, back[once.columns]]).sort_index(kind="stable")
    return both.reset_index(drop=True)


def _table(
    facts: Facts, pairs: pd.DataFrame, *, most: int, title: str, csv_name: str = ""
) -> Table:
    """The pairs as a table; what joins them is written for the rows that are shown."""
    study = facts.study
    sides = " | ".join(territory_names(study))
    patents = (
        _("Patents of their sectors: {sides}", sides=sides)
        if len(study.territories) == PAIR
        else _("Patents of their sectors")
    )
    pairs = pairs.reset_index(drop=True)
    rows = pairs.head(WHOLE).astype("object").to_dict("records")
    pairs = pairs.assign(
        ground=pd.Series([facts.ground(row) for row in rows], dtype="str"),
        patents=pd.Series([facts.patents_of(row) for row in rows], dtype="str"),
        side=[study.area_name(area) for area in pairs["territory"]],
        kind=[label(names.BASIS, basis) for basis in pairs["basis"]],
        of_sectors=[SEVERAL.join(facts.sectors_of(key)) for key in pairs["cluster_id"]],
        of_kets=[SEVERAL.join(facts.kets_of(key)) for key in pairs["cluster_id"]],
    )
    picks = [
        Pick(_("For organisations of"), "side", first=True),
        Pick(_("Joined by"), "kind"),
        Pick(_("Sector"), "of_sectors"),
        Pick(_("Key enabling technology"), "of_kets"),
    ]
    shown = ["name", "partner", "ground", "patents", "proximity", *(p.column for p in picks)]
    return table(
        with_mark(study, pairs[shown], "patents"),
        title=title,
        measure=_("Proximity orders reasons to talk, 0 to 1; it is no probability of cooperation"),
        columns={
            "name": _("Organisation"), "partner": _("Partner"), "ground": _("What joins them"),
            "patents": marked(study, patents, "patents"),
            "proximity": _("Proximity"),
        },
        note=_(
            "Patents are those of the territories, not of the organisations, in the two sectors "
            "that meet first: in the sector they share, or of the first theme named. –: not "
            "counted, for services do not patent, or no rule knows the sector."
        ),
        source=source(study, *ROLES),
        most=most,
        csv_name=csv_name,
        picks=picks,
    )  # fmt: skip
