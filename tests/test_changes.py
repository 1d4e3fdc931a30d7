"""What changed from one release to the next: results by name, entries of the feed, the index."""

import itertools
import json
import os
import random
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from notebook_files import written
from small_studies import HEAD, study_file
from test_build import CELLS
from test_lens import export

from studylib.build import command, plan
from studylib.build.published import results
from studylib.runs.published import changes, feed
from studylib.runs.workers import supervise
from studylib.study.model import load

NUMBERS = itertools.count()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_values_are_named_by_row_and_area():
    """Areas that stand side by side have a name each; a row is named by its first ids."""
    kets = pd.DataFrame({
        "ket": ["photonics", "nano"], "area_0": ["A", "A"], "n_0": [12.0, None],
        "share_0": [0.0483871, None], "area_1": ["B", "B"], "n_1": [3.5, 2.0],
    })  # fmt: skip
    assert results.of_table("kets", kets) == {
        "kets/photonics/A/area": "A", "kets/photonics/A/n": 12, "kets/photonics/A/share": 0.048,
        "kets/photonics/B/area": "B", "kets/photonics/B/n": 3.5,
        "kets/nano/A/area": "A", "kets/nano/A/n": None, "kets/nano/A/share": None,
        "kets/nano/B/area": "B", "kets/nano/B/n": 2,
    }  # fmt: skip


def test_a_row_is_named_by_as_much_as_tells_it_from_others():
    """Two columns where one repeats; its number where nothing does."""
    frame = pd.DataFrame({"area": ["A", "A"], "year": [2000, 2001], "n": [1, 2]})
    assert list(results.of_table("t", frame)) == ["t/A/2000/n", "t/A/2001/n"]
    same = pd.DataFrame({"area": ["A", "A"], "n": [1, 1]})
    assert next(iter(results.of_table("t", same))) == "t/row 1/area"
    assert results.of_table("t", pd.DataFrame({"who": ["a/b", None], "n": [1, 2]})) == {
        "t/a\N{FRACTION SLASH}b/n": 1, "t//n": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("share", 0.0485, 0.049), ("low_exact", 0.04849, 0.048), ("proximity", 1.005, 1.01),
        ("n", 7, 7), ("n", 7.0, 7), ("share", 1.0, 1.0), ("share", None, None),
        ("p", float("inf"), "inf"), ("is_there", True, True), ("verdict", "holds", "holds"),
    ],
)  # fmt: skip
def test_values_are_those_that_are_printed(column, value, shown):
    """Halves away from zero, as pages round; nobody reads 17 digits."""
    assert results.printed(column, value) == shown


OLD = {
    "results": {
        **{f"kets/{ket}/{area}/{column}": 0.5 if column != "n" else 5
           for ket in "abcde" for area in ("North", "South")
           for column in ("n", "share", "low", "high")},
        "differences/a/difference": 0.1, "differences/a/verdict": "not shown",
        "differences/a/verdict_name": "not shown to exist", "answer/10_x": "A says 5 of 10.",
    },
    "inputs": {"a.csv": "1"}, "method": {}, "parameters": {}, "texts": {}, "languages": {},
}  # fmt: skip


def changed(**values):
    """The results with other values, keys with `__` for `/`."""
    new = {key.replace("__", "/"): value for key, value in values.items()}
    return {**OLD, "results": {**OLD["results"], **new}}


def test_a_hundred_changed_results_give_a_hundred_right_entries():
    """Whatever number changes: one entry, of its row, with the old and the new value."""
    numbers = [key for key, value in OLD["results"].items() if isinstance(value, int | float)]
    dice = random.Random(2013)
    for _turn in range(100):
        key, value = dice.choice(numbers), round(dice.uniform(1, 9), 3)
        [entry] = changes.entries(OLD, {**OLD, "results": {**OLD["results"], key: value}})
        assert entry.key == key
        assert entry.old.split(" ")[0] == str(OLD["results"][key])
        assert entry.new.split(" ")[0] == str(value)


def test_a_share_is_told_with_its_interval():
    """One entry for the row, not one for each of share, low and high."""
    new = changed(kets__a__North__share=0.6, kets__a__North__low=0.4, kets__a__North__high=0.8)
    assert changes.entries(OLD, new) == [
        changes.Change("kets/a/North/share", "0.5 (0.5 to 0.5)", "0.6 (0.4 to 0.8)")
    ]


def test_verdicts_and_answers_are_told_and_labels_are_not():
    """A label is another word for what is told already."""
    new = changed(differences__a__verdict="shown", differences__a__verdict_name="shown to exist",
                  answer__10_x="A says 6 of 10.")  # fmt: skip
    assert [entry.line for entry in changes.entries(OLD, new)] == [
        "answer/10_x: A says 5 of 10. -> A says 6 of 10.",
        "differences/a/verdict: not shown -> shown",
    ]
    assert changes.entries(OLD, changed(differences__a__verdict_name="x")) == []
    assert changes.entries(OLD, OLD) == []


def test_a_row_that_comes_or_goes_is_told():
    """`none` is no number: it was not there."""
    new = changed(kets__f__North__n=3)
    assert changes.entries(OLD, new) == [changes.Change("kets/f/North/n", "none", "3")]
    assert changes.entries(new, OLD) == [changes.Change("kets/f/North/n", "3", "none")]


def entries_of(path):
    """Titles and contents of a feed, newest first."""
    atom = f"{{{feed.ATOM}}}"
    root = ET.parse(path).getroot()
    assert root.tag == f"{atom}feed"
    for name in ("id", "title", "updated", "author", "link"):
        assert root.find(atom + name) is not None
    found = root.findall(f"{atom}entry")
    ids = [entry.find(f"{atom}id").text for entry in found]
    assert len(set(ids)) == len(ids)
    return [(e.find(f"{atom}title").text, e.find(f"{atom}content").text) for e in found]


def test_the_newest_entries_come_first_and_a_feed_has_an_end(tmp_path, monkeypatch):
    """What XML cannot hold is left out of it."""
    monkeypatch.setattr(feed, "MOST", 3)
    feed.begin_feed(tmp_path, "s", "T", NOON)
    assert entries_of(tmp_path / "s.feed.xml") == []
    for n in (1, 2):
        new = changed(kets__a__North__n=n, **{"kets__b\x1b__North__n": n})
        feed.tell(tmp_path, "s", "T", changes.News(NOON, OLD, new, []))
        feed.begin_feed(tmp_path, "s", "T", NOON)
    assert entries_of(tmp_path / "s.feed.xml") == [
        ("kets/a/North/n", "5 -> 2"), ("kets/b/North/n", "none -> 2"), ("kets/a/North/n", "5 -> 1"),
    ]  # fmt: skip
    (tmp_path / "s.feed.xml").write_text("spoilt")
    feed.tell(tmp_path, "s", "T", changes.News(NOON, OLD, changed(kets__a__North__n=4), []))
    assert entries_of(tmp_path / "s.feed.xml") == [("kets/a/North/n", "5 -> 4")]


def test_pages_that_fail_and_are_mended_are_told():
    """Once each: not again while they fail."""
    was, now = {"en/a.html": {}, "en/b.html": {}}, {"en/b.html": {}, "en/c.html": {}}
    assert [change.line for change in changes.of_pages(was, now)] == [
        "en/c.html: built -> could not be built again",
        "en/a.html: could not be built again -> built",
    ]


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of one notebook, built with one record: (study file, reports)."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    monkeypatch.setattr(plan, "NOTEBOOKS", notebooks)
    head = HEAD.replace("tiny", f"news-{os.getpid()}-{next(NUMBERS)}") + 'languages = ["en"]\n'
    path = study_file(tmp_path, head=head)
    export(tmp_path / "data" / "lens.csv", {})
    written(notebooks, *CELLS, name="00_one")
    command.build_study(path, tmp_path / "reports")
    yield path, tmp_path / "reports"
    supervise.end_idle()


def test_a_build_tells_what_it_changed(study):
    """In the feed and on the page above all studies; an identical build tells nothing."""
    path, reports = study
    study_id = load(path).id
    feed = reports / f"{study_id}.feed.xml"
    assert entries_of(feed) == []
    export(path.parent / "data" / "lens.csv", {}, {"Application Number": "ES 200400008 A"})
    command.build_study(path, reports)
    told = dict(entries_of(feed))
    assert told["funnel/Records in the exports/n"] == "1 -> 2"
    assert "2 records came in" in told["answer/00_one"]
    page = BeautifulSoup((reports / "index.html").read_text(), "html.parser")
    assert f"{len(told)} figures changed, and with them the data." in page.get_text()
    assert page.find("a", href=f"{study_id}.feed.xml")
    said = BeautifulSoup((reports / study_id / "en" / "00_one.html").read_text(), "html.parser")
    link = said.find("a", string="What changed since the last build")
    assert link["href"] == f"../../{study_id}.changes.en.html"
    changed = (reports / f"{study_id}.changes.en.html").read_bytes()
    assert b"Records in the exports, N</th>" in changed
    assert (reports / "index.en.html").read_bytes() == (reports / "index.html").read_bytes()
    before = feed.read_bytes(), (reports / "index.html").read_bytes()
    command.build_study(path, reports, force=True)
    assert (feed.read_bytes(), (reports / "index.html").read_bytes()) == before
    assert (reports / f"{study_id}.changes.en.html").read_bytes() == changed
    said = json.loads((reports / study_id / "results.json").read_text())
    assert said["languages"] == {"en": "published"}
    assert set(said["texts"]) == {"00_one.ipynb"}
    assert {"00_one.ipynb (code)", "studylib (code)"} < set(said["method"])


def test_news_that_cannot_be_read_is_none(tmp_path):
    """The index shows the study without it."""
    assert feed.last(tmp_path, "s") is None
    (tmp_path / "s.changes.json").write_text("[]")
    assert feed.last(tmp_path, "s") is None
    assert changes.results_of(tmp_path) is None
