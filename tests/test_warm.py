"""Kernels that are forked from a process with the libraries loaded, not started."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from test_worker import job, surroundings  # noqa: F401 - a fixture

from studylib.runs import verify
from studylib.runs.notebooks import read
from studylib.runs.workers import imported, provisioner, warm, worker

SHOWN = """
import os, sys
import pandas as pd
import matplotlib.pyplot as plt
plt.rcParams["backend"], os.environ["MPLBACKEND"], pd.options.display.max_columns
print(sys.argv[0].rpartition("/")[2], sys.path[:1] == [os.getcwd()], __name__)
pd.DataFrame({f"a column with a long name {n}": [1.5] for n in range(9)})
"""


@pytest.fixture
def forking(surroundings, monkeypatch):  # noqa: F811
    """A warm process that this one asks for kernels; it is ended."""
    worker.prepare()
    made = []
    kept = provisioner.Kernel.forked
    monkeypatch.setattr(
        provisioner.Kernel, "forked", lambda *given: made.append(kept(*given)) or made[-1]
    )
    provisioner.begin(soon=False)
    yield surroundings, made
    if provisioner.Parent.current:
        provisioner.Parent.current.end()


def shown(folder, source):
    """What a notebook showed and which libraries it had, or why it failed."""
    answer = worker.perform(job(folder, source))["failure"]
    if answer:
        return answer
    executed = read(folder / "out")
    modules = executed["metadata"]["modules"]
    settled = verify.settled(executed, executed)["cells"]
    return [cell["outputs"] for cell in settled], {m.partition(".")[0] for m in modules}


@pytest.mark.skipif(sys.platform != "linux", reason="skipped: kernels are forked on Linux alone")
def test_a_forked_kernel_shows_what_a_started_one_shows(forking):
    """The same outputs and, of the libraries in question, the same were asked for."""
    folder, made = forking
    forked = shown(folder, SHOWN)
    assert made[0] is not None
    provisioner.Parent.current.end()
    started = shown(folder, SHOWN)
    assert made[1] is None
    assert forked[0] == started[0]
    named = {"pandas", "numpy", "matplotlib", "scipy", "seaborn", "networkx", "studylib"}
    assert forked[1] & named == started[1] & named == {"pandas", "numpy", "matplotlib", "studylib"}


@pytest.mark.skipif(sys.platform != "linux", reason="skipped: kernels are forked on Linux alone")
def test_how_a_forked_kernel_ended_is_known(forking):
    """Killed, or ended by its own code; where the warm process is gone, one is started."""
    folder, made = forking
    assert shown(folder, "import os\nos._exit(3)").endswith("(exit code 3)")
    assert shown(folder, "import os\nos.kill(os.getpid(), 9)").startswith("its kernel was killed")
    gone = "import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)"
    assert shown(folder, gone).startswith("its kernel was killed (SIGKILL)")
    assert None not in made
    assert shown(folder, "n")[0][-1][0]["data"]["text/plain"] == ["2"]
    assert made[-1] is None


@pytest.mark.parametrize(("threads", "is_forked"), [(["1"], True), (["1", "2"], False)])
def test_no_kernel_is_forked_while_a_thread_runs(tmp_path, monkeypatch, threads, is_forked):
    """What it holds would be held for ever: the worker is told to start one."""
    for name in threads:
        (tmp_path / name).mkdir()
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    monkeypatch.setattr(warm, "THREADS", tmp_path)
    monkeypatch.setattr(os, "fork", lambda: 7)
    monkeypatch.setattr(os, "pidfd_open", lambda _pid: 3)
    assert warm.Warm(there)._forked(b"{}") is None
    assert json.loads(here.recv(100)) == {"pid": 7 if is_forked else 0}
    here.close()
    there.close()


def test_what_a_kernel_loaded_is_what_was_asked_for(monkeypatch):
    """By it, or by what it asked for; what its parent loaded beside is none of its."""
    there = ["a", "a.b", "c", "d", "e", "f"]
    monkeypatch.setattr(sys, "modules", dict.fromkeys([*there, "own"]))
    assert imported.loaded() == [*there, "own"]
    monkeypatch.setattr(imported, "_before", set(there))
    monkeypatch.setattr(imported, "_here", {"a.b", "e", "e.no_module"})
    monkeypatch.setattr(imported, "_asked", {"a": {"c"}, "c": {"a", "f"}, "d": {"e"}})
    assert imported.loaded() == ["a", "a.b", "c", "e", "f", "own"]


ASKS = """
import sys
import studylib
from studylib.runs import libraries
from studylib.runs.workers import imported, warm
if "warm" in sys.argv:
    imported.note()
    for name in warm.modules():
        __import__(name)
    imported.forked()
import studylib as sl
sl.{asked}
print(*libraries.computing(imported.loaded(), ["import studylib as sl"]))
"""


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("show.patents.kets", "numpy pandas pyarrow"),
        ("set_theme()", "matplotlib numpy pandas seaborn"),
        ("estimate.share(3, 5)", "numpy pandas scipy statsmodels"),
        ("__doc__", ""),
    ],
)
def test_a_page_names_the_same_libraries_with_everything_loaded(asked, named):
    """What others need is there, and is named by those alone who ask for it."""
    told = [
        subprocess.run(
            [sys.executable, "-c", ASKS.format(asked=asked), how],
            capture_output=True, text=True, check=True, env={**os.environ, **warm.SETTINGS},
        ).stdout.split()
        for how in ("cold", "warm")
    ]  # fmt: skip
    assert told == [named.split()] * 2


def test_a_kernel_that_nobody_answers_for_is_ended(monkeypatch):
    """How it ended is not known: it counts as killed, and is."""
    ended = []
    monkeypatch.setattr(os, "killpg", lambda *given: ended.append(given))
    parent = object.__new__(provisioner.Parent)
    parent.channel, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    there.close()
    parent._ended = {}
    parent.process = type("Gone", (), {"poll": lambda _self: -9})()
    one = provisioner.Kernel(parent, 12)
    started = time.monotonic()
    assert (one.wait(), one.poll()) == (-9, -9)
    assert time.monotonic() - started < 5
    one.terminate()
    assert ended == [(12, signal.SIGKILL)]
    parent.channel.close()
