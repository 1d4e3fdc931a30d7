"""A list of files that travel with a page and are shown as links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studylib.files.attached import FILES
from studylib.files.template import fill


@dataclass(frozen=True)
class Downloads:
    """Files beside the page: a title, text by path, what each path is called."""

    title: str
    files: Mapping[str, str]
    names: Mapping[str, str]

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        return {
            "text/html": self._repr_html_(),
            "text/plain": self.title,
            FILES: dict(self.files),
        }

    def _repr_html_(self) -> str:
        shown = [(name, path, path.rpartition("/")[2]) for path, name in self.names.items()]
        return fill("show/template/downloads.html.j2", title=self.title, files=shown)
