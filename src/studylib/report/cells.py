"""How a cell of a table is written: shares, counts, years, days, what is missing."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import pandas as pd

from studylib.language.words import _, day, hundredfold, interval, is_missing, number, percent

Format = (
    Literal["share", "points", "count", "number", "year", "text", "figures"] | Callable[[Any], str]
)  # `points`: a difference of shares; `figures`: numbers already written, such as an interval
PHONE = 32  # characters that stand beside each other on a screen of 320 px
RIGHT = frozenset({"share", "points", "count", "number", "year", "figures"})


def usual(name: str, column: "pd.Series[Any]") -> Format:
    """How a column is written unless told: by its name first, then by its type."""
    if name == "year" or name.endswith("_year"):
        return "year"
    if pd.api.types.is_datetime64_any_dtype(column):
        return lambda value: day(None if is_missing(value) else value.date())
    if pd.api.types.is_bool_dtype(column):
        return lambda value: _("not known") if is_missing(value) else _("yes") if value else _("no")
    if not pd.api.types.is_numeric_dtype(column):
        return "text"
    if name == "share" or name.startswith("share_"):
        return "share"
    return "count" if pd.api.types.is_integer_dtype(column) else "number"


def written(value: Any, how: Format) -> str:
    """A value as text, in the language of the page."""
    if callable(how):
        return how(value)
    if is_missing(value):
        return _("not known")
    if how == "share":
        return percent(value)
    if how == "points":  # the heading says so: "%" of a difference could be read as a part of it
        return hundredfold(value)
    if how in {"count", "number"}:
        return number(value, 0 if how == "count" else 2)
    return str(int(value)) if how == "year" else str(value)


def between(low: Any, high: Any, how: Format) -> str:
    """An interval in the unit of its column."""
    if how == "share":
        return interval(low, high)
    if how == "points":
        return interval(low * 100, high * 100, 1, as_percent=False)
    return interval(low, high, 0 if how == "count" else 2, as_percent=False)


def sort_keys(column: "pd.Series[Any]") -> list[str]:
    """What a column is sorted by, where that is a number; "" where words are."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return ["" if is_missing(value) else str(value.toordinal()) for value in column]
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return [""] * len(column)
    return ["" if is_missing(value) else f"{float(value):.12g}" for value in column]


def fits(head: Sequence[tuple[str, str]], columns: Sequence[list[tuple[str, str]]]) -> bool:
    """Whether the columns stand beside each other on a phone without breaking a word."""
    widths = [
        max(
            [max(map(len, label.split()), default=0)]
            + [len(t) if side == "number" else max(map(len, t.split()), default=0) for _, t in own]
        )
        for (side, label), own in zip(head, columns, strict=True)
    ]
    return sum(widths) + 2 * (len(widths) - 1) <= PHONE
