"""How much memory a notebook may take, and temporary folders that killed builders leave."""

import os
import subprocess
import sys
import tempfile

import pytest
from small_studies import HEAD, study

from studylib.errors import UsageError
from studylib.runs.workers import memory, sandbox, scratch


def test_a_study_names_its_limit_or_takes_half_of_the_machine(tmp_path, monkeypatch):
    """Megabytes; of a small machine 1,000 all the same; a study file may say 256 or more."""
    monkeypatch.setattr(memory, "of_the_machine", lambda: 8_000_000_000)
    assert (memory.allowed(None), memory.allowed(300)) == (4000, 300)
    monkeypatch.setattr(memory, "of_the_machine", lambda: 1_000_000_000)
    assert memory.allowed(None) == 1000
    assert study(tmp_path, head=HEAD + "memory = 300\n").memory == 300
    with pytest.raises(UsageError, match="`memory` is '255'; expected 256 or more"):
        study(tmp_path, head=HEAD + "memory = 255\n")


@pytest.mark.parametrize(
    ("line", "file"),
    [("0::/a/b", "a/memory.max"), ("4:memory:/a/b", "memory/a/memory.limit_in_bytes")],
)
def test_a_container_is_as_large_as_it_is_cut_down_to(tmp_path, monkeypatch, line, file):
    """Its own limit or that of a group above it, whichever is least; `max` is none."""
    monkeypatch.setattr(memory, "GROUPS", tmp_path)
    monkeypatch.setattr(memory, "OWN_GROUP", tmp_path / "own")
    (tmp_path / "own").write_text(f"1:cpu:/x\n{line}\n")
    there = memory.of_the_machine()
    limit = tmp_path / file
    (limit.parent / "b").mkdir(parents=True)
    (limit.parent / "b" / limit.name).write_text("max\n")
    assert memory.of_the_machine() == there
    limit.write_text("700000000\n")
    assert memory.of_the_machine() == 700_000_000


def test_what_is_held_is_added_up():
    """Of this process more than a megabyte; of one that is gone nothing."""
    assert memory.used([os.getpid(), 2**22 + 1]) == pytest.approx(
        memory.used([os.getpid()]), rel=0.5
    )
    assert memory.used([os.getpid()]) > memory.MB
    assert memory.used([2**22 + 1]) == 0


def test_folders_of_dead_builders_are_swept_and_no_others(tmp_path, monkeypatch):
    """Not those of a living one, of another container, of another program, nor a link."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    own = scratch.folder()
    dead = own.name.replace(f"sl-{os.getpid()}.", f"sl-{gone.pid}.")
    place = own.name.split(".")[2].partition("-")[0]
    kept = [own.name, dead.replace(f".{place}-", ".1-"), "sl-notes", "sl-link", "other"]
    (tmp_path / dead / "home").mkdir(parents=True)
    for name in kept[1:3] + kept[4:]:
        (tmp_path / name).mkdir()
    (tmp_path / "sl-link").symlink_to(tmp_path / "other")
    assert scratch.sweep() == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(kept)
    monkeypatch.setattr(sandbox, "PROC", tmp_path)
    assert scratch.sweep() == 0


def test_no_place_for_temporary_files_is_told(tmp_path, monkeypatch):
    """With the folder and the variable that names another."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(UsageError, match=r"made in .*/gone: no such file or .* variable TMPDIR"):
        scratch.folder()
