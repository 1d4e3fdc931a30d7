"""
A map without outlines: regions as circles at their true places, and what runs between them.

    regions (lon, lat, n) --on paper--> circles, area by n; names where there is room for them
    links (pair, kind, n) -----------> lines, as wide as n, one kind beside the other
    regions of two sides  -----------> a dotted line half way between the nearest ones: the border
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from studylib.figures.axes import LINE, n_lines, seen, wrapped
from studylib.figures.border_line import half_way
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.map_labels import Spot, in_frame, placed
from studylib.figures.map_links import DASHES, columns, drawn_links
from studylib.figures.map_paper import Paper
from studylib.figures.picture import Picture
from studylib.figures.theme import OUTSIDE, Look
from studylib.language.words import is_missing, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Points = np.ndarray[Any, np.dtype[Any]]
HALF = 44  # letters of a line of the legend where two stand beside each other


def cartogram(
    regions: pd.DataFrame,
    links: pd.DataFrame,
    *,
    territories: Sequence[str],
    kinds: Mapping[str, str],
    border: str,
    outlines: Sequence[Points] = (),
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Regions at their true places with what runs between them.

    Parameters
    ----------
    regions
        One row per region: nuts_id, name, area ("" of a neighbour), lon, lat [degrees], n (may be
        missing).
    links
        One row per pair of regions and kind: kind, nuts_id, other_nuts_id, n.
    territories
        In the order of their colours.
    kinds
        How each kind of link is called on the page: two at most, the first drawn in full.
    border
        How the line between the sides is called on the page.
    outlines
        Lines of a map, each points x (lon, lat).
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    regions = regions[["nuts_id", "name", "area", "lon", "lat", "n"]].reset_index(drop=True)
    known = links["nuts_id"].isin(regions["nuts_id"])
    links = links[known & links["other_nuts_id"].isin(regions["nuts_id"])]

    def drawn(figure: "Figure", look: Look) -> None:
        """A legend, then the map in the proportions of its middle, as high as what it shows."""
        paper = Paper(_in_sight(regions) if look.narrow else regions, look)
        met = {kind: text for kind, text in kinds.items() if kind in set(links["kind"])}
        top = _legend(figure, look, territories, met, border)
        ax = figure.subplots()
        ax.set_xlim(0, look.width)
        ax.set_aspect("equal")
        ax.axis("off")
        for line in outlines:
            ax.plot(*paper.inside(line).T, color=look.outside, linewidth=0.6, zorder=0)
        _border(ax, look, paper)
        lines = drawn_links(ax, paper, links, list(met))
        _circles(ax, look, paper, {name: place for place, name in enumerate(territories)})
        low, high = in_frame(paper.points, paper.radius, _names(ax, paper, lines))
        ax.set_ylim(low, high)
        figure.set_figheight(top + high - low)

    names = dict(zip(regions["nuts_id"], regions["name"], strict=True))
    told = [
        *((name, [area, number(n)])
          for name, area, n in regions[["name", "area", "n"]].itertuples(index=False)
          if not is_missing(n) and n),
        *((f"{names[one]} – {names[other]}", [f"{kinds[kind]} {number(n)}"])
          for kind, one, other, n in columns(links)),
    ]  # fmt: skip
    return Picture(drawn, regions, Caption(**caption), seen(told))


def _in_sight(regions: pd.DataFrame) -> pd.DataFrame:
    """The regions without neighbours further out than any of them, for a small sheet."""
    own = regions[regions["area"] != ""]
    inside = [regions[side].between(own[side].min(), own[side].max()) for side in ("lon", "lat")]
    near = (regions["area"] != "") | (inside[0] & inside[1])
    return regions[near].reset_index(drop=True)


def _border(ax: "Axes", look: Look, paper: Paper) -> None:
    """Half way between the nearest regions of two territories."""
    inside = (paper.regions["area"] != "").to_numpy()
    sides = paper.regions["area"].to_numpy(dtype=object)[inside]
    for one, other in half_way(paper.points[inside], sides):
        ax.plot([one[0], other[0]], [one[1], other[1]], color=look.muted, linewidth=1.6,
                linestyle=(0, (1, 1.5)), zorder=1)  # fmt: skip


def _circles(ax: "Axes", look: Look, paper: Paper, places: Mapping[str, int]) -> None:
    """A circle per region: its area says n; neighbours are grey dots."""
    from matplotlib.patches import Circle

    for (x, y), radius, area in zip(paper.points, paper.radius, paper.regions["area"], strict=True):
        colour = look.role(places.get(str(area), OUTSIDE))
        ax.add_patch(Circle((x, y), radius, facecolor=colour, edgecolor=look.paper,
                            linewidth=0.9, zorder=4))  # fmt: skip


def _names(ax: "Axes", paper: Paper, lines: Points) -> list[Spot]:
    """Names with their numbers, where there is room; the table has them all."""
    rows = paper.regions
    texts = [
        str(name) if is_missing(n) or not n else f"{name} {number(n)}"
        for name, n in zip(rows["name"], rows["n"], strict=True)
    ]
    first = rows["n"].fillna(-1).to_numpy(dtype=float)
    order = np.lexsort([np.arange(len(rows)), -first])
    width = paper.look.width
    ground = {"facecolor": paper.look.paper, "edgecolor": "none", "pad": 0.6}
    spots = placed(paper.points, paper.radius, texts, order.tolist(), width, lines)
    for spot in spots:
        # On a small sheet no place is free of lines: a name hides those below it.
        ax.text(spot.x, spot.y, spot.text, ha=spot.align, va="center", size=9, zorder=5,
                bbox=ground)  # fmt: skip
    return spots


def _legend(
    figure: "Figure", look: Look, territories: Sequence[str], kinds: Mapping[str, str], border: str
) -> float:
    """Name colours and lines above the map; the height of it [inch]."""
    from matplotlib.lines import Line2D

    marks = [
        Line2D([], [], color=look.role(place), marker="o", markersize=7, linestyle="none")
        for place, _name in enumerate(territories)
    ]
    marks += [
        Line2D([], [], color=look.bar, linewidth=3, linestyle=DASHES[place], solid_capstyle="butt")
        for place, _kind in enumerate(kinds)
    ]
    marks.append(Line2D([], [], color=look.muted, linewidth=1.6, linestyle=(0, (1, 1.5))))
    texts = [
        wrapped(text, 38 if look.narrow else HALF)
        for text in (*territories, *kinds.values(), border)
    ]
    columns = 1 if look.narrow else 2
    figure.legend(marks, texts, loc="outside upper left", ncols=columns, handlelength=2.2,
                  handletextpad=0.7)  # fmt: skip
    return LINE * 1.2 * -(-sum(map(n_lines, texts)) // columns) + 0.15
