"""HTML from templates: escaped, strict, laid out in lines that a page does not show."""

import tomllib

import pytest
from conftest import ROOT
from jinja2 import DictLoader, UndefinedError

from studylib.files.template import environment, fill

PACKAGE = ROOT / "src" / "studylib"


class Bold:
    """Something that is HTML by its own word."""

    def __html__(self):
        return "<b>B</b>"


def test_text_is_escaped_and_html_is_not():
    """A text is text, whatever it holds; an object that says it is HTML stands as it is."""
    name = "show/template/folded.html.j2"
    assert fill(name, summary="<i>&", body=Bold()) == (
        '<details class="more"><summary>&lt;i&gt;&amp;</summary><b>B</b></details>'
    )
    assert "&lt;b&gt;B" in fill(name, summary="S", body="<b>B</b>")


def test_a_value_that_nobody_gives_is_an_error():
    """A forgotten value stops the build; it leaves no hole in a page."""
    with pytest.raises(UndefinedError, match="'body' is undefined"):
        fill("show/template/folded.html.j2", summary="S")


def test_lines_of_data_stay_where_lines_of_the_template_go():
    """Between tags of a template nothing is shown; what the data hold between tags is kept."""
    filled = fill("report/template/verbatim.html.j2", kind="code", text="a >\n< b")
    assert filled == "<pre><code>a &gt;\n&lt; b</code></pre>"


def test_blanks_inside_a_line_of_a_template_are_shown():
    """The blank between a name and the link to its file is part of the sentence."""
    shown = [("Edges", "tables/edges.csv", "edges.csv")]
    assert fill("show/template/downloads.html.j2", title="T", files=shown) == (
        "<p><strong>T</strong></p><ul><li>Edges "
        '<a hidden href="tables/edges.csv" aria-label="edges.csv – Edges">edges.csv</a></li></ul>'
    )


def test_statements_leave_no_line():
    """A page is as tidy as its template: lines of statements are not in it."""
    source = "{% if yes %}\n  {% if yes %}\n<p>{{ text }}</p>\n  {% endif %}\n{% endif %}\n"
    page = environment(DictLoader({"x": source})).get_template("x")
    assert page.render(yes=True, text="a & b") == "<p>a &amp; b</p>\n"


def test_no_template_is_left_out_of_the_package():
    """Every template and style sheet is among the data of the installed package."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    installed = {
        p for pattern in settings["package-data"]["studylib"] for p in PACKAGE.glob(pattern)
    }
    assert {*PACKAGE.rglob("*.j2"), *PACKAGE.rglob("*.css")} <= installed


def test_only_what_was_cleaned_before_is_safe():
    """Escaping is left out for the style sheet, the blocks of a page and their map alone."""
    safe = {path.name: path.read_text().count("safe }}") for path in PACKAGE.rglob("*.j2")}
    assert {name: n for name, n in safe.items() if n} == {
        "base.html.j2": 2, "decision.html.j2": 1, "page.html.j2": 3
    }  # fmt: skip
