"""The matrix across the border: which sectors could meet, and on which ground."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from studylib.figures.axes import CHARACTER, LINE, n_lines, seen, width_of, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.picture import Picture
from studylib.figures.theme import Look
from studylib.language.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GROUNDS = ("shared sector", "published theme", "theme of this study", "shared technology")
LONGEST = 36  # characters of a name that stands upright


def border(
    frame: pd.DataFrame,
    *,
    grounds: Mapping[str, str],
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    The matrix across the border: sectors of one territory down, of another across.

    Parameters
    ----------
    frame
        One row per cell with something in it: sector, other_sector (as written on the page, in
        the order they are shown), n_pairs, basis (one of `GROUNDS`); of more than two territories
        also sides (the two territories as written on the page): a matrix for each, one below the
        other.
    grounds
        How each basis is called on the page.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    sides = ["sides"] if "sides" in frame else []
    frame = frame[[*sides, "sector", "other_sector", "n_pairs", "basis"]].reset_index(drop=True)
    parts = list(frame.groupby("sides", sort=False)) if sides else [("", frame)]
    panels = [_Panel(str(name), part) for name, part in parts]

    def draw(figure: "Figure", look: Look) -> None:
        """A legend, then a grid for every two territories, one below the other."""
        met = [basis for basis in GROUNDS if basis in set(frame["basis"])]
        legend = LINE * 1.2 * (len(met) if look.narrow else -(-len(met) // 2)) + 0.1
        heights = [panel.height(look) for panel in panels]
        figure.set_figheight(sum(heights) + legend + 0.1)
        axes = figure.subplots(len(panels), height_ratios=heights, squeeze=False)[:, 0]
        _legend(figure, look, {basis: grounds[basis] for basis in met})
        for panel, ax in zip(panels, axes, strict=True):
            panel.on(ax, look)

    told = seen(row for panel in panels for row in panel.told(grounds))
    return Picture(draw, frame, Caption(**caption), told)


class _Panel:
    """The matrix of two territories."""

    def __init__(self, name: str, frame: pd.DataFrame) -> None:
        self.name, self.frame = name, frame
        down, across = (list(dict.fromkeys(frame[c])) for c in ("sector", "other_sector"))
        self.down, self.across = _aligned(down, across)

    def _words(self, look: Look) -> tuple[list[str], list[str]]:
        """Names left and on top."""
        left = [wrapped(text, 15 if look.narrow else 30) for text in self.down]
        return left, [wrapped(text, LONGEST, most=1) for text in self.across]

    def height(self, look: Look) -> float:
        """Of the grid with its names [inch]."""
        left, heads = self._words(look)
        size = max(0.3, LINE * max(map(n_lines, left)) + 0.05)
        title = 2 * LINE if self.name else 0.0
        return float(size * len(self.down) + CHARACTER * max(map(width_of, heads)) + title)

    def on(self, ax: "Axes", look: Look) -> None:
        """Names and lines, then a mark with its number in each cell."""
        _grid(ax, look, *self._words(look))
        if self.name:
            ax.set_title(self.name, loc="left", size=10, weight="bold", color=look.text)
        for row in self.frame.itertuples():
            x = self.across.index(str(row.other_sector)) + 0.5
            y = self.down.index(str(row.sector)) + 0.5
            _ground(ax, look, x, y, str(row.basis))
            ink = look.paper if row.basis in GROUNDS[:2] else look.text
            ax.text(
                x, y, number(row.n_pairs), ha="center", va="center", size=8, color=ink, zorder=4
            )

    def told(self, grounds: Mapping[str, str]) -> list[tuple[str, list[str]]]:
        """The matrix row by row, in words."""
        rows = []
        for name in self.down:
            own = self.frame[self.frame["sector"] == name]
            cells = [
                f"{row.other_sector} {number(row.n_pairs)} ({grounds[str(row.basis)]})"
                for row in own.itertuples()
            ]
            rows.append((f"{self.name}, {name}" if self.name else name, cells))
        return rows


def _aligned(down: list[str], across: list[str]) -> tuple[list[str], list[str]]:
    """Sectors of both sides first, in one order, so that these stand on the diagonal."""
    both = [name for name in down if name in across]
    return both + [n for n in down if n not in both], both + [n for n in across if n not in both]


def _grid(ax: "Axes", look: Look, down: list[str], across: list[str]) -> None:
    """Names left and on top, and lines between the cells."""
    ax.set(xlim=(0, len(across)), ylim=(len(down), 0))
    ax.xaxis.tick_top()
    ax.set_xticks([i + 0.5 for i in range(len(across))], across, rotation=90, color=look.text)
    ax.set_yticks([i + 0.5 for i in range(len(down))], down, color=look.text)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for i in range(1, len(across)):
        ax.axvline(i, color=look.rule, linewidth=0.6, zorder=0)
    for i in range(len(down) + 1):
        ax.axhline(i, color=look.rule, linewidth=0.6, zorder=0)


STYLE: dict[str, tuple[str, float]] = {
    "shared sector": ("s", 17.0), "published theme": ("o", 17.0),
    "theme of this study": ("o", 16.0), "shared technology": ("D", 12.0),
}  # fmt: skip


def _look_of(look: Look, basis: str) -> dict[str, Any]:
    """Full for what is shared or published, an outline for what this study adds."""
    full = basis in GROUNDS[:2]
    return {
        "marker": STYLE[basis][0],
        "markerfacecolor": look.bar if full else look.paper,
        "markeredgecolor": look.bar,
        "markeredgewidth": 1.4 if not full else 0.5,
        "linestyle": "none",
    }


def _ground(ax: "Axes", look: Look, x: float, y: float, basis: str) -> None:
    """The mark of a cell: on which ground its two sectors could meet."""
    size = STYLE[basis][1] * (0.72 if look.narrow else 1.0)
    ax.plot([x], [y], markersize=size, zorder=3, **_look_of(look, basis))


def _legend(figure: "Figure", look: Look, grounds: Mapping[str, str]) -> None:
    """Name the marks above the drawing."""
    from matplotlib.lines import Line2D

    marks = [Line2D([], [], markersize=9, **_look_of(look, basis)) for basis in grounds]
    figure.legend(marks, list(grounds.values()), loc="outside upper left",
                  ncols=1 if look.narrow else 2)  # fmt: skip
