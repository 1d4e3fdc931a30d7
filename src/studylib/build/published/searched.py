"""
What can be looked for in a study: its page of search and glossary, and what all studies list of it.

    pages of a language  --found-->  find.html   every section, figure, table, organisation, theme
                                     found.json  the same without figures and tables, with findings,
                                                 for the page above all studies (`report.find_all`)
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from studylib import tables
from studylib.build.plan import Plan
from studylib.build.published.about import footer
from studylib.build.steps import banner_of, in_order, menu_of, title_of
from studylib.language import in_language
from studylib.report import brief, find, find_all
from studylib.show.common import captions


def files(plan: Plan, language: str, found: Sequence[find.Found]) -> dict[str, bytes | Path]:
    """The page and the file, by path."""
    return {
        f"{language}/{find.NAME}": _find_page(plan, language, found).encode(),
        f"{language}/{find_all.FILE}": find_all.as_text(found, _findings(plan, language)).encode(),
    }


def found(plan: Plan, language: str, content: Mapping[str, bytes | Path]) -> list[find.Found]:
    """Everything that has an address on the pages of a language, in the order they are read."""
    entries: list[find.Found] = []
    files = tables.read("sources", plan.folder)
    made_up = files[files["is_synthetic"].astype(bool)]
    said = [captions(made_up.iloc[[place]], language) for place in range(len(made_up))]
    with in_language(language):
        for page in in_order([p for p in plan.pages if p.language == language]):
            body = content[page.path]
            text = (body if isinstance(body, bytes) else body.read_bytes()).decode()
            entries += find.entries(text, page.html.name, list(dict.fromkeys(said)))
    return entries


def about_to_be(content: Mapping[str, bytes | Path], study_id: str) -> dict[str, str]:
    """What the page above all studies lists of a release, by path below the reports."""
    listed = {p: body for p, body in content.items() if p.endswith(f"/{find_all.FILE}")}
    return {
        f"{study_id}/{path}": (body if isinstance(body, bytes) else body.read_bytes()).decode()
        for path, body in listed.items()
    }


def _find_page(plan: Plan, language: str, found: Sequence[find.Found]) -> str:
    """Search and glossary over the pages of a language."""
    pages = in_order([page for page in plan.pages if page.language == language])
    with in_language(language):
        return find.find_page(
            found,
            nav=[(menu_of(page), page.html.name, False) for page in pages],
            asked={page.html.name: title_of(page) for page in pages},
            title=plan.study.title_in(language),
            language=language,
            banner=banner_of(plan),
            footer=footer(plan, plan.pages),
        )


def _findings(plan: Plan, language: str) -> dict[str, str]:
    """The answer of each page in short, by its address in the folder of its language."""
    pages = [page for page in plan.pages if page.language == language]
    return {page.html.name: brief.read(page.said).in_short() for page in pages}
