"""
The pages that list pages: one per study and language, and one above all studies.

    reports/index.html, index.<code>.html   studies(cards), in the first language and in each
    reports/<study>/<language>/index.html   pages(entries)
    reports/<study>/card.json               what the page above needs of each study (`study_card`)
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from studylib.language import _, in_language
from studylib.language.reviewers import note
from studylib.language.words import day, language_name, listing, mark, ngettext
from studylib.report import clean
from studylib.report.brief import Decision, words
from studylib.report.explained import explained
from studylib.report.labels import label
from studylib.report.page import Facts, labels, page
from studylib.report.study_card import Card

PLAIN: dict[str, Any] = {"links": [], "note": "", "news": "", "feed": "", "changes": []}
"""What stands beside a study in the list, and not beside a page."""
CAUSE = {
    "data": mark("the data"),
    "method": mark("the method"),
    "parameters": mark("the parameters"),
    "text": mark("the wording"),
    "languages": mark("the languages"),
}


@dataclass(frozen=True)
class Entry:
    """A page in the list: its title, its address, its answer in one sentence."""

    title: str
    href: str
    headline: str = ""
    tag: str = ""
    """What is wrong with it, in a few words."""


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
) -> str:
    """
    The first page of a study: what it found and what to do, then its pages with their answers.

    `lead` says in a sentence how to read the pages, `source` which records the study uses;
    `banner` and `footer` are those of `report.page.render`; `downloads` are files beside the page
    (address, words).
    """
    with in_language(language):
        said = words()
    html = page(
        "index.html.j2",
        texts=labels(language),
        title=title,
        language=language,
        lead=lead,
        source=source,
        banner=banner,
        footer=footer or {},
        languages=[],
        home=f"../../{name_of(language)}",
        find="find.html",
        decision=decision,
        figure=clean.fragment(decision.figure["html"]) if decision and decision.figure else "",
        said=said,
        downloads=list(downloads),
        entries=[{**asdict(entry), "source": "", **PLAIN} for entry in entries],
    )
    return explained(html, language, "find.html")


def name_of(language: str) -> str:
    """The name of the page above all studies in a language; `index.html` is that of the first."""
    return f"index.{language}.html"


def studies(
    cards: Sequence[Card],
    *,
    language: str = "en",
    news: Mapping[str, Mapping[str, Any] | None] | None = None,
    absent: Mapping[str, str] | None = None,
) -> str:
    """
    The page above all studies, in the order given: title, languages, what data it rests on.

    `news` says by id what changed last of a study: `day`, `n`, `causes`, as `changes` tells.
    `absent`: titles by id of studies that could not be built; those without a card come last.
    """
    with in_language(language):
        entries = [_study_entry(card, language, (news or {}).get(card.id)) for card in cards]
        there = {card.id for card in cards}
        entries += [_no_study(title) for id_, title in (absent or {}).items() if id_ not in there]
        codes = sorted({code for card in cards for code in card.titles} | {language})
        title, lead = _("Studies"), _("Each study can be read in several languages.")
        footer = note(language)
    return page(
        "index.html.j2",
        texts=labels(language),
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


def _study_entry(
    card: Card, language: str, news: Mapping[str, Any] | None = None
) -> dict[str, object]:
    """A study in a language it has, else in its first."""
    shown = language if language in card.titles else next(iter(card.titles))
    return {
        "title": card.titles[shown],
        "href": f"{card.id}/{shown}/index.html",
        "headline": card.headlines.get(shown, ""),
        "source": card.sources.get(shown, ""),
        "links": [
            {"label": language_name(code), "href": f"{card.id}/{code}/index.html", "lang": code}
            for code in card.titles
        ],
        "tag": _("Synthetic records") if card.is_synthetic else "",
        "note": _failed(card.failed_since),
        "news": _changed(news) if news and news["n"] else "",
        "feed": f"{card.id}.feed.xml" if news else "",
        "changes": list(news.get("changes", ())) if news else [],
        "feed_label": _("News of this study (Atom)"),
    }


def _no_study(title: str) -> dict[str, object]:
    """A study without pages: its title, and that it has none."""
    note = _("This study could not be built, and there is no earlier one.")
    return {**asdict(Entry(title, "")), "source": "", **PLAIN, "note": note}


def _changed(news: Mapping[str, Any]) -> str:
    """When what changed, and what besides: the data, the method, the words."""
    what = ngettext("{n} figure changed", "{n} figures changed", int(news["n"]))
    when = day(date.fromisoformat(news["day"]))
    named = [label(CAUSE, str(cause)) for cause in news["causes"]]
    if not named:
        return _("On {day}, {what}.", day=when, what=what)
    return _(
        "On {day}, {what}, and with them {causes}.", day=when, what=what, causes=listing(named)
    )


def _failed(since: str | None) -> str:
    """That not every page of a study could be built again; nothing where all could."""
    if since is None:
        return ""
    when = day(date.fromisoformat(since))
    return _("Since {day}, not every page could be built again.", day=when)


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
