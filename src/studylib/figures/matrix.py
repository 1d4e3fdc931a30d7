"""Matrices with the number in every cell: two keys, one value; two KETs, families with both."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from studylib.errors import DataError, some
from studylib.figures.axes import CHARACTER, LINE, n_lines, wrapped
from studylib.figures.picture import Caption, Picture
from studylib.figures.theme import Look
from studylib.words import is_missing, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LONGEST_WORDS = 14  # characters in a line of a column's name, if it stands level


def heat(
    frame: pd.DataFrame,
    *,
    title: str,
    alt: str,
    rows: str,
    columns: str,
    value: str,
    write: Callable[[Any], str] = lambda x: number(x, 2),
    label: Callable[[object], str] = str,
    centre: float | None = None,
    measure: str = "",
    note: str = "",
    source: str = "",
    name: str = "",
) -> Picture:
    """
    A matrix with its numbers; rows and columns in the order they first appear in the frame.

    Parameters
    ----------
    frame
        One row per cell: rows, columns, value.  A cell without a row or value shows a dash.
    rows, columns, value
        Columns of the frame.
    write, label
        How a value and the name of a row or column are written.
    centre
        The value that means neither more nor less (1 for RTA): below it one colour, above it
        another.  None: one colour from the smallest value to the largest.
    title, alt, measure, note, source, name
        See `shares`.

    Raises
    ------
    DataError
        A cell has two rows.
    """
    frame = frame[[rows, columns, value]].reset_index(drop=True)
    down, across = list(dict.fromkeys(frame[rows])), list(dict.fromkeys(frame[columns]))
    cells = _cells(frame).reindex(down, columns=across)

    def draw(figure: "Figure", look: Look) -> None:
        _matrix(figure, look, cells, write, label, centre=centre)

    return Picture(draw, frame, Caption(title, alt, measure, note, source, name))


def overlap(
    frame: pd.DataFrame,
    *,
    title: str,
    alt: str,
    first: str = "ket",
    second: str = "other_ket",
    value: str = "n_together",
    label: Callable[[object], str] = str,
    measure: str = "",
    note: str = "",
    source: str = "",
    name: str = "",
) -> Picture:
    """
    Families that carry both of two KETs; on the diagonal all that carry the KET.

    The frame holds each pair once or in both orders, and a row (ket, ket) for the diagonal; the
    half below the diagonal is drawn.  See `heat`.
    """
    frame = frame[[first, second, value]].reset_index(drop=True)
    names = list(dict.fromkeys([*frame[first], *frame[second]]))
    square = _cells(frame).reindex(names, columns=names)
    both = square.where(square.notna(), square.T)
    below = both.where(np.tril(np.ones(both.shape, dtype=bool)))

    def draw(figure: "Figure", look: Look) -> None:
        _matrix(figure, look, below, number, label, above=False)

    return Picture(draw, frame, Caption(title, alt, measure, note, source, name))


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The matrix of a frame of (row, column, value); raises if a cell has two values."""
    rows, columns, value = frame.columns
    twice = frame[frame.duplicated([rows, columns])]
    if len(twice):
        raise DataError(
            f"{len(twice)} cells of the matrix have two values, as "
            f"{some(twice[rows])} with {some(twice[columns])}. Sum or choose before drawing."
        )
    return frame.set_index([rows, columns])[value].astype(float).unstack()  # noqa: PD010


def _matrix(
    figure: "Figure",
    look: Look,
    cells: pd.DataFrame,
    write: Callable[[Any], str],
    label: Callable[[object], str],
    *,
    centre: float | None = None,
    above: bool = True,
) -> None:
    """Coloured cells with their numbers, names left and on top."""
    import seaborn as sns

    left = [wrapped(label(name), 16 if look.narrow else 34) for name in cells.index]
    top = [wrapped(label(name), 22 if look.narrow else LONGEST_WORDS) for name in cells.columns]
    height = max(0.34, LINE * max(n_lines(text) for text in left) + 0.06)
    upright = max(len(line) for text in top for line in text.splitlines())
    lines = LINE * max(n_lines(text) for text in top)
    level = not look.narrow and CHARACTER * upright * len(top) < look.width - 3.2
    head = lines if level else CHARACTER * upright
    figure.set_figheight(height * len(left) + head + 0.15)
    ax = figure.subplots()
    texts = np.array(
        [["–" if is_missing(x) else write(x) for x in row] for row in cells.to_numpy()]
    )
    sns.heatmap(
        cells, ax=ax, annot=texts, fmt="", cbar=False, linewidths=1.5, linecolor=look.paper,
        annot_kws={"size": 9}, **_colours(cells, look, centre),
    )  # fmt: skip
    if above:
        _dashes(ax, look, cells)
    ax.xaxis.tick_top()
    ax.set_xlabel("")
    ax.set_ylabel("")
    ax.set_xticks(ax.get_xticks(), top, rotation=0 if level else 90, color=look.text)
    ax.set_yticks(ax.get_yticks(), left, rotation=0, color=look.text)
    ax.tick_params(length=0)


def _colours(cells: pd.DataFrame, look: Look, centre: float | None) -> dict[str, Any]:
    """From paper to the first colour; around a centre from the second colour to the first."""
    from matplotlib.colors import LinearSegmentedColormap

    values = cells.to_numpy()
    known = values[np.isfinite(values)]
    largest = float(known.max(initial=0.0))
    pale = "#222A33" if look.dark else "#EEF2F5"
    if centre is None:
        colours = LinearSegmentedColormap.from_list("study", [pale, look.role(0)])
        return {"cmap": colours, "vmin": 0.0, "vmax": max(largest, 1e-9)}
    reach = max(abs(largest - centre), abs(centre - float(known.min(initial=centre))), 1e-9)
    colours = LinearSegmentedColormap.from_list("study", [look.role(1), pale, look.role(0)])
    return {"cmap": colours, "vmin": centre - reach, "vmax": centre + reach}


def _dashes(ax: "Axes", look: Look, cells: pd.DataFrame) -> None:
    """A dash where there is no value: nothing is not zero."""
    for row, column in np.argwhere(cells.isna().to_numpy()):
        ax.text(column + 0.5, row + 0.5, "–", ha="center", va="center", color=look.muted)
