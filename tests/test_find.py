"""Search and glossary: everything a reader may look for, in one table that needs no server."""

import zipfile
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from conftest import needs_chromium

from studylib.build.published.release_content import zipped
from studylib.language import in_language
from studylib.report import find
from studylib.report.glossary import TERMS, terms

PAGE = """<html><main><h1>Who works
with whom?</h1><nav><h2 id="contents">On this page</h2></nav><h2 id="tree">The tree</h2>
<figure id="figure-kets"><div class="title">Six KETs</div></figure>
<figure id="table-kets"><div class="title">KETs in numbers</div><p class="note">Rounded.</p>
<p class="note">Source: made
up <a href="t.csv">Data</a></p></figure>
<details><summary>HEGAN: 2 partners</summary><div class="card" id="card-hegan">x</div></details>
<details><summary>Energy</summary><div class="card" id="card-theme-energy">x</div></details>
</main></html>"""
EXPECTED = [
    ("Who works with whom?", "Page", "a.html"), ("The tree", "Section", "a.html#tree"),
    ("Six KETs", "Figure", "a.html#figure-kets"), ("KETs in numbers", "Table", "a.html#table-kets"),
    ("HEGAN: 2 partners", "Organisation", "a.html#card-hegan"),
    ("Energy", "Theme", "a.html#card-theme-energy"),
]  # fmt: skip


def test_all_that_has_an_address_can_be_found():
    """Title, sections, figures, tables, organisations and themes, with the page they stand on."""
    found = list(find.entries(PAGE, "a.html"))
    assert [(f.words, f.kind, f.href) for f in found] == EXPECTED
    assert {f.page for f in found} == {"Who works with whom?"}
    assert [f.source for f in found if f.source] == ["Source: made up"]
    assert list(find.entries("<html>", "b.html")) == []


@pytest.mark.parametrize(
    ("below", "mark"),
    [
        ("Source\u202f: made up", " (made-up data)"),
        ("Source: List · made  up", " (made-up data in part)"),
        ("Source: List", ""),
    ],
)
def test_what_was_counted_on_made_up_records_is_marked_where_it_is_found(below, mark):
    """By the line below a figure: what it names first, or beside real inputs."""
    html = PAGE.replace("Source: made\nup", below)
    found = {one.href: one.words for one in find.entries(html, "a.html", ["made up"])}
    assert found["a.html#table-kets"] == f"KETs in numbers{mark}"
    assert found["a.html#figure-kets"] == "Six KETs"


def test_the_page_has_the_table_and_every_term():
    """Links lead to where things stand; each term has an address that no language changes."""
    html = find.find_page(list(find.entries(PAGE, "a.html")), title="Study", language="en")
    soup = BeautifulSoup(html, "html.parser")
    words = [f"#{key}" for key, _term, _said in terms()]
    assert [a["href"] for a in soup.select("tbody a")] == [href for *_, href in EXPECTED] + words
    assert {dt["id"] for dt in soup.select("dl.glossary dt")} == {f"term-{key}" for key in TERMS}
    assert soup.select_one(".study a")["href"] == "index.html"


def test_terms_stand_in_the_order_of_their_language():
    """In French a family of patents is looked for under F, a difference (écart) under E."""
    with in_language("fr"):
        words = [term for _id, term, _words in terms()]
    plain = [word.replace("É", "E").replace("é", "e") for word in words]
    assert plain == sorted(plain, key=str.casefold)
    assert words.index("Écart établi") < words.index("Famille de brevets")
    assert all(word[0].isupper() for word in words)


def test_the_page_of_search_has_the_menu_of_the_pages():
    """From it every page is one press away, as from any other; none of them is the current one."""
    nav = [("Who", "30.html", False), ("What", "40.html", False)]
    html = find.find_page([], title="S", language="en", nav=nav, asked={"30.html": "Who works?"})
    links = BeautifulSoup(html, "html.parser").select("nav.pages a")
    assert [(a["href"], a.get("title")) for a in links] == [
        ("30.html", "Who works?"), ("40.html", None),
    ]  # fmt: skip


@pytest.mark.browser
@needs_chromium
def test_a_reader_finds_an_organisation(open_page):
    """A word narrows the table, a kind too; what is found is one press away."""
    found = list(find.entries(PAGE, "a.html")) * 2
    opened = open_page(find.find_page(found, title="Study", language="en"))
    opened.get_by_label("Search the study").fill("hegan")
    assert opened.locator("tbody tr:visible").count() == 2
    assert opened.get_by_role("status").inner_text() == f"2 of {12 + len(TERMS)} rows"
    opened.get_by_label("Search the study").fill("")
    opened.get_by_label("Kind", exact=True).select_option("Theme")
    assert opened.locator("tbody tr:visible th").all_inner_texts() == ["Energy", "Energy"]


def test_the_whole_study_travels_in_one_file(tmp_path):
    """Every file at its place, the same bytes for the same files."""
    (tmp_path / "t.csv").write_text("a\n1\n", encoding="utf-8")
    content = {"en/index.html": b"<html>", "en/tables/t.csv": tmp_path / "t.csv"}
    made = zipped(content)
    assert made == zipped(dict(reversed(content.items())))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == {
            "en/index.html": b"<html>", "en/tables/t.csv": b"a\n1\n",
        }  # fmt: skip


def test_an_idea_is_found_by_its_card_open_or_folded():
    """The heading of an open card, the summary of a folded one; both have their own address."""
    html = (
        "<main><h1>Ideas?</h1>"
        '<div class="card" id="card-idea-health"><h3>Health</h3><p>why</p></div>'
        '<details><summary>Sport</summary><div class="card" id="card-idea-sport">x</div></details>'
        '<div class="card" id="card-nameless">x</div></main>'
    )
    found = [(one.words, one.kind, one.href) for one in find.entries(html, "i.html")]
    assert found[1:] == [
        ("Health", "Idea", "i.html#card-idea-health"),
        ("Sport", "Idea", "i.html#card-idea-sport"),
    ]
