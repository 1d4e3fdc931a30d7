"""A table that is long and not needed by every reader: folded until it is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studylib.files.template import fill
from studylib.report.table import Table


@dataclass(frozen=True)
class Folded:
    """A table under a summary; its file travels with the page all the same."""

    summary: str
    table: Table
    cards: tuple[str, Sequence[tuple[str, Any]]] = ("", ())
    """A heading, and folded cards (summary, card) below it."""

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        return {**self.table._repr_mimebundle_(), "text/html": self._repr_html_()}

    def _repr_html_(self) -> str:
        first = fill("show/template/folded.html.j2", summary=self.summary, body=self.table)
        heading, folds = self.cards
        if not folds:
            return first
        return first + fill("show/template/cards.html.j2", first="", sections={heading: folds})
