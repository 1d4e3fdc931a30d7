"""
What a release of a study holds, by path: pages of this build, and what stays as it was published.

    pages of this build    html, tables, figures        as they are now    `page_as_made`
    pages that failed      html with what it links to   as published       `page_as_it_was`
    languages left out     all below their folder       as published       `languages_left_out`
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bs4 import BeautifulSoup

from studylib.build.plan import Plan
from studylib.build.published.page import Page
from studylib.build.steps import title_of
from studylib.errors import RunError, quoted
from studylib.files.folder import files_below
from studylib.language import in_language
from studylib.report import index

Content = dict[str, bytes | Path]


def languages_left_out(plan: Plan, link: Path) -> Content:
    """Everything published in the languages of the study that this build leaves out."""
    others = [code for code in plan.study.languages if code not in plan.chosen]
    return {
        f"{code}/{file.relative_to(link / code).as_posix()}": file
        for code in others
        if (link / code / "index.html").is_file()
        for file in files_below(link / code)
    }


def is_there(language: str, content: Content) -> bool:
    """Whether a release holds pages in a language."""
    return any(path.startswith(f"{language}/") for path in content)


def page_as_made(page: Page, before: Mapping[str, object]) -> Content:
    """A page as it was made, with its tables and figures; RunError if another writes one."""
    made: Content = {page.path: page.html}
    for file in files_below(page.beside) if page.beside.is_dir() else ():
        path = f"{page.language}/{file.relative_to(page.beside).as_posix()}"
        if path in before:
            raise RunError(f"Two pages write {quoted(path)}; give one of the tables another name.")
        made[path] = file
    return made


def page_as_it_was(page: Page, link: Path, before: Mapping[str, object]) -> Content:
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
