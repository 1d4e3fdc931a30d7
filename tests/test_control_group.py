"""Control groups of runs: a folder stands in for the tree that systemd has given away."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from notebook_files import written

from studylib.errors import RunError
from studylib.runs import run
from studylib.runs.workers import control_group, lent, memory, sandbox, supervise

FILES = {"cgroup.procs": "", "cgroup.subtree_control": "", "cgroup.controllers": "cpu memory"}


@pytest.fixture
def system(tmp_path, monkeypatch):
    """`system(path of our group, folders that are marked)`: a tree as cgroup v2 shows it."""
    given = set()
    monkeypatch.setattr(memory, "GROUPS", tmp_path)
    monkeypatch.setattr(memory, "OWN_GROUP", tmp_path / "own")
    monkeypatch.setattr(Path, "rmdir", shutil.rmtree)  # the system's files go with their folder

    def mark(path, name):
        if path not in given or name != "trusted.delegate":
            raise OSError
        return b"1"

    def made(own, *marked):
        given.update(tmp_path / name for name in marked)
        (tmp_path / own).mkdir(parents=True)
        for folder in ((tmp_path / own), *(tmp_path / own).parents):
            if folder == tmp_path.parent:
                break
            for name, said in FILES.items():
                (folder / name).write_text(said)
        (tmp_path / "own").write_text(f"4:memory:/x\n0::/{own}\n")
        return tmp_path

    monkeypatch.setattr(control_group.os, "getxattr", mark)
    return made


def test_a_run_has_a_group_beside_that_of_its_builder(system):
    """Where what is above the builder's was given away; limits of memory are asked for there."""
    tree = system("a.service/build", "a.service") / "a.service"
    group = control_group.new()
    assert group.folder.parent == tree
    assert group.folder.name.startswith(f"sl-{os.getpid()}.")
    assert (tree / "cgroup.subtree_control").read_text() == "+memory"
    group.limit(900)
    assert (group.folder / "memory.max").read_text() == "900000000"
    assert (group.folder / "memory.swap.max").read_text() == "0"
    assert group.admit(7)
    assert (group.folder / "cgroup.procs").read_text() == "7"
    group.end()
    assert not group.folder.exists()


def test_a_builder_makes_room_in_a_group_that_was_given_to_it(system):
    """Only a group without processes divides: what runs there goes into one below it."""
    tree = system("a.service", "a.service") / "a.service"
    (tree / "cgroup.procs").write_text("7\n")
    assert control_group.new().folder.parent == tree
    assert (tree / "build" / "cgroup.procs").read_text() == "7"


@pytest.mark.parametrize(
    ("own", "marked", "says"),
    [
        ("a.scope/b", (), {}),
        ("a.scope/b", ("a.scope",), {"cgroup.controllers": "cpu"}),
        ("a.scope/b", ("a.scope",), {"cgroup.controllers": None}),
        ("a.scope/b/c", ("a.scope",), {}),
    ],
    ids=["nobody gave it", "no memory", "no such files", "given to another"],
)
def test_what_was_not_given_is_not_touched(system, own, marked, says):
    """No group is made, also by root, and each process is limited by itself."""
    root = system(own, *marked)
    for name, said in says.items():
        for file in root.rglob(name):
            file.unlink()
            if said:
                file.write_text(said)
    before = sorted(root.rglob("*"))
    assert control_group.new() is None
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    ("says", "is_given"),
    [
        ("echo Delegate=yes; echo ControlGroup=/user@7.service/app.slice/a.service", True),
        ("echo Delegate=no; echo ControlGroup=/user@7.service/app.slice/a.service", False),
        ("echo Delegate=yes; echo ControlGroup=/user@7.service/b.slice/a.service", False),
        ("echo no bus >&2; exit 1", False),
        ("exec sleep 60", False),
        (None, False),
    ],
    ids=["given", "not given", "another of that name", "no answer", "late", "no systemd"],
)
def test_the_systemd_of_a_user_is_asked(system, tmp_path, monkeypatch, says, is_given):
    """It leaves no mark on what it gives away; what it does not say was not given."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/bin" if says else f"{tmp_path}/bin")
    monkeypatch.setattr(control_group, "LONGEST_ANSWER", 0.5)
    if says:
        told = (
            "#!/bin/sh\n"
            '[ "$*" = "--user show --property=ControlGroup,Delegate a.service" ] || exit 2\n'
        )
        (tmp_path / "bin" / "systemctl").write_text(f"{told}{says}\n")
        (tmp_path / "bin" / "systemctl").chmod(0o755)
    root = system("user@7.service/app.slice/a.service/build")
    group = control_group.new()
    assert (group is not None) == is_given
    assert bool(list(root.rglob("sl-*"))) == is_given


def test_a_system_without_groups_has_none(tmp_path, monkeypatch):
    """No file that says so, or another version of groups."""
    monkeypatch.setattr(memory, "OWN_GROUP", tmp_path / "own")
    assert control_group.new() is None
    (tmp_path / "own").write_text("4:memory:/x\n")
    assert control_group.new() is None


def test_groups_of_dead_builders_are_ended(system):
    """Not that of one that lives, nor anybody else's."""
    tree = system("a.service/build", "a.service") / "a.service"
    kept = control_group.new().folder
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    left = tree / kept.name.replace(f"sl-{os.getpid()}.", f"sl-{gone.pid}.")
    left.mkdir()
    (tree / "sl-other").mkdir()
    control_group.new()
    assert (left.exists(), kept.exists(), (tree / "sl-other").exists()) == (False, True, True)


def test_a_group_that_does_not_end_is_left(system, monkeypatch):
    """The build goes on; what is left is ended by the next one."""
    system("a.service/build", "a.service")
    monkeypatch.setattr(control_group, "PATIENCE", 0.1)

    def busy(_folder):
        raise OSError

    monkeypatch.setattr(Path, "rmdir", busy)
    group = control_group.new()
    group.end()
    assert (group.folder / "cgroup.kill").read_text() == "1"
    assert group.ended_by_limit() == 0


@pytest.fixture
def _fresh():
    """A worker of its own."""
    supervise.end_idle()
    yield
    supervise.end_idle()


@pytest.mark.usefixtures("_fresh")
def test_what_the_system_ended_for_its_memory_is_called_so(system, tmp_path):
    """Here the cell says what the system says of the group, and ends as it would be ended."""
    tree = system("a.service/build", "a.service") / "a.service"
    cell = (
        f"import os, pathlib\n[group] = pathlib.Path({str(tree)!r}).glob('sl-*')\n"
        "(group / 'memory.events').write_text('oom 1\\noom_kill 1\\n')\n"
        "os.kill(os.getpid(), 9)"
    )
    source = written(tmp_path, ("big", cell))
    with pytest.raises(
        RunError, match=r"in cell 1 \('big'\): it needed more than 900 MB of memory"
    ):
        run.execute(source, tmp_path / "o.ipynb", most=900)
    assert list(tree.glob("sl-*")) == []


@pytest.mark.usefixtures("_fresh")
def test_a_notebook_that_lost_a_process_to_the_limit_does_not_go_on(system, tmp_path, monkeypatch):
    """It waits for one that will never answer; what it showed until then has time to be told."""
    tree = system("a.service/build", "a.service") / "a.service"
    monkeypatch.setattr(lent, "LAST_WORDS", 0.1)
    cell = (
        f"import pathlib, time\n[group] = pathlib.Path({str(tree)!r}).glob('sl-*')\n"
        "(group / 'memory.events').write_text('oom 1\\noom_kill 1\\n')\ntime.sleep(600)"
    )
    source = written(tmp_path, ("big", cell))
    with pytest.raises(RunError, match="it needed more than 900 MB of memory"):
        run.execute(source, tmp_path / "o.ipynb", most=900)


@pytest.mark.usefixtures("_fresh")
def test_what_a_worker_starts_is_in_its_group(monkeypatch):
    """It is admitted before it has started anything, however long making the group takes."""
    below = []

    class Slow(control_group.Group):
        """A group that only looks."""

        def admit(self, pid):
            below.extend(sandbox.below([pid]))
            return False

    def slow():
        time.sleep(1.5)
        return Slow(Path("/nowhere"))

    monkeypatch.setattr(control_group, "new", slow)
    lent.Worker().end()
    assert below == []


@pytest.mark.usefixtures("_fresh")
def test_a_group_that_takes_nobody_is_not_used(system, tmp_path, monkeypatch):
    """The run goes on without it."""
    tree = system("a.service/build", "a.service") / "a.service"
    monkeypatch.setattr(control_group.Group, "admit", lambda *_: False)
    run.execute(written(tmp_path, ("one", "1")), tmp_path / "o.ipynb")
    assert list(tree.glob("sl-*")) == []


@pytest.mark.usefixtures("_fresh")
def test_a_real_group_stops_many_processes_together(tmp_path):
    """Each keeps within the limit, and all together do not."""
    if (group := control_group.new()) is None:
        pytest.skip("skipped: no control group was given to these tests to divide")
    group.end()
    cell = (
        "import subprocess, sys\n"
        "big = [sys.executable, '-c', 'import time; x = b\"x\" * 300_000_000; time.sleep(60)']\n"
        "all_of_them = [subprocess.Popen(big, start_new_session=True, env={}) for _ in range(5)]\n"
        "[one.wait() for one in all_of_them]\nNone"
    )
    with pytest.raises(RunError, match="it needed more than 900 MB of memory"):
        run.execute(written(tmp_path, ("big", cell)), tmp_path / "o.ipynb", most=900)
