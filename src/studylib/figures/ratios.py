"""Ratios with their intervals on a scale of doublings, around 1: as often as elsewhere."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Unpack

import numpy as np
import pandas as pd

from studylib.figures.axes import legend, quiet, seen, tick_texts, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.dots import Numbers, Rows, item_names, marks
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, roles
from studylib.language.words import interval, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 4  # doublings drawn on either side of 1: what lies beyond ends at the edge
PALE = 0.4  # of a mark whose ratio is not told from 1


def ratios(
    frame: pd.DataFrame,
    *,
    item: str = "item",
    by: str = "territory",
    ratio: str = "ratio",
    low: str = "low",
    high: str = "high",
    shown: str = "shown",
    territories: Sequence[str] = (),
    outside: Sequence[str] = (),
    label: Callable[[object], str] = str,
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Ratios as dots with their intervals, items in the order of the frame.

    Parameters
    ----------
    frame
        One row per item and territory: item, by, ratio, low, high (1: as often as elsewhere), shown
        (true: told from 1; other marks are pale).  A missing ratio is not drawn.
    item, by, ratio, low, high, shown
        Columns of the frame.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    territories, outside
        Names in the order of their colours, default as they appear; names drawn in grey.
    label
        What an item is called on the page.
    """
    frame = frame[[item, by, ratio, low, high, shown]].reset_index(drop=True)
    items = list(dict.fromkeys(frame[item]))
    names = roles(frame[by].tolist(), territories, outside)

    def drawn(figure: "Figure", look: Look) -> None:
        """One row per item under the legend, the territories' marks below each other."""
        labels = [wrapped(label(i), 42 if look.narrow else 34) for i in items]
        alone = frame.groupby(item)[by].nunique().max() == 1  # one mark a row: in its middle
        layout = Rows(labels, 1 if alone else len(names), look)
        top = legend(figure, look, names) if len(names) > 1 else 0.1
        figure.set_figheight(top + float(layout.ends[-1]) + 0.5)
        ax = figure.subplots()
        row_of = {name: row for row, name in enumerate(items)}
        ax.axvline(0, color=look.muted, linewidth=1.2)
        for line, (name, place) in enumerate(names.items()):
            part = frame[(frame[by].astype(str) == name) & frame[ratio].notna()]
            at = layout.marks(part[item].map(row_of).to_numpy(dtype=int), 0 if alone else line)
            values = doublings(part[[ratio, low, high]].to_numpy(dtype=float))
            for is_shown in (False, True):
                chosen = part[shown].to_numpy(dtype=bool) == is_shown
                if chosen.any():
                    alpha = 1.0 if is_shown else PALE
                    marks(ax, look, values[chosen], at[chosen], place, alpha=alpha)
        item_names(ax, layout)
        scale(ax, doublings(frame[[ratio, low, high]].to_numpy(dtype=float)))
        quiet(ax, grid="x")

    told = seen(
        (
            label(i),
            [
                f"{row[by]} {number(row[ratio], 2)} "
                f"({interval(row[low], row[high], 2, as_percent=False)})"
                for row in frame[(frame[item] == i) & frame[ratio].notna()].to_dict("records")
            ],
        )
        for i in items
    )
    return Picture(drawn, frame, Caption(**caption), told)


def doublings(values: Numbers) -> Numbers:
    """Ratios as doublings, from -MOST to MOST."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.clip(np.log2(values), -MOST, MOST))


def scale(ax: "Axes", values: Numbers) -> None:
    """As wide as what is drawn, whole doublings on both sides; ticks say the ratio."""
    furthest = int(np.ceil(np.nanmax(np.abs(values), initial=1.0)))
    ticks = np.arange(-furthest, furthest + 1)
    ax.set_xlim(-furthest, furthest)
    ax.set_xticks(ticks)
    tick_texts(ax.xaxis, lambda at: _ratio_text(float(2.0**at)))


def _ratio_text(ratio: float) -> str:
    """2, 1 or 0.5, without zeros that say nothing."""
    digits = next(d for d in range(5) if round(ratio * 10**d) == ratio * 10**d)
    return number(ratio, digits)
