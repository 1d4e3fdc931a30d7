"""What really happens to machines: kills, full disks, many starts. `make torture` runs it."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from notebook_files import written
from small_studies import HEAD, study_file
from test_build import CELLS
from test_lens import export
from test_prove import START

from studylib.build import prove
from studylib.project import PROCESSED
from studylib.runs.published import releases
from studylib.runs.workers import sandbox

pytestmark = pytest.mark.torture
ID = "tortured"
DICE = random.Random(2013)


@pytest.fixture
def study(tmp_path):
    """A study of one notebook, and the command that builds it: (study file, start)."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    written(notebooks, *CELLS, name="00_one")
    head = HEAD.replace("tiny", ID) + 'languages = ["en"]\n'
    path = study_file(tmp_path / "in", head=head)
    export(tmp_path / "in" / "data" / "lens.csv", {})
    return path, [sys.executable, "-c", START.format(notebooks=str(notebooks))]


def begun(study, place, **more):
    """A build that was begun; what it builds and its pages lie in a place."""
    path, start = study
    environment = {**os.environ, PROCESSED: str(place / "work"), **more}
    if (place / "tmp").is_dir():
        environment["TMPDIR"] = str(place / "tmp")
    return subprocess.Popen(
        [*start, "build", str(path), "--reports", str(place / "reports")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
    )  # fmt: skip


def built(study, place, **more):
    """How a build ended: exit code, what it said."""
    one = begun(study, place, **more)
    out, err = one.communicate(timeout=300)
    return one.returncode, out + err


def records(study, n):
    """An export of n records."""
    rows = [{"Application Number": f"ES 2004{i:05} A"} for i in range(n)]
    export(study[0].parent / "data" / "lens.csv", *rows)


def check(place):
    """What stands there is whole."""
    link = place / "reports" / ID
    assert releases.is_whole(link)
    assert (link / "en" / "00_one.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def left():
    """Processes of builds that are gone."""
    return [mark for _, mark in sandbox._marked() if not sandbox.answers(mark)]


def test_a_hundred_kills(study, tmp_path):
    """At any moment: the pages are the old or the new ones, and the next build is well."""
    assert built(study, tmp_path)[0] == 0
    started = time.monotonic()
    records(study, 2)
    assert built(study, tmp_path)[0] == 0
    longest = time.monotonic() - started
    for turn in range(100):
        records(study, 1 + turn % 5)
        one = begun(study, tmp_path)
        time.sleep(DICE.uniform(0, longest))
        one.send_signal(DICE.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP]))
        one.communicate(timeout=60)
        check(tmp_path)
    code, said = built(study, tmp_path)
    assert (code, "Traceback" in said) == (0, False)
    check(tmp_path)
    assert left() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="skipped: only root can mount a small disk")
@pytest.mark.parametrize("what", ["reports", "work", "both", "tmp"])
def test_twelve_sizes_of_a_full_disk(study, tmp_path, what):
    """A sentence or a build, never a traceback; the last good pages stand."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(disk)], check=True)
    try:
        place = tmp_path / "place"
        place.mkdir()
        for name in ("reports", "work", "tmp"):
            if what == name or (what == "both" and name != "tmp"):
                (disk / name).mkdir()
                (place / name).symlink_to(disk / name)
        assert built(study, place)[0] == 0
        ends = []
        for turn, kilobytes in enumerate([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 8192]):
            records(study, 1 + turn % 5)
            filled = disk / "filled"
            filled.unlink(missing_ok=True)
            free = shutil.disk_usage(disk).free
            filled.write_bytes(b"x" * max(0, free - kilobytes * 1024))
            code, said = built(study, place)
            assert "Traceback" not in said, (kilobytes, said)
            assert code in (0, 2, 11), (kilobytes, said)
            check(place)
            ends.append(code)
        assert ends[0] != 0 or what == "tmp"  # another folder for temporary files is taken
        filled.unlink()
        assert built(study, place)[0] == 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="skipped: only root can mount a disk")
@pytest.mark.parametrize("what", ["reports", "work", "tmp"])
def test_a_disk_that_is_read_only(study, tmp_path, what):
    """Said at once, with the folder and the option that names another; built where it can be."""
    folder = tmp_path / what
    folder.mkdir()
    assert built(study, tmp_path)[0] == 0
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        records(study, 3)
        code, said = built(study, tmp_path)
        assert "Traceback" not in said
        if what == "tmp":  # another folder for temporary files is taken
            assert code == 0
        else:
            assert code == 2
            assert str(folder) in said
            assert "read-only file system" in said
        check(tmp_path)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_ten_starts_are_one_build(study, tmp_path):
    """Nine answer 75, all within a second of an idle machine; one builds."""
    together = [begun(study, tmp_path) for _ in range(10)]
    codes = sorted((one.communicate(timeout=300), one.returncode)[1] for one in together)
    assert codes == [0, *[75] * 9]
    check(tmp_path)


@pytest.mark.parametrize(
    "cell",
    [
        "import sys\nsys.exit(0)",
        "import os\nos.kill(os.getpid(), 9)",
        "import os\nos._exit(0)",
        "for _ in range(10**7):\n    print('x' * 100)",
        "import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True)\n1 / 0",
        "import os\nif os.fork() == 0:\n    import time\n    time.sleep(1000)\n1 / 0",
    ],
    ids=["exit", "kill", "_exit", "1 GB", "child", "fork"],
)
def test_a_cell_that_does_its_worst(study, tmp_path, cell):
    """The page says it failed, the last good one stands, and no process is left."""
    assert built(study, tmp_path)[0] == 0
    notebooks = tmp_path / "notebooks"
    written(notebooks, *CELLS[:-1], ("worst", cell), name="00_one")
    code, said = built(study, tmp_path)
    assert code == 11, said
    check(tmp_path)
    time.sleep(1)
    assert left() == []


def test_the_default_study_is_proved():
    """Every published file of it, in every language."""
    assert "equal byte for byte" in prove.proved(Path(ROOT / "study.toml"))
