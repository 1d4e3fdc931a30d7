"""What a build tells: steps with their reasons, its history, its releases and the way back."""

import itertools
import json
import os
import sys

import pytest
from notebook_files import written
from small_studies import HEAD, study_file
from test_build import CELLS
from test_lens import export

from studylib import __main__ as cli
from studylib.build import command, plan
from studylib.build.published import release
from studylib.build.telling import history
from studylib.errors import DataError, UsageError
from studylib.runs.progress import Step, step_name
from studylib.runs.published import releases
from studylib.runs.workers import supervise
from studylib.study.model import load

NUMBERS = itertools.count()


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of one notebook in two languages: (study file, reports)."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    monkeypatch.setattr(plan, "NOTEBOOKS", notebooks)
    head = (
        HEAD.replace("tiny", f"told-{os.getpid()}-{next(NUMBERS)}") + 'languages = ["en", "fr"]\n'
    )
    path = study_file(tmp_path, head=head)
    export(tmp_path / "data" / "lens.csv", {})
    written(notebooks, *CELLS, name="00_one")
    yield path, tmp_path / "reports"
    supervise.end_idle()


def build(study, **how):
    """What a build said, each line without its time."""
    said = []
    command.build_study(*study, say=said.append, jobs=2, **how)
    return [line[:28].strip() + ": " + line[38:].strip() for line in said]


def run(monkeypatch, capsys, *words):
    """What a command said, and its exit code."""
    monkeypatch.setattr(sys, "argv", ["studylib", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr()
    return said.out, said.err, end.value.code or 0


def records(study, n):
    """An export of n records."""
    rows = [{"Application Number": f"ES 20040000{i} A"} for i in range(n)]
    export(study[0].parent / "data" / "lens.csv", *rows)


def test_every_step_says_why_it_ran(study):
    """For the first time; because of a file; because of another step; or because it was asked."""
    first = build(study)
    assert first[0] == "prepare: made for the first time"
    assert (
        sorted(first[1:3])
        == [
            "run en/00_one: made for the first time",
            "run fr/00_one: made for the first time",
        ]
        or "page en/00_one: made for the first time" in first
    )
    assert first[-1] == "publish: made for the first time"
    assert len(first) == 6
    records(study, 3)
    second = build(study)
    assert second[0] == "prepare: changed: lens.csv"
    assert "run en/00_one: changed: prepared.json" in second
    written(plan.NOTEBOOKS, ("title", "# Again?"), *CELLS[1:], name="00_one")
    third = build(study)
    assert sorted(third) == [
        "page en/00_one: changed: 00_one.ipynb",
        "page fr/00_one: changed: 00_one.ipynb",
        "publish: changed: 00_one.html",
    ]
    assert "prepare: asked for by --force" in build(study, force=True)


def test_steps_are_named_for_those_who_watch():
    """Not as pytask names its tasks."""
    assert step_name("task_study.py::task_prepare", "a") == "prepare"
    assert step_name("task_study.py::task_page[a-b-fr-10_x]", "a-b") == "page fr/10_x"
    assert Step("prepare", 2.04, "changed: a.csv").line() == (
        "prepare                         2.0 s  changed: a.csv"
    )
    assert Step("run en/10_x", 61, "", is_done=False).line().endswith("61.0 s    FAILED")


def test_a_dry_run_does_nothing_and_says_what_it_would(study, monkeypatch, capsys):
    """The same words as a build; nothing where nothing is stale."""
    asked = ("build", study[0], "--reports", study[1], "--dry-run")
    out, _, code = run(monkeypatch, capsys, *asked)
    assert "prepare                     made for the first time" in out
    assert code == 0
    assert not (study[1] / "index.html").exists()
    build(study)
    assert run(monkeypatch, capsys, *asked)[0] == "Nothing to do.\n"
    records(study, 2)
    out, _, _ = run(monkeypatch, capsys, *asked)
    assert "prepare                     changed: lens.csv\n" in out
    assert "run fr/00_one               follows from prepare\n" in out


def test_the_history_tells_each_run(study, monkeypatch, capsys):
    """When, how it ended, what it was made of; and no path of this machine."""
    build(study)
    build(study)
    (study[0].parent / "data" / "lens.csv").write_text("colour,size\nred,1\n")
    with pytest.raises(DataError):
        build(study)
    study_id = load(study[0]).id
    failed, nothing, built = history.runs(study[1], study_id)
    outcomes = [(run["outcome"], run["exit_code"]) for run in (built, nothing, failed)]
    assert outcomes == [("built", 0), ("nothing to do", 0), ("failed", 10)]
    assert built["steps"][0]["name"] == "prepare"
    assert set(built["inputs"]) == {"lens.csv"}
    assert built["parameters"]["period.first_year"] == 2000
    assert "studylib" in built["method"]
    assert "no export of a known format" in failed["message"]
    assert str(study[0].parent) not in history.file_of(study[1], study_id).read_text()
    out, _, _ = run(monkeypatch, capsys, "history", study[0], "--reports", study[1])
    assert [line.split()[1].rstrip(",") for line in out.splitlines() if line[0] != " "] == [
        "failed", "nothing", "built"
    ]  # fmt: skip


def test_the_history_is_kept_to_a_length(tmp_path, monkeypatch):
    """A timer does not fill a disk; a line that cannot be read is left out."""
    monkeypatch.setattr(history, "MOST", 3)
    history.file_of(tmp_path, "s").write_text("spoilt\n")
    for error in (None, KeyboardInterrupt(), DataError("x")):
        history.note(tmp_path, "s", [], 0.0, error)
    codes = [run["exit_code"] for run in history.runs(tmp_path, "s")]
    assert codes == [10, 130, 0]
    history.note(tmp_path, "s", [], 0.0, ValueError("x"))
    assert [run["exit_code"] for run in history.runs(tmp_path, "s")] == [1, 10, 130]
    assert list(history.lines(tmp_path, "t", 5)) == ["No build of t is known here."]


def test_status_says_what_is_stale_and_how_it_went(study, monkeypatch, capsys):
    """Fresh or not and why, the last build, the last failure, the releases."""
    asked = ("status", study[0], "--reports", study[1])
    build(study)
    out, _, code = run(monkeypatch, capsys, *asked)
    assert out.startswith(f"{load(study[0]).id}: fresh.\nLast build: ")
    assert "Last failure: none known." in out
    assert ", shown." in out
    records(study, 2)
    out, _, _ = run(monkeypatch, capsys, *asked)
    assert f"{load(study[0]).id}: stale.\n  prepare " in out
    assert code == 0


def shown(study):
    """How many records the page tells of."""
    page = (study[1] / load(study[0]).id / "en" / "00_one.html").read_text()
    return next(n for n in range(9) if f"{n} record{'s' * (n != 1)} came in" in page)


def test_an_earlier_release_is_shown_again(study, monkeypatch, capsys):
    """And stays: a build that makes the one that was taken back does not show it."""
    for n in (2, 3):
        records(study, n)
        build(study)
    out, _, _ = run(monkeypatch, capsys, "rollback", study[0], "--reports", study[1])
    assert out.startswith("The release ")
    assert shown(study) == 2
    said = []
    command.build_study(*study, say=said.append)
    assert said == [f"{load(study[0]).id}: nothing to do."]
    assert shown(study) == 2
    build(study, force=True)
    assert shown(study) == 3


def test_something_new_ends_a_rollback(study):
    """It was the old release that was not wanted."""
    for n in (2, 3):
        records(study, n)
        build(study)
    release.roll_back(study[1], load(study[0]).id)
    records(study, 4)
    build(study)
    assert shown(study) == 4


def test_a_rollback_that_is_not_possible_is_told(study):
    """Nothing published, no earlier one, no such one."""
    study_id = load(study[0]).id
    study[1].mkdir()
    with pytest.raises(UsageError, match="Nothing is published of"):
        release.roll_back(study[1], study_id)
    build(study)
    with pytest.raises(UsageError, match=f"There is no release of '{study_id}' before the one"):
        release.roll_back(study[1], study_id)
    with pytest.raises(UsageError, match=r"There is no release 'x' of .*; there are '"):
        release.roll_back(study[1], study_id, "x")
    [only] = releases.releases(study[1], study_id)
    page = study[1] / study_id / "en" / "index.html"
    page.write_text("spoilt")
    with pytest.raises(UsageError, match=f"The release '{only.name}' was changed after"):
        release.roll_back(study[1], study_id, only.name)


def test_as_many_releases_stay_as_are_kept(study):
    """`--keep 2`: the one that is shown and one to go back to."""
    for n in (2, 3, 4):
        records(study, n)
        build(study, keep=2)
    assert len(releases.releases(study[1], load(study[0]).id)) == 2
    with pytest.raises(UsageError, match="0 releases cannot be kept"):
        build(study, keep=0, force=True)


def test_the_version_is_told(monkeypatch, capsys):
    """Of the command and of the Python under it."""
    out, _, code = run(monkeypatch, capsys, "--version")
    assert out.startswith("studylib 0.")
    assert f"Python {sys.version_info[0]}." in out
    assert code == 0


def test_where_a_study_is_built_can_be_said(study, tmp_path, monkeypatch, capsys):
    """`--work`: a checkout that cannot be written, or another user, builds elsewhere."""
    monkeypatch.setenv("STUDYLIB_PROCESSED", "put back after the test")
    asked = ("build", study[0], "--reports", study[1], "--work", tmp_path / "work", "--quiet")
    _, err, code = run(monkeypatch, capsys, *asked)
    assert (err, code) == ("", 0)
    assert (tmp_path / "work" / load(study[0]).id / "prepared.json").is_file()
    assert json.loads((study[1] / load(study[0]).id / "results.json").read_text())
