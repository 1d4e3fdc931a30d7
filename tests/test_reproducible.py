"""Two builds, equal bytes: under other times, places, locales and seeds."""

import json

import pytest
from notebook_files import written

from studylib.runs import run
from studylib.runs.published import publish
from studylib.runs.workers import supervise

CELLS = (
    ("title", "# Is it the same?"),
    ("parameters", "seed = 1  # of the drawing"),
    ("library", "import numpy as np, pandas as pd"),
    ("draw", "frame = pd.DataFrame({'x': np.random.default_rng(seed).normal(size=5)})"),
    ("table", "frame.describe()"),
    ("set", "{'b', 'a', 'c'}, hash('a') % 7"),
    ("time", "import time\nstr(pd.Timestamp(0)), time.strftime('%H:%M %B', time.localtime(0))"),
    ("prints", "for i in range(20):\n    print(i)"),
)
ELSEWHERE = {
    "TZ": "Asia/Tokyo", "LC_ALL": "fr_FR.UTF-8", "LANG": "es_ES.ISO-8859-1", "PYTHONHASHSEED": "42",
    "COLUMNS": "200", "OMP_NUM_THREADS": "2", "SOURCE_DATE_EPOCH": "1", "MPLBACKEND": "svg",
    "JUPYTER_PLATFORM_DIRS": "1", "PYTHONWARNINGS": "error",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _workers_end():
    """Every run starts its own worker, in the environment of its moment."""
    yield
    supervise.end_idle()


def hostile_home(folder):
    """A home whose start-up files would change every kernel and figure."""
    startup = folder / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("print('from the start-up file')", encoding="utf-8")
    (folder / ".config" / "matplotlib").mkdir(parents=True)
    (folder / ".config" / "matplotlib" / "matplotlibrc").write_text("font.size: 30")
    jupyter = folder / ".jupyter"
    jupyter.mkdir()
    (jupyter / "jupyter_config.json").write_text(json.dumps({"Application": {"log_level": 10}}))
    return folder


def test_a_notebook_gives_equal_bytes_elsewhere(tmp_path, monkeypatch):
    """Another folder, home, locale, clock zone, hash seed and number of threads change nothing."""
    here = run.execute(written(tmp_path, *CELLS), tmp_path / "here.ipynb", {"seed": 2})
    supervise.end_idle()
    there = tmp_path / "an other é folder"
    there.mkdir()
    for name, value in {**ELSEWHERE, "HOME": str(hostile_home(tmp_path / "home"))}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(there)
    other = run.execute(written(there, *CELLS), there / "there.ipynb", {"seed": 2})
    assert here.read_bytes() == other.read_bytes()


def test_equal_results_are_one_release(tmp_path):
    """What is built twice is published once: the second time no file is touched."""
    releases = set()
    for turn in ("1", "2"):
        executed = run.execute(written(tmp_path, *CELLS), tmp_path / turn / "a.ipynb")
        shown = publish.publish({"a.ipynb": executed}, tmp_path / "reports", "s")
        releases.add(shown.readlink())
        supervise.end_idle()
    assert len(releases) == 1
