"""
A card for each organisation (and, in `theme_cards`, each theme): one link, one sheet of paper.

    the list, ranked partners  --organisation_cards-->  folded cards by heading

A card says what is known, what speaks against it, what is missing and of whom, and a first step.
Its address (`#card-hegan`) is the id of the list, the same in every language.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from studylib.files.template import fill
from studylib.language import given
from studylib.language.words import _, is_missing, listing, ngettext
from studylib.network import labels as names
from studylib.network.worked_before import worked_before
from studylib.patents.dataset import Dataset
from studylib.report.table import Table
from studylib.show.areas.joint_projects import RECORD
from studylib.show.collaboration.call_list import first_step
from studylib.show.collaboration.doubts import against, lacks, sure
from studylib.show.collaboration.partner_facts import Facts

MOST_CARDS = 120  # organisations with a card of their own; the file has all
WEB = re.compile(r"https?://\S+")
SHORT = 6  # letters of a checksum that tell two organisations apart
Fact = tuple[str, str, str]
"""What it is, what it says, and where it leads ("" for nowhere)."""
Partner = tuple[str, str, tuple[str, ...]]
"""A name, the address of its own card, and what is said of the two."""


@dataclass(frozen=True)
class Card:
    """What is known of an organisation or a theme, and its partners in order."""

    id: str
    name: str
    facts: tuple[Fact, ...]
    partners: tuple[Partner, ...] = ()

    @property
    def link(self) -> str:
        """What its own address is called; a browser prints a card alone that was opened by it."""
        return _("Link to this card")

    def __html__(self) -> str:
        return fill("show/template/card.html.j2", card=self)


Folds = list[tuple[str, Table | Card]]
"""What is folded under a heading: a summary, and what it unfolds."""


def organisation_cards(study: Dataset, facts: Facts, shown: pd.DataFrame) -> dict[str, Folds]:
    """Cards by territory, in the order of the study; none where there are too many."""
    rows = facts.network.organisations
    if not 0 < len(rows) <= MOST_CARDS:
        return {}
    partners = dict(tuple(shown.sort_values("rank", kind="stable").groupby("cluster_id")))
    worked = worked_before(study, facts.network)
    sections: dict[str, Folds] = {}
    for area in study.territories:
        own = rows[rows["territory"] == area]
        own = own.assign(folded=own["name"].astype("str").str.casefold())
        heading = _("{area}: a card for each organisation", area=study.area_name(area))
        folds: Folds = [
            _organisation(
                facts,
                row,
                partners.get(row["cluster_id"], shown[:0]),
                worked[worked["cluster_id"] == row["cluster_id"]],
            )
            for _place, row in own.sort_values(["folded", "cluster_id"]).iterrows()
        ]
        if folds:
            sections[heading] = folds
    return sections


def cards_by_id(facts: Facts) -> dict[str, str]:
    """The address of the card of each organisation, by its id on the list."""
    return {str(key): id_of(str(key)) for key in facts.row}


def _organisation(
    facts: Facts, row: "pd.Series[Any]", partners: pd.DataFrame, worked: pd.DataFrame
) -> tuple[str, Card]:
    """The card of an organisation under its name and the number of its partners."""
    key, study = str(row["cluster_id"]), facts.study
    website = _known(row.get("website"))
    told: list[Fact] = [
        (_("Territory"), study.area_name(str(row["territory"])), ""),
        (_("Seat"), _known(row.get("place")), ""),
        (_("Web page"), website, website if WEB.fullmatch(website) else ""),
        (_("Sectors"), names.sectors(facts.sectors, row["sectors"]), ""),
        *map(_worked, worked.to_dict("records")),
        (_("Rests on"), _rests_on(row), ""),
        (_("What is missing"), _missing(row), ""),
    ]
    if partners.empty:
        told.extend(_alone(facts, row))
    records = partners.astype("object").to_dict("records")
    card = Card(
        id_of(key),
        facts.name[key],
        tuple(fact for fact in told if fact[1]),
        tuple(_partner(facts, record) for record in records),
    )
    return _summary(facts.name[key], _known(row.get("place")), len(partners)), card


def _summary(name: str, place: str, n: int) -> str:
    """What a folded card is called: the name, where that is, how many partners; what is sought."""
    if place:
        name = _("{name}, {place}", name=name, place=place)
    return ngettext("{name}: {n} possible partner", "{name}: {n} possible partners", n, name=name)


def _worked(row: Mapping[Any, Any]) -> Fact:
    """A European project it was in with organisations across the border, and its public record."""
    said = _(
        "In European project {project} (FP7, 2007–2013; registered as “{name}”) with: {others}.",
        project=row["project"],
        name=row["fp7_name"],
        others=listing(row["others"]),
    )
    return _("Already worked across the border"), said, f"{RECORD}{row['project']}"


def _alone(facts: Facts, row: "pd.Series[Any]") -> list[Fact]:
    """What is said where nobody is found, and where to look: its sectors, on the other sides."""
    others = [area for area in facts.study.territories if area != row["territory"]]
    none = _("None is known: nothing on the list joins it to an organisation across the border.")
    told = [(_("Possible partner"), none, "")]
    if others:
        areas = listing(map(facts.study.area_name, others))
        what = names.sectors(facts.sectors, row["sectors"])
        look = _("Look for an organisation: {areas}, {what}.", areas=areas, what=what)
        told.append((_("First step"), look, ""))
    return told


def _rests_on(row: "pd.Series[Any]") -> str:
    """What the row of the list rests on, and how well that is known."""
    said = given.of_row(row, "source") if "source" in row else None
    known = names.evidence(row.get("evidence"))
    return known if is_missing(said) else f"{said} ({known})"


def _missing(row: "pd.Series[Any]") -> str:
    """What the list does not know of an organisation: to be asked of the organisation itself."""
    lacks = [
        word
        for column, word in (("place", _("its seat")), ("website", _("its web page")))
        if is_missing(row.get(column))
    ]
    return listing([*lacks, _("what it wants (to be asked of the organisation)")])


def _partner(facts: Facts, row: Mapping[Any, Any]) -> Partner:
    """One partner: why, how sure, what speaks against it, what is missing, the first step."""
    lines = [
        (_("Why"), " · ".join(facts.why(row))),
        (_("How sure"), sure(row)),
        (_("What speaks against it"), " ".join(against(facts, row))),
        (_("What is missing"), lacks(facts, row)),
        (_("First step"), first_step(facts, row)),
    ]
    said = (_("{ground}: {what}", ground=head, what=text) for head, text in lines if text)
    return row["partner"], f"#{id_of(str(row['partner_id']))}", tuple(said)


def id_of(key: str) -> str:
    """
    The address of a card, from an id of the list.

    What an address cannot hold is told by a checksum, so that two organisations have two.

    >>> id_of("hegan"), id_of("machine_tools")
    ('card-hegan', 'card-machine-tools')
    """
    words = re.findall(r"[a-z0-9]+", key.lower())
    if not words or not key.isascii():
        words.append(hashlib.sha256(key.encode()).hexdigest()[:SHORT])
    return "-".join(["card", *words])


def _known(value: object) -> str:
    """A text of the list; "" where it has none."""
    return "" if is_missing(value) else str(value)
