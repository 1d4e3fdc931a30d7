"""
Ranked partners on the page: tables by several orders and filters, and a card per organisation.

No script is needed: every order and filter is a table of its own, folded until it is wanted.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from studylib import collaboration_labels as names
from studylib import network as net
from studylib import sector_patents
from studylib.dataset import Dataset
from studylib.labels import KET, field, label
from studylib.network import Network
from studylib.report.files import FILES, csv_text
from studylib.report.table import Table, table
from studylib.show.common import source
from studylib.words import _, is_missing, listing, ngettext, number

MOST_CARDS = 120  # organisations with a card of their own; the file has all
CLOSEST = 15  # pairs shown before anything is unfolded
MOST_KETS = 4  # named in a card; the number of the others is said


@dataclass(frozen=True)
class Cards:
    """Folded tables under one title."""

    title: str
    first: Table
    folded: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Heading, and what is folded under it: summary, safe HTML."""
    csv: str

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        return {
            "text/html": self._repr_html_(),
            "text/plain": self.title,
            FILES: {"tables/partners.csv": self.csv},
        }

    def _repr_html_(self) -> str:
        parts = [self.first._repr_html_()]  # noqa: SLF001 (a table inside a larger output)
        for heading, blocks in self.folded:
            parts.append(f"<h3>{html.escape(heading)}</h3>")
            parts += [
                f'<details class="more"><summary>{html.escape(summary)}</summary>{body}</details>'
                for summary, body in blocks
            ]
        return "".join(parts)


def partners(study: Dataset, network: Network, ranked: pd.DataFrame) -> Cards:
    """For each organisation its nearest partners, by several orders, and its evidence card."""
    facts = Facts.of(study, network)
    shown = facts.written(ranked)
    once = _pairs(network, shown)
    folded = [(_("Other orders and filters"), tuple(_views(study, network, once)))]
    if 0 < shown["cluster_id"].nunique() <= MOST_CARDS:
        for area in study.territories:
            own = shown[shown["territory"] == area]
            if len(own):
                heading = _("{area}: a card for each organisation", area=study.area_name(area))
                folded.append((heading, tuple(_cards(own))))
    return Cards(
        _("Partners across the border"),
        _table(study, once, most=CLOSEST, title=_("The closest pairs across the border")),
        tuple(folded),
        csv_text(ranked),
    )


def _pairs(network: Network, shown: pd.DataFrame) -> pd.DataFrame:
    """Every pair once, the organisation of the first territory first, nearest first."""
    side = dict(zip(network.organisations["cluster_id"], network.side, strict=True))
    is_first = shown["cluster_id"].map(side) < shown["partner_id"].map(side)
    forward, back = shown[is_first], shown[~is_first]
    swapped = back.rename(
        columns={
            "cluster_id": "partner_id", "partner_id": "cluster_id", "name": "partner",
            "partner": "name", "territory": "partner_territory", "partner_territory": "territory",
        }
    )  # fmt: skip
    pairs = pd.concat([forward, swapped], ignore_index=True)
    pairs = pairs.drop_duplicates(["cluster_id", "partner_id"])
    return pairs.sort_values(
        ["proximity", "n_shared", "name", "partner"], ascending=[False, False, True, True],
        kind="stable", ignore_index=True,
    )  # fmt: skip


def _views(study: Dataset, network: Network, once: pd.DataFrame) -> list[tuple[str, str]]:
    """The pairs by name of either side, and filtered by what they stand on."""
    del network
    if once.empty:
        return []
    views = []
    for column, territory in (("name", "territory"), ("partner", "partner_territory")):
        areas = [a for a in study.territories if a in set(once[territory])]
        ordered = once.sort_values([column, "proximity"], ascending=[True, False], kind="stable")
        views.append((_("By organisation of {areas}", areas=_areas(study, areas)), ordered))
    for basis in once["basis"].astype("object").drop_duplicates().sort_values():
        own = once[once["basis"] == basis]
        text = ngettext(
            "Only: {basis} ({n} pair)", "Only: {basis} ({n} pairs)", len(own),
            basis=label(names.BASIS, basis),
        )  # fmt: skip
        views.append((text, own))
    return [
        (text, _table(study, frame, most=200, title=text)._repr_html_())  # noqa: SLF001
        for text, frame in views
    ]


def _areas(study: Dataset, areas: list[str]) -> str:
    return listing(study.area_name(area) for area in areas)


def _table(study: Dataset, pairs: pd.DataFrame, *, most: int, title: str) -> Table:
    return table(
        pairs[["name", "partner", "proximity", "basis_name", "why"]],
        title=title,
        measure=_("Proximity orders reasons to talk, 0 to 1; it is no probability of cooperation"),
        columns={
            "name": _("Organisation"), "partner": _("Partner"), "proximity": _("Proximity"),
            "basis_name": _("Ground"), "why": _("Why"),
        },
        source=source(study, "clusters"),
        most=most,
    )  # fmt: skip


def _cards(own: pd.DataFrame) -> list[tuple[str, str]]:
    """One folded card per organisation: its partners in order."""
    cards = []
    ordered = own.assign(folded=own["name"].str.casefold())
    for _key, part in ordered.sort_values(["folded", "rank"], kind="stable").groupby(
        ["folded", "cluster_id"], sort=False
    ):
        rows = "".join(_card_row(row) for row in part.to_dict("records"))
        summary = ngettext(
            "{name}: {n} partner", "{name}: {n} partners", len(part), name=part["name"].iloc[0]
        )
        cards.append((summary, f"<ol>{rows}</ol>"))
    return cards


def _card_row(row: Mapping[Any, Any]) -> str:
    """One partner: why, how sure, what is missing."""
    lines = [
        (_("Why"), row["why"]), (_("How sure"), row["sure"]), (_("What is missing"), row["lacks"]),
    ]  # fmt: skip
    listed = "".join(
        f"<li><strong>{html.escape(head)}</strong>: {html.escape(text)}</li>"
        for head, text in lines
        if text
    )
    return f"<li>{html.escape(row['partner'])}<ul>{listed}</ul></li>"


class Facts:
    """What cards say: names, patents per sector and side, KETs per sector and side."""

    def __init__(
        self, study: Dataset, network: Network, patents: pd.Series, kets: pd.Series
    ) -> None:
        self.study, self.network, self.patents, self.kets = study, network, patents, kets
        rows = network.organisations
        self.row = {row["cluster_id"]: row for _place, row in rows.iterrows()}
        self.name = {key: names.organisation(row) for key, row in self.row.items()}
        self.themes = network.themes.astype("object").set_index("theme_id")

    @classmethod
    def of(cls, study: Dataset, network: Network) -> "Facts":
        """The facts of a study."""
        counted = sector_patents.by_sector(study).set_index(["sector", "area"])["n"]
        kets = sector_patents.ket_counts(study).set_index(["sector", "ket", "area"])["n"]
        return cls(study, network, counted, kets)

    def written(self, ranked: pd.DataFrame) -> pd.DataFrame:
        """Ranked partners with names, territories, and the lines of the card."""
        rows = ranked.astype("object").to_dict("records")
        territory = {key: str(row["territory"]) for key, row in self.row.items()}
        return ranked.assign(
            name=[self.name[row["cluster_id"]] for row in rows],
            partner=[self.name[row["partner_id"]] for row in rows],
            territory=[territory[row["cluster_id"]] for row in rows],
            partner_territory=[territory[row["partner_id"]] for row in rows],
            basis_name=[label(names.BASIS, row["basis"]) for row in rows],
            why=[self.why(row) for row in rows],
            sure=[self.sure(row) for row in rows],
            lacks=[self.lacks(row) for row in rows],
        )

    def why(self, row: Mapping[Any, Any]) -> str:
        """Shared sectors, themes, KETs, interests; fields; patents and KETs per side."""
        parts = []
        if not pd.isna(row["sectors"]):
            parts.append(_("both in {sectors}", sectors=names.sectors(row["sectors"])))
        if not pd.isna(row["themes"]):
            named = [names.theme(self.themes.loc[key]) for key in row["themes"].split(";")]
            parts.append(_("theme {themes}", themes=listing(named)))
        if not pd.isna(row["kets"]):
            kets = listing(label(KET, key) for key in row["kets"].split(";"))
            parts.append(_("both state {kets}", kets=kets))
        if row["basis"] == "shared technology" and not pd.isna(row["fields"]):
            fields = listing(field(int(key)) for key in row["fields"].split(";"))
            parts.append(_("their sectors share the field {fields}", fields=fields))
        return "; ".join([*parts, *self._patents(row)])

    def _patents(self, row: Mapping[Any, Any]) -> list[str]:
        """Patents of either territory in the sectors that meet, and KETs met on both sides."""
        one, other = self.row[row["cluster_id"]], self.row[row["partner_id"]]
        here, there = str(one["territory"]), str(other["territory"])
        parts = []
        for mine, theirs in self.meeting(row)[:2]:
            n = [self._n(mine, here), self._n(theirs, there)]
            if None in n:
                continue
            parts.append(
                _(
                    "patents of the territories in these fields: {here} {n}, {there} {m}",
                    here=self.study.area_name(here), there=self.study.area_name(there),
                    n=number(n[0]), m=number(n[1]),
                )
            )  # fmt: skip
            if shared := self._kets(mine, here, theirs, there):
                parts.append(_("KETs in them: {kets}", kets=shared))
        return parts

    def _n(self, sector: str, area: str) -> float | None:
        """Families of a territory in the fields of a sector; None where it has no field."""
        if not net.fields_of({sector}):
            return None
        return float(self.patents.get((sector, area), 0.0))

    def _kets(self, mine: str, here: str, theirs: str, there: str) -> str:
        """KETs with patents on both sides, most first, with the number of each side."""
        found = []
        for key in KET:
            n = (self.kets.get((mine, key, here), 0.0), self.kets.get((theirs, key, there), 0.0))
            if min(n) > 0:
                found.append((-min(n), key, n))
        return listing(
            f"{label(KET, key).lower()} {number(n[0])}|{number(n[1])}"
            for _least, key, n in sorted(found)[:MOST_KETS]
        ) if found else ""  # fmt: skip

    def meeting(self, row: Mapping[Any, Any]) -> list[tuple[str, str]]:
        """The pairs of sectors that meet: own sector, partner's sector."""
        if not pd.isna(row["sectors"]):
            return [(key, key) for key in row["sectors"].split(";")]
        mine = set(str(self.row[row["cluster_id"]]["sectors"]).split(";"))
        theirs = set(str(self.row[row["partner_id"]]["sectors"]).split(";"))
        if not pd.isna(row["themes"]):
            found = []
            for key in row["themes"].split(";"):
                one, other = self.themes.loc[key, ["sector", "other_sector"]]
                found += [
                    p for p in ((one, other), (other, one)) if p[0] in mine and p[1] in theirs
                ]
            return found
        return [
            (one, other)
            for one in sorted(mine)
            for other in sorted(theirs)
            if net.fields_of({one}) & net.fields_of({other})
        ]

    def sure(self, row: Mapping[Any, Any]) -> str:
        """The rank with its interval, and the chance of sharing as much."""
        rank = _(
            "rank {rank}, between {low} and {high} in 95% of the draws",
            rank=number(row["rank"]), low=number(row["low"]), high=number(row["high"]),
        )  # fmt: skip
        if not row["n_shared"] or is_missing(row["p"]):
            return rank
        chance = _("shared by chance alone with p = {p}", p=number(row["p"], 2))
        return f"{rank}; {chance}"

    def lacks(self, row: Mapping[Any, Any]) -> str:
        """What is not known of the pair."""
        texts = {
            "no_patents": _("patents, for services do not patent"),
            "no_kets": _("the KETs of at least one of them"),
            "no_interests": _("what they want: answers to the survey are anonymous"),
            "recalled": _("a public page for at least one of them"),
        }
        codes = str(row["missing"]).split(";")
        return "; ".join(texts[code] for code in codes if code in texts)
