"""Rules of the house that a reader of the code can rely on."""

import ast
import re

import pytest
from conftest import ROOT

import studylib
from studylib.report.clean import TAGS

TESTS = sorted((ROOT / "tests").glob("test_*.py"))
SOURCES = sorted((ROOT / "src" / "studylib").rglob("*.py"))


def functions(path):
    return [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_every_test_states_the_rule_it_holds(path):
    """The docstring of a test is the rule that its failure breaks."""
    tests = [f for f in functions(path) if f.name.startswith("test_")]
    assert [f.name for f in tests if not ast.get_docstring(f)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_every_module_says_what_it_is_for(path):
    """A module opens with a docstring, and so does every public function in it."""
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name[0] != "_"]
    assert [f.name for f in public if not ast.get_docstring(f)] == []


def test_the_library_prints_nothing():
    """Only the command line speaks: no print in the library outside of `main` functions."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
        and path.name not in {"__main__.py", "sources.py", "catalogues.py"}
    ]  # fmt: skip
    assert found == []


MARKS = {
    "embed.py": {'(<figure class="st-figure"[^>]*>)(.*?)(</figure>)'},
    "inline.py": {"</g>", "</svg>", "</svg>\n"},
    "saved.py": {"</text>"},
    "template.py": {"<wbr>"},
}


def test_html_stands_in_templates_alone():
    """
    A page is laid out in templates, where everything is escaped; code gathers what it says.

    Not layout: a drawing that closes itself, the place where a long word may break, a
    figure that is looked for.
    """
    tag = re.compile(rf"(?<!\(\?P)</?(?:{'|'.join(TAGS.split())})(?:\s[^>]*)?>")
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for path in SOURCES:
        nodes = [*ast.walk(ast.parse(path.read_text()))]
        words = {id(n.body[0].value) for n in nodes
                 if isinstance(n, documented) and isinstance(n.body[0], ast.Expr)}  # fmt: skip
        texts = [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        found = [n.value for n in texts if id(n) not in words and tag.search(n.value)]
        assert set(found) <= MARKS.get(path.name, set()), path


def test_importing_the_library_loads_nothing_heavy():
    """`import studylib` costs next to nothing: libraries are loaded by what uses them."""
    import subprocess
    import sys

    code = "import studylib, sys; print(sorted({'pandas', 'scipy', 'networkx'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("name", dir(studylib))
def test_every_name_that_notebooks_may_use_is_there(name):
    """What `dir` lists can be had: a module that moved takes its names along."""
    assert getattr(studylib, name) is not None
