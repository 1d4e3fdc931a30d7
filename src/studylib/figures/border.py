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
    The matrix across the border: sectors of the first territory down, of the others across.

    Parameters
    ----------
    frame
        One row per cell with something in it: sector, other_sector (as written on the page, in
        the order they are shown), n_pairs, basis (one of `GROUNDS`).
    grounds
        How each basis is called on the page.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    frame = frame[["sector", "other_sector", "n_pairs", "basis"]].reset_index(drop=True)
    down, across = (list(dict.fromkeys(frame[c])) for c in ("sector", "other_sector"))
    down, across = _aligned(down, across)

    def draw(figure: "Figure", look: Look) -> None:
        """A legend and a grid, then a mark with its number in each cell."""
        left = [wrapped(text, 15 if look.narrow else 30) for text in down]
        size = max(0.3, LINE * max(map(n_lines, left)) + 0.05)
        met = [basis for basis in GROUNDS if basis in set(frame["basis"])]
        legend = LINE * 1.2 * (len(met) if look.narrow else -(-len(met) // 2)) + 0.1
        heads = [wrapped(text, LONGEST, most=1) for text in across]
        head = CHARACTER * max(map(width_of, heads))
        figure.set_figheight(size * len(down) + head + legend + 0.1)
        ax = figure.subplots()
        _legend(figure, look, {basis: grounds[basis] for basis in met})
        _grid(ax, look, left, heads)
        for row in frame.itertuples():
            x, y = across.index(str(row.other_sector)) + 0.5, down.index(str(row.sector)) + 0.5
            _ground(ax, look, x, y, str(row.basis))
            ink = look.paper if row.basis in GROUNDS[:2] else look.text
            ax.text(
                x, y, number(row.n_pairs), ha="center", va="center", size=8, color=ink, zorder=4
            )

    told = seen(
        (
            name,
            [
                f"{row.other_sector} {number(row.n_pairs)} ({grounds[str(row.basis)]})"
                for row in frame[frame["sector"] == name].itertuples()
            ],
        )
        for name in down
    )
    return Picture(draw, frame, Caption(**caption), told)


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
