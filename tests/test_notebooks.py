"""Rules over all notebooks: they ask, the library answers."""

import ast
import io
import json
import re
import statistics
import subprocess
import sys
import tokenize
from pathlib import Path

import nbformat
import pytest
from notebook_files import written

from studylib.report import banner
from studylib.runs import notebooks, parameters
from studylib.study.model import Study

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
HOW_TO = (FOLDER.parent / "CONTRIBUTING.md").read_text("utf-8")
TAGS = {"parameters", "hide-input", "hide-cell", "hide-output"}
LONGEST_CELL = 12
NO_CALLS = {"print", "open", "exec", "eval", "apply", "filterwarnings"}
NO_MODULES = {"plt", "sns", "os", "pathlib", "warnings", "np", "pd", "seaborn", "matplotlib"}

QUESTION = (
    "# How many patents a year?\n\nWe count the applications of each side by year, as one trace of "
    "what its people can do, and say what a line cannot show."
)
SHORT = (
    ("question", QUESTION),
    ("parameters", 'study_file = "study.toml"  # the study\nlanguage = "en"  # of the page'),
    ("open", "import studylib as sl\nstudy = sl.open_study(study_file, language=language)"),
    ("when", "## When?\n\nLook for the level of each line, not for single years."),
    ("timeline", "timeline = sl.timeline(study)\nsl.show.timeline(study, timeline)"),
)


@pytest.fixture(params=[*PATHS, SHORT], ids=[*(path.stem for path in PATHS), "short"])
def path(request, tmp_path):
    """Every notebook of the project, and a new one with one figure: the rules let it in."""
    if isinstance(request.param, Path):
        return request.param
    new = written(tmp_path, *request.param, title="How many patents a year?")
    nbformat.write(nbformat.read(new, as_version=4), new)
    return new


def code_of(path):
    """Code cells of a notebook in order."""
    return [c for c in notebooks.read(path)["cells"] if c["cell_type"] == "code"]


def lines_of(cell):
    """Lines of a cell that hold something."""
    return [line for line in cell["source"].split("\n") if line.strip()]


def test_notebooks_are_committed_without_outputs(path):
    """A result comes from a build, never from somebody's session."""
    for cell in code_of(path):
        assert cell["outputs"] == [], cell["id"]
        assert cell["execution_count"] is None, cell["id"]


def test_cells_have_names_that_mean_something(path):
    """Links and errors name cells: an id is a word or two, not a random number."""
    for cell in notebooks.read(path)["cells"]:
        assert re.fullmatch(r"[a-z][a-z0-9-]{1,39}", cell["id"]), cell["id"]
        assert not re.fullmatch(r"[0-9a-f]{8}|(cell|untitled)-?\d*", cell["id"]), cell["id"]


def test_a_notebook_opens_with_its_question(path):
    """The first cell is one heading of the first level, and it asks; so does the title."""
    notebook = notebooks.read(path)
    first = notebook["cells"][0]
    heading = first["source"].split("\n")[0]
    assert first["cell_type"] == "markdown"
    assert heading.startswith("# ")
    assert heading.endswith("?")
    title = notebook["metadata"]["title"]
    heading = "".join(notebook["cells"][0]["source"]).partition("\n")[0]
    assert heading == f"# {title}"  # tab, menu and heading agree
    text = "\n".join(c["source"] for c in notebook["cells"] if c["cell_type"] == "markdown")
    assert len(re.findall(r"^# ", text, flags=re.MULTILINE)) == 1


def test_parameters_stand_first_and_say_what_they_are(path):
    """One cell of parameters, the second code cell at most, each with its meaning or unit."""
    tagged = [
        i for i, c in enumerate(code_of(path)) if "parameters" in c["metadata"].get("tags", ())
    ]
    assert len(tagged) == 1
    assert tagged[0] <= 1
    for parameter in parameters.declared(notebooks.read(path), path.name).values():
        assert parameter.meaning, parameter.name


def test_cells_are_short(path):
    """No cell over 12 lines; half of them two lines or fewer; at most 30 code cells."""
    lengths = [len(lines_of(cell)) for cell in code_of(path)]
    assert max(lengths) <= LONGEST_CELL
    assert statistics.median(lengths) <= 2
    assert len(lengths) <= 30


def test_only_known_tags_are_used(path):
    """A tag that is mistyped would show what was meant to be folded."""
    for cell in notebooks.read(path)["cells"]:
        assert set(cell["metadata"].get("tags", ())) <= TAGS, cell["id"]


def test_what_a_page_hides_is_folded_in_jupyterlab(path):
    """A cell whose code the page leaves out is collapsed in JupyterLab, and no other one is."""
    for cell in notebooks.read(path)["cells"]:
        tags = set(cell["metadata"].get("tags", ()))
        folded = {"source_hidden": True} if tags & {"hide-input", "hide-cell"} else {}
        folded |= {"outputs_hidden": True} if "hide-cell" in tags else {}
        assert cell["metadata"].get("jupyter", {}) == folded, cell["id"]


def test_notebooks_hold_no_logic(path):
    """No functions, loops, prints, plotting, paths or filtered warnings; no comments either."""
    for cell in code_of(path):
        tree = ast.parse(cell["source"])
        assert forbidden(tree) == [], cell["id"]
        if "parameters" not in cell["metadata"].get("tags", ()):
            assert comments(cell["source"]) == [], f"{cell['id']}: the library lacks a name"


def test_figures_are_described(path):
    """Prose says something about what is computed: at least five words for a line of code."""
    cells = notebooks.read(path)["cells"]
    words = sum(len(c["source"].split()) for c in cells if c["cell_type"] == "markdown")
    assert words >= 5 * sum(len(lines_of(c)) for c in code_of(path))


def test_notebooks_are_written_as_jupyter_writes_them(path):
    """Opened, saved and cleared of its outputs, a notebook differs by nothing."""
    assert path.read_text(encoding="utf-8") == as_jupyter(path)


def test_outputs_are_taken_out_by_one_command(tmp_path):
    """The command of CONTRIBUTING turns a notebook somebody ran into the one that is committed."""
    (command,) = re.findall(r"`\.venv/bin/(jupyter nbconvert [^`]+) notebooks/\*\.ipynb`", HOW_TO)
    was_run = nbformat.read(PATHS[0], as_version=4)
    for cell in was_run.cells:
        if cell.cell_type == "code":
            cell.execution_count = 7
            cell.outputs = [nbformat.v4.new_output("stream", text="seen")]
    mine = tmp_path / PATHS[0].name
    nbformat.write(was_run, mine)
    subprocess.run([sys.executable, "-m", *command.split(), mine], check=True, capture_output=True)
    assert mine.read_bytes() == PATHS[0].read_bytes()


def as_jupyter(path):
    """The text of a notebook as JupyterLab and nbconvert write it."""
    text = nbformat.writes(nbformat.read(path, as_version=4))
    return text if text.endswith("\n") else f"{text}\n"


def test_a_bare_frame_is_for_researchers(path):
    """What is not shown by `sl.show` or said by `sl.say` is no part of the page: `hide-output`."""
    for cell in code_of(path):
        last = ast.parse(cell["source"]).body[-1]
        made = isinstance(last, ast.Expr) and ast.unparse(last).startswith(("sl.show.", "sl.say."))
        if isinstance(last, ast.Expr) and not made:
            assert "hide-output" in cell["metadata"].get("tags", ()), cell["id"]


def test_some_cells_end_in_the_frame_itself():
    """Each notebook lets a researcher see at least one table as it is."""
    for path in PATHS:
        assert [c["id"] for c in code_of(path) if "hide-output" in c["metadata"].get("tags", ())]


def test_notebooks_are_small_text(path):
    """A notebook can be read in a difference: no pictures, nobody's session, no long lines."""
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    known = {"kernelspec", "language_info", "title", "rests_on", "needs", "is_answer", "front",
             "menu"}  # fmt: skip
    assert set(metadata) <= known
    assert set(metadata.get("rests_on", ())) <= set(banner.ROLE)
    assert set(metadata.get("needs", ())) <= set(Study.model_fields)
    assert path.stat().st_size < 100_000
    assert max(len(line) for cell in code_of(path) for line in lines_of(cell)) <= 100


def forbidden(tree):
    """What a notebook may not do, found in the code of a cell."""
    logic = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While,
             ast.Try, ast.With, ast.Assert)  # fmt: skip
    found = []
    for node in ast.walk(tree):
        name = getattr(node, "attr", getattr(node, "id", ""))
        if isinstance(node, logic):
            found.append(type(node).__name__)
        elif isinstance(node, (ast.Attribute, ast.Name)) and name in NO_CALLS | NO_MODULES:
            found.append(name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            imported = [getattr(node, "module", None) or alias.name for alias in node.names]
            found += [module for module in imported if module.split(".")[0] != "studylib"]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "/" in node.value:
            found += [node.value] if re.fullmatch(r"[\w.~-]*(/[\w.-]+)+", node.value) else []
    return found


def comments(source):
    """Comments of a cell."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import studylib as sl", []),
        ("shares = sl.shares(families, by=['ket'])", []),
        ("import pandas as pd", ["pandas"]),
        ("from os import path", ["os"]),
        ("print(1)", ["print"]),
        ("plt.plot()", ["plt"]),
        ("x = lambda y: y", ["Lambda"]),
        ("for x in y:\n    x", ["For"]),
        ("sl.read('data/raw/x.csv')", ["data/raw/x.csv"]),
        ("frame.apply(f)", ["apply"]),
    ],
)
def test_the_rule_against_logic_finds_it(source, found):
    """The rule itself is tested: what it lets through and what not."""
    assert forbidden(ast.parse(source)) == found
