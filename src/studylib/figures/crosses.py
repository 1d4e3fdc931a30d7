"""Two measures of an item against each other, each with its error: a cross per item."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from studylib.figures.axes import quiet, seen, tick_texts, whole_percent, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.layers import Layer, draw
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, marker, roles
from studylib.language.chances import in_whole_percent
from studylib.language.words import interval, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = ["item", "by", "x", "x_low", "x_high", "y", "y_low", "y_high", "shown"]


def crosses(
    frame: pd.DataFrame,
    *,
    across: str,
    up: str,
    groups: Sequence[str] = (),
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Shares against shares with their intervals, one panel for each group.

    Parameters
    ----------
    frame
        One row per (item, by): item, by (the panel), x, x_low, x_high, y, y_low, y_high [0..1],
        shown (true: told from chance, and named in the drawing; others are open).
    across, up
        What x and y are, on the axes.
    groups
        Names in `by` in the order of their panels, default as they appear.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    frame = frame[COLUMNS].dropna(subset=["x", "y"]).reset_index(drop=True)
    names = roles(frame["by"].tolist(), groups, ())

    def drawn(figure: "Figure", look: Look) -> None:
        """Panels beside each other, on a phone below each other."""
        across_page = 1 if look.narrow else min(len(names), 2)
        down = -(-len(names) // across_page)
        figure.set_figheight(3.4 * down)
        panels = figure.subplots(down, across_page, sharex=True, sharey=True, squeeze=False)
        for ax in panels.ravel()[len(names) :]:
            ax.set_visible(False)
        for ax, (name, place) in zip(panels.ravel(), names.items(), strict=False):
            _panel(ax, look, frame[frame["by"].astype(str) == name], place)
            ax.set_title(wrapped(name, 40), size=10.5, weight="bold")
            ax.set_xlabel(wrapped(across, 44))
        for ax in panels[:, 0]:
            ax.set_ylabel(wrapped(up, 34))

    told = seen(
        (
            item,
            [
                f"{row['by']} {percent(row['y'], 0)} "
                f"({interval(row['y_low'], row['y_high'], 0)}), {in_whole_percent(row['x'])} "
                f"({interval(row['x_low'], row['x_high'], 0)})"
                for row in frame[frame["item"] == item].to_dict("records")
            ],
        )
        for item in dict.fromkeys(frame["item"])
    )
    return Picture(drawn, frame, Caption(**caption), told)


def _panel(ax: "Axes", look: Look, part: pd.DataFrame, place: int) -> None:
    """The crosses of one group; those told from chance stand out and are named."""
    from matplotlib.ticker import MaxNLocator
    from seaborn import objects as so

    colour, layers = look.role(place), list[Layer]()
    for is_shown in (False, True):
        chosen = part[part["shown"].astype(bool) == is_shown]
        if chosen.empty:
            continue
        inside, edge = (colour, look.paper) if is_shown else (look.paper, colour)
        arm = so.Range(color=colour, linewidth=1.4 if is_shown else 0.6)
        dot = so.Dot(marker=marker(place), pointsize=6 if is_shown else 4.5, color=inside,
                     edgecolor=edge, edgewidth=0.8)  # fmt: skip
        if is_shown:  # all of them hide each other
            layers.append(Layer(arm, chosen, x="x", y="y", xmin="x_low", xmax="x_high"))
        layers += [
            Layer(arm, chosen, orient="x", x="x", y="y", ymin="y_low", ymax="y_high"),
            Layer(dot, chosen, x="x", y="y"),
        ]
        if is_shown:
            for name, x, y in chosen[["item", "x", "y"]].itertuples(index=False):
                is_right = x > 0.5  # noqa: PLR2004 - the half it has room in
                ax.annotate(
                    wrapped(name, 20), (x, y), xytext=(-30 if is_right else 30, 12),
                    textcoords="offset points", ha="right" if is_right else "left",
                    bbox={"facecolor": look.paper, "edgecolor": "none", "pad": 0.6},
                    arrowprops={"arrowstyle": "-", "color": look.muted, "linewidth": 0.8},
                )  # fmt: skip
    draw(ax, layers)
    ax.set_xlim(-0.03, 1.03)
    ax.margins(y=0.16)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    for axis in (ax.xaxis, ax.yaxis):
        tick_texts(axis, whole_percent)
    quiet(ax, grid="both")
