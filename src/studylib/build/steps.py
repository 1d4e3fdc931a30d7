"""
The steps of a build, as `task_study.py` calls them.

    prepare -> make_page (per notebook and language) -> publish
"""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from studylib import ket, tables
from studylib.build.choices import chosen
from studylib.build.exports import read_sources
from studylib.build.plan import Page, Plan, files_below
from studylib.errors import RunError, quoted
from studylib.files.at_work import gathered
from studylib.files.checksum import checksum
from studylib.language import in_language
from studylib.language.words import _, language_name
from studylib.network import clusters
from studylib.patents.dataset import scheme_path
from studylib.prepare import canonical, for_study
from studylib.report.prose import HEADLINE
from studylib.runs import compare
from studylib.show.common import captions
from studylib.study import inputs
from studylib.survey import prepare as survey_prepare

if TYPE_CHECKING:
    from studylib.report.index import Card
    from studylib.report.page import Facts

TIMEOUT = 900  # seconds for one notebook


def prepare(plan: Plan) -> None:
    """
    Write the canonical tables of the study, then `prepared.json` with their checksums and, by what
    was read, the libraries that took the files apart.

    The study file stands there too: its title, its languages and its way of counting are in no
    table, and pages made with the old ones are stale.
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
    libraries = {"patents": of_patents, "clusters": of_clusters, "survey": of_survey}
    said = {
        **{path.name: checksum(path) for path in sorted(folder.glob("*.parquet"))},
        "study.toml": checksum(plan.study_file),
        "libraries": {role: sorted(found) for role, found in libraries.items()},
    }
    plan.prepared.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def make_page(plan: Plan, page: Page) -> None:
    """Execute the notebook in the page's language and render it beside its tables and figures."""
    import nbformat

    from studylib.files.attached import files
    from studylib.report.page import render
    from studylib.runs import run

    study = plan.study
    page.folder.mkdir(parents=True, exist_ok=True)
    executed = run.execute(
        page.notebook,
        page.executed,
        {"study_file": plan.study_file.name, "language": page.language},
        language=page.language,
        workdir=study.root,
        timeout=TIMEOUT,
    )
    notebook = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    with in_language(page.language):
        text = render(
            notebook,
            title=notebook.metadata.title,
            language=page.language,
            banner=_banner(plan, page),
            footer=footer(plan, [page]),
            nav=[
                (title_of(p), f"{p.name}.html", p.name == page.name) for p in _siblings(plan, page)
            ],
            languages=[
                (language_name(code), f"../{code}/{page.name}.html", code == page.language)
                for code in plan.languages or study.languages
            ],
            study=study.title_in(page.language),
            home="index.html",
        )
    shutil.rmtree(page.beside, ignore_errors=True)
    for name, content in files(notebook).items():
        target = page.beside / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    page.headline.write_text(_headline(notebook), encoding="utf-8")
    page.html.write_text(text, encoding="utf-8")


def _headline(notebook: Any) -> str:
    """The text of the first headline among the outputs."""
    outputs = (o for cell in notebook.cells for o in cell.get("outputs", ()))
    return next((o["data"][HEADLINE]["text"] for o in outputs if HEADLINE in o.get("data", {})), "")


def _siblings(plan: Plan, page: Page) -> list[Page]:
    return [other for other in plan.pages if other.language == page.language]


def title_of(page: Page) -> str:
    """The title of a notebook in the language of the page."""
    said = page.about["title"]
    return _(said)


def _banner(plan: Plan, page: Page | None = None) -> str:
    """What a reader must know first of a page, or of all pages: which of its data are made up."""
    from studylib.report.banner import banner, roles

    about = {} if page is None else page.about
    return banner(tables.read("sources", plan.folder), roles(about))


def footer(plan: Plan, pages: list[Page]) -> dict[str, "Facts"]:
    """Where some pages come from: inputs with checksums, method with versions, licences."""
    files = tables.read("sources", plan.folder)
    return {
        _("Inputs"): {f"{row.file} (SHA-256)": row.sha256 for row in files.itertuples()},
        _("Method"): _versions(plan, pages),
        _("Licences"): _(
            "Code under MIT, text and figures under CC BY 4.0; each input under its own licence."
        ),
    }


def _versions(plan: Plan, pages: list[Page]) -> dict[str, str]:
    """The libraries whose code computed the figures of some pages, or read what they rest on."""
    from importlib.metadata import version

    from studylib.report.banner import roles

    read = json.loads(plan.prepared.read_text(encoding="utf-8"))["libraries"]
    names: set[str] = set()
    for page in pages:
        about = json.loads(page.executed.read_text(encoding="utf-8"))["metadata"]
        names = names.union(about["libraries"], *(read.get(role, []) for role in roles(about)))
    return {name: version(name) for name in ["studylib", *sorted(names)]}


def _figures(plan: Plan) -> dict[str, object]:
    """Every number of the published tables by table, row and column, from the first language."""
    first = (plan.languages or plan.study.languages)[0]
    found: dict[str, object] = {}
    for page in plan.pages:
        if page.language != first or not (page.beside / "tables").is_dir():
            continue
        for path in sorted((page.beside / "tables").glob("*.csv")):
            frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
            numbers = frame.select_dtypes("number")
            for i, row in enumerate(numbers.to_dict("records")):
                found |= {f"{path.stem}/{i + 1}/{column}": value for column, value in row.items()}
    return found


def publish(plan: Plan) -> None:
    """All pages of the study, with their tables and figures, replace the last good ones."""
    from studylib.report import index
    from studylib.runs import publish as room

    content: dict[str, bytes | Path] = {}
    for page in plan.pages:
        content[f"{page.language}/{page.html.name}"] = page.html
        for file in files_below(page.beside) if page.beside.is_dir() else []:
            path = f"{page.language}/{file.relative_to(page.beside).as_posix()}"
            if path in content:
                raise RunError(
                    f"Two pages write {quoted(path)}; give one of the tables another name."
                )
            content[path] = file
    for language in plan.languages or plan.study.languages:
        content[f"{language}/index.html"] = _first_page(plan, language).encode()
    method = {**_versions(plan, plan.pages), **{path.name: checksum(path) for path in plan.rules}}
    choices = plan.study_file  # its keys are parameters; what it names is data, or method
    content[compare.RESULTS] = compare.write_results(
        plan.folder / compare.RESULTS,
        study=plan.study.id,
        parameters=chosen(plan),
        inputs={path.name: checksum(path) for path in plan.inputs if not path.samefile(choices)},
        method=method,
        results=_figures(plan),
    )
    card = _card(plan)
    content[index.CARD] = card.text().encode()
    root = index.studies(index.cards(plan.reports, card), language=plan.study.languages[0])
    link = room.publish(content, plan.reports, plan.study.id, index=root.encode())
    plan.published.write_bytes((link / room.MANIFEST).read_bytes())


def _first_page(plan: Plan, language: str) -> str:
    """The list of pages of the study in a language."""
    from studylib.report import index

    study = plan.study
    with in_language(language):
        return index.pages(
            [
                index.Entry(title_of(page), page.html.name, headline_of(page))
                for page in plan.pages
                if page.language == language
            ],
            title=study.title_in(language),
            language=language,
            lead=_("Each page answers one question and can be read on its own."),
            source=_sources(plan, language),
            banner=_banner(plan),
            footer=footer(plan, plan.pages),
            languages=[
                (language_name(code), f"../{code}/index.html", code == language)
                for code in plan.languages or study.languages
            ],
        )


def _card(plan: Plan) -> "Card":
    """What the page above all studies says of this one."""
    from studylib.report import index

    study, languages = plan.study, plan.languages or plan.study.languages
    answer = {page.language: page for page in plan.pages if page.about.get("is_answer", True)}
    return index.Card(
        study.id,
        {code: study.title_in(code) for code in languages},
        bool(tables.read("sources", plan.folder)["is_synthetic"].any()),
        {code: _sources(plan, code) for code in languages},
        {code: headline_of(answer[code]) for code in languages if code in answer},
    )


def _sources(plan: Plan, language: str) -> str:
    """The captions of the study's inputs in a language, each once."""
    return captions(tables.read("sources", plan.folder), language)


def headline_of(page: Page) -> str:
    """The answer of a page in its first sentence, as its notebook gave it."""
    return page.headline.read_text(encoding="utf-8") if page.headline.is_file() else ""
