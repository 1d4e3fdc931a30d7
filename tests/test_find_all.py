"""Search over all studies of a folder: one table on the page above them, without a server."""

import json

import pytest
from bs4 import BeautifulSoup
from conftest import needs_chromium

from studylib.build.published import above
from studylib.errors import DataError
from studylib.language import in_language
from studylib.report import find_all, index
from studylib.report.find import Found
from studylib.report.study_card import Card

NORTH = Card("north", {"en": "The north", "fr": "Le nord"}, is_synthetic=False)
SOUTH = Card("south", {"fr": "Le sud"}, is_synthetic=False)
TOLD = {
    "north": [["Energy", "Theme", "30.html#energy"], ["8 of 9 meet.", "Finding", "30.html"]],
    "south": [["Energy", "Theme", "30.html#energy"], ["Énergie", "Theme", "30.html#e"]],
}  # fmt: skip


def test_what_a_study_tells_of_itself():
    """Pages with their answers, sections, organisations, themes; no figure, no heading twice."""
    found = [
        Found("Who?", "Page", "Who?", "30.html"), Found("Map", "Figure", "Who?", "30.html#f"),
        Found("Pairs", "Table", "Who?", "30.html#t"),
        Found("HEGAN", "Organisation", "Who?", "30.html#h"),
        Found("Limits", "Section", "Who?", "30.html#l"),
        Found("Limits", "Section", "What?", "40.html#l"),
    ]  # fmt: skip
    assert json.loads(find_all.as_text(found, {"30.html": "8 of 9 meet."})) == [
        ["Who?", "Page", "30.html"],
        ["8 of 9 meet.", "Finding", "30.html"],
        ["HEGAN", "Organisation", "30.html#h"],
    ]


def test_what_several_studies_have_is_one_row():
    """A link to each of them; words in another language than the page say so and stand apart."""
    with in_language("fr"):
        rows = find_all.gathered([NORTH, SOUTH], TOLD, "fr")
    assert [(row.words, row.kind, row.lang, len(row.places)) for row in rows] == [
        ("Energy", "Thème", "", 2), ("8 of 9 meet.", "Constat", "", 1), ("Énergie", "Thème", "", 1),
    ]  # fmt: skip
    assert rows[0].places == [
        ("Le nord", "north/fr/30.html#energy"),
        ("Le sud", "south/fr/30.html#energy"),
    ]
    with in_language("en"):
        rows = find_all.gathered([NORTH, SOUTH], TOLD, "en")
    assert [(row.words, row.lang) for row in rows] == [
        ("Energy", ""), ("8 of 9 meet.", ""), ("Energy", "fr"), ("Énergie", "fr"),
    ]  # fmt: skip


@pytest.fixture
def reports(tmp_path):
    """A folder of two studies with what can be found in them."""
    for card in (NORTH, SOUTH):
        for code in card.titles:
            folder = tmp_path / card.id / code
            folder.mkdir(parents=True)
            (folder / "found.json").write_text(json.dumps(TOLD[card.id]), encoding="utf-8")
        (tmp_path / card.id / "card.json").write_text(card.text(), encoding="utf-8")
    return tmp_path


def test_the_page_above_all_studies_searches_them(reports):
    """In each of its languages; a study built before searches were told is listed all the same."""
    (reports / "south" / "fr" / "found.json").unlink()
    above.list_studies(reports, "en")
    for name, title in (("index.html", "The north"), ("index.fr.html", "Le nord")):
        soup = BeautifulSoup((reports / name).read_text(encoding="utf-8"), "html.parser")
        assert [a.get_text() for a in soup.select("#table-find tbody a")] == [title, title]
        assert len(soup.select(".list > li")) == 2
        assert soup.select_one(".to-find a")["href"] == "#search"


@pytest.mark.parametrize(
    "content", ["{", "[1]", '[["x", "Theme", "javascript:x()"]]', '[["x", "Secret", "a.html"]]']
)
def test_what_cannot_be_read_or_would_harm_is_refused(content, reports):
    """A file that lies in the reports is text of others: it says which study to build again."""
    (reports / "south" / "fr" / "found.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"'south/fr/found.json' cannot be read. Build that study"):
        above.list_studies(reports, "fr")


def test_thirty_studies_make_a_page_a_browser_opens_at_once():
    """30 studies of 7 pages, 45 sections, 26 organisations and 16 themes: below a megabyte."""
    cards = [
        Card(f"study-{n}", {"en": f"Interclustering of {n}"}, is_synthetic=False) for n in range(30)
    ]
    usual = [[f"A question of some length, number {n}?", "Page", f"{n}0.html"] for n in range(7)]
    usual += [
        [f"A section of some length, number {n}", "Section", f"a.html#{n}"] for n in range(45)
    ]
    usual += [[f"Theme × {n}", "Theme", f"a.html#t{n}"] for n in range(16)]
    found = {
        card.id: usual
        + [[f"In {card.id} {n} of 9 meet. " * 4, "Finding", f"{n}.html"] for n in range(7)]
        + [[f"Cluster {n} of {card.id}", "Organisation", f"a.html#c{n}"] for n in range(26)]
        for card in cards
    }  # fmt: skip
    page = index.studies(cards, found=found)
    assert page.count("<tr data-p0=") == 7 + 45 + 16 + 30 * (7 + 26)
    assert len(page.encode()) < 1_000_000


@pytest.mark.browser
@needs_chromium
def test_a_reader_finds_a_theme_in_every_study(open_page):
    """A word narrows the table to one row with a link per study; a kind narrows it too."""
    found = {"north": TOLD["north"] + [[f"S {n}", "Section", f"a.html#{n}"] for n in range(20)],
             "south": TOLD["south"]}  # fmt: skip
    opened = open_page(index.studies([NORTH, SOUTH], language="fr", found=found))
    assert opened.locator("#table-find tbody tr:visible").count() == 12
    opened.get_by_role("searchbox").fill("energy")
    assert opened.locator("#table-find tbody tr:visible a").all_inner_texts() == [
        "Le nord",
        "Le sud",
    ]
    opened.get_by_role("searchbox").fill("")
    opened.locator("#table-find select").select_option("Constat")
    assert opened.locator("#table-find tbody tr:visible th").all_inner_texts() == ["8 of 9 meet."]
    assert opened.said == []
