"""
What a new release says that the one before did not (the feed of it: `feed`).

    results.json, attempts.json of both  --News-->  Change(key, old, new)

One entry for a row of a table: its share (or difference, or number) as it was and as it is, with
the interval.  An identical build has none.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from studylib.runs.published.compare import RESULTS, causes

LEAD = ("share", "difference", "n")  # what a row is told by, where it has it
INTERVAL = ("low", "high")
ANSWER = "answer/"
NOTHING = "none"


@dataclass(frozen=True)
class Change:
    """One thing that is another now: a row of a table, an answer, a page that failed."""

    key: str
    old: str
    new: str

    @property
    def line(self) -> str:
        """The change in a line."""
        return f"{self.key}: {self.old} -> {self.new}"


def entries(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What changed between two results, a change for each row and each answer; sorted by key."""
    before, after = old.get("results", {}), new.get("results", {})
    keys = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    answers = [
        Change(key, _text_of(before.get(key)), _text_of(after.get(key)))
        for key in sorted(keys)
        if key.startswith(ANSWER)
    ]
    rows: dict[str, set[str]] = {}
    for key in keys:
        row, _slash, column = key.rpartition("/")
        if not key.startswith(ANSWER) and _is_said(key, column, before, after):
            rows.setdefault(row, set()).add(column)
    return answers + [_row(row, columns, before, after) for row, columns in sorted(rows.items())]


def _is_said(key: str, column: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a change is one of a number or a verdict, and no label of another."""
    numbers = (isinstance(side.get(key), int | float) for side in (before, after))
    return column == "verdict" or any(numbers)


def _row(
    row: str, columns: set[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Change:
    """The change of a row, told by its leading column if that changed, else by the first."""
    lead = next((name for name in LEAD if name in columns), min(columns))
    told = [_value(row, lead, side) for side in (before, after)]
    return Change(f"{row}/{lead}", *told)


def _value(row: str, column: str, side: Mapping[str, Any]) -> str:
    """A value with its interval, where it has one; `none` where there is none."""
    value = side.get(f"{row}/{column}")
    if value is None:
        return NOTHING
    low, high = (side.get(f"{row}/{end}") for end in INTERVAL)
    if column in LEAD[:2] and low is not None and high is not None:
        return f"{value} ({low} to {high})"
    return str(value)


def _text_of(answer: str | None) -> str:
    return NOTHING if answer is None else answer


def of_pages(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Pages that could not be built again since, and pages that could."""
    failed = [Change(path, "built", "could not be built again") for path in sorted({*new} - {*old})]
    mended = [Change(path, "could not be built again", "built") for path in sorted({*old} - {*new})]
    return failed + mended


@dataclass(frozen=True)
class News:
    """What a release about to be published says that the one before did not."""

    now: datetime
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]
    pages: list[Change]

    @cached_property
    def found(self) -> list[Change]:
        """The rows and answers that changed; none where there was no release before."""
        return [] if self.old is None else entries(self.old, self.new)

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.found or self.pages)

    def told(self) -> dict[str, Any]:
        """What the page above all studies says of it."""
        return {
            "day": self.now.date().isoformat(),
            "n": len(self.found),
            "causes": [] if self.old is None else causes(self.old, self.new),
            "changes": [change.line for change in self.found[:5]],
        }


def results_of(folder: Path) -> dict[str, Any] | None:
    """What a published folder says of itself; None where nothing can be read."""
    try:
        said: dict[str, Any] = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said
