"""Items on a map of two axes, by group; those that are named carry how far they move by chance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from studylib.figures.axes import legend, quiet, seen, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.layers import Layer, draw
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, marker, roles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = ["item", "by", "x", "y", "wobble", "is_named"]


def cloud(
    frame: pd.DataFrame, *, groups: Sequence[str] = (), **caption: Unpack[CaptionTexts]
) -> Picture:
    """
    Items as marks on a map, near where they are alike; both axes in one scale, without numbers.

    Parameters
    ----------
    frame
        One row per item: item, by (its group), x, y, wobble (how far it moves by chance, in units
        of the axes), is_named (true: its name and its wobble are drawn; others are small and open).
    groups
        Names in `by` in the order of their colours, default as they appear.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    frame = frame[COLUMNS].reset_index(drop=True)
    names = roles(frame["by"].tolist(), groups, ())

    def drawn(figure: "Figure", look: Look) -> None:
        """All items, then the named ones over them."""
        top = legend(figure, look, names)
        figure.set_figheight(top + (4.2 if look.narrow else 5.0))
        ax = figure.subplots()
        for is_named in (False, True):
            for name, place in names.items():
                part = frame[(frame["by"].astype(str) == name) & (frame["is_named"] == is_named)]
                if len(part):
                    _marks(ax, look, part, place, is_named=is_named)
        ax.set_aspect("equal", adjustable="datalim")
        ax.set_xticks([])
        ax.set_yticks([])
        ax.margins(0.08)
        quiet(ax, grid="both")

    order = frame.sort_values("is_named", ascending=False, kind="stable")
    told = seen((row["item"], [str(row["by"])]) for row in order.to_dict("records"))
    return Picture(drawn, frame, Caption(**caption), told)


def _marks(ax: "Axes", look: Look, part: pd.DataFrame, place: int, *, is_named: bool) -> None:
    """The items of one group; named ones with a bar for what chance does to them."""
    from seaborn import objects as so

    colour = look.role(place)
    inside, edge = (colour, look.paper) if is_named else (look.paper, colour)
    dot = so.Dot(marker=marker(place), pointsize=7 if is_named else 4, color=inside,
                 edgecolor=edge, edgewidth=0.6)  # fmt: skip
    draw(ax, [Layer(dot, part, x="x", y="y")])
    if not is_named:
        return
    ax.errorbar(part["x"], part["y"], part["wobble"], part["wobble"], fmt="none",
                ecolor=look.text, elinewidth=1, zorder=4)  # fmt: skip
    middle = sum(ax.get_xlim()) / 2
    for name, x, y in part[["item", "x", "y"]].itertuples(index=False):
        right = x >= middle
        ax.annotate(wrapped(name, 20), (x, y), xytext=(6 if right else -6, 4),
                    textcoords="offset points", ha="left" if right else "right",
                    color=look.text, zorder=5)  # fmt: skip
