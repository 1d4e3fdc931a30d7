"""Words explained where they are first read: a button of the browser's own, no script."""

import re

import pytest
from conftest import needs_chromium
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4

from studylib.language import in_language
from studylib.report.explained import explained
from studylib.report.glossary import TERMS, forms
from studylib.report.page import render


def main(inner):
    return f'<body><main id="content" tabindex="-1">{inner}</main><footer>family</footer></body>'


def buttons(html):
    """The terms of a page that can be pressed, as they stand there."""
    return re.findall(r'popovertarget="word-([a-z]+)">([^<]*)</button>', html)


def test_the_first_use_of_a_term_is_explained():
    """In sentences alone, the longest form, once each; its words stand at the end of the page."""
    told = explained(
        main("<h2>Family</h2><p>Two <b>Patent families</b>, a family, familys.</p><p>KETs</p>"),
        "en",
        "find.html",
    )
    assert buttons(told) == [("family", "Patent families"), ("ket", "KETs")]
    assert told.count('<p popover id="word-family"><dfn><a href="find.html#term-family">') == 1
    assert "</dfn> All applications for one invention; counted once.</p>" in told
    assert told.index('<h2 id="words">Words of this page') < told.index("</main>")


def test_a_line_of_sources_explains_nothing():
    """The term is explained where a sentence has it, though a source named it before."""
    told = explained(main('<p class="note">Synthetic records</p><p>Synthetic data.</p>'), "en")
    assert buttons(told) == [("synthetic", "Synthetic data")]


@pytest.mark.parametrize(
    "inner",
    [
        "family", "<h2>Family</h2>", '<p><a href="#x">family</a></p>', "<p><code>family</code></p>",
        "<table><tr><td><p>family</p></td></tr></table>", '<p title="a > family">x</p>',
        '<p><span lang="es">family</span></p>', '<p lang=""><b>family</b></p>',
        "<details><p>family</p></details>", "<p>families-like, subfamily</p>",
    ],
)  # fmt: skip
def test_nothing_else_is_touched(inner):
    """No heading, link, code, table, fold, attribute, foreign quotation, part of a word."""
    assert explained(main(inner), "en") == main(inner)


def test_a_mark_that_closes_what_is_foreign_is_known():
    """After a foreign name the sentence goes on."""
    told = explained(main('<p><span lang="es">x</span><br> a family</p>'), "en")
    assert buttons(told) == [("family", "family")]
    assert "<dfn>Patent family</dfn>" in told


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        ("fr", "12 familles de brevets, 95\u00a0%", [("family", "familles de brevets")]),
        ("es", "dos clústeres", [("cluster", "clústeres")]),
        ("eu", "familietan eta familia", [("family", "familietan")]),
    ],
)
def test_every_language_has_its_own_forms(code, said, expected):
    """Endings of Basque too."""
    assert buttons(explained(main(f"<p>{said}</p>"), code)) == expected


def test_a_line_ends_after_a_full_stop_and_not_before_it():
    """Marks are kept beside the button; of long words the last alone is one, named by them all."""
    told = explained(main("<p>A (family), key enabling technologies. Draws</p>"), "en")
    assert (
        '<p>A <span class="whole">(<button type="button" class="term" '
        'popovertarget="word-family">family</button>),</span> <span class="term">key enabling '
        '</span><span class="whole"><button type="button" class="term" '
        'aria-label="key enabling technologies" popovertarget="word-ket">technologies</button>.'
        "</span> "
    ) in told


@pytest.mark.parametrize("code", ["en", "es", "eu", "fr"])
def test_a_form_stands_for_one_term(code):
    """Every term has a form; none is that of two."""
    with in_language(code):
        assert set(forms().values()) == set(TERMS)
        assert "" not in forms()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<i>", "</i>", "family ", "x > y ", "'"])))
def test_without_its_buttons_a_page_is_as_it_was(parts):
    """Whatever stands there: only buttons come, and what they explain."""
    html = main("".join(parts))
    told = explained(html, "en")
    told = re.sub(r'<div class="words">.*?</div>\n?', "", told, flags=re.DOTALL)
    assert re.sub(r"<button [^>]*>([^<]*)</button>", r"\1", told) == html


@pytest.mark.browser
@needs_chromium
def test_words_open_by_key_and_stand_on_paper(open_page):
    """Enter opens them beside the word, Escape brings the reader back; paper has them all."""
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# Who?\n\nEach family counts. KETs.")])
    page = open_page(render(notebook, title="Who?", find="find.html"))
    word, told = page.get_by_role("button", name="family"), page.locator("#word-family")
    assert not told.is_visible()
    assert not page.locator("#words").is_visible()
    word.focus()
    page.keyboard.press("Enter")
    assert told.is_visible()
    assert told.get_by_role("link", name="Patent family").count() == 1
    beside, below = word.bounding_box(), told.bounding_box()
    assert 0 <= below["y"] - beside["y"] - beside["height"] < 40
    page.keyboard.press("Escape")
    assert not told.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "family"
    page.emulate_media(media="print")
    assert [page.locator(at).is_visible() for at in ("#words", "#word-family", "#word-ket")] == (
        [True] * 3
    )
