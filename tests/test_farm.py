"""
`studylib farm` on a real scheduler of Dask and two workers on loopback, and on none.

The workers run one tiny notebook; a module that they load first says where it lies.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from notebook_files import written
from small_studies import BLOCKS, HEAD, study_file
from test_build import CELLS
from test_lens import export

from studylib import __main__ as cli
from studylib.build import command, plan
from studylib.errors import BusyError, DataError, RunError, StudyError, UsageError
from studylib.farm import cluster, ending
from studylib.farm.command import Farm, built, listed
from studylib.files import atomic, lock
from studylib.project import folder_of
from studylib.runs.published import releases
from studylib.runs.workers import supervise

distributed = pytest.importorskip("distributed", reason="skipped: extra `scale` not installed")
MATRIX = """base = "base.toml"
languages = ["en"]
[[area]]
id = "turned"
title = "Turned round"
territories = [{ name = "France", country = "FR" }, { name = "Spain", country = "ES" }]
[[area]]
id = "nowhere"
territories = [{ name = "Chile", country = "CL" }, { name = "Peru", country = "PE" }]
"""
PATCH = "from pathlib import Path\nfrom studylib.build import plan\nplan.NOTEBOOKS = Path({!r})\n"
ONE = 'base = "base.toml"\n[[area]]\nid = "alone"\n'


@contextmanager
def workers(folder, **environment):
    """A scheduler and two workers, each a process of its own; the address."""
    (folder / "patch.py").write_text(PATCH.format(str(folder / "notebooks")), encoding="utf-8")
    told, common = folder / "scheduler.json", {"env": {**os.environ, **environment}, "cwd": folder}
    dask = [sys.executable, "-m", "dask"]
    with (folder / "log").open("wb") as log:
        common |= {"stdout": log, "stderr": log}
        scheduler = subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
             "--scheduler-file", str(told)], **common,
        )  # fmt: skip
        until = time.monotonic() + 60
        while not told.is_file() and time.monotonic() < until:
            time.sleep(0.1)
        two = [
            subprocess.Popen(
                [*dask, "worker", "--scheduler-file", str(told), "--nthreads", "1",
                 "--host", "127.0.0.1", "--no-dashboard", "--local-directory", str(folder),
                 "--preload", str(folder / "patch.py")], **common,
            )
            for _ in range(2)
        ]  # fmt: skip
        try:
            yield json.loads(told.read_text())["address"]
        finally:
            for process in (*two, scheduler):
                process.send_signal(signal.SIGTERM)
                process.wait(60)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a base, its data and one notebook."""
    folder = tmp_path_factory.mktemp("farm")
    (folder / "notebooks").mkdir()
    written(folder / "notebooks", *CELLS, name="00_one")
    study_file(folder, *BLOCKS, head=HEAD.replace("tiny", "base"), name="base.toml")
    export(folder / "data" / "lens.csv", {})
    (folder / "matrix.toml").write_text(MATRIX, encoding="utf-8")
    (folder / "one.toml").write_text(ONE.replace("alone", f"alone-{os.getpid()}"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def scheduler(place):
    """Two workers; a task whose worker is lost once is given back, not tried by the scheduler."""
    with workers(place, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as address:
        yield address


def sums(reports, *studies):
    """Checksum of every published file of some studies."""
    return {
        f"{study}/{path.relative_to(reports / study).as_posix()}": hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for study in studies
        for path in sorted((reports / study).rglob("*"))
        if path.is_file()
    }


def told(reports):
    """What `farm.json` says of each study: id -> (outcome, exit code)."""
    said = json.loads((reports / "farm.json").read_text())
    return {one["id"]: (one["outcome"], one["exit_code"]) for one in said["studies"]}


@pytest.fixture(scope="module")
def farmed(place, scheduler):
    """A farm of a good study and a bad one: (reports, what it said, how it ended)."""
    said, reports = [], place / "reports"
    with pytest.raises(DataError) as error:
        built(Farm(place / "matrix.toml", reports, scheduler), said.append)
    return reports, said, str(error.value)


def test_a_farm_publishes_the_bytes_of_a_serial_run(place, farmed, monkeypatch):
    """Every file of every study, by its checksum."""
    monkeypatch.setattr(plan, "NOTEBOOKS", place / "notebooks")
    command.build_study(place / "turned.toml", place / "serial", force=True)
    supervise.end_idle()
    ours = sums(farmed[0], "turned")
    assert {"turned/en/00_one.html", "turned/results.json"} <= set(ours)
    assert ours == sums(place / "serial", "turned")


def test_one_bad_study_leaves_the_others(farmed):
    """Which, why, with the exit code of its kind; the others are published and listed."""
    reports, said, error = farmed
    assert error.startswith("1 of 2 studies could not be built; the others stand.\n  nowhere (exit")
    assert "Nothing is left to count in this study" in error
    assert told(reports) == {"turned": ("built", 0), "nowhere": ("failed", 10)}
    assert said[0] == "2 studies, each in 1 language (en)."
    assert sorted(line.split()[0] for line in said[1:]) == ["1/2", "2/2"]
    page = (reports / "index.html").read_text("utf-8")
    assert '<a href="turned/en/index.html">Turned round</a>' in page
    assert "Chile – Peru" in [
        words.get_text() for words in BeautifulSoup(page, "html.parser").find_all("h2")
    ]
    assert "This study could not be built, and there is no earlier one." in page
    assert page.count("could not be built") == 1


def test_programs_read_no_time_and_no_path(farmed, place):
    """`farm.json` is the same for the same studies; its releases are those that are shown."""
    text = (farmed[0] / "farm.json").read_text("utf-8")
    said = json.loads(text)
    assert str(place) not in text
    assert set(said["studies"][0]) == {
        "id", "title", "territories", "first_year", "last_year", "outcome", "exit_code", "message",
        "release",
    }  # fmt: skip
    shown = [one["release"] for one in said["studies"]]
    assert shown[0] == (farmed[0] / "turned").resolve().name
    assert shown[1] is None


def test_what_is_done_is_not_done_again(farmed, place, scheduler):
    """A second run has the bad one to do; the page and the file stay as they are."""
    reports = farmed[0]
    before = [(reports / name).stat().st_mtime_ns for name in ("index.html", "farm.json")]
    farm = Farm(place / "matrix.toml", reports, scheduler)
    assert [line.split()[1:3] for line in listed(farm)][1:] == [
        ["nothing", "to"], ["to", "build"],
    ]  # fmt: skip
    with pytest.raises(DataError):
        built(farm, lambda _line: None)
    assert [(reports / name).stat().st_mtime_ns for name in ("index.html", "farm.json")] == before


def test_busy_and_lost_are_tried_again(place, scheduler, monkeypatch):
    """Another build of the study is at work; then the worker is killed in the middle of it."""
    monkeypatch.setattr(cluster, "WAIT", 0.3)
    said, name, reports = [], f"alone-{os.getpid()}", place / "lost"
    with distributed.Client(scheduler) as client, lock.locked(folder_of(name)):
        pids = client.run(os.getpid)
        farm = Farm(place / "one.toml", reports, scheduler)
        thread = threading.Thread(target=built, args=(farm, said.append))
        thread.start()
        until(lambda: f"{name}: busy; once more." in said)
    killing(scheduler, pids, folder_of(name))
    thread.join(500)
    assert not thread.is_alive()
    assert f"{name}: its worker was lost; once more." in said
    assert told(reports) == {name: ("built", 0)}
    assert releases.is_whole(reports / name)
    assert [path.name for path in reports.rglob(f"{atomic.UNFINISHED}*")] == []


def until(is_so, most=300.0):
    """Wait for something that happens elsewhere."""
    end = time.monotonic() + most
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def killing(scheduler, pids, folder):
    """Kill the worker that builds a study, once it holds its lock."""
    until((folder / "pytask.toml").is_file)
    with distributed.Client(scheduler) as client:
        [busy] = [address for address, keys in client.processing().items() if keys]
    os.kill(pids[busy], signal.SIGKILL)


def test_a_study_that_kills_its_worker_ends_some_day():
    """After some tries it is told as what may go well later: 75."""

    class Killed:
        def result(self):
            raise distributed.KilledWorker("x", None, 1)

    class Client:
        n = 0

        def submit(self, *_, **__):
            self.n += 1
            return Killed()

    client, said = Client(), []
    [one] = ended_of(client, said)
    assert (one.code, one.message[:20]) == (75, "Its worker was lost,")
    assert (client.n, len(said)) == (cluster.MOST_LOST, cluster.MOST_LOST - 1)


def ended_of(client, said):
    """The outcomes of one study by a client that is none."""

    class Answers(list):
        def add(self, one):
            self.append(one)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distributed, "as_completed", Answers)
        return list(cluster.ended(client, {"a": {}}, said.append))


@pytest.mark.parametrize(
    ("error", "raised"),
    [(distributed.client.FutureCancelledError("x", "lost"), BusyError), (ValueError("odd"), None)],
)
def test_a_scheduler_that_goes_is_told(error, raised):
    """What was built stands; anything else that Dask itself raises is a bug, of one study."""

    class Client:
        def submit(self, *_, **__):
            return self

        def result(self):
            raise error

    if raised:
        with pytest.raises(raised, match="The scheduler is gone"):
            ended_of(Client(), [])
    else:
        assert ended_of(Client(), []) == [cluster.Outcome("a", 1, "ValueError: odd")]


@pytest.mark.parametrize(
    ("codes", "kind"),
    [((10, 11), DataError), ((11, 75), RunError), ((75,), BusyError), ((2, 10), UsageError),
     ((1, 2), StudyError)],
)  # fmt: skip
def test_the_exit_code_is_of_the_first_kind(codes, kind):
    """1 before 2 before 10 before 11 before 75; nothing is raised where all is well."""
    outcomes = [cluster.Outcome(f"s{code}", code, "why") for code in codes]
    with pytest.raises(StudyError, match=f"{len(codes)} of 30 studies could not") as error:
        ending.check([*outcomes, *(cluster.Outcome("x") for _ in range(30 - len(codes)))])
    assert type(error.value) is kind
    ending.check([cluster.Outcome("x")])


def test_a_list_of_failures_has_an_end():
    """The first twenty are told, the rest are counted."""
    with pytest.raises(
        DataError, match=r"s19 \(exit code 10\): why\n  and 5 more; all of them stand"
    ):
        ending.check([cluster.Outcome(f"s{n}", 10, "why") for n in range(25)])


def run(monkeypatch, *words):
    """Exit code of the command."""
    monkeypatch.setattr(sys, "argv", ["studylib", "farm", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code or 0


def test_a_dry_run_lists_and_writes_nothing(place, monkeypatch, capsys, tmp_path):
    """A count, then a line for each study."""
    before = sorted(place.iterdir())
    assert run(monkeypatch, place / "matrix.toml", "--dry-run", "--reports", tmp_path / "r") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 studies, each in 1 language (en)."
    assert [line.split()[0] for line in lines[1:]] == ["turned", "nowhere"]
    assert sorted(place.iterdir()) == before
    assert not (tmp_path / "r").exists()


def test_ctrl_c_leaves_the_list_as_it_was(place, monkeypatch, capsys, tmp_path):
    """Exit code 130, a sentence, neither page nor file: the next run goes on from there."""

    @contextmanager
    def nobody(*_):
        yield None

    def pressed(*_):
        yield cluster.Outcome("turned")
        raise KeyboardInterrupt

    monkeypatch.setattr(cluster, "connected", nobody)
    monkeypatch.setattr(cluster, "check", lambda *_: None)
    monkeypatch.setattr(cluster, "ended", pressed)
    assert run(monkeypatch, place / "matrix.toml", "--reports", tmp_path) == 130
    assert "Stopped. 1 of 2 studies had ended, and stand" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == [".farm-lock"]


def test_a_second_farm_in_one_folder_is_busy(place, tmp_path):
    """Exit code 75: both would write the page above all studies."""
    with lock.locked(tmp_path, ".farm-lock"), pytest.raises(BusyError):
        built(Farm(place / "matrix.toml", tmp_path), lambda _line: None)


def test_workers_that_do_not_fit_are_named(place):
    """Another code, another Python, or another disk would make other pages, or none."""

    class Client:
        def __init__(self, **other):
            self.other = other

        def run(self, function, study):
            if "error" in self.other:
                raise self.other["error"]
            return {"tcp://a:1": {**function(study), **self.other}}

    study = place / "base.toml"
    cluster.check(Client(), study)
    for other, what in (
        ({"code": "x"}, "another version of this library than the command: 'tcp://a:1'"),
        ({"python": "2.7"}, "another Python than the command: 'tcp://a:1'"),
        ({"sees": False}, "no file .*base.toml'; studies and reports lie on a disk all of them"),
        ({"error": ModuleNotFoundError("No module named 'studylib'")}, "do not know this project"),
    ):
        with pytest.raises(UsageError, match=what):
            cluster.check(Client(**other), study)


def test_a_scheduler_that_is_not_there_is_a_sentence(monkeypatch):
    """How to start one; and what to install where Dask is not."""
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with (
        pytest.raises(
            UsageError, match=r"No scheduler answers at 'tcp://127\.0\.0\.1:9' .*dask sch"
        ),
        cluster.connected("tcp://127.0.0.1:9", 1),
    ):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UsageError, match=r"requirements-scale\.lock"),
        cluster.connected(None, 1),
    ):
        pass


def test_a_matrix_in_a_folder_that_cannot_be_written(place, monkeypatch, tmp_path):
    """Study files go beside their base: said with what to do."""

    def full(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(atomic, "replace", full)
    with pytest.raises(UsageError, match=r"turned\.toml' cannot be written: Read-only file system"):
        built(Farm(place / "matrix.toml", tmp_path), lambda _line: None)


def test_a_lock_is_waited_for(tmp_path):
    """One of many studies waits while another one is published."""
    held = threading.Event()

    def other():
        with lock.locked(tmp_path):
            held.set()
            time.sleep(0.3)

    thread = threading.Thread(target=other)
    thread.start()
    held.wait(10)
    with lock.locked(tmp_path, patience=20):
        pass
    thread.join()
