"""What a reader copies to show a figure in a page of their own."""

import html

import pytest
from bs4 import BeautifulSoup
from conftest import needs_chromium

from studylib.report.embed import embeddable

FIGURE = (
    '<main id="content"><figure class="st-figure" id="figure-kets"><figcaption>Six</figcaption>'
    '<svg class="wide" role="img" aria-label="A &quot;bar&quot; &lt;b&gt;: 3 &amp; 4."></svg>'
    '<p class="note"><a href="figures/kets.csv">CSV</a> <a href="figures/kets.svg">SVG</a></p>'
    "</figure></main>"
)


def told(page):
    """The text to copy, as a reader sees it."""
    return BeautifulSoup(page, "html.parser").select_one("details.embed code").get_text()


def test_the_text_names_the_drawing_at_its_address_and_says_what_is_seen():
    """Copied into a page, it is one picture with the words for those who do not see it."""
    page = embeddable(FIGURE, "en", "https://example.org/studies/border/en/")
    image = BeautifulSoup(told(page), "html.parser").img
    assert image["src"] == "https://example.org/studies/border/en/figures/kets.svg"
    assert image["alt"] == 'A "bar" <b>: 3 & 4.'
    assert "before the path" not in page
    assert html.unescape(page).count("<script") == 0


def test_without_an_address_it_says_that_one_must_be_put_before_it():
    """A folder of files does not know where it will be published."""
    page = embeddable(FIGURE, "fr", "border/fr/")
    assert BeautifulSoup(told(page), "html.parser").img["src"] == "border/fr/figures/kets.svg"
    assert "l’adresse du présent site" in page


def test_what_has_no_drawing_beside_the_page_has_no_text():
    """A figure without a name has no file; a table is no figure."""
    for page in (FIGURE.replace("figures/kets.svg", "x"), FIGURE.replace("st-figure", "st-table")):
        assert embeddable(page, "en", "") == page


@pytest.mark.browser
@needs_chromium
def test_the_text_is_folded_until_it_is_asked_for(open_page):
    """It opens without a script, and paper leaves it out."""
    opened = open_page(embeddable(FIGURE, "en", "b/en/"))
    assert not opened.locator("pre").is_visible()
    opened.get_by_text("Embed this figure").press("Enter")
    assert opened.locator("pre").is_visible()
