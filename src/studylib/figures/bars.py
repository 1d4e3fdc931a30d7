"""Bars with their number at the end: one row per item."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from studylib.figures.axes import LINE, beside_axis, n_lines, seen, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.picture import Picture
from studylib.figures.theme import Look
from studylib.language.words import number

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def bars(
    frame: pd.DataFrame,
    *,
    item: str = "item",
    value: str = "n",
    low: str = "",
    high: str = "",
    write: Callable[[Any], str] = number,
    label: Callable[[object], str] = str,
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    One bar per row, from zero, in the order of the frame, with its number and interval.

    Parameters
    ----------
    frame
        One row per item: item, value >= 0, and low, high if named.  A missing value has no bar.
    item, value, low, high
        Columns of the frame.
    write, label
        How a value and an item are written.
    title, alt, measure, note, source, name
        See `CaptionTexts`.
    """
    ends = [column for column in (low, high) if column]
    frame = frame[[item, value, *ends]].reset_index(drop=True)

    def draw(figure: "Figure", look: Look) -> None:
        """Write the values and items, then draw a bar for each."""
        values = frame[[value, *ends]].to_numpy(dtype=float)
        texts = [write(x) for x in frame[value]]
        labels = [wrapped(label(i), 44 if look.narrow else 36) for i in frame[item]]
        _bars(figure, look, values, labels, texts)

    told = seen(
        (label(name), [write(x)]) for name, x in zip(frame[item], frame[value], strict=True)
    )
    return Picture(draw, frame, Caption(**caption), told)


def _bars(
    figure: "Figure", look: Look, values: "np.ndarray", labels: list[str], texts: list[str]
) -> None:
    """Bars from the left, the item beside (on a phone above) each, the number behind it."""
    text = np.array([LINE * n_lines(label) for label in labels])
    step = text + 0.34 if look.narrow else np.maximum(text + 0.12, 0.36)
    end = np.cumsum(step)
    middle = end - 0.17 if look.narrow else end - step / 2
    figure.set_figheight(float(end[-1]) + 0.12)
    ax = figure.subplots()
    lengths = np.nan_to_num(values[:, 0])
    ax.barh(middle, lengths, height=0.2, color=look.bar)
    if values.shape[1] > 1:
        ax.hlines(middle, values[:, 1], values[:, 2], color=look.text, linewidth=1.6)
    reach = np.nanmax(np.column_stack([lengths, values]), axis=1)
    for y, x, written in zip(middle, reach, texts, strict=True):
        ax.annotate(written, (x, y), xytext=(5, 0), textcoords="offset points", va="center")
    widest = max(len(written) for written in texts)
    room = 1 + widest * (0.042 if look.narrow else 0.02)
    ax.set_xlim(0, max(float(reach.max()), 1e-9) * room)
    ax.set_ylim(float(end[-1]), 0)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.axvline(0, color=look.muted, linewidth=1)
    if look.narrow:
        ax.set_yticks([])
        for name, last, height in zip(labels, end, step, strict=True):
            beside_axis(ax, look, last - height + 0.06, name)
    else:
        ax.set_yticks(middle, labels, color=look.text)
        ax.tick_params(length=0, pad=8)
