"""Matrices with the number in every cell: two keys, one value; two KETs, families with both."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Unpack
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from studylib.errors import DataError, several, some
from studylib.figures.axes import CHARACTER, LINE, n_lines, seen, wrapped
from studylib.figures.caption import Caption, CaptionTexts
from studylib.figures.cell_colours import colours_of
from studylib.figures.picture import Picture
from studylib.figures.theme import Look
from studylib.language.words import is_missing, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LONGEST_WORDS = 14  # characters in a line of a column's name
UPRIGHT = 40  # characters of a column's name that stands upright
FEW = 3  # columns that leave room for longer names of rows on a phone


def heat(
    frame: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    value: str,
    write: Callable[[Any], str] = lambda x: number(x, 2),
    label: Callable[[object], str] = str,
    centre: float | None = None,
    framed: Collection[tuple[object, object]] = (),
    **caption: Unpack[CaptionTexts],
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
    framed
        Cells (row, column) with a frame around them: those the title speaks of.
    title, alt, measure, note, source, name
        See `CaptionTexts`.

    Raises
    ------
    DataError
        A cell has two rows.
    """
    frame = frame[[rows, columns, value]].reset_index(drop=True)
    down, across = list(dict.fromkeys(frame[rows])), list(dict.fromkeys(frame[columns]))
    cells = _cells(frame).reindex(down, columns=across)

    def draw(figure: "Figure", look: Look) -> None:
        """The whole matrix."""
        ax = _matrix(figure, look, cells, cells, write, label, centre=centre)
        for row, column in framed:
            if row in down and column in across:
                _frame(ax, look, down.index(row), across.index(column))

    return Picture(draw, frame, Caption(**caption), _told(cells, write, label))


def overlap(
    frame: pd.DataFrame,
    *,
    first: str = "ket",
    second: str = "other_ket",
    value: str = "n_together",
    label: Callable[[object], str] = str,
    **caption: Unpack[CaptionTexts],
) -> Picture:
    """
    Families that carry both of two KETs; on the diagonal, without colour, all that carry the KET.

    The frame holds each pair once or in both orders, and a row (ket, ket) for the diagonal; the
    half below the diagonal is drawn.  See `heat` and `CaptionTexts`.
    """
    frame = frame[[first, second, value]].reset_index(drop=True)
    names = list(dict.fromkeys([*frame[first], *frame[second]]))
    square = _cells(frame).reindex(names, columns=names)
    both = square.where(square.notna(), square.T)
    below = both.where(np.tril(np.ones(both.shape, dtype=bool)))

    pairs = below.mask(np.eye(len(names), dtype=bool))

    def draw(figure: "Figure", look: Look) -> None:
        """The half below the diagonal."""
        _matrix(figure, look, below, pairs, number, label, above=False)

    return Picture(draw, frame, Caption(**caption), _told(below, number, label))


def _told(
    cells: pd.DataFrame, write: Callable[[Any], str], label: Callable[[object], str]
) -> tuple[str, ...]:
    """The matrix row by row: each column with its value."""
    return seen(
        (label(row), [f"{label(c)} {write(v)}" for c, v in values.items() if not is_missing(v)])
        for row, values in cells.iterrows()
    )


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The matrix of a frame of (row, column, value); raises if a cell has two values."""
    rows, columns, value = frame.columns
    twice = frame[frame.duplicated([rows, columns])]
    if len(twice):
        raise DataError(
            f"{several(len(twice), 'cell of the matrix has', 'cells of the matrix have')} two "
            "values, as "
            f"{some(twice[rows])} with {some(twice[columns])}. Sum or choose before drawing."
        )
    return frame.set_index([rows, columns])[value].astype(float).unstack()


def _matrix(
    figure: "Figure",
    look: Look,
    cells: pd.DataFrame,
    coloured: pd.DataFrame,
    write: Callable[[Any], str],
    label: Callable[[object], str],
    *,
    centre: float | None = None,
    above: bool = True,
) -> "Axes":
    """Coloured cells with their numbers, names left and on top (upright where they do not fit)."""
    import seaborn as sns

    few = len(cells.columns) <= FEW
    left = [
        wrapped(label(name), 34 if not look.narrow else 17 if few else 15) for name in cells.index
    ]
    height = max(0.34, LINE * max(n_lines(text) for text in left) + 0.06)
    room = (look.width - CHARACTER * _longest(left) - 0.2) / len(cells.columns)
    top = _column_names([label(name) for name in cells.columns], room)
    level = CHARACTER * _longest(top) < room
    head = LINE * max(map(n_lines, top)) if level else CHARACTER * _longest(top)
    figure.set_figheight(height * len(left) + head + 0.15)
    ax = figure.subplots()
    colours = colours_of(coloured, look, centre)
    sns.heatmap(coloured.to_numpy(), ax=ax, cbar=False, linewidths=1.5, linecolor=look.paper,
                    xticklabels=False, yticklabels=False, **colours)  # fmt: skip
    for (row, column), value in np.ndenumerate(cells.to_numpy()):
        if not is_missing(value):
            _write(ax, row, column, write(value), look.text)
        elif above:  # nothing is not zero
            _write(ax, row, column, "–", look.muted)
    ax.xaxis.tick_top()
    turn = 0 if level else 90
    ax.set_xticks(np.arange(len(top)) + 0.5, top, color=look.text, rotation=turn)
    ax.set_yticks(np.arange(len(left)) + 0.5, left, color=look.text)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return ax


def _frame(ax: "Axes", look: Look, row: int, column: int) -> None:
    """A frame around a cell."""
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((column + 0.03, row + 0.06), 0.94, 0.88, fill=False,
                           edgecolor=look.text, linewidth=1.6, zorder=4))  # fmt: skip


def _write(ax: "Axes", row: int, column: int, text: str, colour: str) -> None:
    """A text in the middle of a cell."""
    ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", size=9, color=colour)


def _column_names(names: list[str], room: float) -> list[str]:
    """Names in lines short enough to stand level, or few enough to stand upright in a column."""
    for width in (LONGEST_WORDS, 20, 28):
        labels = [wrapped(name, width) for name in names]
        if LINE * max(map(n_lines, labels)) < room:
            return labels
    return [wrapped(name, UPRIGHT, most=1) for name in names]


def _longest(labels: list[str]) -> float:
    """Characters of mean width in the longest line; capitals and ideographs are wider."""
    return max(
        len(line)
        + 0.3 * sum(map(str.isupper, line))
        + 0.9 * sum(east_asian_width(c) in "WF" for c in line)
        for label in labels
        for line in label.splitlines()
    )
