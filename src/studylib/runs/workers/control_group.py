"""
A control group of its own for a run, where systemd has given us a tree of them (`Delegate=`).

    .../studylib.service/            given away: systemd has marked it, or says so when asked
        build/                       this process
        sl-<process>.<start>.<container>-<chance>/    a run: `memory.max`, all its processes

What a run takes is then bounded for all its processes together by the system itself, at the
moment they take it, and each is found and ended whatever it calls itself and whoever started it.
Elsewhere `memory` confines every process and adds them up, `sandbox` looks for them.
Groups that were not given away are nobody's to touch, not even root's.
"""

import os
import subprocess
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from studylib.runs.workers import memory, scratch

MARKS = ("user.delegate", "trusted.delegate")  # of the system's systemd, on what it gave away
ASKING = ("systemctl", "--user", "show", "--property=ControlGroup,Delegate")
LONGEST_ANSWER = 5.0  # [s]
PATIENCE, PAUSE = 2.0, 0.02  # for processes that were killed to be gone [s]


class Group:
    """The control group of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def admit(self, pid: int) -> bool:
        """Whether this process is in the group from now on, with all it will start."""
        return _said(self.folder / "cgroup.procs", str(pid))

    def limit(self, megabytes: int) -> None:
        """Let the run take so much and no more, on the disk neither."""
        _said(self.folder / "memory.max", str(megabytes * memory.MB))
        _said(self.folder / "memory.swap.max", "0")

    def ended_by_limit(self) -> int:
        """How many processes of the run the system has ended because they took more."""
        with suppress(OSError, ValueError):
            told = dict(line.split() for line in _read(self.folder / "memory.events"))
            return int(told.get("oom_kill", 0))
        return 0

    def end(self) -> None:
        """End all that is in the group, and the group."""
        _said(self.folder / "cgroup.kill", "1")
        until = time.monotonic() + PATIENCE
        while self.folder.is_dir() and time.monotonic() < until:
            with suppress(OSError):  # busy as long as one is not gone
                self.folder.rmdir()
                return
            time.sleep(PAUSE)


def new() -> Group | None:
    """A new group for a run beside the one of this process; None where none can be made."""
    tree = _tree()
    if tree is None:
        return None
    with suppress(OSError):
        _sweep(tree)
        folder = tree / scratch.new_name()
        folder.mkdir()
        return Group(folder)
    return None


def _tree() -> Path | None:
    """The folder that is ours to divide, with limits of memory for what is in it; or None."""
    with suppress(OSError):
        own = memory.GROUPS
        for line in _read(memory.OWN_GROUP):
            if line.startswith("0::/"):
                own /= line.removeprefix("0::/")
        if _is_ours(own.parent):
            return own.parent if _divides_memory(own.parent) else None
        if _is_ours(own):
            _make_room(own)
            return own if _divides_memory(own) else None
    return None


def _is_ours(tree: Path) -> bool:
    """Whether systemd has given it away, and we may write there."""
    if not os.access(tree / "cgroup.procs", os.W_OK):
        return False
    for mark in MARKS:
        with suppress(OSError):
            return os.getxattr(tree, mark) == b"1"
    return _was_given_by_user(tree)


@cache
def _was_given_by_user(tree: Path) -> bool:
    """Whether the systemd of this user says that it gave it away; as of 252 it leaves no mark."""
    if tree.suffix not in (".service", ".scope") or not any(
        up.match("user@*.service") for up in tree.parents
    ):
        return False
    with suppress(OSError, subprocess.TimeoutExpired):
        asked = subprocess.run(  # noqa: S603 - nothing in it is a stranger's
            [*ASKING, tree.name],
            capture_output=True, text=True, check=False, timeout=LONGEST_ANSWER,
        )  # fmt: skip
        said = dict(line.split("=", 1) for line in asked.stdout.splitlines() if "=" in line)
        is_it = said.get("ControlGroup") == f"/{tree.relative_to(memory.GROUPS)}"
        return is_it and said.get("Delegate") == "yes"
    return False


def _make_room(own: Path) -> None:
    """Move all that runs in our group into one below it: only a group without processes divides."""
    below = own / "build"
    below.mkdir(exist_ok=True)
    for pid in _read(own / "cgroup.procs"):
        _said(below / "cgroup.procs", pid)


def _divides_memory(tree: Path) -> bool:
    """Whether the groups in it have limits of memory; they are asked for if they can be had."""
    divided = tree / "cgroup.subtree_control"
    return "memory" in _read(divided)[0].split() or (
        "memory" in _read(tree / "cgroup.controllers")[0].split() and _said(divided, "+memory")
    )


def _sweep(tree: Path) -> None:
    """End what is left of the runs of builders that are gone."""
    for left in tree.glob("sl-*"):
        if scratch.is_left(left):
            Group(left).end()


def _read(path: Path) -> list[str]:
    """The lines of a file of the system; one empty line where it is empty."""
    return path.read_text(encoding="ascii").splitlines() or [""]


def _said(path: Path, what: str) -> bool:
    """Whether the system took it."""
    try:
        path.write_text(what, encoding="ascii")
    except OSError:
        return False
    return True
