"""A table that is long and not needed by every reader: folded until it is wanted."""

from dataclasses import dataclass
from typing import Any

from studylib.files.template import fill
from studylib.report.table import Table


@dataclass(frozen=True)
class Folded:
    """A table under a summary; its file travels with the page all the same."""

    summary: str
    table: Table

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        return {**self.table._repr_mimebundle_(), "text/html": self._repr_html_()}

    def _repr_html_(self) -> str:
        return fill("show/template/folded.html.j2", summary=self.summary, body=self.table)
