"""Counts per year and territory, the years that are not complete yet marked as such."""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Unpack

import numpy as np
import pandas as pd

from studylib.figures.axes import (
    LINE,
    legend,
    n_lines,
    quiet,
    seen,
    tick_texts,
    whole_number,
    with_n,
    wrapped,
)
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.layers import Layer, draw
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, marker, roles
from studylib.language.words import _, is_missing, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

END_WIDTH = 20  # characters of a line of a name at the end of its line
TICKS = 0.5  # of the height, for years and their margin [inch]


def timeline(
    frame: pd.DataFrame,
    *,
    year: str = "year",
    by: str = "territory",
    value: str = "n_families",
    low: str = "",
    high: str = "",
    incomplete_from: int | None = None,
    territories: Sequence[str] = (),
    outside: Sequence[str] = (),
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    A line per territory over the years; a year without a row is a gap, not a zero.

    Parameters
    ----------
    frame
        One row per year and territory: year, by, value [count], and low, high if named.
    year, by, value, low, high
        Columns of the frame.
    incomplete_from
        First year of which part is not published or classified yet: from here on the background
        is shaded and says so.  None: all years are complete.
    territories, outside
        See `shares`.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    ends = [column for column in (low, high) if column]
    frame = frame[[year, by, value, *ends]].reset_index(drop=True)
    names = roles(frame[by].tolist(), territories, outside)

    def drawn(figure: "Figure", look: Look) -> None:
        """One line per territory under the legend, over all years from first to last."""
        parts = [frame[frame[by].astype(str) == t].sort_values(year, kind="stable") for t in names]
        totals = {
            with_n(t, [part[value].sum()]): names[t] for t, part in zip(names, parts, strict=True)
        }
        height = 2.6 if look.narrow else 3.4
        heads = [wrapped(name, END_WIDTH) for name in totals]
        is_beside = not look.narrow and LINE * sum(map(n_lines, heads)) < height - TICKS
        top = 0.1 if is_beside else legend(figure, look, totals, lines=True)
        figure.set_figheight(top + height)
        ax = figure.subplots()
        first, last = int(frame[year].min()), int(frame[year].max())
        years = range(first, last + 1)
        lines = [
            _line(look, part[[year, value, *ends]], place, years)
            for place, part in zip(names.values(), parts, strict=True)
        ]
        draw(ax, itertools.chain(*lines))
        ax.set_xlim(first - 0.5, last + 0.5)
        ax.set_ylim(0, _top(frame[[value, *ends]]))
        if incomplete_from is not None and incomplete_from <= last:
            _incomplete(ax, look, max(incomplete_from, first), last)
        _ticks(ax, look, years)
        quiet(ax, grid="y")
        if is_beside:
            at = [float(part[value].dropna().iloc[-1:].sum()) for part in parts]
            _at_their_ends(ax, look, heads, list(names.values()), at, height - TICKS)

    return Picture(drawn, frame, Caption(**caption), _told(frame, names, year, by, value))


def _told(
    frame: pd.DataFrame, names: Iterable[str], year: str, by: str, value: str
) -> tuple[str, ...]:
    """What each line shows, year by year, for those who do not see it."""
    return seen(
        (
            t,
            [
                f"{row[year]} {number(row[value])}"
                for row in frame[frame[by].astype(str) == t].sort_values(year).to_dict("records")
                if not is_missing(row[value])
            ],
        )
        for t in names
    )


def _line(look: Look, part: pd.DataFrame, place: int, years: range) -> Iterator[Layer]:
    """One territory; years without a row interrupt the line."""
    from seaborn import objects as so

    names = ["year", "value", "low", "high"][: len(part.columns)]
    whole = part.set_axis(names, axis=1).astype(float).set_index("year").reindex(years)
    colour = look.role(place)
    # A path, not a line: what is missing breaks it.
    path = so.Path(color=colour, linewidth=2, marker=marker(place), pointsize=6,
                   fillcolor=colour, edgecolor=look.paper, edgewidth=0.8)  # fmt: skip
    table = whole.rename_axis("year").reset_index()
    if "high" in whole:
        band = so.Band(color=colour, alpha=0.18, edgewidth=0)
        yield Layer(band, table, orient="x", x="year", y="value", ymin="low", ymax="high")
    yield Layer(path, table, orient="x", x="year", y="value")


def _at_their_ends(
    ax: "Axes", look: Look, heads: list[str], places: list[int], ends: list[float], room: float
) -> None:
    """Names right of where each line ends, apart from each other; the marker says whose it is."""
    unit = ax.get_ylim()[1] / room  # of the axis in an inch
    order = np.argsort(ends, kind="stable")
    heights = [unit * LINE * n_lines(heads[i]) for i in order]
    at: list[float] = []
    for i, high in zip(order, heights, strict=True):  # each at its end, or above the one below it
        below = at[-1] + heights[len(at) - 1] / 2 if at else 0.0
        at.append(max(ends[i], below + high / 2))
    top = unit * room
    for k in range(len(at) - 1, -1, -1):  # and none above the drawing
        at[k] = min(at[k], top - heights[k] / 2)
        top = at[k] - heights[k] / 2
    for i, y in zip(order, at, strict=True):
        ax.plot([1.015], [y], transform=ax.get_yaxis_transform(), clip_on=False, markersize=6,
                marker=marker(places[i]), color=look.role(places[i]), linestyle="none")  # fmt: skip
        ax.annotate(heads[i], (1.015, y), xycoords=ax.get_yaxis_transform(), xytext=(8, 0),
                    textcoords="offset points", va="center", color=look.text)  # fmt: skip


def _incomplete(ax: "Axes", look: Look, first: int, last: int) -> None:
    """Shade the years of which part is still missing, and say so."""
    ax.axvspan(first - 0.5, last + 0.5, facecolor=look.pale, linewidth=0, zorder=0)
    ax.text(last + 0.45, 0.985, _("not complete yet"), transform=ax.get_xaxis_transform(),
            ha="right", va="top", size=8.5, color=look.muted)  # fmt: skip


def _top(values: pd.DataFrame) -> float:
    """Room above the highest value for the words on incomplete years."""
    return max(1.0, 1.18 * float(np.nanmax(values.to_numpy(dtype=float), initial=0.0)))


def _ticks(ax: "Axes", look: Look, years: range) -> None:
    """Whole years and whole counts, as many as fit."""
    from matplotlib.ticker import MaxNLocator

    step = math.ceil(len(years) / (5 if look.narrow else 13))
    ax.set_xticks(years[::step], [str(year) for year in years[::step]])
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
    tick_texts(ax.yaxis, whole_number)
