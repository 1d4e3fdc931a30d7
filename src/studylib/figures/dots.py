"""Shares with their intervals: one row per item, one mark per territory."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from studylib.figures.axes import (
    LINE,
    beside_axis,
    legend,
    n_lines,
    quiet,
    seen,
    tick_texts,
    whole_percent,
    with_n,
    wrapped,
)
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.layers import draw
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, marker, roles
from studylib.language.words import interval, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Numbers = np.ndarray[Any, np.dtype[Any]]
MARK = 0.15  # from one mark to the next in a row [inch]


def shares(
    frame: pd.DataFrame,
    *,
    item: str = "item",
    by: str = "territory",
    share: str = "share",
    low: str = "low",
    high: str = "high",
    n: str = "n",
    territories: Sequence[str] = (),
    outside: Sequence[str] = (),
    label: Callable[[object], str] = str,
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Shares as dots with their intervals, items in the order of the frame.

    Parameters
    ----------
    frame
        One row per item and territory: item, by, share [0..1], low, high, n.  A missing share
        is not drawn; n is named beside the territory.
    item, by, share, low, high, n
        Columns of the frame.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    territories, outside
        Names in the order of their colours, default as they appear; names drawn in grey.
    label
        What an item is called on the page.
    """
    frame = frame[[item, by, share, low, high, n]].reset_index(drop=True)
    items = list(dict.fromkeys(frame[item]))
    names = roles(frame[by].tolist(), territories, outside)

    def drawn(figure: "Figure", look: Look) -> None:
        """One row per item under the legend, the territories' marks below each other."""
        from matplotlib.ticker import MaxNLocator

        labels = [wrapped(label(i), 42 if look.narrow else 34) for i in items]
        layout = Rows(labels, len(names), look)
        parts = [frame[frame[by].astype(str) == territory] for territory in names]
        bases = {
            with_n(t, part[n].tolist()): names[t] for t, part in zip(names, parts, strict=True)
        }
        top = legend(figure, look, bases)
        figure.set_figheight(top + float(layout.ends[-1]) + 0.5)
        ax = figure.subplots()
        row_of = {name: row for row, name in enumerate(items)}
        for line, (place, part) in enumerate(zip(names.values(), parts, strict=True)):
            known = part[part[share].notna()]
            row = known[item].map(row_of).to_numpy(dtype=int)
            values = known[[share, low, high]].to_numpy(dtype=float)
            marks(ax, look, values, layout.marks(row, line), place)
        item_names(ax, layout)
        ax.set_xlim(0, _end_of(frame[[share, high]]))
        ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))  # whole percents
        tick_texts(ax.xaxis, whole_percent)
        quiet(ax, grid="x")

    told = seen(
        (
            label(i),
            [
                f"{row[by]} {percent(row[share], 0)} ({interval(row[low], row[high], 0)})"
                for row in frame[(frame[item] == i) & frame[share].notna()].to_dict("records")
            ],
        )
        for i in items
    )
    return Picture(drawn, frame, Caption(**caption), told)


@dataclass(frozen=True)
class Rows:
    """Where rows and marks lie, from the top [inch]; on a phone a label stands above its marks."""

    labels: list[str]
    n_territories: int
    look: Look

    @property
    def heights(self) -> Numbers:
        """Height of each row: its label and its marks."""
        marks = MARK * self.n_territories + 0.16
        text = np.array([LINE * n_lines(label) for label in self.labels])
        return text + marks if self.look.narrow else np.maximum(text + 0.14, marks)

    @property
    def ends(self) -> Numbers:
        """Lower edge of each row."""
        return np.cumsum(self.heights)

    def marks(self, row: Numbers, territory: int) -> Numbers:
        """Height of a territory's marks in these rows: one territory below the other."""
        offset = MARK * (territory - (self.n_territories - 1) / 2)
        below = MARK * self.n_territories / 2 + 0.1 if self.look.narrow else self.heights[row] / 2
        return np.asarray(self.ends[row] - below + offset)


def marks(
    ax: "Axes", look: Look, values: Numbers, y: Numbers, place: int, *, alpha: float = 1.0
) -> None:
    """The marks of one territory (value, low, high): interval as a line, value as its marker."""
    from matplotlib.collections import LineCollection
    from seaborn import objects as so

    colour = look.role(place)
    table = pd.DataFrame(values, columns=["value", "low", "high"]).assign(at=y)
    interval = so.Range(color=colour, linewidth=1.8, alpha=alpha)
    mark = so.Dot(marker=marker(place), pointsize=7.5, color=colour, alpha=alpha,
                  edgecolor=look.paper, edgewidth=0.9)  # fmt: skip
    draw(ax, table, [(interval, "y", ("xmin", "xmax")), (mark, "y", ())],
         x="value", y="at", xmin="low", xmax="high")  # fmt: skip
    for drawn in ax.collections:
        if isinstance(drawn, LineCollection):
            drawn.set_capstyle("butt")  # an interval ends where it ends
        else:
            drawn.set_zorder(3)  # the mark stands on its interval
            drawn.set_clip_on(False)  # a share of 0 or 100 % is a whole mark


def item_names(ax: "Axes", layout: Rows) -> None:
    """Names of the rows, beside them or (on a phone) above them, and lines between them."""
    look, ends, heights = layout.look, layout.ends, layout.heights
    ax.set_ylim(float(ends[-1]), 0)
    for end in ends[:-1]:
        ax.axhline(end, color=look.rule, linewidth=0.8)
    if look.narrow:
        ax.set_yticks([])
        for text, end, height in zip(layout.labels, ends, heights, strict=True):
            beside_axis(ax, end - height + 0.05, text)
    else:
        ax.set_yticks(ends - heights / 2, layout.labels, color=look.text)
        ax.tick_params(axis="y", pad=8)


def _end_of(values: pd.DataFrame) -> float:
    """End of the axis: the next tenth above everything drawn, at most 1."""
    largest = float(np.nanmax(values.to_numpy(dtype=float), initial=0.0))
    return min(1.0, max(0.1, math.ceil(largest * 10 - 1e-9) / 10))
