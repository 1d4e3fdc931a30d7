"""Execution: verified, the same each time, or no file and a reason."""

import json
import os
import signal
import time
from pathlib import Path

import pytest
from notebook_files import written

from studylib.errors import RunError, UsageError
from studylib.runs import run
from studylib.runs.workers import sandbox, supervise

PARAMETERS = ("parameters", "n = 1\nname = 'a'")


@pytest.fixture(scope="module", autouse=True)
def _workers_end():
    """No process of these tests outlives them."""
    yield
    supervise.end_idle()


def texts(path):
    """Plain text of every output of an executed notebook, by cell id."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {
        cell["id"]: "".join(output["data"]["text/plain"])
        for cell in cells
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
    }


def test_a_notebook_runs_with_its_parameters(tmp_path):
    """Values reach the notebook as they are; a hostile text is a text."""
    hostile = "';import os;os._exit(1)#\n\"\\\u2028{n}"
    source = written(tmp_path, PARAMETERS, ("answer", "n, name"))
    out = run.execute(source, tmp_path / "out" / "a.ipynb", {"n": 7, "name": hostile})
    assert texts(out) == {"answer": repr((7, hostile))}


def test_two_runs_give_equal_bytes(tmp_path, monkeypatch):
    """Another time zone, locale, hash seed, home and worker change nothing."""
    cells = [
        ("title", "# What?"), PARAMETERS,
        ("set", "sorted({'b', 'a'}), list({'b', 'a', 'c'})"),
        ("time", "import time, os\ntime.tzname, os.environ['LC_ALL']"),
        ("prints", "for i in range(3):\n    print(i)"),
        ("html", "from IPython.display import HTML\nHTML('<b>x</b>')"),
    ]  # fmt: skip
    source = written(tmp_path, *cells)
    first = run.execute(source, tmp_path / "1.ipynb", {"n": 2}).read_bytes()
    for name, value in {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "3",
        "HOME": "/h",
    }.items():
        monkeypatch.setenv(name, value)
    supervise.end_idle()
    second = run.execute(source, tmp_path / "2.ipynb", {"n": 2}).read_bytes()
    assert first == second
    assert b"start_time" not in first
    assert str(tmp_path).encode() not in first
    assert [c["id"] for c in json.loads(first)["cells"]][2] == "injected-parameters"


def test_a_result_that_is_the_same_is_not_touched(tmp_path):
    """An equal result keeps its file, so that nothing after it is stale."""
    source = written(tmp_path, ("one", "1"))
    out = run.execute(source, tmp_path / "o.ipynb")
    before = out.stat()
    run.execute(source, out)
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("raise ValueError('no\\x1b[2J rows\\nmore')", r"ValueError: no\\x1b\[2J rows\."),
        ("import sys\nsys.exit(0)", "SystemExit: 0"),
        ("import sys\nsys.exit()", "SystemExit"),
        ("import os\nos._exit(0)", r"its kernel was ended by the code of the notebook \(exit code"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
         r"its kernel was killed \(SIGKILL\), as a machine does that is out of memory\."),
        ("x = bytearray(10**12)", r"it needed more than [\d,]+ MB of memory; `memory` in the"),
        ("import warnings\nwarnings.warn('deep')", r"it wrote to stderr: .*UserWarning: deep"),
        ("1 +", "SyntaxError"),
        ("input()", "StdinNotImplementedError"),
        ("object()", "shows an address in memory"),
        ("print(object())", "shows an address in memory"),
        ("from studylib.errors import DataError\nraise DataError('2 rows')", "DataError: 2 rows"),
    ],
)  # fmt: skip
def test_a_failure_names_notebook_cell_and_first_line(tmp_path, source, words):
    """Whatever stops a notebook is a `RunError` in words, and the old result stands."""
    out = tmp_path / "o.ipynb"
    out.write_text("old")
    path = written(tmp_path, ("title", "# What?"), ("culprit", source), ("after", "2"))
    with pytest.raises(RunError, match=f"'10_tiny' failed in cell 2 \\('culprit'\\): .*{words}"):
        run.execute(path, out)
    assert out.read_text() == "old"


def test_a_notebook_that_hides_what_it_loaded_is_refused(tmp_path):
    """A page names the libraries that computed it, so its kernel must be able to answer."""
    path = written(tmp_path, ("hides", "import io, sys\nsys.stdout = io.StringIO()"))
    with pytest.raises(RunError, match="'10_tiny' failed: it cannot say which libraries"):
        run.execute(path, tmp_path / "o.ipynb")


def test_a_notebook_that_takes_too_long_is_stopped(tmp_path):
    """Time is over for the kernel, for one that holds the interpreter, and for its children."""
    stuck = "import re, subprocess\nsubprocess.Popen(['sleep', '987'])\n"
    path = written(tmp_path, ("stuck", stuck + "re.match(r'(a+)+$', 'a' * 40 + 'b')"))
    started = time.monotonic()
    with pytest.raises(RunError, match=r"in cell 1 \('stuck'\): it took longer than 4 s"):
        run.execute(path, tmp_path / "o.ipynb", timeout=4)
    assert time.monotonic() - started < 15
    assert not [mark for _, mark in sandbox._marked() if mark.startswith(f"{os.getpid()}:")]


def test_children_of_a_notebook_end_with_it(tmp_path):
    """A process a notebook left behind does not outlive its worker."""
    run.execute(
        written(tmp_path, ("child", "import subprocess\n_ = subprocess.Popen(['sleep', '986'])")),
        tmp_path / "o",
    )
    supervise.end_idle()
    assert not [mark for _, mark in sandbox._marked() if mark.startswith(f"{os.getpid()}:")]


MANY = """
import subprocess, sys
code = 'x = bytearray(4 * 10**8); input()'
many = [subprocess.Popen([sys.executable, '-c', code], stdin=-1) for _ in range(6)]
many[0].wait()
"""


@pytest.mark.parametrize(
    "source",
    [
        "x = [bytearray(10**8) for _ in range(20)]",
        "import numpy as np\nnp.ones(10**9).sum()",
        MANY,  # each of these keeps within the limit
    ],
    ids=["python", "numpy", "children"],
)
def test_a_notebook_that_needs_too_much_memory_is_stopped(tmp_path, source):
    """One process or many: a sentence with the limit, and the machine lives on."""
    path = written(tmp_path, ("big", source))
    words = r"in cell 1 \('big'\): it needed more than 900 MB of memory; `memory` in the study file"
    with pytest.raises(RunError, match=words):
        run.execute(path, tmp_path / "o.ipynb", most=900)


# Kills the process that runs notebooks: not the one its kernel was forked from.
KILLER = """
import os, signal, time
from pathlib import Path
above = os.getppid()
while b"runs.workers.worker" not in Path(f"/proc/{above}/cmdline").read_bytes():
    above = int(Path(f"/proc/{above}/stat").read_text().rpartition(")")[2].split()[1])
time.sleep(1)
os.kill(above, signal.SIGKILL)
time.sleep(60)
"""
HIDDEN = """
import os, subprocess
script = 'env -i setsid sh -c "exec sleep {n}" & '
_ = subprocess.run(["sh", "-c", script], env={{}})
"""


@pytest.mark.parametrize(
    "worst",
    ["", KILLER],
    ids=["well", "killed"],
)
def test_children_without_the_name_of_the_run_are_found(tmp_path, worst):
    """In a session of their own with an empty environment, also where their worker was killed."""
    n = "98765" if worst else "98764"
    cells = [("hidden", HIDDEN.format(n=n)), ("worst", worst or "1")]
    if worst:
        with pytest.raises(RunError, match=r"killed \(SIGKILL\), as a machine does that is out of"):
            run.execute(written(tmp_path, *cells), tmp_path / "o")
    else:
        run.execute(written(tmp_path, *cells), tmp_path / "o")
    supervise.end_idle()
    told = [p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline") if p.is_file()]
    assert not [line for line in told if b"sleep\0" + n.encode() in line]


def test_what_shows_without_end_is_stopped(tmp_path):
    """A sentence, and the beginning of what it showed for the person who mends it."""
    path = written(tmp_path, ("loud", "for _ in range(10**9):\n    print('x' * 10**6)"))
    with pytest.raises(RunError, match=r"'loud'\): it showed more than 50 MB; show a summary, or"):
        run.execute(path, tmp_path / "o.ipynb", kept=tmp_path / "kept")
    assert (tmp_path / "kept.ipynb").stat().st_size < 10_000


def test_nothing_is_started_for_a_wrong_parameter(tmp_path, monkeypatch):
    """Names and kinds are checked before a process is made."""
    monkeypatch.setattr(run, "borrowed", None)
    path = written(tmp_path, PARAMETERS)
    with pytest.raises(UsageError, match=r"'10_tiny.ipynb' has no parameter 'm'"):
        run.execute(path, tmp_path / "o.ipynb", {"m": 1})
    with pytest.raises(UsageError, match="There is no folder 'nowhere' to run '10_tiny' in"):
        run.execute(path, tmp_path / "o.ipynb", workdir=run.Path("nowhere"))


def test_a_notebook_runs_where_it_is_told(tmp_path):
    """The folder is the given one, else an empty private one."""
    source = written(tmp_path, ("where", "import os\nsorted(os.listdir()), os.getcwd()"))
    there = run.execute(source, tmp_path / "o" / "1.ipynb", workdir=tmp_path)
    assert str(tmp_path) in texts(there)["where"]
    empty = run.execute(source, tmp_path / "o" / "2.ipynb")
    assert texts(empty)["where"].startswith("([], ")


def test_the_title_and_language_reach_page_and_kernel(tmp_path):
    """Markdown and title are translated before the run; the kernel speaks the same language."""
    source = written(tmp_path, ("n", "from studylib.language.words import number\nnumber(0.5, 1)"))
    french = run.execute(source, tmp_path / "o.ipynb", language="fr", title="Titre")
    assert texts(french) == {"n": "'0,5'"}
    assert json.loads(french.read_text())["metadata"]["title"] == "Titre"


def test_a_worker_that_dies_is_told_and_replaced(tmp_path):
    """When the process that runs notebooks is killed, the notebook failed and the next one runs."""
    with pytest.raises(
        RunError, match=r"the process that ran it was killed \(SIGKILL\), as a machine"
    ):
        run.execute(written(tmp_path, ("k", KILLER)), tmp_path / "o.ipynb")
    assert not (tmp_path / "o.ipynb").exists()
    run.execute(written(tmp_path, ("one", "1")), tmp_path / "o.ipynb")
    assert texts(tmp_path / "o.ipynb") == {"one": "1"}


def test_a_worker_that_died_idle_is_not_used(tmp_path):
    """An idle worker may be killed by the system; nobody notices."""
    source = written(tmp_path, ("one", "1"))
    run.execute(source, tmp_path / "first.ipynb")
    dead = supervise._idle[-1]
    dead._process.send_signal(signal.SIGKILL)
    dead._process.wait()
    run.execute(source, tmp_path / "second.ipynb")
    assert texts(tmp_path / "second.ipynb") == {"one": "1"}
    assert dead not in supervise._idle


def test_a_failure_outside_the_cells_names_the_notebook():
    """Where no cell was begun, the sentence names none."""
    assert run._place("10_tiny", {"cells": []}, None) == "Notebook '10_tiny' failed"
