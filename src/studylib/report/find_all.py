"""
What can be found in all studies of a folder: one table on the page above them, without a server.

    what is found on the pages of a study  --as_text-->  <study>/<language>/found.json
    those of all studies                   --gathered->  one row per thing, a link per study

Figures and tables are left to the search of each study: what is looked for over many of them is a
question, a finding, an organisation, a theme, an idea.  What several studies have is one row.  A
heading that stands on several pages of a study leads nowhere in particular and is left out.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studylib.errors import DataError, quoted
from studylib.language.words import _, mark, number
from studylib.report.clean import is_link
from studylib.report.find import CARDS, ORGANISATION, PAGE, Found
from studylib.report.study_card import Card

FILE = "found.json"
FINDING = mark("Finding")
LEFT_OUT = (mark("Figure"), mark("Table"))
SECTION = mark("Section")
KINDS = (PAGE, FINDING, SECTION, ORGANISATION, *(kind for _start, kind in CARDS))
Rows = Sequence[Sequence[str]]
"""Words, kind, address in the folder of the language."""


@dataclass(frozen=True)
class Sought:
    """A row: words, what it is, their language where it is not that of the page, where it is."""

    words: str
    kind: str
    lang: str = ""
    places: list[tuple[str, str]] = field(default_factory=list)
    """Title of a study and address, from the page above all studies."""


def as_text(found: Iterable[Found], findings: Mapping[str, str]) -> str:
    """
    What can be found in a study in one language, as JSON; the same bytes for the same pages.

    `findings` has by the address of a page its answer in short.
    """
    found = list(found)
    said = Counter(entry.words for entry in found)
    rows = []
    for entry in found:
        if entry.kind not in LEFT_OUT and not (entry.kind == SECTION and said[entry.words] > 1):
            rows.append([entry.words, entry.kind, entry.href])
        if entry.kind == PAGE and findings.get(entry.href):
            rows.append([findings[entry.href], FINDING, entry.href])
    return json.dumps(rows, ensure_ascii=False, indent=0) + "\n"


def shown_in(card: Card, language: str) -> str:
    """The language a study is offered in to readers of a language: theirs, else its first."""
    return language if language in card.titles else next(iter(card.titles))


def of_studies(
    reports: Path, cards: Sequence[Card], language: str, new: Mapping[str, str] | None = None
) -> dict[str, Rows]:
    """
    What can be found in each study, by id; nothing in one that was built before it was told.

    `new` has by path below `reports` what is about to be published.

    Raises
    ------
    DataError
        The file of a study cannot be read.
    """
    told: dict[str, Rows] = {}
    for card in cards:
        name = f"{card.id}/{shown_in(card, language)}/{FILE}"
        if new and name in new:
            told[card.id] = json.loads(new[name])
        elif (reports / name).is_file():
            told[card.id] = _read(reports / name, name)
    return told


def _read(path: Path, name: str) -> Rows:
    """The rows of a file that lies in the reports; nobody knows who wrote it."""
    try:
        rows: Rows = json.loads(path.read_text(encoding="utf-8"))
        if all(isinstance(w, str) and kind in KINDS and is_link(href) for w, kind, href in rows):
            return rows
    except (OSError, ValueError, TypeError):
        pass
    raise DataError(f"{quoted(name)} cannot be read. Build that study again.")


def gathered(cards: Sequence[Card], found: Mapping[str, Rows], language: str) -> list[Sought]:
    """One row per thing, in the order of the studies and of their pages; in the language in use."""
    rows: dict[tuple[str, str, str], Sought] = {}
    for card in cards:
        code = shown_in(card, language)
        for words, kind, href in found.get(card.id, ()):
            lang = "" if code == language else code
            row = rows.setdefault((words, kind, lang), Sought(words, _(kind), lang))
            row.places.append((card.titles[code], f"{card.id}/{code}/{href}"))
    return list(rows.values())


def words_of(rows: Sequence[Sought]) -> dict[str, object]:
    """The words of the table, in the language in use."""
    n = number(len(rows))
    return {
        "title": _("Search in all studies"),
        "head": [_("What"), _("Kind"), _("Study")],
        "rows": _("{n} of {all} rows", n="{n}", all=n),
        "search": _("Search all studies"),
        "all": _("all"),
        "sort": _("Sort by this column"),
        "more": _("Show all {n} rows", n=n),
    }
