"""
Whole builds of a tiny study: only what is stale, all or nothing, the last good reports kept.

The tests build one study after the other's change: they run in their order, on one worker.
"""

import json
import os
import re
import runpy
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from notebook_files import written
from small_studies import BLOCKS, HEAD, PERIOD, SOURCES, SPAIN, study_file
from test_lens import export

from studylib import __main__ as cli
from studylib import prepare, project
from studylib.build import choices, command, plan, stale
from studylib.build.checks import exports
from studylib.build.new.new_study import new_study
from studylib.build.plan import Plan
from studylib.errors import BusyError, DataError, RunError, UsageError
from studylib.files import lock
from studylib.runs import run
from studylib.runs.published import last_failure
from studylib.runs.published.compare import compare
from studylib.runs.workers import sandbox, supervise
from studylib.study.model import load

CELLS = (
    ("title", "# What came in?"),
    ("parameters", 'study_file = "study.toml"  # the study\nlanguage = "en"  # of the page'),
    ("library", "import studylib as sl"),
    ("open", "study = sl.open_study(study_file, language=language)"),
    ("say", "sl.say.data.headline(study)"),
    ("show", "sl.show.funnel(study, study.funnel)"),
)
FAILS = (*CELLS, ("wrong", "study.no_such_table"))
ENGLISH = HEAD + 'languages = ["en"]\n'


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A study of one notebook, built once; (study file, reports, notebooks)."""
    folder = tmp_path_factory.mktemp("build")
    (folder / "notebooks").mkdir()
    written(folder / "notebooks", *CELLS, name="00_tiny")
    path = study_file(folder, head=ENGLISH.replace("tiny", "built"))
    export(folder / "data" / "lens.csv", {}, {"Application Number": "ES 200400002 A"})
    return path, folder / "reports", folder / "notebooks"


@pytest.fixture(autouse=True)
def _here(tiny, monkeypatch):
    """Builds of these tests run the tiny notebook."""
    monkeypatch.setattr(plan, "NOTEBOOKS", tiny[2])
    yield
    supervise.end_idle()


@pytest.fixture
def count(monkeypatch):
    """How often a notebook was executed."""
    done = []
    execute = run.execute

    def counted(*arguments, **options):
        done.append(arguments[0].stem)
        return execute(*arguments, **options)

    monkeypatch.setattr(run, "execute", counted)
    return done


def without_note(html):
    """A page without what it says of the last attempt to build it."""
    return re.sub("<!--note-->.*?<!--/note-->", "", html, flags=re.DOTALL)


def page(reports, name="en/00_tiny.html"):
    return (reports / "built" / name).read_text(encoding="utf-8")


def footer(html, heading):
    """A section of the foot of a page."""
    [found] = [h for h in BeautifulSoup(html, "html.parser").footer("h3") if h.string == heading]
    return found.parent


def content(reports):
    """Every published file with its bytes."""
    link = reports / "built"
    return {p.relative_to(link).as_posix(): p.read_bytes() for p in sorted(link.rglob("*.*"))}


def test_a_build_publishes_pages_tables_and_results(tiny):
    """The index, one page per notebook and language, its tables as CSV, and what was found."""
    path, reports, _ = tiny
    assert command.build_study(path, reports) == reports / "index.html"
    assert "2 records came in" in page(reports)
    said = BeautifulSoup(page(reports), "html.parser").get_text()
    assert "2 applications of 2000–2004" in said
    assert "synthetic data" not in page(reports)
    names = set(content(reports))
    assert {"en/index.html", "en/00_tiny.html", "en/tables/funnel.csv", "results.json"} <= names
    found = json.loads((reports / "built" / "results.json").read_text())["results"]
    assert found["funnel/Records in the exports/n"] == 2
    # A list of links and a funnel: nothing is drawn, fitted or read from a workbook here.
    method = [term.get_text() for term in footer(page(reports), "Method").find_all("dt")]
    assert method == ["studylib", "numpy", "pandas", "pyarrow"]
    assert "built" in (reports / "index.html").read_text(encoding="utf-8")


def test_a_second_build_does_nothing(tiny, count):
    """Nothing stale: no notebook runs, no file is touched."""
    path, reports, _ = tiny
    before = content(reports), (reports / "built").readlink()
    assert command.build_study(path, reports) == reports / "index.html"
    assert count == []
    assert (content(reports), (reports / "built").readlink()) == before


def test_force_rebuilds_to_the_same_bytes(tiny, count):
    """What is built twice from the same is the same."""
    path, reports, _ = tiny
    before = content(reports)
    command.build_study(path, reports, force=True)
    assert count == ["00_tiny"]
    assert content(reports) == before


def test_cleared_reports_are_published_again(tiny, count):
    """Somebody emptied the reports: pages are published again without running a notebook."""
    path, reports, _ = tiny
    (reports / "built").unlink()
    command.build_study(path, reports)
    assert count == []
    assert page(reports)


def test_an_edited_input_rebuilds(tiny, count):
    """Another record in the export: the page says so."""
    path, reports, _ = tiny
    three = [{"Application Number": f"ES 20040000{n} A"} for n in (1, 2, 3)]
    export(path.parent / "data" / "lens.csv", *three)
    command.build_study(path, reports)
    assert count == ["00_tiny"]
    assert "3 records came in" in page(reports)


def test_an_edited_study_file_rebuilds(tiny, count):
    """A title stands in no table, and pages with the old one are stale."""
    path, reports, _ = tiny
    path.write_text(path.read_text().replace("A built study", "Another title"))
    command.build_study(path, reports)
    assert count == ["00_tiny"]
    assert "Another title" in page(reports)


def test_an_edited_notebook_rebuilds(tiny, count):
    """And only its pages: the tables stay."""
    path, reports, notebooks = tiny
    tables = prepare.folder_of(load(path)) / "applications.parquet"
    before = tables.stat().st_mtime_ns
    written(notebooks, *CELLS, ("more", "sl.say.data_limits.families(study)"), name="00_tiny")
    command.build_study(path, reports)
    assert count == ["00_tiny"]
    assert tables.stat().st_mtime_ns == before
    said = BeautifulSoup(page(reports), "html.parser").get_text()
    assert "1 family of the data joins more than one application" in said


def test_what_is_taken_away_makes_a_study_stale(two, tmp_path):
    """An export that is gone is no longer counted, a notebook that is gone has no page."""
    path, _, _ = two
    reports = tmp_path / "reports"
    for name in ("00_one", "20_two"):
        shown = ("say", "sl.say.data.headline(study)")
        written(plan.NOTEBOOKS, *CELLS[:-2], shown, name=name)
    more = {"Lens ID": "2", "Application Number": "ES 200400009 A", "Display Key": "ES 9 A1"}
    export(tmp_path / "data" / "more.csv", more)
    command.build_study(path, reports)
    pages_of = reports / load(path).id / "en"
    assert "2 records came in." in (pages_of / "00_one.html").read_text(encoding="utf-8")
    (tmp_path / "data" / "more.csv").unlink()
    command.build_study(path, reports)
    assert "1 record came in." in (pages_of / "00_one.html").read_text(encoding="utf-8")
    (plan.NOTEBOOKS / "20_two.ipynb").unlink()
    command.build_study(path, reports)
    assert sorted(p.name for p in pages_of.glob("*.html")) == [
        "00_one.html",
        "find.html",
        "index.html",
    ]


def test_what_stands_beside_a_page_is_published_with_it(two, tmp_path, monkeypatch):
    """A table that changes under a page that reads the same is no older than its page."""
    path, _, _ = two
    rule = tmp_path / "rule.csv"
    monkeypatch.setattr(plan.Plan, "method", [rule])
    attached = (
        "from studylib.show.downloads import Downloads\n"
        "Downloads('Files', {'tables/rule.csv': open('rule.csv').read()}, {})"
    )
    written(plan.NOTEBOOKS, *CELLS[:-2], ("files", attached), name="00_one")
    for text in ("n\n1\n", "n\n2\n"):
        rule.write_text(text, encoding="utf-8")
        command.build_study(path, tmp_path / "reports")
        beside = tmp_path / "reports" / load(path).id / "en" / "tables" / "rule.csv"
        assert beside.read_text(encoding="utf-8") == text


def test_a_failing_notebook_leaves_the_last_good_reports(tiny, capsys, monkeypatch):
    """Exit code 11, the cell and the error in a sentence, and beside the reports a note on it."""
    path, reports, notebooks = tiny
    before = content(reports)
    written(notebooks, *FAILS, name="00_tiny")
    monkeypatch.setattr(
        sys, "argv", ["studylib", "build", str(path), "--reports", str(reports), "--jobs", "1"]
    )
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr()
    assert end.value.code == 11
    assert said.out == ""
    assert "Notebook '00_tiny' failed in cell 7 ('wrong'): AttributeError" in said.err
    assert "Traceback" not in said.err
    assert without_note(page(reports)) == without_note(before["en/00_tiny.html"].decode())
    assert content(reports)["en/tables/funnel.csv"] == before["en/tables/funnel.csv"]
    failure = json.loads((reports / "built.last_failure.json").read_text())
    assert (failure["study"], failure["error"]) == ("built", "PagesFailedError")


def test_a_repaired_notebook_removes_the_note(tiny, capsys, monkeypatch):
    """The next good build is published, and its index is what the command prints."""
    path, reports, notebooks = tiny
    written(notebooks, *CELLS, name="00_tiny")
    monkeypatch.setattr(sys, "argv", ["studylib", "build", str(path), "--reports", str(reports)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert not end.value.code
    assert capsys.readouterr().out.strip() == str(reports / "index.html")
    assert not (reports / "built.last_failure.json").exists()


def test_an_unusable_input_leaves_the_last_good_reports(tiny):
    """A data error stops the build before any page."""
    path, reports, _ = tiny
    before, good = content(reports), (path.parent / "data" / "lens.csv").read_bytes()
    (path.parent / "data" / "lens.csv").write_text("colour,size\nred,1\n")
    with pytest.raises(DataError, match="no export of a known format"):
        command.build_study(path, reports)
    (path.parent / "data" / "lens.csv").write_bytes(good)
    said = page(reports)
    assert "this page could not be built again" in said
    assert without_note(said) == without_note(before["en/00_tiny.html"].decode())
    command.build_study(path, reports)
    assert content(reports) == before


def test_a_good_build_removes_the_note_even_if_nothing_is_stale(tiny, count):
    """An input was broken and is as it was: no page is made, and no note says otherwise."""
    path, reports, _ = tiny
    good = (path.parent / "data" / "lens.csv").read_bytes()
    (path.parent / "data" / "lens.csv").write_text("colour,size\nred,1\n")
    with pytest.raises(DataError):
        command.build_study(path, reports)
    assert note(reports)["error"] == "DataError"
    (path.parent / "data" / "lens.csv").write_bytes(good)
    command.build_study(path, reports)
    assert count == []
    assert not (reports / "built.last_failure.json").exists()


def note(reports):
    """Why the last build failed."""
    return json.loads((reports / "built.last_failure.json").read_text())


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ZeroDivisionError("division by zero"), "division by zero"),
        (OSError(5000, "No such error", "/home/me/a.csv"), "[Errno 5000] No such error: 'a.csv'"),
        (UsageError("no"), "no"),
    ],
)  # fmt: skip
def test_every_failure_leaves_a_note(tiny, monkeypatch, error, told):
    """A bug or a full disk too: kind and message, no path of the machine; raised as it was."""
    path, reports, _ = tiny

    def fails(*_, **__):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(stale, "run", fails)
        with pytest.raises(type(error)) as caught:
            command.build_study(path, reports, force=True)
    assert caught.value is error
    assert (note(reports)["error"], note(reports)["message"]) == (type(error).__name__, told)
    is_told = "this page could not be built again" in page(reports)
    assert is_told == (not isinstance(error, UsageError))  # asked wrongly: no page is older for it
    command.build_study(path, reports)


def test_a_full_disk_is_a_sentence(tiny, monkeypatch):
    """Which file, and what to do: exit code 11, no traceback."""
    path, reports, _ = tiny

    def fails(*_, **__):
        raise OSError(28, "No space left on device", "/home/me/a.csv")

    with monkeypatch.context() as full:
        full.setattr(stale, "run", fails)
        with pytest.raises(
            RunError, match=r"'/home/me/a\.csv' could not be written: No space left"
        ):
            command.build_study(path, reports, force=True)
    assert note(reports)["message"].startswith("'a.csv' could not be written: No space left")
    command.build_study(path, reports)


def test_a_note_that_cannot_be_written_hides_no_error(tiny, monkeypatch):
    """Of two errors the first is the one to act on."""
    path, reports, _ = tiny

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(last_failure, "failed", full)
    with pytest.raises(UsageError, match="no catalogue for 'gl'"):
        command.build_study(path, reports, ("gl",))


def test_an_interrupted_build_has_not_failed(tiny, monkeypatch):
    """Ctrl-C is no failure and leaves no note."""
    path, reports, _ = tiny

    def pressed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(stale, "run", pressed)
    with pytest.raises(KeyboardInterrupt):
        command.build_study(path, reports, force=True)
    assert not (reports / "built.last_failure.json").exists()


def test_a_study_is_not_replaced_by_another_of_the_same_id(tiny, tmp_path, count):
    """Two files of one id, one reports folder: refused while both are there; a move is no other."""
    path, reports, _ = tiny
    before = content(reports)
    other = study_file(tmp_path, head=ENGLISH.replace("tiny", "built"))
    export(tmp_path / "data" / "lens.csv", {})
    with pytest.raises(UsageError, match="were built from another study file, ") as caught:
        command.build_study(other, reports)
    assert str(path) in str(caught.value)
    assert "Give one of the two another `id`" in str(caught.value)
    assert str(tmp_path) not in (reports / "built.last_failure.json").read_text()
    assert content(reports) == before
    assert count == []
    command.build_study(path, reports)  # the first is built as before
    assert content(reports) == before
    assert str(path.parent).encode() not in b"".join(before.values())


@pytest.mark.parametrize("now", ["gone", "renamed", "broken", "linked"])
def test_a_study_file_may_move(tiny, tmp_path, monkeypatch, now):
    """The old file is gone, has another id or cannot be read, or is this one by another name."""
    path, reports, _ = tiny
    done = []
    monkeypatch.setattr(stale, "run", lambda a_plan, *_, **__: done.append(a_plan.study_file))
    moved = study_file(tmp_path, head=ENGLISH.replace("tiny", "built"), name="moved.toml")
    old = tmp_path / "old.toml"
    if now == "linked":
        old.symlink_to(moved)
    elif now != "gone":
        old.write_text('id = "other"' if now == "renamed" else "id = [")
    Plan(path, reports).built_from.write_text(str(old))
    command.build_study(moved, reports)
    assert done == [moved]
    assert Plan(path, reports).built_from.read_text() == str(moved)
    Plan(path, reports).built_from.write_text(str(path))


def test_nothing_published_is_nothing_to_replace(tiny, tmp_path, monkeypatch):
    """Another reports folder, or one that was cleared, holds no pages of the other study."""
    path, reports, _ = tiny
    monkeypatch.setattr(stale, "run", lambda *_, **__: None)
    other = study_file(tmp_path, head=ENGLISH.replace("tiny", "built"))
    Plan(path, tmp_path / "reports").built_from.write_text(str(path))
    command.build_study(other, tmp_path / "reports")
    assert Plan(path, tmp_path / "reports").built_from.read_text() == str(other)
    assert Plan(path, reports).built_from.read_text() == str(path)


@pytest.mark.parametrize(
    ("name", "study_id"),
    [
        ("my-study", "my-study"),
        ("Étude Alsace_2020 (b)", "etude-alsace-2020-b"),
        ("x" * 100, "x" * 61),
        ("a" * 60 + " b", "a" * 60),
        ("研究", "my-study"),
        ("---", "my-study"),
    ],
)
def test_a_new_study_is_named_like_its_folder(tmp_path, monkeypatch, name, study_id):
    """Two studies are two ids; a name without a letter that an id may have gets one to edit."""
    assert load(new_study(tmp_path / name)).id == study_id
    (tmp_path / name / "study.toml").unlink()
    monkeypatch.chdir(tmp_path / name)
    assert load(new_study(Path())).id == study_id


def test_a_changed_period_is_a_change_of_parameters(tiny):
    """The study file decides, its inputs are data: compare tells one from the other."""
    path, reports, _ = tiny
    old, text = (reports / "built").resolve(), path.read_text()
    path.write_text(text.replace("first_year = 2000", "first_year = 2001"))
    command.build_study(path, reports)
    found = compare(old, reports / "built")
    assert found.causes[["cause", "name", "old", "new"]].to_numpy().tolist() == [
        ["parameters", "period.first_year", 2000, 2001]
    ]
    path.write_text(text)
    command.build_study(path, reports)
    assert compare(old, reports / "built" / "results.json").cause == "same"


def test_parameters_are_every_choice_and_no_path(tmp_path):
    """By key, lists of blocks from 0; what a path names is data or method, and has a checksum."""
    (tmp_path / "list.csv").write_text("x")
    head = ENGLISH + f'clusters = "{tmp_path}/list.csv"\n'
    blocks = (*BLOCKS[:2], SPAIN, f'[[sources]]\npath = "{tmp_path}/data"\n')
    a_plan = Plan(study_file(tmp_path, *blocks, head=head), tmp_path / "reports")
    assert choices.chosen(a_plan) == {
        "title": "A tiny study", "seed": 1,
        "period.first_year": 2000, "period.last_year": 2004, "period.date": "filing",
        "counting.unit": "family", "counting.located_by": "priority", "counting.weights": "whole",
        "counting.kinds": ["patent"], "boundaries_notice": None,
        "ket.scheme": "ket_ec2012.csv", "ket.match": "both",
        "territories[0].name.en": "Spain", "territories[0].name.fr": "Espagne",
        "territories[0].country": "ES", "territories[0].nuts": [],
        "territories[0].nuts_version": "2013", "territories[0].wider": [],
        "reference": None, "comparison": [], "corpus": None, "survey": None,
        "sources[0].format": "auto", "sources[0].nuts_version": None,
        "publisher": None, "contact": None, "address": None, "next_update": None,
        "allow_empty": False,
    }  # fmt: skip


@pytest.fixture
def two(tmp_path, monkeypatch):
    """A study of two notebooks that tell each other when they run: (study file, marks)."""
    monkeypatch.setattr(plan, "NOTEBOOKS", tmp_path / "notebooks")
    marks = tmp_path / "marks"
    for folder in (plan.NOTEBOOKS, marks):
        folder.mkdir()
    path = study_file(tmp_path, head=ENGLISH.replace("tiny", f"two-{os.getpid()}"))
    export(tmp_path / "data" / "lens.csv", {})

    def waits(patience):
        for name, other in (("00_one", "20_two"), ("20_two", "00_one")):
            meet = (
                "import time\nfrom pathlib import Path\n"
                f"mine, other = Path({str(marks / name)!r}), Path({str(marks / other)!r})\n"
                "mine.touch()\n"
                f"end = time.monotonic() + {patience}\n"
                "while time.monotonic() < end and not other.exists():\n    time.sleep(0.05)\n"
                "'they ' + ('met' if other.exists() else 'did not')"
            )
            written(plan.NOTEBOOKS, *CELLS[:-1], ("meet", meet), name=name)

    return path, marks, waits


def published(reports):
    """Every published file of the only study, with its bytes."""
    link = next(path for path in reports.iterdir() if path.is_symlink())
    return {p.relative_to(link).as_posix(): p.read_bytes() for p in sorted(link.rglob("*.*"))}


def test_two_jobs_are_two_notebooks_at_a_time(two, tmp_path):
    """With two jobs two notebooks meet; with one they do not, and never more workers than jobs."""
    path, marks, waits = two
    waits(60)
    command.build_study(path, tmp_path / "met", jobs=2)
    assert len(supervise._idle) == 2
    supervise.end_idle()
    for mark in marks.iterdir():
        mark.unlink()
    waits(0.2)
    command.build_study(path, tmp_path / "alone", jobs=1)
    assert len(supervise._idle) == 1
    met, alone = (b"".join(published(tmp_path / name).values()) for name in ("met", "alone"))
    assert (met.count(b"they met"), met.count(b"they did not")) == (2, 0)
    assert alone.count(b"they did not") == 1


def test_the_number_of_jobs_changes_no_byte(two, tmp_path):
    """What is built side by side is what is built in turn."""
    path, _, _ = two
    for name in ("00_one", "20_two"):
        written(plan.NOTEBOOKS, *CELLS[:-1], ("show", "study.funnel"), name=name)
    command.build_study(path, tmp_path / "reports", jobs=1)
    in_turn = published(tmp_path / "reports")
    command.build_study(path, tmp_path / "reports", jobs=2, force=True)
    assert published(tmp_path / "reports") == in_turn
    assert {"en/00_one.html", "en/20_two.html"} <= set(in_turn)


def test_two_pages_may_not_write_one_table(two, tmp_path):
    """Which of them would stand there is not guessed: the build ends, nothing is published."""
    path, _, _ = two
    for name in ("00_one", "20_two"):
        written(plan.NOTEBOOKS, *CELLS, name=name)
    with pytest.raises(RunError, match=r"Two pages write 'en/tables/funnel.csv'; give one of the"):
        command.build_study(path, tmp_path / "reports")
    assert not list((tmp_path / "reports").glob("*/index.html"))


@pytest.fixture
def ctrl_c():
    """Ctrl-C is heard, also where a shell started the tests in the background, deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield lambda: os.kill(os.getpid(), signal.SIGINT)
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_stops_every_notebook(two, tmp_path, ctrl_c):
    """The command ends at once, nothing is published, no process is left behind."""
    path, marks, _ = two
    for name in ("00_one", "20_two"):
        mark = f"from pathlib import Path\nPath({str(marks / name)!r}).touch()"
        stays = f"{mark}\nimport time\ntime.sleep(300)"
        written(plan.NOTEBOOKS, *CELLS[:-1], ("stays", stays), name=name)

    def press() -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end and len(list(marks.iterdir())) < 2:
            time.sleep(0.05)
        ctrl_c()

    threading.Thread(target=press, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        command.build_study(path, tmp_path / "reports", jobs=2)
    assert not [mark for _, mark in sandbox._marked() if mark.startswith(f"{os.getpid()}:")]
    assert [path.suffix for path in (tmp_path / "reports").iterdir()] == [".jsonl"]
    assert len(list(marks.iterdir())) == 2


def test_less_than_one_job_is_an_error(tiny):
    """Nothing can be made by nobody."""
    path, reports, _ = tiny
    with pytest.raises(UsageError, match="0 pages cannot be made at a time; give 1 or more jobs"):
        command.build_study(path, reports, jobs=0)


def test_a_language_left_out_stays_published(tiny, count):
    """Its pages stay as they were, those of the other are built again and lead to them."""
    path, reports, _ = tiny
    text = path.read_text()
    path.write_text(text.replace('["en"]', '["en", "fr"]'))
    command.build_study(path, reports)
    assert "../fr/00_tiny.html" in page(reports)
    both = content(reports)
    count.clear()
    path.write_text(path.read_text().replace("Another title", "A third title"))
    command.build_study(path, reports, ("fr",))
    assert count == ["00_tiny"]
    assert "A third title" in page(reports, "fr/00_tiny.html")
    assert "../en/00_tiny.html" in page(reports, "fr/00_tiny.html")
    assert content(reports)["en/00_tiny.html"] == both["en/00_tiny.html"]
    assert content(reports)["en/index.html"] == both["en/index.html"]
    assert "A third title" in (reports / "index.html").read_text()
    with pytest.raises(UsageError, match="no pages in 'es'; its languages are en, fr"):
        command.build_study(path, reports, ("es",))
    command.build_study(path, reports)
    count.clear()
    path.write_text(path.read_text().replace('["en", "fr"]', '["en", "es", "fr"]'))
    command.build_study(path, reports)
    assert count == ["00_tiny"]  # a language that is added runs its own notebooks
    assert "../es/00_tiny.html" in page(reports)
    path.write_text(text)  # a language taken out of the study is published no more
    command.build_study(path, reports)
    assert not (reports / "built" / "fr").exists()


@pytest.mark.parametrize("code", ["gl", "de"])
def test_no_pages_are_built_without_a_catalogue(tmp_path, code):
    """They would be English under the name of another language."""
    path = study_file(tmp_path)
    with pytest.raises(
        UsageError, match=f"`--language`: no catalogue for '{code}'; there are en, es, eu, fr"
    ):
        command.build_study(path, tmp_path / "reports", ("en", code))


def test_a_link_that_leads_nowhere_stops_a_build(tiny):
    """Also where nothing else changed: the pages that are there rest on more than can be read."""
    path, reports, _ = tiny
    link = path.parent / "data" / "share.csv"
    link.symlink_to("not mounted")
    with pytest.raises(DataError, match=r"1 link leads nowhere: 'data/share\.csv'"):
        command.build_study(path, reports)
    assert (reports / "built.last_failure.json").exists()
    link.unlink()
    command.build_study(path, reports)
    assert not (reports / "built.last_failure.json").exists()


def test_two_builds_of_one_study_do_not_meet(tiny):
    """The second is told to come back later, and leaves no note of failure."""
    path, reports, _ = tiny
    with lock.locked(prepare.folder_of(load(path))), pytest.raises(BusyError):
        command.build_study(path, reports)
    assert not (reports / "built.last_failure.json").exists()


def test_two_studies_in_one_process_are_two(tiny, tmp_path):
    """The tasks of the first are not taken for those of the second."""
    _, reports, _ = tiny
    other = study_file(tmp_path, head=ENGLISH.replace("tiny", "other"))
    export(tmp_path / "data" / "lens.csv", {})
    command.build_study(other, reports)
    text = (reports / "other" / "en" / "00_tiny.html").read_text(encoding="utf-8")
    assert "1 record came in" in text
    assert "3 records came in" in page(reports)
    index = (reports / "index.html").read_text(encoding="utf-8")
    assert "A other study" in index
    assert "Another title" in index


def test_tasks_that_cannot_be_collected_are_an_error(tiny, tmp_path, monkeypatch):
    """A broken task file is a run error with what pytask said."""
    path, reports, _ = tiny
    broken = tmp_path / "task_study.py"
    broken.write_text("raise ValueError('broken')\n")
    monkeypatch.setattr(stale, "TASKS", broken)
    with pytest.raises(RunError, match="The build could not start"):
        command.build_study(path, reports, force=True)


@pytest.fixture
def named(monkeypatch):
    """The ids of tasks that are made while pytask does not listen."""
    made = []
    monkeypatch.setattr("pytask.task", lambda **told: made.append(told["id"]) or (lambda f: f))
    return made


def test_pytask_alone_collects_the_default_study(monkeypatch, named):
    """On the shell, without a plan, the tasks are those of the project's own study."""
    monkeypatch.setattr(plan, "NOTEBOOKS", ROOT / "notebooks")
    default = Plan(ROOT / "study.toml", ROOT / "reports")
    assert default == plan.DEFAULT
    runpy.run_path(str(ROOT / "task_study.py"), run_name="task_study")
    assert named[0] == default.id
    assert f"{default.id}-en-20_patents" in named


def test_only_publishing_belongs_to_a_folder(tiny, tmp_path, named):
    """Where pages go is no part of what they are: of all tasks the last alone has another name."""
    assert len(stale._tasks_of(Plan(tiny[0], tmp_path / "one"))) == len(named)
    first = set(named)
    named.clear()
    stale._tasks_of(Plan(tiny[0], tmp_path / "two"))
    assert set(named) - first == {Plan(tiny[0], tmp_path / "two").id + "-" + named[1][-8:]}


def test_another_reports_folder_runs_no_notebook(tiny, tmp_path, count):
    """The pages that were made are published there, too."""
    path, reports, _ = tiny
    command.build_study(path, reports)
    count.clear()
    command.build_study(path, tmp_path / "elsewhere")
    assert count == []
    assert content(tmp_path / "elsewhere") == content(reports)


def test_a_changed_sentence_runs_no_notebook(tiny, count):
    """Words between the cells are laid out anew; what the cells showed stands."""
    path, reports, notebooks = tiny
    written(notebooks, ("title", "# What came in, then?"), *CELLS[1:], name="00_tiny")
    command.build_study(path, reports)
    assert count == []
    assert "<h1>What came in, then?</h1>" in page(reports)
    assert "3 records came in" in page(reports)
    written(notebooks, *CELLS, name="00_tiny")
    command.build_study(path, reports)
    assert count == []
    assert "<h1>What came in?</h1>" in page(reports)


def test_built_tables_lie_where_the_environment_says(tmp_path, monkeypatch):
    """`STUDYLIB_PROCESSED`, else `data/processed` of the project; a whole path only."""
    a_study = load(study_file(tmp_path))
    monkeypatch.setenv(project.PROCESSED, str(tmp_path))
    assert prepare.folder_of(a_study) == tmp_path / "tiny"
    monkeypatch.delenv(project.PROCESSED)
    assert prepare.folder_of(a_study).parent.parent.name == "data"
    monkeypatch.setenv(project.PROCESSED, "processed")
    with pytest.raises(UsageError, match="give the whole path, from the root"):
        prepare.folder_of(a_study)


def test_a_bulk_reader_keeps_a_region_in_any_version(tmp_path):
    """FR61 of 2013 is FRI1 from 2016: an edition in either keeps Aquitaine."""
    region = '[[territories]]\nname = "A"\nnuts = ["FR61"]\nnuts_version = "2013"\n'
    blocks = (
        "[period]\nfirst_year = 2000\nlast_year = 2004\n",
        region,
        '[[sources]]\npath = "data"\n',
    )
    keep = exports.keep_of(load(study_file(tmp_path, *blocks)))
    assert {"FR61", "FRI1"} <= set(keep.nuts_prefixes)
    assert (keep.first_year, keep.last_year, keep.countries) == (2000, 2004, ())


def test_what_a_bulk_reader_leaves_behind_follows_the_study(tmp_path):
    """Nothing by place where location is not by address; nothing by year of publication."""
    assert exports.keep_of(load(study_file(tmp_path))) is None
    blocks = (PERIOD + 'date = "publication"\n', SPAIN, SOURCES)
    keep = exports.keep_of(load(study_file(tmp_path, *blocks)))
    assert (keep.first_year, keep.last_year, keep.countries) == (None, None, ("ES",))


def test_the_user_s_own_folders_are_left_alone():
    """Builds of tests never reach the project's `data/processed`."""
    assert Path(os.environ[project.PROCESSED]).is_absolute()
    assert "pytest" in os.environ[project.PROCESSED]
