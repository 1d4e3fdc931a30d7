"""Two tables that answer one question, in one cell: one below the other, each with its files."""

from dataclasses import dataclass
from typing import Any

from studylib.files.attached import FILES


@dataclass(frozen=True)
class Together:
    """What is shown one below the other."""

    parts: tuple[Any, ...]

    def _repr_html_(self) -> str:
        return "".join(part._repr_html_() for part in self.parts)

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        bundles = [part._repr_mimebundle_() for part in self.parts]
        said = [bundle["text/plain"] for bundle in bundles if bundle["text/plain"]]
        files = {name: data for bundle in bundles for name, data in bundle.get(FILES, {}).items()}
        whole = {"text/html": self._repr_html_(), "text/plain": "\n".join(said)}
        return whole | ({FILES: files} if files else {})


def together(*parts: Any) -> Together:
    """Tables one below the other; those of nothing leave nothing."""
    return Together(parts)
