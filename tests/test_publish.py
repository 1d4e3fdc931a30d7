"""Publishing: whole or not at all, equal is untouched, nothing unfit gets out."""

import errno
import hashlib
import json
import os
import random
import subprocess
import sys
import time

import pytest

from studylib.errors import BusyError, DataError, RunError, UsageError
from studylib.files import atomic, lock
from studylib.runs.published import last_failure, publish, releases

GOOD = b"<html><body><h1 id='a'>Good</h1><a href='#a'>up</a></body></html>\n"
BETTER = b"<html><body><p>Better</p></body></html>\n"
PUBLISH_FOR_EVER = """
import sys
from pathlib import Path
from studylib.runs.published.publish import publish
for turn in range(10**6):
    body = f"<html>{turn % 4}</html>".encode()
    publish({f"en/{i}.html": body for i in range(20)}, Path(sys.argv[1]), "s", index=body)
"""


def held(folder):
    """Every file below a folder: path to content and time."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_report_is_what_was_given(tmp_path):
    """The study's folder holds the pages, a manifest of their checksums, and nothing else."""
    table = tmp_path / "t.csv"
    table.write_bytes(b"a\n1\n")
    shown = publish.publish({"en/index.html": GOOD, "data/t.csv": table}, tmp_path / "r", "s")
    assert shown == tmp_path / "r" / "s"
    assert list(held(shown)) == ["data/t.csv", "en/index.html", "manifest.json"]
    assert (shown / "en/index.html").read_bytes() == GOOD
    told = json.loads((shown / "manifest.json").read_text())
    assert told["files"]["data/t.csv"] == {
        "sha256": hashlib.sha256(b"a\n1\n").hexdigest(),
        "bytes": 4,
    }
    assert str(shown.readlink()).startswith(".releases/s/")


def test_equal_content_touches_nothing(tmp_path):
    """Publishing the same pages again leaves every file and its time as it was."""
    publish.publish({"i.html": GOOD}, tmp_path, "s", index=BETTER)
    before = held(tmp_path), os.lstat(tmp_path / "s").st_mtime_ns
    publish.publish({"i.html": GOOD}, tmp_path, "s", index=BETTER)
    assert (held(tmp_path), os.lstat(tmp_path / "s").st_mtime_ns) == before


def test_the_last_three_releases_stay(tmp_path):
    """A reader in an old page keeps it for a while; the release shown now never goes."""
    for turn in (1, 2, 3, 1, 4, 5):
        publish.publish({"i.html": b"<html>%d</html>" % turn}, tmp_path, "s")
        time.sleep(0.01)
    kept = [path.read_text() for path in (tmp_path / ".releases/s").glob("*/i.html")]
    assert sorted(kept) == ["<html>1</html>", "<html>4</html>", "<html>5</html>"]
    assert (tmp_path / "s/i.html").read_text() == "<html>5</html>"


def test_a_release_somebody_changed_is_made_anew(tmp_path):
    """A release that is not what its name says is not shown again."""
    shown = publish.publish({"i.html": GOOD}, tmp_path, "s")
    (shown / "i.html").write_bytes(b"changed")
    publish.publish({"i.html": GOOD}, tmp_path, "s")
    assert (shown / "i.html").read_bytes() == GOOD
    assert list((tmp_path / ".releases/s").glob(".*")) == []


def test_a_real_folder_is_never_replaced(tmp_path):
    """What somebody else put there stays, and the message says what to do."""
    (tmp_path / "s").mkdir()
    with pytest.raises(UsageError, match="a folder that was not published by studylib; move it"):
        publish.publish({"i.html": GOOD}, tmp_path, "s")


@pytest.mark.parametrize("study_id", ["../s", "", "S", "a/b", ".lock", "index.html"])
def test_a_study_is_named_like_a_folder(tmp_path, study_id):
    """A name that could lead elsewhere is refused."""
    with pytest.raises(UsageError, match="cannot be the folder of a study"):
        publish.publish({"i.html": GOOD}, tmp_path, study_id)


@pytest.mark.parametrize(
    "path",
    ["../x.html", "/x.html", "", "a/../../x", ".hidden", "a/.b", "manifest.json", "a\\b", "a//b"],
)
def test_a_page_stays_inside_its_report(tmp_path, path):
    """A path that leads out of the report, hides or shadows the manifest is refused."""
    with pytest.raises(UsageError, match="These are not paths inside a report"):
        publish.publish({path: GOOD}, tmp_path, "s")
    assert not (tmp_path / "s").exists()


def test_an_unfit_page_leaves_the_old_report(tmp_path):
    """One bad page keeps all pages from being published, the index too."""
    shown = publish.publish({"i.html": GOOD}, tmp_path, "s", index=GOOD)
    before = held(tmp_path)
    with pytest.raises(RunError, match=r"1 fault in the pages.*s/j.html: it does not end with"):
        publish.publish({"i.html": BETTER, "j.html": b"<html>"}, tmp_path, "s", index=BETTER)
    with pytest.raises(RunError, match=r"index\.html: it holds <script>"):
        publish.publish({"i.html": BETTER}, tmp_path, "s", index=b"<html><script></html>")
    assert held(tmp_path) == before
    assert shown.is_symlink()


def test_links_between_studies_and_pages_lead_somewhere(tmp_path):
    """Pages may link to each other, to the page above and to other studies that are there."""
    publish.publish({"i.html": GOOD}, tmp_path, "other")
    links = b"<a href='../index.html'></a><a href='i.html#a'></a><a href='../other/i.html'></a>"
    page = b"<html>" + links + b"</html>"
    index = b"<html><a href='s/p.html'></a><a href='other/i.html'></a></html>"
    publish.publish({"p.html": page, "i.html": GOOD}, tmp_path, "s", index=index)
    with pytest.raises(RunError, match=r"its link to ../third/i.html leads nowhere"):
        publish.publish({"p.html": page.replace(b"other", b"third"), "i.html": GOOD}, tmp_path, "s")
    with pytest.raises(RunError, match=r"its link to gone.html leads nowhere"):
        publish.publish({"p.html": page.replace(b"i.html#a", b"gone.html")}, tmp_path, "s")


def test_only_one_build_publishes(tmp_path):
    """A second build is told to come back, with the exit code for that."""
    with lock.locked(tmp_path), pytest.raises(BusyError, match="Another build writes to") as busy:
        publish.publish({"i.html": GOOD}, tmp_path, "s")
    assert busy.value.exit_code == 75
    publish.publish({"i.html": GOOD}, tmp_path, "s")


@pytest.mark.parametrize("name", ["write", "flush_folder"])
@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_full_disk_leaves_the_old_report(tmp_path, monkeypatch, name, calls):
    """When writing fails, readers keep what they had, and nothing is left over."""
    shown = publish.publish({"i.html": GOOD, "j.html": GOOD}, tmp_path, "s")
    done = getattr(atomic, name)
    left = [calls]

    def full(*arguments):
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        return done(*arguments)

    monkeypatch.setattr(atomic, name, full)
    with pytest.raises(RunError, match=r"could not be published in .*: No space left on device"):
        publish.publish({"i.html": BETTER, "j.html": BETTER}, tmp_path, "s")
    assert releases.is_whole(shown.resolve())
    assert (shown / "i.html").read_bytes() == (shown / "j.html").read_bytes()
    assert list(tmp_path.rglob(".unfinished*")) == []


def test_what_does_not_read_back_is_not_shown(tmp_path, monkeypatch):
    """A disk that forgets is noticed before readers see it."""
    monkeypatch.setattr(atomic, "write", lambda path, content: path.write_bytes(content[:-1]))
    with pytest.raises(RunError, match="does not read back; check the disk"):
        publish.publish({"i.html": GOOD}, tmp_path, "s")
    assert not (tmp_path / "s").exists()


@pytest.mark.slow
def test_a_killed_build_leaves_old_or_new(tmp_path):
    """Ten builds killed at random moments: the report is always whole, and the next build works."""
    chance = random.Random("killed builds")
    command = [sys.executable, "-c", PUBLISH_FOR_EVER, str(tmp_path)]
    for _round in range(10):
        with subprocess.Popen(command) as build:
            while not (tmp_path / "s").exists():
                assert build.poll() is None
                time.sleep(0.01)
            time.sleep(0.15 + chance.random() * 0.3)
            build.kill()
        assert releases.is_whole((tmp_path / "s").resolve())
        assert (tmp_path / "index.html").read_bytes().endswith(b"</html>")
    publish.publish({"i.html": GOOD}, tmp_path, "s")
    assert list(tmp_path.rglob(".unfinished*")) == []


def test_a_failure_is_told_beside_the_report(tmp_path):
    """Why the last build failed stands beside the old report until a build succeeds."""
    shown = publish.publish({"i.html": GOOD}, tmp_path, "s")
    told = last_failure.failed(tmp_path, "s", DataError("2 rows \x1b[2J"))
    content = json.loads(told.read_text())
    assert told == tmp_path / "s.last_failure.json"
    assert (content["study"], content["error"], content["message"]) == (
        "s",
        "DataError",
        "2 rows \x1b[2J",
    )
    assert b"\x1b" not in told.read_bytes()
    assert (shown / "i.html").read_bytes() == GOOD
    publish.publish({"i.html": GOOD}, tmp_path, "s")
    assert not told.exists()


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("No space left on device: '/home/me/my study/a.csv'", "No space left on device: 'a.csv'"),
        ('File "/home/me/x.py", line 3', 'File "x.py", line 3'),
        ("'/home/me/x/' is a folder", "'x' is a folder"),
        ("/home/me/x/y is full (/srv/data/z)", "y is full (z)"),
        ("PosixPath('/home/me')", "PosixPath('me')"),
        ("H01L 31/042, 12 and/or 1 / 2", "H01L 31/042, 12 and/or 1 / 2"),
        ("'https://example.org/a/b' is an address", "'https://example.org/a/b' is an address"),
    ],
)
def test_a_note_of_failure_names_no_folder_of_the_machine(tmp_path, message, told):
    """It lies beside published pages: of a path from the root the last part stays."""
    note = last_failure.failed(tmp_path, "s", ValueError(message))
    content = json.loads(note.read_text())
    assert (content["error"], content["message"]) == ("ValueError", told)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    """A write that fails leaves the old file and nothing beside it."""
    path = atomic.replace(tmp_path / "a", b"old")
    before = path.stat().st_mtime_ns
    atomic.replace(path, b"old")
    assert path.stat().st_mtime_ns == before

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.replace(path, b"new")
    assert held(tmp_path) == {"a": (b"old", before)}
