"""A page that fails: the others are built and published, and it says how old it is."""

import json
import os
import shutil
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from notebook_files import written
from small_studies import HEAD, study_file
from test_build import CELLS
from test_lens import export

from studylib import prepare
from studylib.build import command, plan, tries
from studylib.errors import DataError, PagesFailedError
from studylib.runs.workers import supervise
from studylib.study.model import load

SAID = CELLS[:-1]
FAILS = (*SAID, ("wrong", "1 / 0"))
SHOWS = CELLS
RECORDS = [{"Application Number": f"ES 20040000{n} A"} for n in (1, 2, 3)]


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of two notebooks, built well with one record: (study file, reports, notebooks)."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    monkeypatch.setattr(plan, "NOTEBOOKS", notebooks)
    head = HEAD.replace("tiny", f"failing-{os.getpid()}") + 'languages = ["en", "fr"]\n'
    path = study_file(tmp_path, head=head)
    export(tmp_path / "data" / "lens.csv", RECORDS[0])
    written(notebooks, *SHOWS, name="00_one")
    written(notebooks, *SAID, name="20_two", title="A second question?")
    command.build_study(path, tmp_path / "reports", jobs=2)
    yield path, tmp_path / "reports", notebooks
    supervise.end_idle()


def fail(study, name="00_one", *records):
    """A build with other records in which one notebook fails; what was said of it."""
    path, reports, notebooks = study
    export(path.parent / "data" / "lens.csv", *records or RECORDS)
    written(notebooks, *FAILS, name=name)
    with pytest.raises(PagesFailedError) as failed:
        command.build_study(path, reports, jobs=2)
    return str(failed.value)


def shown(study, name):
    """A published page, as text."""
    path, reports, _ = study
    return (reports / load(path).id / name).read_text(encoding="utf-8")


def notes(study, name):
    """Lines of the note over a page."""
    return [
        p.get_text() for p in BeautifulSoup(shown(study, name), "html.parser").select(".failed p")
    ]


def today():
    """The day of the build, as pages write it."""
    now = datetime.now(UTC)
    return f"{now.day} {now:%B} {now.year}"


def test_the_others_are_published(study):
    """With the new data; the page that failed has the old ones, and its old table."""
    old = shown(study, "en/tables/funnel.csv")
    said = fail(study)
    assert "2 of 4 pages could not be built and stay as they were; the others are published" in said
    assert "en/00_one.html: Notebook '00_one' failed in cell 6 ('wrong'): ZeroDivisionError" in said
    assert PagesFailedError.exit_code == 11
    assert "3 records came in" in shown(study, "en/20_two.html")
    assert "1 record came in" in shown(study, "en/00_one.html")
    assert shown(study, "en/tables/funnel.csv") == old


def test_it_says_since_when_and_how_old_it_is(study):
    """On the page, in the list of pages and in the list of studies, in words of their language."""
    fail(study)
    assert notes(study, "en/00_one.html") == [
        f"Since {today()}, this page could not be built again.",
        f"It stays as it was, with the data as they were read on {today()}.",
    ]
    assert notes(study, "en/20_two.html") == []
    assert notes(study, "en/index.html") == [
        f"Since {today()}, not every page could be built again.",
        "1 page stays as it was and says of which day its data are.",
    ]
    assert "n’a pas pu être" in notes(study, "fr/00_one.html")[0]
    listed = BeautifulSoup(shown(study, "en/index.html"), "html.parser").select(".list li")
    assert [f"With the data read on {today()}" in li.get_text() for li in listed] == [True, False]
    index = (study[1] / "index.html").read_text(encoding="utf-8")
    assert f"Since {today()}, not every page could be built again." in index


def test_what_it_showed_is_kept(study):
    """The notebook with its outputs and the traceback, until it runs."""
    fail(study)
    kept = prepare.folder_of(load(study[0])) / "failed" / "en"
    outputs = [
        cell["outputs"]
        for cell in json.loads((kept / "00_one.ipynb").read_text())["cells"]
        if cell["cell_type"] == "code"
    ]
    assert outputs[-1][0]["ename"] == "ZeroDivisionError"
    assert "1 record" in str(outputs) or "3 records" in str(outputs)
    traceback = (kept / "00_one.txt").read_text()
    assert traceback.startswith("Notebook '00_one' failed in cell 6 ('wrong'): ZeroDivisionError")
    assert "----> 1 1 / 0" in traceback
    written(study[2], *SHOWS, name="00_one")
    command.build_study(study[0], study[1], jobs=2)
    assert list(kept.iterdir()) == []


def test_a_build_that_fails_again_is_the_same_release(study):
    """The day of the first failure is told: nights of failures push no good release out."""
    fail(study)
    release_shown = (study[1] / load(study[0]).id).readlink()
    with pytest.raises(PagesFailedError):
        command.build_study(study[0], study[1], jobs=2)
    assert (study[1] / load(study[0]).id).readlink() == release_shown


def test_the_day_of_the_first_failure_stays(study):
    """Also when another page fails later; that one has its own day."""
    fail(study)
    path, reports, _ = study
    attempts = reports / load(path).id / tries.ATTEMPTS
    known = json.loads(attempts.read_text())
    known["en/00_one.html"] = {"since": "2026-03-01", "data": "2026-02-28"}
    attempts.write_text(json.dumps(known))
    fail(study, "20_two")
    assert notes(study, "en/00_one.html") == [
        "Since 1 March 2026, this page could not be built again.",
        "It stays as it was, with the data as they were read on 28 February 2026.",
    ]
    assert notes(study, "en/20_two.html")[0].startswith(f"Since {today()}, ")
    assert notes(study, "en/index.html")[0].startswith("Since 1 March 2026, ")


def test_a_page_that_never_was_says_so(study):
    """Links to it lead somewhere, and nobody takes it for an answer."""
    written(study[2], *FAILS, name="30_new", title="A third question?")
    fail(study, "30_new")
    assert notes(study, "en/30_new.html") == [
        "This page could not be built, and there is no earlier one."
    ]
    assert "A third question?" not in notes(study, "en/30_new.html")
    assert "30_new.html" in shown(study, "en/20_two.html")


def test_what_was_published_is_kept_without_what_was_built(study):
    """The folder of built tables is gone: the page and its table are those of the reports."""
    old = shown(study, "en/tables/funnel.csv")
    shutil.rmtree(prepare.folder_of(load(study[0])))
    fail(study)
    assert "1 record came in" in shown(study, "en/00_one.html")
    assert shown(study, "en/tables/funnel.csv") == old


def test_a_good_build_takes_every_note_away(study):
    """What is published is what it would be had nothing failed."""
    path, reports, notebooks = study
    fail(study)
    written(notebooks, *SHOWS, name="00_one")
    export(path.parent / "data" / "lens.csv", RECORDS[0])
    command.build_study(path, reports, jobs=2)
    assert notes(study, "en/00_one.html") == notes(study, "fr/00_one.html") == []
    assert not (reports / load(path).id / tries.ATTEMPTS).exists()
    assert "could not be built" not in (reports / "index.html").read_text()


def test_data_that_cannot_be_used_concern_every_page(study):
    """All of them say so, and none when the data are as they were."""
    path, reports, _ = study
    before = {p: p.read_bytes() for p in sorted((reports / load(path).id).rglob("*.*"))}
    good = (path.parent / "data" / "lens.csv").read_bytes()
    (path.parent / "data" / "lens.csv").write_text("colour,size\nred,1\n")
    with pytest.raises(DataError):
        command.build_study(path, reports)
    for name in ("en/00_one.html", "en/20_two.html"):
        assert notes(study, name)[0] == f"Since {today()}, this page could not be built again."
    assert " pages stay as they were and say of which day" in notes(study, "en/index.html")[1]
    (path.parent / "data" / "lens.csv").write_bytes(good)
    command.build_study(path, reports)
    assert {p: p.read_bytes() for p in sorted((reports / load(path).id).rglob("*.*"))} == before
