"""Paragraphs with computed numbers, as a notebook shows them and a page takes them over."""

from dataclasses import dataclass
from typing import Any

from studylib.files.template import fill

HEADLINE = "application/vnd.studylib.headline+json"
"""Carries the answer of a page to the list of pages."""


@dataclass(frozen=True)
class Prose:
    """Paragraphs of plain text; shown as HTML with everything escaped."""

    paragraphs: tuple[str, ...]
    kind: str = "prose"
    """`prose`, `headline` (the answer at the top of a page) or `warning`."""

    def _repr_html_(self) -> str:
        return fill("report/template/prose.html.j2", kind=self.kind, paragraphs=self.paragraphs)

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self._repr_html_(), "text/plain": str(self)}
        if self.kind == "headline":
            bundle[HEADLINE] = {"text": self.paragraphs[0]}
        return bundle

    def __str__(self) -> str:
        return "\n\n".join(self.paragraphs)


def prose(*paragraphs: str | None, kind: str = "prose") -> Prose:
    """Paragraphs without the empty ones."""
    return Prose(tuple(p for p in paragraphs if p), kind)
