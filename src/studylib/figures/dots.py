"""Shares with their intervals: one row per item, one mark per territory."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from studylib.figures import rows
from studylib.figures.axes import tick_texts, whole_percent, with_n
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, roles
from studylib.language.words import interval, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
    names = roles(frame[by].tolist(), territories, outside)
    table = frame.assign(is_told=True)[[item, by, share, low, high, "is_told"]]
    table = table.set_axis(rows.COLUMNS, axis=1)
    bases = {with_n(t, frame.loc[frame[by].astype(str) == t, n].tolist()): names[t] for t in names}

    def drawn(figure: "Figure", look: Look) -> None:
        """One row per item under the legend, the territories' marks below each other."""
        from matplotlib.ticker import MaxNLocator

        end = _end_of(frame[[share, high]])
        ax = rows.on_rows(
            figure, look, table, names, lambda ax: ax.set_xlim(0, end), label=label, heads=bases
        )
        ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))  # whole percents
        tick_texts(ax.xaxis, whole_percent)

    return Picture(drawn, frame, Caption(**caption), rows.told(table, label, _written))


def _written(row: Any) -> str:
    """A share with its interval."""
    return f"{percent(row.value, 0)} ({interval(row.low, row.high, 0)})"


def _end_of(values: pd.DataFrame) -> float:
    """End of the axis: the next tenth above everything drawn, at most 1."""
    largest = float(np.nanmax(values.to_numpy(dtype=float), initial=0.0))
    return min(1.0, max(0.1, math.ceil(largest * 10 - 1e-9) / 10))
