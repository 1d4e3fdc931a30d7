"""The process that runs notebooks, tried inside this one."""

import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from notebook_files import written

from studylib.runs.workers import sandbox, supervise, worker


@pytest.fixture
def surroundings(tmp_path, monkeypatch):
    """The environment of a run, in this process, in a folder with a short path."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name, value in sandbox.environment(tmp_path / "r", sandbox.new_run()).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STUDYLIB_LANGUAGE", "en")
    return tmp_path


def job(folder, source):
    """A job as the builder writes it."""
    return {
        "notebook": str(written(folder, ("parameters", "n = 1"), ("work", source))),
        "out": str(folder / "out"), "cell": str(folder / "cell"), "cwd": str(folder),
        "parameters": {"n": 2}, "language": "en", "memory": 4000, "answers": {},
    }  # fmt: skip


def test_jobs_are_answered_in_order(surroundings):
    """One answer per job; a failing cell is an answer, and the next job runs."""
    worker.prepare()
    answers = io.StringIO()
    worker.serve([json.dumps(job(surroundings, "1 / 0"))], answers)
    assert (surroundings / "cell").read_text() == "work"
    worker.serve([json.dumps(job(surroundings, "n"))], answers)
    told = [json.loads(line)["failure"] for line in answers.getvalue().splitlines()]
    assert told == ["ZeroDivisionError: division by zero", None]
    assert '"2"' in (surroundings / "out").read_text()


def test_whatever_goes_wrong_is_an_answer(surroundings):
    """A notebook that is not there is told, not raised."""
    answer = worker.perform({**job(surroundings, "n"), "notebook": "gone.ipynb"})
    assert answer["failure"].startswith("FileNotFoundError: ")


def test_the_kernel_is_this_interpreter(surroundings):
    """No kernel somebody installed is used; the list of fonts is made once."""
    worker.prepare()
    fonts = list((surroundings / "studylib").rglob("fontlist-*.json"))
    made = fonts[0].stat().st_mtime_ns if fonts else None
    spec = surroundings / "r/home/data/kernels/studylib/kernel.json"
    assert json.loads(spec.read_text())["argv"][0] == sys.executable
    (surroundings / "studylib").joinpath(
        sandbox.font_cache(surroundings).name, "fontlist-x.json"
    ).touch()
    worker.prepare()
    assert not fonts or fonts[0].stat().st_mtime_ns == made


def test_sockets_are_private_where_their_path_is_short_enough(monkeypatch):
    """A socket has at most 107 bytes of path; beyond that TCP is used."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "/tmp/r")
    assert worker.transport() == {"transport": "ipc", "ip": "/tmp/r/kernel"}
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "/" + "é" * 50)
    assert worker.transport() == {"transport": "tcp"}


def test_the_run_ends_with_its_builder(monkeypatch):
    """When the other end of the pipe closes, everything of the run ends, the worker last."""
    ended = []
    monkeypatch.setenv(sandbox.MARK, "1:2:3")
    monkeypatch.setattr(sandbox, "end", lambda run, last: ended.append((run, last == os.getpid())))
    monkeypatch.setattr(os, "_exit", ended.append)
    here, there = os.pipe()
    os.close(there)
    worker.watch(here)
    os.close(here)
    assert ended == [("1:2:3", True), 1]


def test_a_worker_serves_and_keeps_answers_clean(monkeypatch, capfd):
    """What a kernel writes past Jupyter goes to the log, not among the answers."""
    monkeypatch.setattr(worker, "watch", lambda _lifeline: None)
    monkeypatch.setattr(worker, "prepare", lambda: os.write(1, b"noise"))
    monkeypatch.setattr(worker, "perform", lambda job: job)
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"a": 1}\n'))
    kept = os.dup(1)
    worker.main("0")
    os.dup2(kept, 1)
    os.close(kept)
    out, err = capfd.readouterr()
    assert (out, err) == ('{"a": 1}\n', "noise")


BUILDER = """
import sys
from pathlib import Path
from studylib.runs import run
run.execute(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_a_killed_builder_leaves_no_process(tmp_path):
    """SIGKILL to the builder in the middle of a cell that holds the interpreter: all ends."""
    stuck = "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')"
    path = written(tmp_path, ("stuck", f"open({str(tmp_path / 'on')!r}, 'w').close()\n{stuck}"))
    with subprocess.Popen([sys.executable, "-c", BUILDER, str(path), str(tmp_path / "o")]) as build:
        while not (tmp_path / "on").exists():
            assert build.poll() is None
            time.sleep(0.05)
        assert [m for _, m in sandbox._marked() if m.startswith(f"{build.pid}:")]
        build.send_signal(signal.SIGKILL)
    for _look in range(100):
        left = [m for _, m in sandbox._marked() if m.startswith(f"{build.pid}:")]
        if not left:
            break
        time.sleep(0.05)
    assert not left
    assert not (tmp_path / "o").exists()


def test_an_interrupted_job_ends_its_worker():
    """A worker in the middle of a job is not handed to the next one."""
    with pytest.raises(KeyboardInterrupt), supervise.borrowed() as busy:
        raise KeyboardInterrupt
    assert not busy.is_alive
    assert not busy.folder.exists()
    assert busy not in supervise._idle


def test_a_worker_that_ends_between_two_jobs_is_told():
    """A job that reaches nobody is a failure with the last words of the worker."""
    gone = supervise.Worker()
    gone._process.kill()
    gone._process.wait()
    (gone.folder / "log").write_text("first\nwhy\n\n")
    assert gone._ask({}, 5, 900) == (
        (
            "the process that ran it was killed (SIGKILL), as a machine does that is out of "
            "memory: why"
        ),
        "",
    )
    assert not gone.is_alive
    gone.end()
