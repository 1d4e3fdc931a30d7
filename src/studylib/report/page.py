"""
An executed notebook as one self-contained page: one script, no request, the same bytes each time.

    notebook  --blocks, cleaned-->  template/page.html.j2 + page.css  -->  HTML text

nbconvert drives the export with our own template; of its own templates, filters and
preprocessors nothing is used, for they put scripts, random ids and outside addresses in a page.
The script is ours and constant: its checksum stands in the page's policy, so that no other runs.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from studylib.files.script import SCRIPT, SOURCE
from studylib.files.template import environment
from studylib.language import _, in_language
from studylib.report import clean
from studylib.report.blocks import Blocks, blocks
from studylib.report.embed import embeddable
from studylib.report.explained import explained
from studylib.report.kept import kept
from studylib.runs.workers import light

TEMPLATE = Path(__file__).parent / "template"
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    f"script-src '{SOURCE}'; require-trusted-types-for 'script'; trusted-types 'none'; "
    "base-uri 'none'; form-action 'none'"
)
Link = tuple[str, str, bool]
"""Label, address relative to the page, whether it is this page."""
Facts = Mapping[str, object] | Sequence[tuple[str, str]] | str
"""A small table (label: value), links (words, address) or a sentence."""


def render(
    notebook: Any,
    *,
    title: str,
    language: str = "en",
    banner: str = "",
    footer: Mapping[str, Facts] | None = None,
    nav: Sequence[Link] = (),
    asked: Mapping[str, str] | None = None,
    languages: Sequence[Link] = (),
    study: str = "",
    home: str = "",
    find: str = "",
    published: str = "",
) -> str:
    """
    The page of an executed notebook.

    Parameters
    ----------
    notebook
        Path of an executed .ipynb file (format 4.5), or its content; not changed.
    title
        Title of the page; its h1 too, unless the notebook opens with a heading of its own.
    language
        Language of the page, `en`, `fr`, `es` or `eu`.
    banner
        What a reader must know first (synthetic records); "" for none.  First line in bold.
    footer
        Where the page comes from: heading to small table (label, value) or to a sentence.
        The parameters of the run are added from the notebook.
    nav, languages
        Links to the other pages, and to this page in other languages.
    asked
        What each page of `nav` asks, by its address, where its name there is shorter.
    study
        Title of the study, above the heading.
    home
        Address of the study's first page, which its title leads to; "" for none.
    find, published
        Address of search and glossary; where the page's folder is published, as far as is known.
    """
    texts = labels(language)
    node = _node(notebook)
    content = blocks(node, image_alt=texts["image"], table_label=texts["table"])
    html = _finished(
        "page.html.j2",
        node,
        content=content,
        title=title,
        language=language,
        banner=banner,
        footer=footer or {},
        nav=_checked(nav),
        asked=asked or {},
        languages=_checked(languages),
        study=study,
        home=home,
        find=find,
        texts=texts,
    )
    return explained(embeddable(html, language, published), language, find)


def page(template: str, **values: Any) -> str:
    """A page without a notebook (an index) from one of our templates."""
    light.load()
    from nbformat import NotebookNode

    nothing = NotebookNode(cells=[], metadata={})  # type: ignore[no-untyped-call]
    return _finished(
        template,
        nothing,
        content=Blocks(),
        **{
            "study": "",
            "nav": [],
            "home": "",
            "find": "",
            "decision": None,
            "searched": {},
            **values,
        },
    )


def _finished(template: str, node: Any, **values: Any) -> str:
    """The template filled; everything that is not `safe` in it is escaped."""
    text, _ = _exporter(template).from_notebook_node(
        node, resources={"page": {"policy": POLICY, "css": _css(), "script": SCRIPT, **values}}
    )
    language = str(values["language"])
    return f"{kept(text, language)}\n"


def _node(notebook: Any) -> Any:
    """A notebook as nbformat knows it, from a path, a node or a dictionary."""
    light.load()
    import nbformat

    if isinstance(notebook, str | Path):
        return nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    if isinstance(notebook, nbformat.NotebookNode):
        return notebook
    return nbformat.reads(json.dumps(notebook), as_version=4)  # type: ignore[no-untyped-call]


def _checked(links: Sequence[Link]) -> list[Link]:
    """The links, all of them harmless."""
    for _label, address, _current in links:
        if not clean.is_link(address):
            raise ValueError(address)
    return list(links)


@cache
def _css() -> str:
    """The style sheet, read once."""
    return (TEMPLATE / "page.css").read_text(encoding="utf-8")


@cache
def _exporter(template: str) -> Any:
    """The exporter of nbconvert on a template of ours alone, with everything escaped."""
    import jinja2
    from nbconvert.exporters.templateexporter import TemplateExporter

    class PageExporter(TemplateExporter):
        """Looks for templates in one folder of ours and in no folder of the user's."""

        file_extension = ".html"
        output_mimetype = "text/html"

        def _create_environment(self) -> jinja2.Environment:
            return environment(jinja2.FileSystemLoader(TEMPLATE))

        def _init_preprocessors(self) -> None:
            """None of nbconvert's: `blocks` decides what is shown."""
            self._preprocessors = []

    return PageExporter(template_file=template)  # type: ignore[no-untyped-call]


def labels(language: str) -> dict[str, str]:
    """The words of the page itself in a language."""
    with in_language(language):
        return {
            "skip": _("Skip to the content"),
            "contents": _("On this page"),
            "pages": _("Pages of this study"),
            "languages": _("Languages"),
            "home": _("All studies"),
            "find": _("Search and glossary"),
            "checksums": _("Files and checksums"),
            "code": _("Show how this was computed"),
            "about": _("About this page"),
            "study": _("This study"),
            "parameters": _("Parameters of this run"),
            "image": _("Image without a description"),
            "table": _("Table"),
        }
