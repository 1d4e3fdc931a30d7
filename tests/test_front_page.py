"""The front page of a study on a desktop, a phone and paper; where to reach whom to call."""

import io
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from conftest import needs_chromium
from pypdf import PdfReader

from studylib.language import in_language
from studylib.report import brief, calls, index
from studylib.report.brief import Decision, Said

CALL = {
    "organisation": "Aerospace Valley", "partner": "HEGAN", "why": "shared sector: Aeronautics",
    "against": "The order is not sure.", "first_step": "Ask which members look for partners.",
    "page": "30.html",
    "ends": [
        {"name": "Aerospace Valley", "place": "Toulouse", "card": "card-aerospace-valley",
         "website": "https://www.aerospace-valley.com/"},
        {"name": "HEGAN", "place": "", "website": "", "card": ""},
    ],
}  # fmt: skip
MAP = (
    '<figure class="st-figure" id="figure-map"><svg class="wide" viewBox="0 0 832 400" role="img" '
    'aria-label="W"></svg><svg class="narrow" viewBox="0 0 9 9" role="img" aria-label="N"></svg>'
    "</figure>"
)
SHOWN = Decision(
    "Who could work with whom?", ("Twenty-two of twenty-six organisations have a partner. ",) * 3,
    (("22 of 26", "organisations of the list"), ("32", "joint projects"), ("4 of 15", "ideas")),
    (CALL, {**CALL, "partner": "GAIA"}), ("What an organisation wants.",), {"Publisher": "Us"},
    {"html": MAP},
)  # fmt: skip


def front(shown=SHOWN, **more):
    """The front page as it is read."""
    entries = [index.Entry(f"Page {n}", f"{n}.html", "F.") for n in range(4)]
    return index.pages(entries, title="Across the border", decision=shown, **more)


def test_a_call_says_where_both_ends_are_reached():
    """Seat and web page of each; the name leads to its card; what is not known is said."""
    call = BeautifulSoup(front(), "html.parser").find("ol", class_="calls").li
    assert call.strong.get_text() == "Aerospace Valley → HEGAN"
    assert [a["href"] for a in call.find_all("a")] == [
        "30.html#card-aerospace-valley", "https://www.aerospace-valley.com/",
    ]  # fmt: skip
    assert call.dd.get_text() == (
        "Toulouse www.aerospace-valley.com → seat not known (web page not known)"
    )


def test_a_page_lends_its_address_to_its_calls():
    """Cards stand on the page that told of the call."""
    assert Said(calls=({"organisation": "x"},)).on("30.html").calls == (
        {"organisation": "x", "page": "30.html"},
    )


@pytest.mark.parametrize(
    "evil", ["javascript:alert(1)", "//evil.example", "http", "data:text/html,x"]
)
def test_an_address_that_is_none_of_the_web_is_no_link(evil):
    """What the list says is a text; it is pressed only where it leads to a web page."""
    end = {"name": "A", "place": "B", "website": evil, "card": f"x:{evil}"}
    page = BeautifulSoup(front(Decision("Who?", calls=({**CALL, "ends": [end]},))), "html.parser")
    assert page.find("ol", class_="calls").find_all("a") == []


def test_what_speaks_against_every_call_is_said_once():
    """Above them, where it is the same of all; at each, where they differ or there is but one."""
    other = {**CALL, "against": "Only technology joins them."}
    assert calls.of_all([CALL, CALL]) == "The order is not sure."
    assert calls.of_all([CALL, other]) == calls.of_all([CALL]) == calls.of_all([]) == ""
    assert front().count("The order is not sure.") == 1
    assert [call["against"] for call in calls.ready([CALL, other])] == [
        "The order is not sure.", "Only technology joins them.",
    ]  # fmt: skip


def test_a_doubt_of_one_call_stands_with_it_beside_those_of_all():
    """What is said of every call stands once above; what is said of one stands there alone."""
    first = {**CALL, "against": ["Recalled: A.", "The order is not sure."]}
    other = {**CALL, "against": ["The order is not sure."]}
    assert calls.of_all([first, other]) == "The order is not sure."
    assert [call["against"] for call in calls.ready([first, other])] == ["Recalled: A.", ""]


def test_the_sheet_of_paper_says_the_same():
    """Where to reach them is printed; what speaks against all stands once."""
    with in_language("en"):
        made = brief.pdf(replace(SHOWN, figure={}), title="T", language="en", banner="")
    text = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert text.count("The order is not sure.") == 1
    assert "Toulouse www.aerospace-valley.com → seat not known (web page not known)" in text


def test_facts_of_the_study_stand_once():
    """What stands on the page itself is not told again at its end."""
    footer = {"This study": {"Publisher": "Us"}, "Method": {"numpy": "2"}}
    page = BeautifulSoup(front(footer=footer), "html.parser")
    assert page.get_text().count("Publisher") == 1
    assert "numpy" in page.footer.get_text()
    bare = BeautifulSoup(front(Decision("Who?"), footer=footer), "html.parser")
    assert "Publisher" in bare.footer.get_text()


def boxes(page):
    """Where each part of the page stands, by the name of its heading."""
    parts = page.locator(".decision > section").all()
    return {part.get_attribute("aria-labelledby"): part.bounding_box() for part in parts}


@pytest.mark.browser
@needs_chromium
def test_a_desktop_is_used_to_its_right_side(open_page):
    """Numbers stand beside findings, the map beside calls, the study beside its limits."""
    at = boxes(open_page(front(), width=1280))
    for left, right in (("findings", "numbers"), ("calls", "map"), ("limits", "study")):
        assert at[left]["y"] == at[right]["y"]
        assert at[left]["x"] + at[left]["width"] < at[right]["x"]
        assert at[right]["x"] + at[right]["width"] > 1180


@pytest.mark.browser
@needs_chromium
def test_no_part_that_is_missing_leaves_a_hole(open_page):
    """Without calls the map takes the whole width; without findings numbers stand left."""
    page = open_page(front(Decision("Who?", (), (("1", "a"),), figure={"html": MAP})), width=1280)
    at = boxes(page)
    assert at["numbers"]["x"] == at["map"]["x"]
    assert page.locator("svg.wide").is_visible()
    assert not page.locator("svg.narrow").is_visible()


@pytest.mark.browser
@needs_chromium
def test_a_phone_and_paper_have_one_column(open_page):
    """All parts below each other, the answer on the first screen, nothing wider than 320 px."""
    page = open_page(front(banner="Synthetic.\nMade up."), width=360, height=740)
    assert page.locator(".headline").bounding_box()["y"] < 600
    assert len({box["x"] for box in boxes(page).values()}) == 1
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="print")
    assert len({box["x"] for box in boxes(page).values()}) == 1
