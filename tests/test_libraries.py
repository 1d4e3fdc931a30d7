"""The libraries a page names: those that computed it, and no other."""

import json
import subprocess
import sys
import tomllib
from types import SimpleNamespace

import pytest
from conftest import ROOT
from notebook_files import written
from test_ops_xml import answer
from test_regpat import EPO, edition
from tiny_exports import csv, xls, xlsx

from studylib.build.published import about
from studylib.files.at_work import at_work, gathered
from studylib.runs import libraries, run
from studylib.runs.workers import supervise

OURS = {
    "a.py": "import numpy\ndef f():\n    from scipy.stats import binom\n    import sklearn.svm",
    "b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas",
    "c/__init__.py": "import jinja2, studylib.a, json, no_library",
}
HEADER = ["Publication Number", "Publication Date", "Title", "Priority Data", "IPC", "Applicants",
          "Inventors"]  # fmt: skip
ROW = ["EP1", "01.02.2003", "A", "", "H01L 31/04", "Argia", "Ane"]


@pytest.fixture(scope="module", autouse=True)
def _workers_end():
    """No process of these tests outlives them."""
    yield
    supervise.end_idle()


@pytest.fixture
def ours(tmp_path, monkeypatch):
    """A package of three modules in the place of ours."""
    for name, code in OURS.items():
        path = tmp_path / "studylib" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(code, encoding="utf-8")
    monkeypatch.setattr(libraries, "PACKAGE", tmp_path / "studylib")
    libraries._asked_by.cache_clear()
    yield
    libraries._asked_by.cache_clear()


@pytest.mark.parametrize(
    ("loaded", "named"),
    [
        (["studylib.a", "numpy", "scipy", "scipy.stats"], ["numpy", "scipy"]),
        (["studylib.a", "numpy", "scipy"], ["numpy"]),  # another library brought scipy along
        (["studylib.a", "sklearn", "sklearn.svm"], ["scikit-learn"]),  # as it is installed
        (["studylib.b", "pandas", "numpy"], []),  # for types alone; not loaded by us
        (["studylib.c", "jinja2", "json", "studylib.a"], []),  # lays out; Python's; ours
        (["studylib.gone", "numpy"], []),
    ],
)
@pytest.mark.usefixtures("ours")
def test_a_library_counts_where_our_code_asked_and_got_it(loaded, named):
    """What is asked for and not loaded was not needed; what nobody asked for is another's."""
    assert libraries.computing(loaded) == named


@pytest.mark.usefixtures("ours")
def test_a_notebook_may_ask_for_itself():
    """A library a cell loads has computed too; a cell with words of IPython's asks for none."""
    cells = ["from networkx import Graph", "%time\nimport numpy"]
    assert libraries.computing(["networkx", "numpy"], cells) == ["networkx"]


def test_libraries_that_compute_nothing_are_dependencies():
    """No name is left behind when a dependency goes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {d.partition(">")[0] for d in project["dependencies"]}
    assert libraries.DRESSING - declared == {"pydantic-core"}  # pydantic's own


def test_a_notebook_knows_what_computed_it(tmp_path):
    """Its kernel is asked in the end: an interval is from statsmodels, a sum from nobody."""
    interval = written(
        tmp_path, ("load", "import studylib as sl"), ("ask", "sl.estimate.share(3, 5)"), name="a"
    )
    assert named(interval) == ["numpy", "pandas", "scipy", "statsmodels"]
    assert named(written(tmp_path, ("one", "1 + 1"), name="b")) == []


def named(notebook):
    """The libraries in the metadata of a notebook after its run; the cells are its own."""
    executed = json.loads(run.execute(notebook, notebook.with_suffix(".out")).read_text())
    assert [cell["id"] for cell in executed["cells"]] == [
        cell["id"] for cell in json.loads(notebook.read_text())["cells"]
    ]
    return executed["metadata"]["libraries"]


def test_who_is_at_work_is_gathered_in_every_block():
    """Inside and outside; what happens in no block is not kept."""
    at_work("x")
    with gathered() as whole:
        at_work("duckdb")
        with gathered() as part:
            at_work("defusedxml")
    at_work("y")
    assert (whole, part) == ({"duckdb", "defusedxml"}, {"defusedxml"})


READ = """
import json, sys
from studylib import readers
from studylib.build import steps
from studylib.files.at_work import gathered
from studylib.runs import libraries
with gathered() as found:
    readers.read_all([sys.argv[1]])
print(json.dumps([sorted(found), libraries.computing(sys.modules)]))
"""


@pytest.mark.parametrize(
    ("kind", "library"),
    [("csv", []), ("xls", ["python-calamine"]), ("xlsx", ["python-calamine"]),
     ("xml", ["defusedxml"]), ("regpat", ["duckdb"])],
)  # fmt: skip
def test_what_reads_a_file_is_what_was_loaded_for_it(tmp_path, kind, library):
    """A reader says which library is at work: the one a fresh process has loaded beside pandas."""
    path = exports(tmp_path)[kind]
    said = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True
    )
    found, loaded = json.loads(said.stdout)
    assert found == library
    # All readers of EPO files are loaded together, so this one says nothing by being there.
    always = {"numpy", "pandas", "pyarrow", "defusedxml"}
    assert set(loaded) - always == set(library) - always


def exports(folder):
    """A tiny export of each kind."""
    made = {
        "csv": csv(folder / "a.csv", ",".join(HEADER), ",".join(ROW)),
        "xls": xls(folder / "a.xls", [HEADER, ROW]),
        "xlsx": xlsx(folder / "a.xlsx", [HEADER, ROW]),
        "xml": folder / "a.xml",
        "regpat": edition(folder / "regpat", EPO),
    }
    made["xml"].write_text(answer("200400123"), encoding="utf-8")
    return made


def test_the_method_of_a_page_names_what_read_its_inputs_too(tmp_path):
    """What read patents stands where a page rests on them, and not on one of the survey alone."""
    plan = SimpleNamespace(prepared=tmp_path / "prepared.json")
    plan.prepared.write_text('{"libraries": {"patents": ["duckdb"], "survey": ["openpyxl"]}}')

    def page(*rests_on):
        """A page whose notebook drew something and rests on these inputs."""
        executed = tmp_path / f"{len(rests_on)}.ipynb"
        executed.write_text(json.dumps({"metadata": {"libraries": ["matplotlib"]}}))
        return SimpleNamespace(executed=executed, about={"rests_on": list(rests_on)})

    survey, both = page("survey"), page("patents", "claims")
    named = [list(about.versions(plan, pages)) for pages in ([survey], [both], [survey, both])]
    assert named == [
        ["studylib", "matplotlib", "openpyxl"],
        ["studylib", "duckdb", "matplotlib"],
        ["studylib", "duckdb", "matplotlib", "openpyxl"],
    ]
