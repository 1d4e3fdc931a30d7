"""
Words, code and formulas of a notebook as HTML: escaped, and unsafe only where markdown holds HTML.

    markdown cell  --markdown-->  HTML; formulas and code as they are written
    printed text   --plain-->     as it is, without the addresses in memory that differ at every run
"""

import re
from typing import Literal

from studylib.files.template import fill

ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def plain(text: str) -> str:
    """Text as it is, without the addresses in memory that differ at every run."""
    text = ADDRESS.sub("", text)
    return verbatim("printed", text) if text.strip() else ""


def verbatim(
    kind: Literal["printed", "formula in a sentence", "formula", "code"], text: str
) -> str:
    """Text as it is written, escaped."""
    return fill("report/template/verbatim.html.j2", kind=kind, text=text)


def markdown(source: str) -> str:
    """Markdown as HTML, unsafe as it stands; formulas stay text (no script sets them)."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        def inline_math(self, body: str) -> str:
            """A formula in a sentence, as it is written."""
            return verbatim("formula in a sentence", body)

        def block_math(self, body: str) -> str:
            """A formula of its own, as it is written."""
            return verbatim("formula", body.strip())

        def image(self, text: str, url: str, title: str | None = None) -> str:
            """Only images inside the page, read from nowhere."""
            return super(IPythonRenderer, self).image(text, url, title)

        def block_code(self, code: str, info: str | None = None) -> str:
            """Code as it is written, whatever language it says it is in."""
            del info
            return verbatim("code", code)

    renderer = Renderer(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))
