"""The place notebooks run in: nothing inherited, nothing left behind."""

import os
import subprocess
import sys

import pytest

from studylib.runs.workers import sandbox

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def sleeper(run, **options):
    """A process of a run, in a session of its own."""
    environment = {**os.environ, sandbox.MARK: run}
    return subprocess.Popen(SLEEP, env=environment, start_new_session=True, **options)


def test_only_the_way_to_programs_is_inherited(tmp_path, monkeypatch):
    """Of the user's environment a kernel sees where programs and tables are, nothing else."""
    monkeypatch.setenv("PYTHONSTARTUP", "/x.py")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")  # one core computes, whoever builds
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = sandbox.environment(tmp_path / "run", "1:2:3")
    inherited = {name for name in made if made[name] == os.environ.get(name)}
    allowed = {"PATH", *sandbox.KEPT, *sandbox.FIXED}
    assert inherited <= allowed
    assert "PYTHONSTARTUP" not in made
    assert made[sandbox.MARK] == "1:2:3"
    private = [made[n] for n in ("HOME", "TMPDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")]
    assert all(path.startswith(str(tmp_path / "run")) for path in private)
    assert all(os.path.isdir(path) for path in private)  # noqa: PTH112 - they are texts
    assert made["MPLCONFIGDIR"].startswith(str(tmp_path / "cache" / "studylib" / "matplotlib-"))


def test_the_font_list_is_private_where_no_cache_can_be_made(tmp_path, monkeypatch):
    """A home that cannot be written to costs time, not the build."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert sandbox.font_cache(tmp_path) == tmp_path / "matplotlib"


def test_the_font_list_is_copied_where_the_cache_cannot_be_written(tmp_path, monkeypatch):
    """As a service finds it that may only read a home; matplotlib would warn, and make its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = sandbox.font_cache(tmp_path) / "fontlist-v1.json"
    made.write_text("{}")
    monkeypatch.setattr(sandbox.os, "access", lambda *_: False)
    assert sandbox.font_cache(tmp_path / "own") == tmp_path / "own" / "matplotlib"
    assert (tmp_path / "own" / "matplotlib" / "fontlist-v1.json").read_text() == "{}"


def test_a_run_is_ended_wherever_its_processes_went():
    """Every process with the run's name ends, no other one does."""
    run = sandbox.new_run()
    with sleeper(run) as mine, sleeper(run + "0") as other:
        assert sandbox.end(run) == 1
        assert mine.wait(5) < 0
        assert other.poll() is None
        other.kill()


def test_leftovers_are_processes_whose_builder_is_gone():
    """A run whose builder lives is left alone, also if a number was used again."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    dead = [f"{gone.pid}:1:a", f"{os.getpid()}:1:a", "nonsense"]
    left = [sleeper(run) for run in dead]
    with sleeper(sandbox.new_run()) as living:
        sandbox.end_leftovers()
        assert [process.wait(5) for process in left] == [-9, -9, -9]
        assert living.poll() is None
        living.kill()


def test_processes_of_another_container_are_not_ours(monkeypatch):
    """Numbers of processes mean nothing outside their container, so nothing there is ended."""
    run = sandbox.new_run()
    with sleeper(run) as mine:
        monkeypatch.setattr(sandbox, "_container", lambda folder: folder.name)
        assert sandbox.end(run) == 0
        assert mine.poll() is None
        mine.kill()


def test_a_machine_without_proc_has_no_marked_processes(tmp_path, monkeypatch):
    """Where processes cannot be looked at, none is ended."""
    monkeypatch.setattr(sandbox, "PROC", tmp_path)
    assert sandbox.end("x") == 0
    assert sandbox.new_run().split(":")[1] == "0"


def test_looking_around_ends(monkeypatch):
    """A process that cannot be killed does not keep a build for ever."""
    monkeypatch.setattr(sandbox, "_marked", lambda: iter([(2**22 + 1, "x")]))
    monkeypatch.setattr(sandbox, "PAUSE", 0)
    assert sandbox.end("x") == 1


@pytest.mark.parametrize("mark", ["", "x:1:2", "999999999:1:2"])
def test_a_name_nobody_answers_for(mark):
    """A mark without a living builder is answered by nobody."""
    assert not sandbox.answers(mark)
