"""
Networks that are read, not untangled: each meta-cluster by itself.

One side stands left, the other right, and only the links across the border are drawn: names and
lines never lie over each other, and hundreds of organisations stay lists of names.  Of three sides
and more the first stands left; links between two of the others are bows on the right.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from studylib.figures.axes import LINE, joined, n_lines, outside_layout, seen, width_of, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, marker
from studylib.language.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = 9.0
STEP = 0.168
MOST = 14  # names of one side of a community; more are counted
NAME_LINES = 4  # as in the tree: the longest name of an organisation on a phone


def meta_clusters(
    members: pd.DataFrame,
    links: pd.DataFrame,
    *,
    territories: Sequence[str],
    grounds: Mapping[str, str],
    more: str,
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Each community by itself: organisations of both sides and the links between them.

    Parameters
    ----------
    members
        One row per organisation: community (heading as written on the page, in order),
        cluster_id, label, territory.
    links
        One row per link across the border: cluster_id, other_id, kind, proximity; those between
        members of one community are drawn, full lines within a sector, dashed across, dotted
        where the two share symbols of technology alone.
    territories
        In the order of their colours; the first stands left.
    grounds
        How `same_sector`, `cross_sector` and `technology` are called on the page.
    more
        Written with `{n}` where a side has more names than are shown.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    places = {territory: i for i, territory in enumerate(territories)}
    columns = ["community", "cluster_id", "label", "territory"]
    members = members[columns].reset_index(drop=True)

    def draw(figure: "Figure", look: Look) -> None:
        """A legend, then the communities below each other."""
        blocks = [
            _Block(heading, part, links, places, look, more)
            for heading, part in members.groupby("community", sort=False)
        ]
        legend = _Legend(look, places, grounds)
        top = legend.height
        figure.set_figheight(top + sum(block.height for block in blocks))
        ax = figure.subplots()
        ax.set(xlim=(0, look.width), ylim=(top + sum(b.height for b in blocks), 0))
        ax.axis("off")
        legend.on(ax)
        y = top
        for block in blocks:
            block.on(ax, y)
            y += block.height
        outside_layout(ax)

    told = seen(
        (heading, [f"{row.label} ({row.territory})" for row in part.itertuples()])
        for heading, part in members.groupby("community", sort=False)
    )
    return Picture(draw, members, Caption(**caption), told)


class _Legend:
    """Markers of the territories and lines of the grounds, with their words, row by row."""

    def __init__(self, look: Look, places: Mapping[str, int], grounds: Mapping[str, str]) -> None:
        self.look = look
        width = 34 if look.narrow else 80
        rows = [("side", str(place), wrapped(name, width)) for name, place in places.items()]
        rows += [("line", kind, wrapped(text, width)) for kind, text in grounds.items()]
        self.marks: list[tuple[str, str, str, float, float]] = []
        x, y, step = 0.1, 0.12, 0.0
        for i, (what, value, text) in enumerate(rows):
            mark = 0.14 if what == "side" else 0.42
            wide = mark + 0.2 + 0.08 * max(map(width_of, text.split("\n")))
            is_new = look.narrow and what == "line" and rows[i - 1][0] == "side"
            if i and (is_new or x + wide > look.width + 0.2):
                x, y, step = 0.1 if what == "side" else 0.0, y + step, 0.0
            more = LINE * (n_lines(text) - 1)
            self.marks.append((what, value, text, x, y + more / 2))
            step = max(step, 0.24 + more)
            x += wide
        self.height = y + step

    def on(self, ax: "Axes") -> None:
        """Draw it."""
        for what, value, text, x, y in self.marks:
            if what == "side":
                place = int(value)
                ax.plot([x], [y], marker=marker(place), color=self.look.role(place), markersize=6.5)
            else:
                ax.plot([x, x + 0.35], [y, y], color=self.look.bar, linewidth=2,
                        linestyle=DASHES[value])  # fmt: skip
            start = x + (0.14 if what == "side" else 0.42)
            ax.text(start, y, text, va="center", size=SIZE + 0.5)


DASHES: dict[str, Any] = {
    "same_sector": "-",
    "cross_sector": (0, (3, 2)),
    "technology": (0, (1, 1.2)),
}
"""How the line of a link is drawn."""


class _Block:
    """One community: a heading, names left and right, links between."""

    def __init__(
        self,
        heading: object,
        part: pd.DataFrame,
        links: pd.DataFrame,
        places: Mapping[str, int],
        look: Look,
        more: str,
    ) -> None:
        self.look, self.places = look, places
        self.heading = wrapped(heading, 44 if look.narrow else 92)
        is_first = part["territory"].map(places).fillna(1) == 0
        self.sides = [self._names(part[own], more) for own in (is_first, ~is_first)]
        ids = set(part["cluster_id"])
        own = links["cluster_id"].isin(ids) & links["other_id"].isin(ids)
        self.links = links[own]
        self.names = max(sum(step for *_, step in side) for side in self.sides)
        self.height = LINE * n_lines(self.heading) + 0.16 + self.names + 0.22

    def _names(self, part: pd.DataFrame, more: str) -> list[tuple[str, str, int, float]]:
        """cluster_id, label, place of the territory, height [inch]; the rest is counted."""
        width = 17 if self.look.narrow else 36
        shown = part.head(MOST)
        rows = [
            (
                str(row.cluster_id),
                wrapped(row.label, width, NAME_LINES),
                self.places.get(str(row.territory), -1),
            )
            for row in shown.itertuples()
        ]
        if len(part) > MOST:
            rows.append(("", more.format(n=number(len(part) - MOST)), -1))
        return [(*row, STEP * n_lines(row[1]) + 0.07) for row in rows]

    def on(self, ax: "Axes", y: float) -> None:
        """Draw the block with its upper edge here."""
        look = self.look
        ax.axhline(y, color=look.rule, linewidth=0.8)
        y += 0.07
        ax.text(0, y, self.heading, va="top", weight="bold", size=10, linespacing=1.2)
        y += LINE * n_lines(self.heading) + 0.09
        reach = 0.36 if look.narrow else 0.85
        tips = (look.width / 2 - reach, look.width / 2 + reach)
        at: dict[str, tuple[float, float]] = {}
        for side, tip, sign in zip(self.sides, tips, (-1, 1), strict=True):
            here = y + (self.names - sum(step for *_, step in side)) / 2
            for cluster_id, label, place, step in side:
                middle = here + step / 2
                ax.text(tip + sign * 0.1, middle, label, ha="right" if sign < 0 else "left",
                        va="center", size=SIZE, linespacing=1.15)  # fmt: skip
                if cluster_id:
                    at[cluster_id] = (tip, middle)
                    ax.plot([tip], [middle], marker=marker(place), color=look.role(place),
                            markersize=6.5, zorder=4, markeredgecolor=look.paper,
                            markeredgewidth=0.7)  # fmt: skip
                here += step
        columns = self.links[["cluster_id", "other_id", "kind", "proximity"]]
        for one, other, kind, near in columns.astype("object").to_numpy():
            if one in at and other in at:
                xs, ys = joined(at[one], at[other], 4 * reach)
                ax.plot(xs, ys, color=look.bar, linestyle=DASHES[kind], zorder=2,
                        linewidth=0.6 + 2.2 * near)  # fmt: skip
