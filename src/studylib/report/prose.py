"""Paragraphs with computed numbers, as a notebook shows them and a page takes them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studylib.files.template import fill

HEADLINE = "application/vnd.studylib.headline+json"
"""Carries the answer of a page to the list of pages."""
BRIEF = "application/vnd.studylib.brief+json"
"""Carries numbers in words and calls to make to the front page of a study."""


@dataclass(frozen=True)
class Prose:
    """Paragraphs of plain text; shown as HTML with everything escaped."""

    paragraphs: tuple[str, ...]
    kind: str = "prose"
    """`prose`, `headline` (the answer at the top of a page) or `warning`."""
    numbers: tuple[tuple[str, str], ...] = ()
    """For the front page: a number as written, and what is counted."""

    def _repr_html_(self) -> str:
        return fill("report/template/prose.html.j2", kind=self.kind, paragraphs=self.paragraphs)

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self._repr_html_(), "text/plain": str(self)}
        if self.kind == "headline":
            bundle[HEADLINE] = {"text": self.paragraphs[0]}
        if self.numbers:
            bundle[BRIEF] = {"numbers": [list(pair) for pair in self.numbers]}
        return bundle

    def __str__(self) -> str:
        return "\n\n".join(self.paragraphs)


def prose(
    *paragraphs: str | None, kind: str = "prose", numbers: Sequence[tuple[str, str]] = ()
) -> Prose:
    """Paragraphs without the empty ones; numbers in words for the front page of the study."""
    return Prose(tuple(p for p in paragraphs if p), kind, tuple(numbers))
