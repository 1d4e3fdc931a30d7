"""
The steps of a build, as `task_study.py` calls them.

    prepare -> run_page, make_page (per notebook and language) -> release.publish
"""

import hashlib
import json
import shutil
from collections.abc import Sequence

from studylib import ket, tables
from studylib.build.checks import emptiness
from studylib.build.checks.exports import read_sources
from studylib.build.plan import Plan
from studylib.build.published import rests_on
from studylib.build.published.about import footer
from studylib.build.published.page import Page
from studylib.files.at_work import gathered
from studylib.files.checksum import checksum
from studylib.language import in_language
from studylib.language.words import _
from studylib.network import clusters
from studylib.patents.dataset import scheme_path
from studylib.prepare import canonical, for_study
from studylib.runs.lacking import as_said
from studylib.study import inputs
from studylib.study.model import Study
from studylib.survey import prepare as survey_prepare

LATER = 100  # place on the front page of a notebook that names none
TIMEOUT = 900  # seconds for one notebook


def prepare(plan: Plan) -> None:
    """
    Write the canonical tables of the study, then `prepared.json` with their checksums and, by what
    was read, the libraries that took the files apart.

    What the study file says stands there too: its title and its way of counting are in no table,
    and pages made with the old ones are stale.  Its languages do not: another one makes its own.
    """
    study = plan.study
    scheme = ket.load_scheme(scheme_path(study))
    inputs.verify(study)
    with gathered() as of_patents:
        read = read_sources(study)
    formats = {
        path: " + ".join(sorted({raw.format for raw in raws})) for path, raws in read.items()
    }
    tables_of_all = canonical([raw for raws in read.values() for raw in raws])
    del read  # of a bulk edition, half of the memory
    prepared = for_study(tables_of_all, study, scheme)
    emptiness.refuse(study, prepared, scheme)
    folder = plan.folder
    folder.mkdir(parents=True, exist_ok=True)
    plan.prepared.unlink(missing_ok=True)
    with gathered() as of_clusters:
        prepared.tables.update(clusters.of_study(study))
    prepared.write(folder)
    files = inputs.table_of(study, formats).assign(role="patents")
    files = clusters.with_source(survey_prepare.with_sources(files, study), study)
    tables.write(files, "sources", folder)
    with gathered() as of_survey:
        survey_prepare.write(study, folder)
        survey_prepare.hide_checksum(study, folder)
    libraries = {"patents": of_patents, "clusters": of_clusters, "survey": of_survey}
    said = {
        **{path.name: checksum(path) for path in sorted(folder.glob("*.parquet"))},
        "study.toml": _said_by(study),
        "libraries": {role: sorted(found) for role, found in libraries.items()},
    }
    plan.check_unchanged()
    plan.prepared.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def _said_by(study: Study) -> str:
    """Checksum of what a study file says, languages and memory apart, however it is laid out."""
    said = study.model_dump_json(exclude={"languages", "memory", "notify"})
    return hashlib.sha256(said.encode()).hexdigest()


def run_page(plan: Plan, page: Page) -> None:
    """
    Execute the notebook in the page's language.

    What a run that fails showed, and its traceback, are kept (`Page.failed`) until one succeeds.
    """
    from studylib.runs import run

    page.folder.mkdir(parents=True, exist_ok=True)
    run.execute(
        page.notebook,
        page.executed,
        {"study_file": plan.study_file.name, "language": page.language},
        language=page.language,
        workdir=plan.study.root,
        timeout=TIMEOUT,
        most=plan.study.memory,
        kept=page.failed,
        answers=plan.answers,
    )
    run.forget(page.failed)
    plan.check_unchanged()


def make_page(plan: Plan, page: Page) -> None:
    """Lay out what the notebook showed, between its words of today, beside tables and figures."""
    from studylib.runs import notebooks, translation
    from studylib.runs.workers import light

    light.load()
    import nbformat

    from studylib.files.attached import files
    from studylib.report import brief
    from studylib.report.page import render

    executed = notebooks.read(page.executed)
    words = translation.translate_notebook(
        notebooks.read(page.notebook),
        page.language,
        is_alone=page.is_alone,
        lacking=page.lacking,
    )
    notebook = nbformat.from_dict(notebooks.with_words(executed, words))  # type: ignore[no-untyped-call]
    with in_language(page.language):
        text = render(
            notebook,
            title=notebook.metadata.title,
            language=page.language,
            banner=banner_of(plan, page),
            footer=footer(plan, [page]),
            nav=[
                (menu_of(p), f"{p.name}.html", p.name == page.name) for p in _siblings(plan, page)
            ],
            asked={f"{p.name}.html": title_of(p) for p in _siblings(plan, page)},
            study=plan.study.title_in(page.language),
            home="index.html",
            find="find.html",
            published=plan.study.published(page.language),
        )
    shutil.rmtree(page.beside, ignore_errors=True)
    for name, content in files(notebook).items():
        target = page.beside / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    said = brief.gathered(notebook)
    page.headline.write_text(said.headline, encoding="utf-8")
    page.said.write_text(said.text(), encoding="utf-8")
    page.html.write_text(text, encoding="utf-8")


def _siblings(plan: Plan, page: Page) -> list[Page]:
    return in_order([other for other in plan.pages if other.language == page.language])


def in_order(pages: Sequence[Page]) -> list[Page]:
    """Pages as a reader meets them: answers first, by `front`, what they rest on last."""
    return sorted(
        pages,
        key=lambda p: (not p.about.get("is_answer", True), p.about.get("front", LATER), p.name),
    )


def title_of(page: Page) -> str:
    """The title of a notebook in the language of the page."""
    said = page.about["title"]
    return _(as_said(said, is_alone=page.is_alone, lacking=page.lacking))


def menu_of(page: Page) -> str:
    """What a notebook is called in the menu: a word or two, else its title."""
    short = page.about.get("menu")
    return _(short) if short else title_of(page)


def banner_of(plan: Plan, page: Page | None = None) -> str:
    """What a reader must know first of a page, or of all pages: which of its data are made up."""
    from studylib.report.banner import banner

    pages = plan.pages if page is None else [page]
    named = list(dict.fromkeys(role for own in pages for role in rests_on.inputs(own)))
    return banner(tables.read("sources", plan.folder), named)
