"""
The pages that list pages: one per study and language, and one above all studies.

    reports/index.html, index.<code>.html   studies(cards), in the first language and in each
    reports/<study>/<language>/index.html   pages(entries)
    reports/<study>/card.json               what the page above needs of each study (`study_card`)
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from studylib.language import _, in_language
from studylib.language.reviewers import note
from studylib.language.words import language_name
from studylib.report import calls, clean, find, find_all
from studylib.report.brief import Decision
from studylib.report.entries import PLAIN, Entry, no_study, study_entry
from studylib.report.explained import explained
from studylib.report.front_words import words
from studylib.report.page import Facts, labels, page
from studylib.report.study_card import Card

__all__ = ["Entry", "empty_page", "name_of", "pages", "studies"]


def pages(
    entries: Sequence[Entry],
    *,
    title: str,
    language: str = "en",
    lead: str = "",
    source: str = "",
    banner: str = "",
    footer: Mapping[str, Facts] | None = None,
    decision: Decision | None = None,
    downloads: Sequence[tuple[str, str]] = (),
    all_calls: Sequence[tuple[str, str]] = (),
) -> str:
    """
    The first page of a study: what it found and what to do, then its pages with their answers.

    `lead` says in a sentence how to read the pages, `source` which records the study uses;
    `banner` and `footer` are those of `report.page.render`; `downloads` are files beside the page
    (address, words), `all_calls` the one that has every call.
    """
    texts = labels(language)
    with in_language(language):
        said = words()
        to_call = calls.ready(decision.calls) if decision else []
    html = page(
        "index.html.j2",
        texts=texts,
        title=title,
        language=language,
        lead=lead,
        source=source,
        banner=banner,
        footer=_said_once(footer or {}, decision, texts["study"]),
        languages=[],
        home=f"../../{name_of(language)}",
        find="find.html",
        decision=decision,
        figure=clean.fragment(decision.figure["html"]) if decision and decision.figure else "",
        said=said,
        calls=to_call,
        of_all=calls.of_all(decision.calls) if decision else "",
        downloads=list(downloads),
        all_calls=list(all_calls),
        entries=[{**asdict(entry), "source": "", **PLAIN} for entry in entries],
    )
    return explained(html, language, "find.html")


def _said_once(
    footer: Mapping[str, Facts], decision: Decision | None, study: str
) -> Mapping[str, Facts]:
    """The end of the page without the facts of the study where they stand on the page itself."""
    is_above = decision is not None and bool(decision.facts)
    return {head: facts for head, facts in footer.items() if not (is_above and head == study)}


def name_of(language: str) -> str:
    """The name of the page above all studies in a language; `index.html` is that of the first."""
    return f"index.{language}.html"


def studies(
    cards: Sequence[Card],
    *,
    language: str = "en",
    news: Mapping[str, Mapping[str, Any] | None] | None = None,
    absent: Mapping[str, str] | None = None,
    found: Mapping[str, find_all.Rows] | None = None,
) -> str:
    """
    The page above all studies, in the order given: title, languages, what data it rests on.

    `news` says by id what changed last of a study: `day`, `n`, `causes`, as `changes` tells.
    `absent`: titles by id of studies that could not be built; those without a card come last.
    `found`: by id what can be found in a study (`find_all`).
    """
    with in_language(language):
        entries = [study_entry(card, language, (news or {}).get(card.id)) for card in cards]
        there = {card.id for card in cards}
        entries += [no_study(title) for id_, title in (absent or {}).items() if id_ not in there]
        codes = sorted({code for card in cards for code in card.titles} | {language})
        title, lead = _("Studies"), _("Each study can be read in several languages.")
        footer = note(language)
        rows = find_all.gathered(cards, found or {}, language)
        said = _("Search in all studies")
        searched = {"rows": rows, "most": find.MOST, "words": find_all.words_of(rows)}
    return page(
        "index.html.j2",
        texts=labels(language) | {"find": said},
        find="#search" if rows else "",
        searched=searched,
        title=title,
        language=language,
        lead=lead,
        source="",
        banner="",
        footer=footer,
        languages=[(language_name(code), name_of(code), code == language) for code in codes],
        decision=None,
        entries=entries,
    )


def empty_page(title: str, language: str) -> str:
    """A page that could not be built and was never there; its note says so."""
    with in_language(language):
        footer = note(language)
    return page(
        "index.html.j2",
        texts=labels(language),
        title=title,
        language=language,
        lead="",
        source="",
        banner="",
        footer=footer,
        languages=[],
        home="index.html",
        entries=[],
    )
