"""Ranks as strips: which places an item takes, and how sure that is; 1 stands left."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from studylib.figures import rows
from studylib.figures.axes import tick_texts, whole_number
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, roles
from studylib.language.words import interval, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def ranks(
    frame: pd.DataFrame,
    *,
    item: str = "item",
    by: str = "by",
    rank: str = "rank",
    low: str = "low",
    high: str = "high",
    orders: Sequence[str] = (),
    label: Callable[[object], str] = str,
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Ranks as dots on the strip of places they take, items in the order of the frame.

    Parameters
    ----------
    frame
        One row per item and order: item, by, rank (1 the first), low, high (places it takes).  A
        missing rank is not drawn.
    item, by, rank, low, high
        Columns of the frame.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    orders
        Names of the orders in the order of their colours, default as they appear.
    label
        What an item is called on the page.
    """
    frame = frame[[item, by, rank, low, high]].reset_index(drop=True)
    names = roles(frame[by].tolist(), orders, ())
    table = frame.assign(is_told=True).set_axis(rows.COLUMNS, axis=1)

    def drawn(figure: "Figure", look: Look) -> None:
        """One row per item under the legend, one strip for each order."""
        last = float(np.nanmax(frame[[rank, high]].to_numpy(dtype=float), initial=2.0))
        rows.on_rows(figure, look, table, names, lambda ax: _scale(ax, last), label=label)

    return Picture(drawn, frame, Caption(**caption), rows.told(table, label, _written))


def _written(row: Any) -> str:
    """A rank with the places it takes."""
    return f"{number(row.value)} ({interval(row.low, row.high, 0, as_percent=False)})"


def _scale(ax: "Axes", last: float) -> None:
    """From the first place to the last one drawn; ticks stand at whole places."""
    from matplotlib.ticker import MaxNLocator

    ax.set_xlim(0.5, last + 0.5)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True, prune=None))
    ax.set_xticks([1.0, *(tick for tick in ax.get_xticks() if 1 < tick <= last)])
    tick_texts(ax.xaxis, whole_number)
