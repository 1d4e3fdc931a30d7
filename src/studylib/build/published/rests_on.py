"""
Which inputs a page rests on: those its notebook names, and those its figures and tables name.

    notebook metadata `rests_on`, source lines of the executed notebook  --inputs-->  roles

Published figures of the project are no input a study names: whether they stand on a page is read
from the lines below its figures and tables, or from a table of the files themselves, so that no
page shows some its banner does not name.
"""

import html
import json
from collections.abc import Iterator

from studylib.build.published.page import Page
from studylib.language import in_language
from studylib.language.given import translated
from studylib.report.banner import PUBLISHED, ROLE, roles
from studylib.show.provenance import of_register, reference_entries


def inputs(page: Page) -> list[str]:
    """Roles of the inputs of a page, in the order of the banner."""
    named = set(roles(page.about))
    if page.executed.is_file():  # what a study has no data for is named and not shown
        named = named - PUBLISHED.keys() | _published(page)
    return [role for role in ROLE if role in named]


def _published(page: Page) -> set[str]:
    """Published figures whose caption or title stands on the page as it was executed."""
    shown = "\n".join(_outputs(page))
    with in_language(page.language):
        named = [
            (entry.id, _one_space(text))
            for entry in reference_entries()
            for text in (of_register(entry.id), translated(entry.title, page.language))
        ]
    return {
        role
        for role, start in PUBLISHED.items()
        if any(name.startswith(start) and said in shown for name, said in named)
    }


def _outputs(page: Page) -> Iterator[str]:
    """What the cells of a page show, as text."""
    for cell in json.loads(page.executed.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            told = output.get("data", {}).get("text/html", "")
            yield _one_space(html.unescape(told if isinstance(told, str) else "".join(told)))


def _one_space(text: str) -> str:
    """The same with one kind of space: which one stands before a sign is the language's matter."""
    return " ".join(text.split())
