"""What changed since the last build: a page beside the releases, to which every page leads."""

import os
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from test_changes import NOON

from studylib.build.published import news
from studylib.report.study_card import Card
from studylib.runs.published import changes, feed, publish

CARD = Card("s", {"en": "A study", "fr": "Une étude"}, is_synthetic=False)
OLD = {"results": {"kets/photonics/A/share": 0.1, "answer/00_one": "One."}}
NEW = {"results": {"kets/photonics/A/share": 0.2, "answer/00_one": "Two."}}


def told(reports, old=OLD, new=NEW, pages=()):
    feed.tell(reports, "s", "A study", changes.News(NOON, old, new, list(pages)))


def rows(reports, code="en"):
    """Headings and rows of the page."""
    html = (reports / news.name_of("s", code)).read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser").main
    cells = [[c.get_text() for c in tr.find_all(["th", "td"])] for tr in soup.select("tbody tr")]
    return [h.get_text() for h in soup.find_all("h2")], cells


def test_what_changed_stands_by_day_in_words(tmp_path):
    """Tables are called as the pages call them; what is before and now, in every language."""
    told(tmp_path, pages=[changes.Change("fr/00_one.html", "built", "could not be built again")])
    folder = tmp_path / "s" / "fr" / "tables"
    folder.mkdir(parents=True)
    (folder / "kets.csv-metadata.json").write_text('{"dc:title": "Six KET"}', encoding="utf-8")
    news.write(tmp_path, CARD)
    assert rows(tmp_path) == (["1 March 2026"], [
        ["fr/00_one.html", "built", "could not be built again"],
        ["Answer of the page: 00_one", "One.", "Two."],
        ["'kets': photonics, A, Share", "0.1", "0.2"],
    ])  # fmt: skip
    headings, cells = rows(tmp_path, "fr")
    assert headings == ["1 mars 2026"]
    assert cells[0][1:] == ["produite", "n’a pas pu être produite à nouveau"]
    assert cells[2] == ["Six KET\u202f: photonics, A, Part", "0.1", "0.2"]


def test_before_anything_changed_the_page_says_so(tmp_path):
    """A page that is there is not touched where nothing is another."""
    news.begin(tmp_path, CARD)
    path = tmp_path / "s.changes.en.html"
    assert "No figure has changed since the first build." in path.read_text(encoding="utf-8")
    os.utime(path, (0, 0))
    news.write(tmp_path, CARD)
    news.begin(tmp_path, CARD)
    assert path.stat().st_mtime == 0


def test_a_page_tells_when_what_stands_there_was_published(tmp_path):
    """The day and the name of the release shown; another language is one press away."""
    made = publish.release({"en/index.html": b"<html></html>"}, tmp_path, "s")
    os.utime(made, (0, datetime(2026, 2, 3, tzinfo=UTC).timestamp()))
    news.write(tmp_path, CARD)
    html = (tmp_path / "s.changes.fr.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    assert f"publiées le 3\u00a0février 2026 (version {made.name})" in soup.main.get_text() or (
        f"publiées le 3 février 2026 (version {made.name})" in soup.main.get_text()
    )
    assert [(a["href"], a["lang"]) for a in soup.select(".languages a")] == [
        ("s.changes.en.html", "en"), ("s.changes.fr.html", "fr"),
    ]  # fmt: skip
    assert soup.select_one(".study a")["href"] == "s/fr/index.html"
    assert "n’a encore relu les textes de cette page" in soup.footer.get_text()


def test_days_and_rows_are_bounded(tmp_path, monkeypatch):
    """The feed has what the page leaves out."""
    monkeypatch.setattr(news, "MOST_ROWS", 1)
    told(tmp_path)
    news.write(tmp_path, CARD)
    assert len(rows(tmp_path)[1]) == 1
    assert "1 more in the feed." in (tmp_path / "s.changes.en.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "<feed/>", "<feed", "<script>x</script>"])
def test_a_feed_that_cannot_be_read_tells_nothing(tmp_path, text):
    """Nothing of it stands on the page."""
    (tmp_path / "s.feed.xml").write_text(text)
    news.write(tmp_path, CARD)
    assert rows(tmp_path) == ([], [])
