"""
The frame of every figure of one row per item: names, marks below each other, a legend on top.

    table: item, by, value, low, high, is_told  --on_rows-->  axes with their scale

A mark is full where its value is told from what it is held against, and open where it is not: an
open one is as easy to see as a full one, which a pale one would not be.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from studylib.figures.axes import (
    LINE,
    beside_axis,
    beside_mark,
    legend,
    n_lines,
    quiet,
    seen,
    wrapped,
)
from studylib.figures.layers import Layer, draw
from studylib.figures.theme import Look, marker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Numbers = np.ndarray[Any, np.dtype[Any]]
MARK = 0.15  # from one mark to the next in a row [inch]
FAR = 14  # rows from which the legend stands below too: nobody looks up so far
SCREEN = 7  # rows on the screen of a phone: so often marks bear their names there
COLUMNS = ["item", "by", "value", "low", "high", "is_told"]


def on_rows(
    figure: "Figure",
    look: Look,
    table: pd.DataFrame,
    names: Mapping[str, int],
    scale: Callable[["Axes"], object],
    *,
    label: Callable[[object], str] = str,
    heads: Mapping[str, int] | None = None,
) -> "Axes":
    """
    Axes with a row per item and its marks; the figure is as high as they need.

    Parameters
    ----------
    table
        One row per mark: item, by, value, low, high (in units of the axis), is_told (false: an
        open mark).  A missing value has no mark.
    names
        What stands in `by` and the place of its colour.
    scale
        Sets the axis of the values.
    label
        What an item is called on the page.
    heads
        What the legend calls the names, with their places; default the names, where there are two.
    """
    items = list(dict.fromkeys(table["item"]))
    labels = [wrapped(label(item), 42 if look.narrow else 34) for item in items]
    is_alone = table.groupby("item")["by"].nunique().max() == 1  # one mark a row: in its middle
    layout = Rows(labels, 1 if is_alone else len(names), look)
    is_named = heads is not None or len(names) > 1
    is_direct = look.narrow and len(names) > 1 and len(items) > SCREEN and not is_alone
    ends = ("upper", "lower")[: 1 + (len(items) > FAR and not is_direct)] if is_named else ()
    named = sum([legend(figure, look, heads or names, at=end) for end in ends])
    figure.set_figheight(named + float(layout.ends[-1]) + (0.5 if is_named else 0.6))
    ax = figure.subplots()
    placed = _marked(ax, look, table, names, layout)
    scale(ax)  # after the marks: drawing them sets an axis of its own
    if is_direct:
        for row in placed[placed["item"].isin(items[::SCREEN])].itertuples():
            beside_mark(ax, look, (row.value, row.low, row.high), row.at, str(row.by))
    item_names(ax, layout)
    quiet(ax, grid="x")
    return ax


def _marked(
    ax: "Axes", look: Look, table: pd.DataFrame, names: Mapping[str, int], layout: "Rows"
) -> pd.DataFrame:
    """The marks of every name, open where they are not told; the table with where they lie."""
    from matplotlib.collections import LineCollection

    row_of = {name: row for row, name in enumerate(dict.fromkeys(table["item"]))}
    parts, layers = [], list[Layer]()
    for line, (name, place) in enumerate(names.items()):
        part = table[(table["by"].astype(str) == name) & table["value"].notna()]
        row = part["item"].map(row_of).to_numpy(dtype=int)
        part = part.assign(at=layout.marks(row, 0 if layout.n_territories == 1 else line))
        for is_told in (False, True):
            chosen = part[part["is_told"].astype(bool) == is_told]
            if len(chosen):
                layers += _marks(look, chosen, place, is_told=is_told)
        parts.append(part)
    draw(ax, layers)
    for drawn in ax.collections:
        if isinstance(drawn, LineCollection):
            drawn.set_capstyle("butt")  # an interval ends where it ends
        else:
            drawn.set_zorder(3)  # the mark stands on its interval
            drawn.set_clip_on(False)  # a share of 0 or 100 % is a whole mark
    return pd.concat(parts)


def told(
    table: pd.DataFrame, label: Callable[[object], str], write: Callable[[Any], str]
) -> tuple[str, ...]:
    """What stands in the rows, a sentence an item, for those who do not see it."""
    known = table[table["value"].notna()]
    return seen(
        (
            label(item),
            [f"{row.by} {write(row)}".strip() for row in known[known["item"] == item].itertuples()],
        )
        for item in dict.fromkeys(table["item"])
    )


@dataclass(frozen=True)
class Rows:
    """Where rows and marks lie, from the top [inch]; on a phone a label stands above its marks."""

    labels: list[str]
    n_territories: int
    look: Look

    @property
    def heights(self) -> Numbers:
        """Height of each row: its label and its marks."""
        air = 0.06 if len(self.labels) > FAR and not self.look.narrow else 0.16
        marks = MARK * self.n_territories + air
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


def _marks(look: Look, part: pd.DataFrame, place: int, *, is_told: bool) -> list[Layer]:
    """The marks of one territory: intervals as lines, values (value, low, high, at) on them."""
    from seaborn import objects as so

    table = part[["value", "low", "high", "at"]].astype(float)
    interval = so.Range(color=look.role(place), linewidth=1.8 if is_told else 1.1)
    mark = so.Dot(**ink(look, place, is_told=is_told))
    return [
        Layer(interval, table, x="value", y="at", xmin="low", xmax="high"),
        Layer(mark, table, x="value", y="at"),
    ]


def ink(look: Look, place: int, *, is_told: bool) -> dict[str, Any]:
    """How a mark is drawn: full, or open where its value is not told from chance."""
    colour = look.role(place)
    if is_told:
        return {"marker": marker(place), "pointsize": 7.5, "color": colour,
                "edgecolor": look.paper, "edgewidth": 0.9}  # fmt: skip
    return {"marker": marker(place), "pointsize": 6.5, "color": look.paper,
            "edgecolor": colour, "edgewidth": 1.4}  # fmt: skip


def item_names(ax: "Axes", layout: Rows) -> None:
    """Names of the rows, beside them or (on a phone) above them, and lines between them."""
    look, ends, heights = layout.look, layout.ends, layout.heights
    ax.set_ylim(float(ends[-1]), 0)
    for end in ends[:-1]:
        ax.axhline(end, color=look.rule, linewidth=0.8)
    if look.narrow:
        ax.set_yticks([])
        for text, end, height in zip(layout.labels, ends, heights, strict=True):
            beside_axis(ax, look, end - height + 0.05, text)
    else:
        ax.set_yticks(ends - heights / 2, layout.labels, color=look.text)
        ax.tick_params(axis="y", pad=8)
