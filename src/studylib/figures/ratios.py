"""Ratios with their intervals on a scale of doublings, around 1: as often as elsewhere."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from studylib.figures import rows
from studylib.figures.axes import tick_texts
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.picture import Picture
from studylib.figures.rows import Numbers
from studylib.figures.theme import Look, roles
from studylib.language.words import interval, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 4  # doublings drawn on either side of 1: what lies beyond ends at the edge
MOST_TICKS = 6  # doublings whose ratios fit on a phone
SMALL = 5.0  # width of a page from which on all of them fit [inch]
DRAWN = ["value", "low", "high"]


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
        (true: told from 1; other marks are open).  A missing ratio is not drawn.
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
    names = roles(frame[by].tolist(), territories, outside)
    table = frame.set_axis(rows.COLUMNS, axis=1)

    def drawn(figure: "Figure", look: Look) -> None:
        """One row per item under the legend, the territories' marks below each other."""
        values = doublings(table[DRAWN].to_numpy(dtype=float))
        at = table.assign(**dict(zip(DRAWN, values.T, strict=True)))
        ax = rows.on_rows(figure, look, at, names, lambda ax: scale(ax, values), label=label)
        ax.axvline(0, color=look.muted, linewidth=1.2, zorder=1)

    return Picture(drawn, frame, Caption(**caption), rows.told(table, label, _written))


def _written(row: Any) -> str:
    """A ratio with its interval."""
    return f"{number(row.value, 2)} ({interval(row.low, row.high, 2, as_percent=False)})"


def doublings(values: Numbers) -> Numbers:
    """Ratios as doublings, from -MOST to MOST."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.clip(np.log2(values), -MOST, MOST))


def scale(ax: "Axes", values: Numbers) -> None:
    """
    As wide as what is drawn, a whole doubling on either side at least; ticks say the ratio.

    On a phone every other one has its words where all would stand over each other.
    """
    first = int(np.floor(np.nanmin(values, initial=-1.0)))
    last = int(np.ceil(np.nanmax(values, initial=1.0)))
    is_small = ax.get_figure(root=True).get_figwidth() < SMALL  # type: ignore[union-attr]
    step = 2 if is_small and last - first > MOST_TICKS else 1
    ticks = [at for at in range(first, last + 1) if at % step == 0]
    ax.set_xlim(first, last)
    ax.set_xticks(ticks)
    tick_texts(ax.xaxis, lambda at: _ratio_text(float(2.0**at)))


def _ratio_text(ratio: float) -> str:
    """2, 1 or 0.5, without zeros that say nothing."""
    digits = next(d for d in range(5) if round(ratio * 10**d) == ratio * 10**d)
    return number(ratio, digits)
