"""
What is published of a study: the pages of this build, beside what stays as it was.

    content by path (`release_content`)  -> framed (languages, notes)  -> publish
                                                                       -> reports/<study>/

A page that failed says since when, and of which day its data are (`build.tries`).
"""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from studylib import tables
from studylib.build import checksums, tries
from studylib.build.choices import chosen
from studylib.build.plan import Plan
from studylib.build.published import above, answers_apart, front, results, searched
from studylib.build.published import news as news_page
from studylib.build.published.about import versions
from studylib.build.published.page import Page
from studylib.build.published.release_content import (
    Content,
    is_there,
    languages_left_out,
    page_as_it_was,
    page_as_made,
    zipped,
)
from studylib.files.checksum import checksum
from studylib.language import in_language
from studylib.report import frame, study_card
from studylib.runs.published import changes, compare, feed, releases
from studylib.runs.published import publish as room

PATIENCE = 600.0  # one of many studies waits so long for the others to be published [s]


def publish(plan: Plan, failed: Collection[Page] = ()) -> None:
    """All pages of the study, with their tables and figures, replace the last good ones."""
    link = plan.reports / plan.study.id
    totals = answers_apart.totals(plan)
    answers_apart.refuse(plan, totals)
    attempts = tries.of_pages(link, [page.path for page in failed])
    content = languages_left_out(plan, link)
    for page in plan.pages:
        content |= (
            page_as_it_was(page, link, content) if page in failed else page_as_made(page, content)
        )
    there = [code for code in plan.study.languages if is_there(code, content)]
    days = {path: told["data"] for path, told in attempts.items()}
    for language in plan.chosen:
        content |= front.pages(plan, language, content, days)
    rules = {path.name: checksum(path) for path in plan.rules}
    method = {**versions(plan, plan.pages), **rules, **results.code(plan)}
    content[compare.RESULTS] = compare.write_results(
        plan.folder / compare.RESULTS,
        study=plan.study.id,
        parameters=chosen(plan),
        inputs=checksums.of_inputs(plan),  # the keys of the study file are parameters
        method=method,
        results=results.of_tables(plan),
        texts=results.texts(plan),
        languages=there,
        survey=totals,
    )
    card = _card(plan, there, link, attempts)
    plan.check_unchanged()
    made = _release(plan.reports, content, attempts, card, plan.keep, many=plan.is_one_of_many)
    if not failed:
        plan.published.write_bytes(made)


def mark_as_failed(reports: Path, study_id: str, *, is_one_of_many: bool = False) -> None:
    """
    Every page of a study says that it could not be built again; nothing where there is none.

    For a build that stopped before any page: an input that cannot be used, a full disk.
    """
    link = reports / study_id
    if not releases.is_whole(link):
        return
    made = {releases.MANIFEST, f"{study_id}.zip"}
    paths = [p for p in sorted(link.rglob("*")) if p.is_file() and p.name not in made]
    content: Content = {p.relative_to(link).as_posix(): p for p in paths}
    pages = [p for p in content if p.endswith(".html") and not p.endswith("/index.html")]
    card = next(card for card in study_card.cards(reports) if card.id == study_id)
    attempts = tries.of_pages(link, pages)
    card = replace(card, failed_since=tries.first_day(attempts))
    _release(reports, content, attempts, card, many=is_one_of_many)


def roll_back(reports: Path, study_id: str, to: str | None = None) -> str:
    """
    Show an earlier release of a study again; returns its name.

    Raises
    ------
    UsageError
        There is no such release, or no earlier one.
    """
    shown = room.roll_back(reports, study_id, to)
    card = study_card.card_of(reports / study_id)
    if card:
        news_page.write(reports, card)
    above.list_studies(reports, next(iter(card.titles)) if card else "en")
    return shown


def _release(
    reports: Path,
    content: Content,
    attempts: tries.Attempts,
    card: study_card.Card,
    keep: int = room.KEPT,
    *,
    many: bool = False,
) -> bytes:
    """Every page put into its frame, and published with the page above all; the manifest."""
    codes = list(card.titles)
    for path in [path for path in content if path.endswith(".html")]:
        code, _slash, name = path.partition("/")
        text = _bytes(content[path]).decode()
        there = [other for other in codes if f"{other}/{name}" in content]
        with in_language(code):
            note = tries.note(path, attempts, [p for p in attempts if p.startswith(f"{code}/")])
            links = frame.links_of(name, code, there)
            content[path] = frame.framed(text, languages=links, note=note).encode()
    content.pop(tries.ATTEMPTS, None)
    if attempts:
        content[tries.ATTEMPTS] = json.dumps(attempts, indent=1, sort_keys=True).encode() + b"\n"
    content[study_card.CARD] = card.text().encode()
    content.pop(f"{card.id}.zip", None)  # of the release before
    content[f"{card.id}.zip"] = zipped(content)
    return _published(reports, content, attempts, card, keep, many=many)


def _published(
    reports: Path,
    content: Content,
    attempts: tries.Attempts,
    card: study_card.Card,
    keep: int,
    *,
    many: bool,
) -> bytes:
    """Publish the pages, say what changed in the feed, and list it above all studies; manifest."""
    link, now = reports / card.id, datetime.now(UTC)
    language = next(iter(card.titles))
    news = changes.News(
        now,
        changes.results_of(link),
        json.loads(_bytes(content[compare.RESULTS])),
        changes.of_pages(tries.of_release(link), attempts),
    )
    reports.mkdir(parents=True, exist_ok=True)
    feed.begin_feed(reports, card.id, card.titles[language], now)
    news_page.begin(reports, card)
    above.begin(reports, card)
    told = searched.about_to_be(content, card.id)
    root = None if many else above.with_news(reports, card, language, news, told).encode()
    patience = PATIENCE if many else 0.0
    made = room.release(content, reports, card.id, index=root, keep=keep, patience=patience)
    if link.resolve() == made.resolve() and news.is_any:  # what was rolled back is no news
        feed.tell(reports, card.id, card.titles[language], news)
    news_page.write(reports, card)
    if root is not None:
        above.in_each_language(reports)
    return (made / releases.MANIFEST).read_bytes()


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _card(plan: Plan, there: list[str], link: Path, attempts: tries.Attempts) -> study_card.Card:
    """What the page above all studies says of this one; of languages left out, what it said."""
    study, before = plan.study, study_card.card_of(link)
    sources = {**(before.sources if before else {})}
    sources |= {code: front.sources_of(plan, code) for code in plan.chosen}
    headlines = {**(before.headlines if before else {})}
    headlines |= {code: front.first_finding(plan, code) for code in plan.chosen}
    return study_card.Card(
        study.id,
        {code: study.title_in(code) for code in there},
        bool(tables.read("sources", plan.folder)["is_synthetic"].any()),
        {code: sources[code] for code in there if code in sources},
        {code: headlines[code] for code in there if code in headlines},
        tries.first_day(attempts),
    )
