"""
What changed since the last build, on a page that every page of the study leads to.

    reports/<study>.feed.xml, the release shown  --write-->  reports/<study>.changes.<language>.html

It lies beside the releases and not in them: a release is the same bytes whatever was there before,
so that equal inputs make equal pages on every machine, a build that changes nothing publishes
nothing, and a release that was rolled back is known again.  A page can therefore not say itself
what changed; it links here, and here it is told when the pages were published.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from studylib.errors import quoted
from studylib.files import atomic
from studylib.language import in_language
from studylib.language.reviewers import note
from studylib.language.words import _, day, heading, language_name, mark
from studylib.report import study_card
from studylib.report.labels import label
from studylib.report.page import labels, page
from studylib.runs.published import changes, feed
from studylib.runs.published import releases as room

MOST_DAYS = 12
MOST_ROWS = 60  # of one day; the feed has all
FOLDERS = ("tables", "figures")
STATES = {
    "built": mark("built"),
    "could not be built again": mark("could not be built again"),
    changes.NOTHING: mark("none"),
}
"""What the feed says of pages and of values that were not there."""


def write(reports: Path, card: study_card.Card) -> None:
    """Write the page in every language of a study; one that is as it would be is not touched."""
    for language in card.titles:
        path = reports / name_of(card.id, language)
        text = _page(reports, card, language).encode()
        if not path.is_file() or path.read_bytes() != text:
            atomic.replace(path, text)


def begin(reports: Path, card: study_card.Card) -> None:
    """Write the pages that are not there yet: pages about to be published lead to them."""
    if not all((reports / name_of(card.id, code)).is_file() for code in card.titles):
        write(reports, card)


def name_of(study_id: str, language: str) -> str:
    """The name of the page in a language, in the folder of all reports."""
    return f"{study_id}.changes.{language}.html"


def _page(reports: Path, card: study_card.Card, language: str) -> str:
    """The page in one language."""
    with in_language(language):
        told = feed.told_in(reports / f"{card.id}.feed.xml")
        by_day = groupby(told, key=lambda change: change.when[:10])
        return page(
            "news.html.j2",
            texts=labels(language),
            title=_("What changed"),
            study=card.titles[language],
            language=language,
            banner=_("Part of this page rests on synthetic data.") if card.is_synthetic else "",
            footer=note(language),
            home=f"{card.id}/{language}/index.html",
            find=f"{card.id}/{language}/find.html",
            languages=[
                (language_name(code), name_of(card.id, code), code == language)
                for code in card.titles
            ],
            shown=_shown(reports, card.id),
            days=[_day(when, list(rows), reports / card.id / language) for when, rows in by_day][
                :MOST_DAYS
            ],
            feed=f"{card.id}.feed.xml",
            said={
                "head": [_("What"), _("Before"), _("Now")],
                "none": _("No figure has changed since the first build."),
                "feed": _("News of this study (Atom)"),
            },
        )


def _shown(reports: Path, study_id: str) -> str:
    """When the pages that stand there were published; "" before the first time."""
    release = next((r for r in room.releases(reports, study_id) if r.is_shown), None)
    if release is None:
        return ""
    return _(
        "The pages were published on {day}, as release {release}.",
        day=day(release.made.date()), release=release.name,
    )  # fmt: skip


def _day(when: str, rows: list[feed.Told], pages: Path) -> dict[str, Any]:
    """What changed on one day: its name and its rows, the first of them where there are many."""
    titles = dict(_titles(pages))
    left = len(rows) - MOST_ROWS
    return {
        "day": day(date.fromisoformat(when)),
        "rows": [
            (_what(row.key, titles), label(STATES, row.old), label(STATES, row.new))
            for row in rows[:MOST_ROWS]
        ],
        "more": _("{n} more in the feed.", n=left) if left > 0 else "",
    }


def _titles(pages: Path) -> Iterator[tuple[str, str]]:
    """Tables and figures by the name of their file, as the pages of a language call them."""
    for folder in FOLDERS:
        for path in sorted((pages / folder).glob("*.csv-metadata.json")):
            told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            yield path.name.partition(".")[0], str(told["dc:title"])


def _what(key: str, titles: Mapping[str, str]) -> str:
    """
    What changed, in words as far as there are any: table, row, column.

    >>> _what("kets/photonics/Aquitaine/share", {"kets": "Six technologies"})
    'Six technologies: photonics, Aquitaine, Share'
    """
    if key.endswith(".html"):
        return key
    table, _slash, rest = key.partition("/")
    if f"{table}/" == changes.ANSWER:
        return _("{ground}: {what}", ground=_("Answer of the page"), what=rest)
    row, _slash, column = rest.rpartition("/")
    named = ", ".join([*row.split("/"), heading(column)] if row else [rest])
    return _("{ground}: {what}", ground=titles.get(table, quoted(table)), what=named)
