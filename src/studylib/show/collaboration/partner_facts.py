"""What the card of a pair says: why, how sure, what is missing; ids in, sentences out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from studylib.language.given import in_sentence
from studylib.language.words import _, listing, number
from studylib.network import Network, sector_patents
from studylib.network import labels as names
from studylib.patents.dataset import Dataset
from studylib.report.labels import DOMAIN, label
from studylib.show.collaboration.meeting import meeting
from studylib.show.provenance import marked

PAIR = 2  # territories whose names can stand once, in the head of a column
MOST_KETS, MOST_MEETINGS = 4, 2  # KETs, and pairs of sectors with their patents, in a card


class Facts:
    """What cards say: names, patents per sector and side, KETs per sector and side."""

    def __init__(
        self, study: Dataset, network: Network, patents: pd.Series, kets: pd.Series
    ) -> None:
        self.study, self.network, self.patents, self.kets = study, network, patents, kets
        rows = network.organisations
        self.row = {row["cluster_id"]: row for _place, row in rows.iterrows()}
        self.sectors = network.sectors
        self.name = {key: names.organisation(self.sectors, row) for key, row in self.row.items()}
        themes = network.themes.astype("object").set_index("theme_id", drop=False)
        self.themes = {str(key): row for key, row in themes.iterrows()}

    @classmethod
    def of(cls, study: Dataset, network: Network) -> "Facts":
        """The facts of a study."""
        counted = sector_patents.by_sector(study).set_index(["sector", "area"])["n"]
        kets = sector_patents.ket_counts(study).set_index(["sector", "ket", "area"])["n"]
        return cls(study, network, counted, kets)

    def named(self, ranked: pd.DataFrame) -> pd.DataFrame:
        """Ranked partners with the names and territories of both ends."""
        territory = {key: str(row["territory"]) for key, row in self.row.items()}
        one, other = (ranked[c].astype("object") for c in ("cluster_id", "partner_id"))
        return ranked.assign(
            name=one.map(self.name).astype("str"),
            partner=other.map(self.name).astype("str"),
            territory=one.map(territory),
            partner_territory=other.map(territory),
        )

    def sectors_of(self, key: str) -> list[str]:
        """The sectors of an organisation as named on the page."""
        return [self.sectors.name(sector) for sector in str(self.row[key]["sectors"]).split(";")]

    def kets_of(self, key: str) -> list[str]:
        """The KETs in which the territory of an organisation has patents, in its sectors."""
        row = self.row[key]
        sectors, area = str(row["sectors"]).split(";"), str(row["territory"])
        found = [
            ket
            for ket in self.study.scheme.kets
            if any(self.kets.get((sector, ket, area), 0) > 0 for sector in sectors)
        ]
        return [self.study.ket_name(ket) for ket in found]

    def ground(self, row: Mapping[Any, Any]) -> str:
        """The strongest thing that joins a pair, with its name."""
        word = names.ground(row["basis"], set(self.origins(row).values()))
        return _("{ground}: {what}", ground=word, what=self.what(row))

    def origins(self, row: Mapping[Any, Any]) -> dict[str, str]:
        """Where the themes come from that join a pair first, by their names."""
        return {self._theme(key): self.themes[key]["origin"] for key in self.named_themes(row)[0]}

    def what(self, row: Mapping[Any, Any]) -> str:
        """The name of the strongest thing that joins a pair: sectors, themes or symbols."""
        if row["basis"] == "shared sector":
            return names.sectors(self.sectors, row["sectors"])
        if row["basis"] == "shared technology":
            keys = [] if pd.isna(row["technologies"]) else row["technologies"].split(";")
            if not keys:
                return self._kets_stated(row)
            held = [key for key in keys if not _holds_another(key, keys)]
            return _("IPC {symbols} (by our rules)", symbols=listing(held))
        return listing(map(self._theme, self.named_themes(row)[0]))

    def named_themes(self, row: Mapping[Any, Any]) -> tuple[list[str], list[str]]:
        """Themes across sectors of a pair: the published ones, or all without one; the others."""
        keys = [] if pd.isna(row["themes"]) else row["themes"].split(";")
        published = [key for key in keys if self.themes[key]["origin"] == "published"]
        first = published or keys
        return first, [key for key in keys if key not in first]

    def _theme(self, key: str) -> str:
        """The name of a theme."""
        return names.theme(self.sectors, self.themes[key])

    def _kets_stated(self, row: Mapping[Any, Any]) -> str:
        """KETs that both ends of a pair state."""
        keys = [] if pd.isna(row["kets"]) else row["kets"].split(";")
        return listing(map(self.study.ket_name, keys))

    def why(self, row: Mapping[Any, Any]) -> list[str]:
        """Everything that joins a pair, and the patents and KETs of both sides in it."""
        parts = [self.ground(row)]
        first, others = self.named_themes(row)
        further = others if "theme" in row["basis"] else first + others
        if further:
            named = listing(map(self._theme, further))
            parts.append(_("themes across sectors: {themes}", themes=named))
        if not pd.isna(row["kets"]):
            parts.append(_("both state: {kets}", kets=self._kets_stated(row)))
        if not pd.isna(row["interests"]):
            wanted = listing(label(DOMAIN, key) for key in row["interests"].split(";"))
            parts.append(_("both want, as the list says: {domains}", domains=wanted))
        return [*parts, *self._evidence(row)]

    def _evidence(self, row: Mapping[Any, Any]) -> list[str]:
        """Patents of either territory in the sectors that meet, and KETs met on both sides."""
        here, there = self._sides(row)
        none = _("not counted")
        parts = []
        for mine, theirs in meeting(self, row)[:MOST_MEETINGS]:
            n, m = self._n(mine, here), self._n(theirs, there)
            if n is m is None:
                continue
            parts.append(
                _(
                    "patents of {mine} in {here}: {n}; of {theirs} in {there}: {m}",
                    mine=self.sectors.name(mine), theirs=self.sectors.name(theirs),
                    here=self.study.area_name(here), there=self.study.area_name(there),
                    n=_counted(n, none), m=_counted(m, none),
                )
            )  # fmt: skip
            if shared := self._kets(mine, here, theirs, there):
                parts.append(
                    _(
                        "among them, with a KET ({here} | {there}): {kets}",
                        kets=shared,
                        here=self.study.area_name(here),
                        there=self.study.area_name(there),
                    )
                )
        return [marked(self.study, part, "patents") for part in parts]

    def _sides(self, row: Mapping[Any, Any]) -> tuple[str, str]:
        """Territories of the organisation and of its partner."""
        ends = (row["cluster_id"], row["partner_id"])
        return str(self.row[ends[0]]["territory"]), str(self.row[ends[1]]["territory"])

    def patents_of(self, row: Mapping[Any, Any]) -> str:
        """Patents of both territories in the first sectors that meet, first territory first."""
        here, there = self._sides(row)
        for mine, theirs in meeting(self, row):
            counts = [(here, self._n(mine, here)), (there, self._n(theirs, there))]
            counts.sort(key=lambda pair: self.study.territories.index(pair[0]))
            is_named = len(self.study.territories) > PAIR  # two numbers of three territories
            return " | ".join(
                f"{self.study.area_name(area)} {_counted(n)}" if is_named else _counted(n)
                for area, n in counts
            )
        return "–"

    def _n(self, sector: str, area: str) -> float | None:
        """Families of a territory of a sector; None where no symbol tells them."""
        if not self.sectors.technologies_of({sector}):
            return None
        return float(self.patents.get((sector, area), 0.0))

    def _kets(self, mine: str, here: str, theirs: str, there: str) -> str:
        """KETs with patents on both sides, most first, with the number of each side."""
        found = []
        for key in self.study.scheme.kets:
            n = (self.kets.get((mine, key, here), 0.0), self.kets.get((theirs, key, there), 0.0))
            if min(n) > 0:
                found.append((-min(n), key, n))
        return listing(
            f"{in_sentence(self.study.ket_name(key))} {number(n[0])} | {number(n[1])}"
            for _least, key, n in sorted(found)[:MOST_KETS]
        ) if found else ""  # fmt: skip


def _holds_another(symbol: str, symbols: list[str]) -> bool:
    """
    Whether a symbol is the place of a narrower one that is named as well.

    >>> _holds_another("B63", ["B63", "B63B 32"]), _holds_another("B63B 32", ["B63", "B63B 32"])
    (True, False)
    """
    return any(other != symbol and other.startswith(symbol) for other in symbols)


def _counted(n: float | None, none: str = "–") -> str:
    """A number of patents, or what stands where none can be counted."""
    return none if n is None else number(n)
