"""
A notebook without an installation: what exploring a study loads runs in a browser (Pyodide).

Pyodide builds compiled packages itself, and installs any that is pure Python.  What exploring
loads must be one or the other; what is neither is loaded by commands alone.
"""

import json
import os
import subprocess
import sys
from importlib import metadata

import pytest
from pages_of import RECORDS, USUAL
from small_studies import dataset, raw

BUILT_BY_PYODIDE = frozenset({
    "charset-normalizer", "contourpy", "cryptography", "duckdb", "fonttools", "kiwisolver",
    "markupsafe", "matplotlib", "nh3", "numpy", "pandas", "pillow", "pyarrow", "pydantic-core",
    "python-calamine", "pyyaml", "scikit-learn", "scipy", "statsmodels",
})  # fmt: skip
"""
Compiled packages with a recipe in github.com/pyodide/pyodide-recipes, folder `packages`, as it
stood in 2026: those a project like this could load.
"""
OF_A_KERNEL = frozenset({"debugpy", "jupyter-client", "psutil", "pyzmq", "tornado"})
"""What connects a kernel on a machine; in a browser the kernel is another one."""
EXPLORE = """
import json, sys
import studylib as sl
study = sl.open_study("study.toml")
kets = sl.ket_shares(study)
for shown in (sl.show.kets(study, kets), sl.show.ket_table(study, kets)):
    shown._repr_html_()
sl.applications(study), sl.explain(study, study.applications["application_id"].iloc[0])
sl.precision(sl.sample(study, "photonics").assign(is_right="yes"))
sl.controls(study, unit="application")._repr_mimebundle_()
sl.set_theme()
sl.say.patents.headline(study)
sl.specialisation(study, "sector_id"), sl.ket_differences(study)
sl.portfolio_map(sl.reference_portfolios().head(12), draws=2)
json.dump(sorted({name.partition(".")[0] for name in sys.modules}), sys.stdout)
"""


def is_pure(name):
    """Whether an installed package has no compiled file of its own."""
    files = metadata.files(name) or []
    return not any(str(file).endswith((".so", ".pyd", ".dylib")) for file in files)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The packages that exploring a small study had loaded in the end."""
    folder = tmp_path_factory.mktemp("explore")
    dataset(folder, raw(*RECORDS), blocks=USUAL)
    done = subprocess.run(
        [sys.executable, "-c", EXPLORE],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr
    tops = json.loads(done.stdout)
    of = metadata.packages_distributions()
    return {name.lower().replace("_", "-") for top in tops for name in of.get(top, ())}


def test_what_exploring_loads_runs_in_a_browser(loaded):
    """Every package is built by Pyodide or pure Python."""
    assert {"pandas", "pyarrow", "pydantic-core", "scikit-learn", "ipywidgets"} <= loaded
    neither = {n for n in loaded - BUILT_BY_PYODIDE - OF_A_KERNEL if not is_pure(n)}
    assert neither == set()


def test_what_does_not_run_there_is_loaded_by_commands_alone(loaded):
    """The printed sheet, bulk files and the build: none of them is touched by a question."""
    assert not {"typst", "duckdb", "pytask", "papermill", "nbconvert", "sqlalchemy"} & loaded
    assert not is_pure("typst")
    assert is_pure("networkx")
