"""
The page above all studies: in the language of the build, and beside it in every other.

    cards, what changed last  --list_studies-->  reports/index.html, reports/index.<code>.html

`index.html` is what a person opens first; a page of a study leads back to the list in its own
language.  They lie beside the releases, since they tell of all studies and of their last changes.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from studylib.files import atomic
from studylib.report import find_all, index, study_card
from studylib.runs.published import changes, feed


def list_studies(reports: Path, language: str, absent: Mapping[str, str] | None = None) -> Path:
    """
    Write the page above all studies, `language` the one of `index.html`; returns its path.

    `absent`: titles by id of studies that could not be built and have no pages.
    """
    cards = study_card.cards(reports)
    told = {card.id: feed.last(reports, card.id) for card in cards}
    found = find_all.of_studies(reports, cards, language)
    page = index.studies(cards, language=language, news=told, absent=absent, found=found)
    in_each_language(reports, absent)
    return atomic.replace(reports / "index.html", page.encode())


def with_news(
    reports: Path,
    card: study_card.Card,
    language: str,
    news: changes.News,
    new: Mapping[str, str] | None = None,
) -> str:
    """
    The page above all studies, with what is new of one about to be published.

    `new` has by path below `reports` what can be found in it, which is not there yet.
    """
    told = {other.id: feed.last(reports, other.id) for other in study_card.cards(reports)}
    told[card.id] = news.told() if news.is_any else told.get(card.id)
    cards = study_card.cards(reports, card)
    found = find_all.of_studies(reports, cards, language, new)
    return index.studies(cards, language=language, news=told, found=found)


def begin(reports: Path, card: study_card.Card) -> None:
    """Write the pages that are not there yet: pages about to be published lead to them."""
    cards = study_card.cards(reports, card)
    for code in _codes(cards):
        path = reports / index.name_of(code)
        if not path.is_file():
            atomic.replace(path, index.studies(cards, language=code).encode())


def in_each_language(reports: Path, absent: Mapping[str, str] | None = None) -> None:
    """Write the page in every language of the studies; one that is so already stays untouched."""
    cards = study_card.cards(reports)
    told = {card.id: feed.last(reports, card.id) for card in cards}
    for code in _codes(cards):
        path = reports / index.name_of(code)
        found = find_all.of_studies(reports, cards, code)
        page = index.studies(cards, language=code, news=told, absent=absent, found=found).encode()
        if not path.is_file() or path.read_bytes() != page:
            atomic.replace(path, page)


def _codes(cards: Sequence[study_card.Card]) -> list[str]:
    """The languages of some studies, each once."""
    return sorted({code for card in cards for code in card.titles})
