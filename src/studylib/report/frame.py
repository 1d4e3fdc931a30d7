"""
What a page says of its neighbours and of itself when it is published: its frame.

    <!--languages-->...<!--/languages-->   links to the page in the other languages that are there
    <!--note-->...<!--/note-->             that it could not be built again, and since when

A page is made once, and published with others that come and go: another language, a build that
failed.  Both places are marked in every page and filled anew each time, so that a page that stays
as it was tells the truth about what stands around it.  No text of data can hold such a mark: what
is shown is cleaned of comments.
"""

import re
from collections.abc import Sequence
from datetime import date

from studylib.files.template import fill
from studylib.language import in_use
from studylib.language.words import _, day, language_name, ngettext
from studylib.report.page import Link, labels

PLACE = "<!--{name}-->.*?<!--/{name}-->"


def framed(page: str, *, languages: Sequence[Link] = (), note: Sequence[str] = ()) -> str:
    """
    The page with these links and this note in their places; what was there goes.

    Parameters
    ----------
    languages
        Links to the page in every language it is there in, itself among them.
    note
        Lines of a note, the first of them its title; nothing where there is nothing to say.
    """
    links = fill(
        "report/template/languages.html.j2",
        languages=languages,
        label=labels(in_use())["languages"],
    )
    page = _placed(page, "languages", links)
    return _placed(page, "note", fill("report/template/note.html.j2", lines=list(note)))


def links_of(page: str, language: str, there: Sequence[str]) -> list[Link]:
    """Links from a page to itself in the languages it is there in, in their order."""
    return [(language_name(code), f"../{code}/{page}", code == language) for code in there]


def note_of_page(since: date, data: date | None) -> list[str]:
    """What a page says that could not be built again, in the language in use."""
    if data is None:
        return [_("This page could not be built, and there is no earlier one.")]
    return [
        _("Since {day}, this page could not be built again.", day=day(since)),
        _("It stays as it was, with the data as they were read on {day}.", day=day(data)),
    ]


def note_of_index(since: date, n_pages: int) -> list[str]:
    """What the list of pages says when some of them could not be built again."""
    return [
        _("Since {day}, not every page could be built again.", day=day(since)),
        ngettext(
            "{n} page stays as it was and says of which day its data are.",
            "{n} pages stay as they were and say of which day their data are.",
            n_pages,
        ),
    ]


def _placed(page: str, name: str, content: str) -> str:
    """The page with content in its place of this name; as it is where it has none."""
    whole = f"<!--{name}-->{content}<!--/{name}-->"
    return re.sub(PLACE.format(name=name), lambda _found: whole, page, count=1, flags=re.DOTALL)
