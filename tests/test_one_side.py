"""A study of one territory asks of that territory; the front page asks what is answered."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_studies import COUNTING, FRANCE, PERIOD, REFERENCE, SOURCES, SPAIN, study

from studylib.build.published import front
from studylib.build.published.page import Page
from studylib.language import markdown
from studylib.project import PROJECT
from studylib.report.brief import Said
from studylib.runs import lacking, notebooks, one_side, translation
from studylib.study.lacking import lacks

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("[0-9]*.ipynb"))
OF_SIDES = re.compile(
    r"\b(two sides|both sides|each side|other sides?|the sides of the|the neighbours?|"
    r"the territories|different sides)\b"
)
OF_TWO = re.compile(r"\b(side|sides|neighbour|territories|share|other side)\b")


def texts_of(path):
    """Every text of a notebook a reader sees: its title and its markdown."""
    said = notebooks.read(path)
    yield said["metadata"]["title"]
    for cell in said["cells"]:
        if cell["cell_type"] == "markdown":
            yield from markdown.texts(notebooks.joined(cell["source"]))


def test_every_text_that_is_said_otherwise_stands_in_a_notebook():
    """A text of a notebook that is rewritten takes what stands instead of it with it."""
    known = {text for path in NOTEBOOKS for text in texts_of(path)}
    assert sorted(set(one_side.INSTEAD) - known) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_title_of_one_territory_speaks_of_two(path):
    """Pages every study has do not ask for sides, neighbours or what territories share."""
    about = notebooks.read(path)["metadata"]
    if not about.get("needs"):
        assert not OF_TWO.search(one_side.of_one_side(about["title"]))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_text_of_one_territory_speaks_of_its_two_sides(path):
    """Of pages every study has; a section that needs two sides says that it does."""
    if notebooks.read(path)["metadata"].get("needs"):
        return
    said = [one_side.of_one_side(text) for text in texts_of(path)]
    told = [text for text in said if OF_SIDES.search(text)]
    assert [text for text in told if not text.startswith("Of two sides, this section")] == []


def known_texts():
    """Texts of the notebooks, and those of one territory instead."""
    known = {text for path in NOTEBOOKS for text in texts_of(path)}
    return known | {one_side.of_one_side(text) for text in known}


@pytest.mark.parametrize("what", sorted(lacking.INSTEAD))
def test_what_is_said_without_something_is_said_of_a_text_that_is_there(what):
    """A text of a notebook that is rewritten takes what stands instead of it with it."""
    assert sorted(set(lacking.INSTEAD[what]) - known_texts()) == []


def test_a_study_says_what_it_lacks(tmp_path):
    """
    Neither a reference nor another border area, no list, and places told by priority claims.

    Broken once: a page asked what the neighbour would add and could not say, and led to the sides
    of other border areas of which there were none.
    """
    found = lacks(study(tmp_path, PERIOD, COUNTING, SPAIN, FRANCE, SOURCES))
    assert found == ("reference", "comparison", "clusters", "address: priority")
    own = '[counting]\nlocated_by = "inventor"\n'
    listed = study(tmp_path, PERIOD, own, SPAIN, FRANCE, REFERENCE, SOURCES)
    assert lacks(listed) == ("comparison", "clusters")
    asked = "Where is each side specialised, and what would the neighbour add?"
    told = "Where do the sides differ in technology, and what lies near?"
    assert lacking.as_said(asked, lacking=found) == told
    assert lacking.as_said(asked) == asked
    asked, alone = (
        f"How many patents {who} apply for?" for who in ("do the sides", "does the territory")
    )
    assert lacking.as_said(asked, is_alone=True, lacking=found) == alone


def test_heading_and_title_are_said_otherwise_and_the_rest_stays():
    """Title and heading are the same text, so they stay the same; other texts are as they were."""
    title = "Which key enabling technologies do the territories share?"
    instead = "Which key enabling technologies does the territory hold?"
    cell = {"cell_type": "markdown", "source": f"# {title}\n\nAny text.", "metadata": {}, "id": "a"}
    source = {"cells": [cell], "metadata": {"title": title}, "nbformat": 4, "nbformat_minor": 5}
    alone = translation.translate_notebook(source, "en", is_alone=True)
    assert alone["cells"][0]["source"] == f"# {instead}\n\nAny text."
    assert alone["metadata"]["title"] == instead
    assert translation.translate_notebook(source, "en") == source


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ((Said("No reference.", is_finding=False), Said("Two of six.")), "B?"),
        ((Said("", is_finding=True), Said("Two of six.")), "B?"),
        ((Said("Four of nine."), Said("Two of six.")), "A?"),
        ((Said("No reference.", is_finding=False), Said("Too few.", is_finding=False)), "A?"),
        ((), "Any study"),
    ],
)
def test_the_front_page_asks_what_is_answered(said, question, tmp_path, monkeypatch):
    """The first page that tells a finding gives the question; the first page where none does."""
    pages = []
    for name, told in zip("AB", said, strict=False):
        (tmp_path / f"{name}.json").write_text(told.text(), encoding="utf-8")
        about = {"title": f"{name}?"}
        pages.append(Page(name, "en", tmp_path / f"{name}.ipynb", tmp_path))
        pages[-1].__dict__["about"] = about  # as its notebook would say
    study = SimpleNamespace(title_in=lambda _language: "Any study")
    monkeypatch.setattr(front, "facts", lambda _plan: {})
    shown = front.decision_of(SimpleNamespace(study=study, pages=pages), "en")
    assert shown.question == question
    told = front.first_finding(SimpleNamespace(study=study, pages=pages), "en")
    assert told == next(iter(shown.findings), "")


def test_studies_know_whether_they_have_one_side(tmp_path):
    """One territory in the study file, and every page of the plan knows it."""
    from studylib.build.plan import Plan

    text = (PROJECT / "study.toml").read_text(encoding="utf-8")
    first, second, *rest = re.split(r"(?=^\[\[territories\]\])", text, flags=re.MULTILINE)
    assert len(rest) == 1
    tail = rest[0][rest[0].index("[reference]") :]
    data = re.sub(r'"data/', f'"{PROJECT}/data/', first + second + tail)
    path = Path(tmp_path) / "study.toml"
    path.write_text(data, encoding="utf-8")
    assert {page.is_alone for page in Plan(path, tmp_path).pages} == {True}
    assert {page.is_alone for page in Plan(PROJECT / "study.toml", tmp_path).pages} == {False}
