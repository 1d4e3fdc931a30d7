"""Ranks as strips: which places an item takes, and how sure that is; 1 stands left."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Unpack

import numpy as np
import pandas as pd

from studylib.figures.axes import legend, quiet, seen, tick_texts, whole_number, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.dots import Rows, item_names, marks
from studylib.figures.picture import Picture
from studylib.figures.theme import Look, roles
from studylib.language.words import interval, number

if TYPE_CHECKING:
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
    items = list(dict.fromkeys(frame[item]))
    names = roles(frame[by].tolist(), orders, ())

    def drawn(figure: "Figure", look: Look) -> None:
        """One row per item under the legend, one strip for each order."""
        from matplotlib.ticker import MaxNLocator

        labels = [wrapped(label(i), 42 if look.narrow else 34) for i in items]
        layout = Rows(labels, len(names), look)
        top = legend(figure, look, names) if len(names) > 1 else 0.1
        figure.set_figheight(top + float(layout.ends[-1]) + 0.5)
        ax = figure.subplots()
        row_of = {name: row for row, name in enumerate(items)}
        for line, (name, place) in enumerate(names.items()):
            part = frame[(frame[by].astype(str) == name) & frame[rank].notna()]
            at = layout.marks(part[item].map(row_of).to_numpy(dtype=int), line)
            marks(ax, look, part[[rank, low, high]].to_numpy(dtype=float), at, place)
        item_names(ax, layout)
        last = float(np.nanmax(frame[[rank, high]].to_numpy(dtype=float), initial=2.0))
        ax.set_xlim(0.5, last + 0.5)
        ax.xaxis.set_major_locator(MaxNLocator(8, integer=True, prune=None))
        ticks = [1.0, *(t for t in ax.get_xticks() if 1 < t <= last)]
        ax.set_xticks(ticks)
        tick_texts(ax.xaxis, whole_number)
        quiet(ax, grid="x")

    told = seen(
        (
            label(i),
            [
                f"{row[by]} {number(row[rank])} "
                f"({interval(row[low], row[high], 0, as_percent=False)})".strip()
                for row in frame[(frame[item] == i) & frame[rank].notna()].to_dict("records")
            ],
        )
        for i in items
    )
    return Picture(drawn, frame, Caption(**caption), told)
