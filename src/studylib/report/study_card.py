"""
What a published study says of itself in a file, for the page that lists all studies.

    reports/<study>/card.json  <--text--  Card(id, titles, is_synthetic, sources, headlines ...)
    reports/                   --cards-->  the cards of all studies, by id
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from studylib.errors import DataError, quoted

CARD = "card.json"


@dataclass(frozen=True)
class Card:
    """A study in the list of studies; texts by language, in the order they are offered."""

    id: str
    titles: Mapping[str, str]
    is_synthetic: bool
    sources: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)
    failed_since: str | None = None
    """Day (ISO) since which not every page could be built again; none where all could."""

    def text(self) -> str:
        """The card as JSON, the same bytes for the same card."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def cards(reports: Path, new: Card | None = None) -> list[Card]:
    """
    The cards of all studies in a reports folder, by id; `new` takes the place of its old one.

    The id of a card is the folder it lies in, so that links lead there after a folder is renamed.

    Raises
    ------
    DataError
        A card cannot be read.
    """
    paths = [path for path in reports.glob(f"*/{CARD}") if not path.parent.name.startswith(".")]
    found = {path.parent.name: _read(path) for path in paths}
    if new is not None:
        found[new.id] = new
    return [found[key] for key in sorted(found)]


def card_of(folder: Path) -> Card | None:
    """The card in the folder of a study; None where there is none that can be read."""
    try:
        return _read(folder / CARD)
    except DataError:
        return None


def _read(path: Path) -> Card:
    try:
        card = Card(**{**json.loads(path.read_text(encoding="utf-8")), "id": path.parent.name})
        if card.titles:
            return card
    except (OSError, ValueError, TypeError):
        pass
    raise DataError(
        f"{quoted(path.parent.name + '/' + CARD)} is no card of a study. Build that study again."
    )
