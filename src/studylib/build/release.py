"""
What is published of a study: the pages of this build, beside what stays as it was.

    pages of this build        html, tables, figures, headline          as they are now
    pages that failed          html with what it links to               as published, and a note
    languages left out         everything below their folder            as published

    -> content by path, framed (languages, notes) -> runs.publish -> reports/<study>/

A page that failed says since when, and of which day its data are.  The day of the first failure is
told and not that of the last, so that a build that fails again and again is one release.
"""

import io
import json
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

from studylib import tables
from studylib.build import front
from studylib.build.choices import chosen
from studylib.build.plan import Page, Plan, files_below
from studylib.build.steps import title_of, versions
from studylib.errors import RunError, quoted
from studylib.files.checksum import checksum
from studylib.language import in_language
from studylib.report import frame, index
from studylib.runs import compare
from studylib.runs import publish as room

ATTEMPTS = "attempts.json"
"""In a release, where pages failed: {path: {"since": day, "data": day, or nothing}}."""
Attempts = dict[str, dict[str, str | None]]
Content = dict[str, bytes | Path]


def publish(plan: Plan, failed: Collection[Page] = ()) -> None:
    """All pages of the study, with their tables and figures, replace the last good ones."""
    link = plan.reports / plan.study.id
    attempts = _attempts(link, [page.path for page in failed])
    content = _left_out(plan, link)
    for page in plan.pages:
        content |= _as_it_was(page, link, content) if page in failed else _made(page, content)
    there = [code for code in plan.study.languages if _is_there(code, content)]
    days = {path: told["data"] for path, told in attempts.items()}
    for language in plan.chosen:
        content |= front.pages(plan, language, content, days)
    method = {**versions(plan, plan.pages), **{path.name: checksum(path) for path in plan.rules}}
    choices = plan.study_file  # its keys are parameters; what it names is data, or method
    content[compare.RESULTS] = compare.write_results(
        plan.folder / compare.RESULTS,
        study=plan.study.id,
        parameters=chosen(plan, there),
        inputs={path.name: checksum(path) for path in plan.inputs if not path.samefile(choices)},
        method=method,
        results=_figures(plan),
    )
    card = _card(plan, there, link, attempts)
    _release(plan.reports, content, attempts, card, plan.study.languages[0])
    if not failed:
        manifest = (link / room.MANIFEST).read_bytes()
        plan.published.write_bytes(manifest)


def mark_as_failed(reports: Path, study_id: str) -> None:
    """
    Every page of a study says that it could not be built again; nothing where there is none.

    For a build that stopped before any page: an input that cannot be used, a full disk.
    """
    link = reports / study_id
    if not room.is_whole(link):
        return
    made = {room.MANIFEST, f"{study_id}.zip"}
    paths = [p for p in sorted(link.rglob("*")) if p.is_file() and p.name not in made]
    content: Content = {p.relative_to(link).as_posix(): p for p in paths}
    pages = [p for p in content if p.endswith(".html") and not p.endswith("/index.html")]
    card = next(card for card in index.cards(reports) if card.id == study_id)
    attempts = _attempts(link, pages)
    card = replace(card, failed_since=_first_day(attempts))
    _release(reports, content, attempts, card, next(iter(card.titles)))


def _release(
    reports: Path, content: Content, attempts: Attempts, card: index.Card, language: str
) -> None:
    """Put every page into its frame, and publish them with the page above all studies."""
    codes = list(card.titles)
    for path in [path for path in content if path.endswith(".html")]:
        code, _slash, name = path.partition("/")
        body = content[path]
        text = (body if isinstance(body, bytes) else body.read_bytes()).decode()
        there = [other for other in codes if f"{other}/{name}" in content]
        with in_language(code):
            note = _note(path, attempts, [p for p in attempts if p.startswith(f"{code}/")])
            links = frame.links_of(name, code, there)
            content[path] = frame.framed(text, languages=links, note=note).encode()
    content.pop(ATTEMPTS, None)
    if attempts:
        content[ATTEMPTS] = json.dumps(attempts, indent=1, sort_keys=True).encode() + b"\n"
    content[index.CARD] = card.text().encode()
    content[f"{card.id}.zip"] = zipped(content)
    root = index.studies(index.cards(reports, card), language=language)
    room.publish(content, reports, card.id, index=root.encode())


def zipped(content: Content) -> bytes:
    """All files of a study in one, the same bytes for the same files: no time, no owner."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(content):
            body = content[path]
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body if isinstance(body, bytes) else body.read_bytes())
    return buffer.getvalue()


def _note(path: str, attempts: Attempts, of_language: list[str]) -> list[str]:
    """What a page says of the last attempt to build it, or the list of pages of them all."""
    if told := attempts.get(path):
        data = told["data"]
        return frame.note_of_page(_day(told["since"]), _day(data) if data else None)
    if path.endswith("/index.html") and of_language:
        return frame.note_of_index(
            min(_day(attempts[p]["since"]) for p in of_language), len(of_language)
        )
    return []


def _day(text: str | None) -> date:
    return date.fromisoformat(str(text))


def _first_day(attempts: Attempts) -> str | None:
    return min((str(told["since"]) for told in attempts.values()), default=None)


def _attempts(link: Path, failed: Collection[str]) -> Attempts:
    """Since when each page that failed could not be built, and of which day its data are."""
    known: Attempts = {}
    with suppress(OSError, ValueError):
        known = json.loads((link / ATTEMPTS).read_text(encoding="utf-8"))
    today = datetime.now(UTC).date().isoformat()
    return {path: known.get(path) or _new(link, path, today) for path in sorted(failed)}


def _new(link: Path, path: str, today: str) -> dict[str, str | None]:
    """A page that failed today; its data are of the day the release it stands in was made."""
    if not (link / path).is_file():
        return {"since": today, "data": None}
    made = datetime.fromtimestamp((link / room.MANIFEST).stat().st_mtime, UTC)
    return {"since": today, "data": made.date().isoformat()}


def _is_there(language: str, content: Content) -> bool:
    return any(path.startswith(f"{language}/") for path in content)


def _left_out(plan: Plan, link: Path) -> Content:
    """Everything published in the languages of the study that this build leaves out."""
    others = [code for code in plan.study.languages if code not in plan.chosen]
    return {
        f"{code}/{file.relative_to(link / code).as_posix()}": file
        for code in others
        if (link / code / "index.html").is_file()
        for file in files_below(link / code)
    }


def _made(page: Page, before: Mapping[str, object]) -> Content:
    """A page as it was made, with its tables and figures; RunError if another writes one."""
    made: Content = {page.path: page.html}
    for file in files_below(page.beside) if page.beside.is_dir() else ():
        path = f"{page.language}/{file.relative_to(page.beside).as_posix()}"
        if path in before:
            raise RunError(f"Two pages write {quoted(path)}; give one of the tables another name.")
        made[path] = file
    return made


def _as_it_was(page: Page, link: Path, before: Mapping[str, object]) -> Content:
    """A page as it was published, with what it links to; one that says so where there is none."""
    old = link / page.path
    if not old.is_file():
        with in_language(page.language):
            return {page.path: index.empty_page(title_of(page), page.language).encode()}
    beside = {
        f"{page.language}/{path}": old.parent / path
        for path in _links(old)
        if (old.parent / path).is_file() and "/" in path and ".." not in path
    }
    return {page.path: old, **{path: file for path, file in beside.items() if path not in before}}


def _links(page: Path) -> Iterator[str]:
    """Where a page leads to, by address."""
    for a in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("a"):
        yield str(a.get("href", "")).partition("#")[0]


def _figures(plan: Plan) -> dict[str, object]:
    """Every number of the published tables by table, row and column, from the first language."""
    found: dict[str, object] = {}
    for page in plan.pages:
        if page.language != plan.chosen[0] or not (page.beside / "tables").is_dir():
            continue
        for path in sorted((page.beside / "tables").glob("*.csv")):
            frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
            numbers = frame.select_dtypes("number")
            for i, row in enumerate(numbers.to_dict("records")):
                found |= {f"{path.stem}/{i + 1}/{column}": value for column, value in row.items()}
    return found


def _card(plan: Plan, there: list[str], link: Path, attempts: Attempts) -> index.Card:
    """What the page above all studies says of this one; of languages left out, what it said."""
    study, before = plan.study, index.card_of(link)
    answer = {page.language: page for page in plan.pages if page.about.get("is_answer", True)}
    sources = {**(before.sources if before else {})}
    sources |= {code: front.sources_of(plan, code) for code in plan.chosen}
    headlines = {**(before.headlines if before else {})}
    headlines |= {code: front.headline_of(answer[code]) for code in plan.chosen if code in answer}
    return index.Card(
        study.id,
        {code: study.title_in(code) for code in there},
        bool(tables.read("sources", plan.folder)["is_synthetic"].any()),
        {code: sources[code] for code in there if code in sources},
        {code: headlines[code] for code in there if code in headlines},
        _first_day(attempts),
    )
