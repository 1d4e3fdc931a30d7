"""Paragraphs with computed numbers, as a notebook shows them and a page takes them over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studylib.files.template import fill

HEADLINE = "application/vnd.studylib.headline+json"
"""Carries the answer of a page to the list of pages."""
LACK = "application/vnd.studylib.lack+json"
"""Says that these words stand for a section a study has no data for."""
BRIEF = "application/vnd.studylib.brief+json"
"""Carries numbers in words and calls to make to the front page of a study."""


@dataclass(frozen=True)
class Prose:
    """
    Paragraphs of plain text; shown as HTML with everything escaped.

    The first one of a headline is the finding: it stands on the front page as it is.
    """

    paragraphs: tuple[str, ...]
    kind: str = "prose"
    """`prose`, `headline` (the answer at the top of a page), `warning`, or `lack`."""
    numbers: tuple[tuple[str, str], ...] = ()
    """For the front page: a number as written, and what is counted."""
    foreign: tuple[str, ...] = ()
    """Pieces in no language known, as a citation: a screen reader is told so."""
    is_finding: bool = True
    """Whether a headline tells something of this study; if not, the front page leaves it out."""

    made_up: str = ""
    """What is said where the front page repeats a headline counted on made-up records."""
    folded: tuple[str, tuple[str, ...]] = ("", ())
    """A summary, and paragraphs that only some readers want, folded under it."""

    def _repr_html_(self) -> str:
        summary, folded = self.folded
        if not self.paragraphs + folded:
            return ""
        parted = [_parted(text, self.foreign) for text in self.paragraphs]
        return fill(
            "report/template/prose.html.j2",
            kind="prose" if self.kind == "lack" else self.kind,
            paragraphs=parted,
            summary=summary,
            folded=[_parted(text, self.foreign) for text in folded],
        )

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self._repr_html_(), "text/plain": str(self)}
        if self.kind == "headline":
            told = {"is_finding": self.is_finding, "made_up": self.made_up}
            bundle[HEADLINE] = {"text": self.paragraphs[0], **told}
        if self.kind == "lack":
            bundle[LACK] = {}
        if self.numbers:
            bundle[BRIEF] = {"numbers": [list(pair) for pair in self.numbers]}
        return bundle

    def __str__(self) -> str:
        return "\n\n".join(self.paragraphs + self.folded[1])


def _parted(text: str, foreign: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is foreign."""
    if not foreign:
        return [(text, False)]
    pieces = re.split(f"({'|'.join(map(re.escape, foreign))})", text)
    return [(piece, piece in foreign) for piece in pieces if piece]


def lack(text: str) -> Prose:
    """
    Why a study has nothing to show in a section.

    A page leaves such a section out and says this at its end, where it tells what it does not show;
    "" says nothing.
    """
    return Prose((text,) if text else (), "lack")


def prose(
    *paragraphs: str | None,
    kind: str = "prose",
    numbers: Sequence[tuple[str, str]] = (),
    foreign: Sequence[str] = (),
    is_finding: bool = True,
    made_up: str = "",
    folded: tuple[str, Sequence[str | None]] = ("", ()),
) -> Prose:
    """
    Paragraphs without the empty ones; numbers in words for the front page of the study.

    `foreign` are pieces of them that need not be in the language of the page; `folded` a summary
    and paragraphs under it.
    """
    pieces = tuple(piece for piece in foreign if piece)
    said = tuple(p for p in paragraphs if p)
    summary, more = folded[0], tuple(p for p in folded[1] if p)
    return Prose(said, kind, tuple(numbers), pieces, is_finding, made_up, (summary, more))
