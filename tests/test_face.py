"""The face of the library: what a notebook, an editor and a type checker see of it."""

import ast
import doctest
import importlib
import inspect
import pydoc
import re
import subprocess
import sys
import tomllib

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import studylib as sl

HOME = ROOT / "src" / "studylib"
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
    for path in HOME.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


def test_editors_see_what_notebooks_get():
    """The stub names every function, in the module it is loaded from, and nothing else."""
    tree = ast.parse((HOME / "__init__.pyi").read_text(encoding="utf-8"))
    told = {
        alias.asname: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    loaded = {name: f"studylib.{module}.{name}" for name, module in sl.NAMES.items()}
    assert told == loaded | {name: f"studylib.{module}" for name, module in sl.MODULES.items()}


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """What mypy says of a stranger's script, by line: the package as installed, with its marker."""
    folder = tmp_path_factory.mktemp("outside")
    lines = [
        "import studylib as sl",
        'study = sl.open_study("study.toml", first_year=2005)',
        *(f"reveal_type(sl.{name})" for name in sl.NAMES),
        *(f"reveal_type(sl.say.{room})" for room in dir(sl.say)),
        "reveal_type(sl.ket_shares(study))",
        "reveal_type(sl.say.data.headline(study))",
        'sl.open_study("study.toml", first_jear=2005)',
        "sl.no_such_question(study)",
    ]
    (folder / "mine.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache")]
    done = subprocess.run(
        [*command, "mine.py"], check=False, capture_output=True, text=True, cwd=folder,
        env={"MYPYPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    said = re.findall(r"mine\.py:(\d+): (?:note: (?=Revealed)|error: )(.*)", done.stdout)
    assert len(said) == len(lines) - 2, done.stdout + done.stderr
    return {lines[int(n) - 1]: text for n, text in said}


def test_a_type_checker_outside_the_project_sees_frames(outside):
    """Mypy on a stranger's script knows what comes back, and refuses what is not there."""
    assert (HOME / "py.typed").is_file()
    shares = outside["reveal_type(sl.ket_shares(study))"]
    assert re.fullmatch(r'Revealed type is "pandas\..*\.DataFrame"', shares)
    said = outside["reveal_type(sl.say.data.headline(study))"]
    assert said == 'Revealed type is "studylib.report.prose.Prose"'
    wrong = outside['sl.open_study("study.toml", first_jear=2005)']
    assert 'Unexpected keyword argument "first_jear"' in wrong
    assert 'has no attribute "no_such_question"' in outside["sl.no_such_question(study)"]


@pytest.mark.parametrize("name", sl.NAMES)
def test_every_question_is_a_function_with_types(outside, name):
    """Of each name a stranger sees the parameters of the code, and a type that comes back."""
    seen = outside[f"reveal_type(sl.{name})"]
    match = re.fullmatch(r'Revealed type is "def \((.*)\) -> (.*)"', seen)
    assert match, seen
    assert match[2] != "Any"
    assert re.findall(r"(\w+): ", match[1]) == list(inspect.signature(getattr(sl, name)).parameters)


def test_every_room_of_sentences_is_seen(outside):
    """A room that is only loaded when it is used is a module for a type checker too."""
    for room in dir(sl.say):
        assert "Module" in outside[f"reveal_type(sl.say.{room})"], room


def test_help_lists_the_functions_by_question():
    """`help(sl)` tells a newcomer what can be asked."""
    text = pydoc.render_doc(sl, renderer=pydoc.plaintext)
    for question, names in sl.QUESTIONS.items():
        assert question in text
        for name in names:
            assert name in text.partition(question)[2], name


def test_rooms_are_listed_and_loaded():
    """`dir` of the sentences shows the rooms that can be opened; another name is told of them."""
    assert {"data", "patents", "survey", "collaboration"} <= set(dir(sl.say))
    assert sl.say.data.__name__ == "studylib.say.data"
    with pytest.raises(AttributeError, match=r"studylib\.say has no 'weather'; it has border"):
        _ = sl.say.weather


def test_what_can_be_shown_is_listed():
    """`dir` of the tables and figures has the functions, not the modules they stand in."""
    assert {"kets", "timeline", "partners"} <= set(dir(sl.show))
    assert [name for name in dir(sl.show) if not inspect.isfunction(getattr(sl.show, name))] == []


def test_the_version_is_that_of_the_package():
    """One number, in `pyproject.toml`; an installation of another one is to be made again."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert sl.__version__ == project["version"]


def run(*sources):
    """The outputs of the last cell of a notebook in a kernel."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    client = NotebookClient(book, kernel_name="python3", allow_errors=True, timeout=60)
    return client.execute().cells[-1].outputs


def test_a_mistake_in_a_notebook_is_a_sentence():
    """An error that a user can act on shows its sentence in a kernel, not the library's lines."""
    (output,) = run('import studylib as sl\nsl.open_study("nowhere.toml")')
    assert output.ename == "UsageError"
    assert output.traceback == [
        "UsageError: There is no 'nowhere.toml' here or in any folder above."
    ]


def test_a_mistake_still_ends_an_unattended_run():
    """What runs a notebook sees the same error as a failure."""
    cell = nbformat.v4.new_code_cell('import studylib as sl\nsl.open_study("nowhere.toml")')
    book = nbformat.v4.new_notebook(cells=[cell])
    with pytest.raises(CellExecutionError, match=r"There is no .nowhere\.toml. here"):
        NotebookClient(book, kernel_name="python3", timeout=60).execute()


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings_are_true(name):
    """What a docstring shows is what the code does."""
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0
    assert failed == 0
