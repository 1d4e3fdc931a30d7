"""The face of the library: what a notebook, an editor and a type checker see of it."""

import ast
import doctest
import importlib
import pydoc
import subprocess
import sys

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


def test_a_type_checker_outside_the_project_sees_frames_and_parameters(tmp_path):
    """Mypy on a stranger's script knows what comes back, and refuses a wrong parameter."""
    script = tmp_path / "mine.py"
    script.write_text(
        "import studylib as sl\n"
        'study = sl.open_study("study.toml", first_year=2005)\n'
        "reveal_type(sl.ket_shares(study))\n"
        "reveal_type(sl.say.data.headline(study))\n"
        'sl.open_study("study.toml", first_jear=2005)\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache")]
    # As installed: the package says that it is typed (py.typed), and mypy looks for it there.
    done = subprocess.run(
        [*command, script.name], check=False, capture_output=True, text=True, cwd=tmp_path,
        env={"MYPYPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert 'Revealed type is "pandas' in done.stdout, done.stdout + done.stderr
    assert "DataFrame" in done.stdout
    assert 'Revealed type is "studylib.report.prose.Prose"' in done.stdout
    assert 'Unexpected keyword argument "first_jear"' in done.stdout
    assert (HOME / "py.typed").is_file()


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
    with pytest.raises(AttributeError, match=r"studylib\.say has no 'weather'; it has collab"):
        _ = sl.say.weather


def test_the_version_is_that_of_the_package():
    """One number, in `pyproject.toml`."""
    assert sl.__version__.count(".") == 2


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
