"""
Search and glossary of a study: headings, figures, tables, cards and words in one table.

    finished pages  --entries-->  what, on which page, address  --find_page-->  find.html

No server is needed: the table is whole, and the script every page has searches it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studylib.language import in_language
from studylib.language.words import _, mark, number
from studylib.report import front_words
from studylib.report.glossary import terms
from studylib.report.kept import one_line
from studylib.report.page import Facts, Link, labels, page

NAME = "find.html"
PAGE = mark("Page")
ORGANISATION = mark("Organisation")
CARDS = (("card-theme-", mark("Theme")), ("card-idea-", mark("Idea")))
"""How the address of a card begins that is no organisation's, and what the card is of."""
MOST = 12  # entries before anything is looked for
# Half of a page, in which no entry stands: drawings, and the rows of tables.
INSIDE = re.compile(r"<(svg|tbody)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Found:
    """Something a reader may look for: its words, what it is, its page and its address."""

    words: str
    kind: str
    """What it is, as `_` knows it: page, section, figure, table, organisation, theme or idea."""
    page: str
    href: str
    source: str = ""
    """Who the numbers of a figure or a table come from, as it stands below it."""


def entries(html: str, name: str, made_up: Sequence[str] = ()) -> Iterator[Found]:
    """
    What can be looked for on a page: its title, headings, figures, tables and cards.

    `made_up` are captions of made-up inputs: what names one below it is marked.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(INSIDE.sub("", html), "html.parser")
    if soup.main is None or soup.main.h1 is None:
        return
    title = _words(soup.main.h1)
    yield Found(title, PAGE, title, name)
    for section in soup.main.find_all("h2", id=True):
        if section["id"] not in ("contents", "words"):
            yield Found(_words(section), mark("Section"), title, f"{name}#{section['id']}")
    for figure in soup.main.find_all("figure", id=True):
        kind = mark("Table") if str(figure["id"]).startswith("table-") else mark("Figure")
        words, href = _words(figure.find(class_="title")), f"{name}#{figure['id']}"
        source = _source(figure)
        yield Found(_marked(words, source, made_up), kind, title, href, source)
    for card in soup.main.find_all("div", class_="card", id=True):
        fold = card.find_parent("details")
        heading: Any = card.h3 if fold is None else fold.summary
        if heading is not None:
            kind = next(
                (k for start, k in CARDS if str(card["id"]).startswith(start)), ORGANISATION
            )
            yield Found(_words(heading), kind, title, f"{name}#{card['id']}")


def words() -> list[Found]:
    """The words of the glossary, which stand on the page of the search; in the language in use."""
    page = _("Search and glossary")
    return [Found(term, mark("Word"), page, f"#{key}") for key, term, _said in terms()]


def _source(figure: Any) -> str:
    """The source line of a figure or a table, without its links; "" for none."""
    notes = [note for note in figure.find_all("p", class_="note") if note.a is not None]
    said = "".join(notes[-1].find_all(string=True, recursive=False)) if notes else ""
    return one_line(said)


def _marked(words: str, source: str, made_up: Sequence[str]) -> str:
    """A title with the mark of made-up data: of what is named first below it, or of a part."""
    marks = (front_words.made_up(), front_words.made_up_in_part())
    if words.endswith(tuple(f"({mark})" for mark in marks)):  # the title says it itself
        return words
    first, *others = (" ".join(part.split()) for part in source.split("·"))
    captions = [" ".join(caption.split()) for caption in made_up]
    if any(caption in first for caption in captions):
        return front_words.headed(words, marks[0])
    if any(caption in other for caption in captions for other in others):
        return front_words.headed(words, marks[1])
    return words


def _words(element: Any) -> str:
    """The text of an element in one line; "" for none."""
    return "" if element is None else one_line(element.get_text())


def find_page(
    found: Sequence[Found],
    *,
    title: str,
    language: str,
    banner: str = "",
    footer: Mapping[str, Facts] | None = None,
    nav: Sequence[Link] = (),
    asked: Mapping[str, str] | None = None,
) -> str:
    """The page of search and glossary of the study with this title; `nav`, `asked` as in a page."""
    with in_language(language):
        found = [*found, *words()]
        return page(
            "find.html.j2",
            texts=labels(language),
            title=_("Search and glossary"),
            study=title,
            language=language,
            banner=banner,
            footer=footer or {},
            languages=[],
            home="index.html",
            nav=nav,
            asked=asked or {},
            terms=terms(),
            found=[replace(one, kind=_(one.kind)) for one in found],
            most=MOST,
            twice={words for words, n in Counter(one.words for one in found).items() if n > 1},
            said={
                "glossary": _("The words of these pages"),
                "find": _("What are you looking for?"),
                "head": [_("What"), _("Kind"), _("Page")],
                "rows": _("{n} of {all} rows", n="{n}", all=number(len(found))),
                "search": _("Search the study"),
                "all": _("all"),
                "sort": _("Sort by this column"),
                "more": _("Show all {n} rows", n=number(len(found))),
            },
        )
