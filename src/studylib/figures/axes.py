"""What several figures share: wrapped labels, ticks in the language of the page, a legend."""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import east_asian_width

from studylib.figures.theme import Look, marker
from studylib.language import in_use
from studylib.language.spans import span
from studylib.language.words import _, is_missing, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINE = 0.185  # height of a line of text [inch]
PIECES = 16  # of a bow
CHARACTER = 0.085  # mean width of a character [inch]
PLACES: dict[str, Literal["outside upper left", "outside lower left"]] = {
    "upper": "outside upper left",
    "lower": "outside lower left",
}
SMALL = 8.5  # size of a name beside a mark [pt]
MOST_SEEN = 40  # rows of a drawing told to those who do not see it; the file has all
MOST_LINES = 4  # of a label
LONG_LINE = 28  # characters from which a line has no room for longer words


def wrapped(text: object, width: int, most: int = MOST_LINES) -> str:
    """
    A label in lines of about this many characters, at most so many; the rest is an ellipsis.

    A word is broken where it is half as long again as a short line, or longer than a long one.
    The whole name stands in the table beside the picture.

    >>> print(wrapped("Advanced manufacturing", 14))
    Advanced
    manufacturing
    >>> print(wrapped("x" * 30, 10, most=1))
    xxxxxxxxxxxxxx…
    """
    text = str(text)
    wide = width_of(text) - len(text)  # as wide as two
    longest = width * 3 // 2 if width < LONG_LINE else width
    if wide:
        width, longest = (max(2, n * len(text) // (len(text) + wide)) for n in (width, longest))
    found = textwrap.wrap(text, width, break_long_words=False)
    lines = [part for line in found for part in textwrap.wrap(line, longest)]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: longest - 1].rstrip() + "…"]
    return "\n".join(lines) or " "


def width_of(text: str) -> int:
    """
    How many letters of the Latin script a line is as wide as.

    >>> width_of("ab"), width_of("\u963f\u57fa")
    (2, 4)
    """
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)


def seen(rows: Iterable[tuple[object, Iterable[str]]]) -> tuple[str, ...]:
    """
    What a drawing shows, a sentence a row: its name and what stands beside it, if anything does.

    >>> seen([("Innovation", ["Aquitaine 60%", "Euskadi 31%"])])
    ('Innovation: Aquitaine 60%, Euskadi 31%.',)
    """
    told = [
        _("{name}: {values}.", name=str(name), values=", ".join(filled))
        for name, values in rows
        if (filled := [value for value in values if value])
    ]
    return (*told[:MOST_SEEN], "…") if len(told) > MOST_SEEN else tuple(told)


def n_lines(text: str) -> int:
    """Lines of a wrapped label."""
    return text.count("\n") + 1


def tick_texts(axis: Any, write: Callable[[float], str]) -> None:
    """Write the ticks of an axis with one of our functions."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _place: write(value)))


def whole_number(value: float) -> str:
    """A tick of a count."""
    return number(value)


def whole_percent(value: float) -> str:
    """A tick of a share."""
    return percent(value, 0)


def with_n(name: str, n: Sequence[Any]) -> str:
    """
    A territory with its base: one number, or the smallest and largest.

    >>> print(with_n("Euskadi", [13, 13]), with_n("Euskadi", [5, 13]), with_n("Euskadi", []))
    Euskadi (n = 13) Euskadi (n = 5–13) Euskadi
    """
    known = sorted({value for value in n if not is_missing(value)})
    if not known:
        return name
    low, high = number(known[0]), number(known[-1])
    base = low if low == high else span(low, high, in_use())
    return f"{name} (n\u00a0=\u00a0{base})"


def legend(
    figure: "Figure",
    look: Look,
    names: Mapping[str, int],
    *,
    lines: bool = False,
    at: str = "upper",
) -> float:
    """Name the territories above or below the drawing, side by side where they fit; its height."""
    from matplotlib.lines import Line2D

    width = 38 if look.narrow else 60
    labels = [wrapped(name, width) for name in names]
    columns = _beside(labels, look.width)
    marks = [
        Line2D([], [], color=look.role(place), marker=marker(place), markersize=6,
               linestyle="-" if lines else "none", linewidth=1.8)
        for place in names.values()
    ]  # fmt: skip
    figure.legend(marks, labels, loc=PLACES[at], ncols=columns)
    rows = [labels[i::columns] for i in range(columns)]
    return LINE * max(sum(n_lines(label) for label in column) for column in rows) * 1.15 + 0.1


def _beside(labels: Sequence[str], room: float) -> int:
    """How many columns of names fit beside each other; a column is as wide as its longest line."""
    for columns in range(len(labels), 1, -1):
        rows = -(-len(labels) // columns)
        parts = [labels[i : i + rows] for i in range(0, len(labels), rows)]
        widths = [max(len(line) for label in part for line in label.splitlines()) for part in parts]
        if sum(CHARACTER * width + 0.45 for width in widths) < room:
            return columns
    return 1


def beside_axis(ax: "Axes", look: Look, y: float, text: str) -> None:
    """A label that starts at the left edge of the axes, clear of its line and over all others."""
    ax.annotate(
        text, (0, y), xytext=(4, 0), xycoords=ax.get_yaxis_transform(),
        textcoords="offset points", va="top",
        bbox={"facecolor": look.paper, "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def beside_mark(
    ax: "Axes", look: Look, ends: Iterable[Any], y: Any, name: str, sides: str = "right left"
) -> None:
    """A name beside a mark, right of all that belongs to it or left, where there is room for it."""
    start, end = ax.get_xlim()
    known = [value for value in ends if not is_missing(value)]
    low, high = min(known), max(known)
    free = {"right": (end - high) / (end - start), "left": (low - start) / (end - start)}
    needed = (len(name) * CHARACTER * SMALL / 10 + 0.1) / look.width
    side = next((side for side in sides.split() if free[side] > needed), None)
    if side is None:
        return
    away = 6 if side == "right" else -6
    ax.annotate(
        name, (high if side == "right" else low, y), xytext=(away, 0), textcoords="offset points",
        ha="left" if side == "right" else "right", va="center", size=SMALL, color=look.muted,
        bbox={"facecolor": look.paper, "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip


def outside_layout(ax: "Axes") -> None:
    """Texts that were given their room beforehand take none from the axes."""
    for text in ax.texts:
        text.set_in_layout(False)


def quiet(ax: "Axes", *, grid: str) -> None:
    """Grid lines across the measure only."""
    ax.grid(visible=True, axis=grid)  # type: ignore[arg-type]
    ax.tick_params(length=0)


def joined(
    one: tuple[float, float], other: tuple[float, float], bow: float
) -> tuple[list[float], list[float]]:
    """A straight line; between two points above each other a bow to the left, a fourth as wide."""
    (x1, y1), (x2, y2) = one, other
    if x1 != x2:
        return [x1, x2], [y1, y2]
    steps = [step / PIECES for step in range(PIECES + 1)]
    return [x1 - bow * s * (1 - s) for s in steps], [y1 + (y2 - y1) * s for s in steps]
