"""The page above all studies, in every language of theirs."""

import pytest
from bs4 import BeautifulSoup

from studylib.build.published import above
from studylib.report.study_card import Card

FRENCH = Card("one", {"en": "A study", "fr": "Une étude"}, is_synthetic=False)
BASQUE = Card("two", {"eu": "Azterlan bat"}, is_synthetic=False)


@pytest.fixture
def reports(tmp_path):
    for card in (FRENCH, BASQUE):
        (tmp_path / card.id).mkdir()
        (tmp_path / card.id / "card.json").write_text(card.text(), encoding="utf-8")
    return tmp_path


def read(path):
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    links = [(a["href"], a["lang"]) for a in soup.select(".languages a")]
    return soup.html["lang"], [a["href"] for a in soup.select("h2 a")], links


def test_the_list_of_studies_stands_in_every_language(reports):
    """Each study in the language of the list where it has it; the others are one press away."""
    above.list_studies(reports, "en")
    links = [("index.en.html", "en"), ("index.eu.html", "eu"), ("index.fr.html", "fr")]
    assert read(reports / "index.html") == (
        "en", ["one/en/index.html", "two/eu/index.html"], links,
    )  # fmt: skip
    assert "ama-hizkuntza" in (reports / "index.eu.html").read_text("utf-8").lower()
    assert read(reports / "index.fr.html") == (
        "fr", ["one/fr/index.html", "two/eu/index.html"], links,
    )  # fmt: skip


def test_what_pages_lead_to_is_there_before_they_are(reports):
    """A list that is there is left to the end of the build."""
    (reports / "index.en.html").write_text("old")
    above.begin(reports, FRENCH)
    assert (reports / "index.en.html").read_text() == "old"
    assert read(reports / "index.fr.html")[0] == "fr"
    above.in_each_language(reports)
    assert read(reports / "index.en.html")[0] == "en"
