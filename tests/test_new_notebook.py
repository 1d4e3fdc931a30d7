"""Adding a notebook: what it needs stands in its own metadata, and no code knows its name."""

import json

import pytest
from bs4 import BeautifulSoup
from notebook_files import written
from small_studies import BLOCKS, HEAD, study_file
from test_lens import export

from studylib.build import command, plan
from studylib.build.published.page import Page, is_asked
from studylib.errors import UsageError
from studylib.runs.workers import supervise
from studylib.study.model import load

OPEN = (
    ("parameters", 'study_file = "study.toml"  # the study\nlanguage = "en"  # of the page'),
    ("open", "import studylib as sl\nstudy = sl.open_study(study_file, language=language)"),
    ("say", "sl.say.data.headline(study)"),
)
FIGURE = ("figure", "timeline = sl.timeline(study)\nsl.show.timeline(study, timeline)")


def added(folder, name, heading, *cells, **about):
    """A notebook of this heading and title; its metadata say the rest."""
    path = written(folder, ("question", f"# {heading}"), *OPEN, *cells, name=name)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] |= {"title": heading} | about
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The published folder of a study without a survey, after two notebooks were added."""
    folder = tmp_path_factory.mktemp("added")
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    added(notebooks, "05_basis", "What came in?", is_answer=False)
    added(notebooks, "45_short", "How many a year?", FIGURE, rests_on=["patents"])
    added(notebooks, "47_wishes", "What is wanted?", needs=["survey"])
    path = study_file(folder, *BLOCKS, head=HEAD.replace("tiny", "added") + 'languages = ["en"]\n')
    export(folder / "data" / "lens.csv", {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "NOTEBOOKS", notebooks)
        command.build_study(path, folder / "reports")
    supervise.end_idle()
    return folder / "reports" / "added" / "en"


def soup(path):
    """A page, parsed."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_a_new_notebook_has_a_page_with_its_figure(pages):
    """A short one with one figure: its picture, and the data behind it as CSV."""
    page = soup(pages / "45_short.html")
    assert page.h1.get_text() == "How many a year?"
    assert len(page.select("main figure")) == 1
    beside = sorted(p.name for p in (pages / "figures").iterdir())
    assert beside == [
        "timeline.csv", "timeline.csv-metadata.json", "timeline.png", "timeline.svg",
        "timeline.xlsx",
    ]  # fmt: skip


def test_a_new_notebook_is_listed_and_linked(pages):
    """The list of pages and every other page lead to it, by the title it gives itself."""
    for name in ("index.html", "05_basis.html"):
        links = {a["href"]: a.get_text() for a in soup(pages / name).find_all("a", href=True)}
        assert "How many a year?" in links["45_short.html"]


def test_a_notebook_is_not_asked_where_the_study_lacks_what_it_needs(pages):
    """`needs` names keys of the study file; without one of them there is no page and no link."""
    assert sorted(p.name for p in pages.glob("*.html")) == [
        "05_basis.html", "45_short.html", "find.html", "index.html",
    ]  # fmt: skip
    assert "47_wishes" not in (pages / "index.html").read_text(encoding="utf-8")


def test_what_leads_to_a_page_follows_it(tmp_path, monkeypatch):
    """A notebook that comes, is called otherwise or goes: pages that did not change say so."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    monkeypatch.setattr(plan, "NOTEBOOKS", notebooks)
    monkeypatch.setattr(plan.Plan, "method", [plan.PROJECT / "requirements.lock"])
    path = study_file(tmp_path, *BLOCKS, head=HEAD.replace("tiny", "led") + 'languages = ["en"]\n')
    export(tmp_path / "data" / "lens.csv", {})
    for name in ("05_one", "15_two"):
        added(notebooks, name, f"What is {name}?")
    changes = (
        lambda: None,
        lambda: added(notebooks, "25_three", "What is new?"),
        lambda: added(notebooks, "25_three", "What is newer?"),
        (notebooks / "25_three.ipynb").unlink,
    )
    seen = []
    for change in changes:
        change()
        command.build_study(path, tmp_path / "reports")
        page = soup(tmp_path / "reports" / "led" / "en" / "05_one.html")
        seen.append(" ".join(a.get_text(" ", strip=True) for a in page.select("a[href^='25_']")))
    supervise.end_idle()
    assert seen == ["", "What is new?", "What is newer?", ""]


@pytest.mark.parametrize(
    ("needs", "asked"),
    [([], True), (["sources"], True), (["clusters"], False), (["sources", "survey"], False)],
)
def test_all_that_is_needed_must_be_there(tmp_path, needs, asked):
    """A study has what a notebook needs if it says something for every key."""
    added(tmp_path, "99_any", "Any?", needs=needs)
    page = Page("99_any", "en", tmp_path / "99_any.ipynb", tmp_path)
    assert is_asked(page, load(study_file(tmp_path))) is asked


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"title": None}, r"'.*99_any\.ipynb' has no `title` in its metadata; add one\."),
        ({"needs": ["surveys"]}, r"needs what no study file says: 'surveys'\. `needs` in its"),
    ],
)
def test_metadata_that_say_nothing_are_told(tmp_path, about, words):
    """A notebook without a title, or one that needs a key no study file has."""
    added(tmp_path, "99_any", "Any?", **about)
    with pytest.raises(UsageError, match=words):
        _ = Page("99_any", "en", tmp_path / "99_any.ipynb", tmp_path).about
