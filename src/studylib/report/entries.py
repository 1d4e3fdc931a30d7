"""
What stands in the lists of pages and of studies: a title, an address, an answer, what changed last.

    card of a study, its news  --study_entry-->  what the template of lists shows of it
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from studylib.language.words import _, day, language_name, listing, mark, ngettext
from studylib.report.labels import label
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


def study_entry(
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


def no_study(title: str) -> dict[str, object]:
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
