"""
What differs between two builds, and how that is said.

    Comparison   figures: key, old, new, change;  causes: cause, name, old, new;  files
        --check-->     DiffersError, in a sentence, if a reader would see a difference
        --in_words-->  causes first, then figures with old and new value, line by line
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studylib.errors import DiffersError, several, some

if TYPE_CHECKING:
    import pandas as pd

CAUSES = {"inputs": "data", "method": "method", "parameters": "parameters", "texts": "text",
          "languages": "languages"}  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What differs between two builds; nothing does when all three are empty."""

    figures: "pd.DataFrame"
    """One row per figure that differs, sorted by key: key, old, new, change (new - old; missing
    for texts), kind (`changed`, `added`, `removed`)."""
    causes: "pd.DataFrame"
    """One row per input, method or parameter that differs: cause, name, old, new."""
    files: tuple[str, ...] | None
    """Published files that differ, in order; None where one side is no folder of pages."""

    @property
    def cause(self) -> str:
        """`same`, or what changed besides, like `data and text`; `unexplained` if nothing did."""
        found = [cause for cause in CAUSES.values() if (self.causes["cause"] == cause).any()]
        if found:
            return ", ".join(found[:-1]) + " and " + found[-1] if len(found) > 1 else found[0]
        return "unexplained" if self.is_different else "same"

    @property
    def is_different(self) -> bool:
        """Whether a reader would see a difference: in a figure or in a file."""
        return bool(len(self.figures) or self.files)

    @property
    def how_many(self) -> str:
        """How many figures differ and, where they were compared, how many files."""
        n = len(self.figures)
        if self.files is None:
            return several(n, "figure differs", "figures differ")
        files = several(len(self.files), "file", "files")
        return f"{several(n, 'figure', 'figures')} and {files} differ"

    def check(self) -> None:
        """Raise DiffersError, in words, if a reader would see a difference."""
        if not self.is_different:
            return
        named = some(self.figures["key"]) if len(self.figures) else "none"
        why = (
            "neither data, method, parameters, text nor languages did"
            if self.cause == "unexplained"
            else self.cause
        )
        raise DiffersError(f"{self.how_many} (changed besides: {why}). Figures: {named}.")


def in_words(found: Comparison) -> str:
    """What differs, line by line: causes first, then figures with old and new value."""
    if not found.is_different:
        alone = "The two builds show the same figures; one of them has no pages to compare."
        same = "The two builds show the same figures and the same pages."
        return alone if found.files is None else same
    lines = [f"Changed besides the figures: {found.cause}."]
    lines += [f"  {row['cause']}: {row['name']}" for row in found.causes.to_dict("records")]
    lines.append(f"{found.how_many}.")
    lines += [
        f"  {row['key']}: {row['old']} -> {row['new']} ({row['kind']})"
        for row in found.figures.to_dict("records")
    ]
    lines += [f"  {name} (file)" for name in found.files or ()]
    return "\n".join(lines)
