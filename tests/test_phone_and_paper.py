"""Pages on a phone and on paper: the answer is seen first, no word is broken, nothing is folded."""

import io

import pandas as pd
import pytest
from conftest import needs_chromium
from nbformat import v4

from studylib.report import index
from studylib.report.page import render
from studylib.report.prose import prose
from studylib.report.table import table
from studylib.show.folded import Folded

pytestmark = [pytest.mark.browser, needs_chromium]

PHONE = {"width": 360, "height": 740}
BANNER = (
    "Part of this page rests on synthetic data.\nMade up to try out the method: patent records. "
    "No figure drawn from such data says anything about a real territory, firm or person.\n"
    "Real: list of cluster organisations."
)
WIDE = pd.DataFrame(
    {
        "organisation": ["Cluster de la micro-nanoélectronique", "electroencefalografistas_de.csv"],
        "territory": ["Aquitaine", "Euskadi"],
        "technology": ["nanoélectronique", "internationalisation"],
        "n_families": [1234567, 2],
        "share": [0.25, 0.5],
        "low": [0.1, 0.2],
        "high": [0.4, 0.9],
    }
)
# Words that stand on two lines, and are not parted where a hyphen or a joint of a name allows it.
BROKEN = """() => {
  const found = [], walker = document.createTreeWalker(document.querySelector('main'), 4);
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}"""


def page(n_more=0):
    """A page with all that can be long: title, banner, links, an answer, a wide table, a fold."""
    wide = table(pd.concat([WIDE] * (n_more + 1)), title="A wide table", most=200, source="List")
    shown = [
        prose("24 of 26 organisations have a possible partner.", kind="headline"),
        wide,
        Folded("The whole list", table(WIDE[["organisation"]], title="What is folded")),
    ]
    cells = [
        v4.new_markdown_cell("# Which cluster organisations could work together, and on what?"),
        v4.new_markdown_cell(
            "A paragraph that says why we ask. " * 8 + "\n\n## First\n\n## Second"
        ),
        *(
            v4.new_code_cell(outputs=[v4.new_output("display_data", data=s._repr_mimebundle_())])
            for s in shown
        ),
    ]
    return render(
        v4.new_notebook(cells=cells),
        title="Collaboration",
        study="Interclustering across the border: Aquitaine and Euskadi",
        home="index.html",
        banner=BANNER,
        nav=[(f"Page {i} asks a question of some length?", f"{i}.html", i == 1) for i in range(7)],
        languages=[
            (name, f"../{name}/x.html", False) for name in ("English", "Español", "Euskara")
        ],
    )


def test_the_answer_is_on_the_first_screen_of_a_phone(open_page):
    """Above 600 px of 740 begins what the page has found, before why it was asked."""
    opened = open_page(page(), **PHONE)
    assert opened.locator(".headline").bounding_box()["y"] < 600
    first = opened.locator(".headline, .contents, .prose").first
    assert first.get_attribute("class") == "headline"


@pytest.mark.parametrize("width", [320, 360])
def test_no_table_scrolls_sideways_and_no_word_is_broken(open_page, width):
    """Values stand below the name they belong to, each with the words of its column."""
    opened = open_page(page(), width=width)
    wider = "[...document.querySelectorAll('*')].filter(e => e.scrollWidth > innerWidth).length"
    assert opened.evaluate(wider) == 0
    assert opened.evaluate(BROKEN) == []
    label = "e => getComputedStyle(e, '::before').content"
    values = opened.locator(".stacks tbody tr").first.locator("td")
    assert [(v.evaluate(label), v.inner_text()) for v in values.all()] == [
        ('"Territory"', "Aquitaine"), ('"Technology"', "nanoélectronique"),
        ('"Families"', "1,234,567"), ('"Share"', "25.0% (10.0–40.0%)"),
    ]  # fmt: skip


def test_the_name_stays_while_its_values_pass(open_page):
    """Below a name that has left the screen its values would belong to nobody."""
    opened = open_page(page(20), width=360)
    name = opened.locator(".stacks tbody th").nth(8)
    name.evaluate("e => window.scrollTo(0, e.parentElement.getBoundingClientRect().top + 30)")
    assert abs(name.bounding_box()["y"]) < 3


def test_a_small_table_stays_a_table_on_a_phone(open_page):
    """What fits beside each other is read across."""
    small = table(WIDE[["territory", "n_families"]], title="Small")
    cell = v4.new_code_cell(outputs=[v4.new_output("display_data", data=small._repr_mimebundle_())])
    opened = open_page(render(v4.new_notebook(cells=[cell]), title="T"), width=320)
    name, value = opened.locator("tbody tr").first.locator("th, td").all()
    assert name.bounding_box()["y"] == value.bounding_box()["y"]


def test_the_list_of_pages_is_one_press_away_on_a_phone(open_page):
    """It does not stand before the answer; the link to it opens it, with a keyboard too."""
    opened = open_page(page(), **PHONE)
    pages = opened.locator("nav.pages")
    assert not pages.is_visible()
    opened.locator(".to-pages a").press("Enter")
    assert pages.is_visible()
    assert open_page(page(), width=1280).locator("nav.pages").is_visible()


def test_the_list_of_studies_is_one_press_away():
    """From the first page of a study a link leads to all studies, from each page to the first."""
    assert '<a href="../../index.en.html">All studies</a>' in index.pages([], title="T")
    assert '<a href="index.html">Interclustering' in page()


def test_on_paper_all_is_open_and_each_sheet_says_what_it_rests_on(open_page):
    """Folds are open, from a dark screen too; the banner's first line is on every sheet."""
    from pypdf import PdfReader

    opened = open_page(page(60), dark=True)
    assert not opened.get_by_text("What is folded").first.is_visible()
    sheets = [p.extract_text() for p in PdfReader(io.BytesIO(opened.pdf(format="A4"))).pages]
    assert len(sheets) > 3
    assert [n for n, text in enumerate(sheets) if "rests on synthetic data" not in text] == []
    assert any("What is folded" in text for text in sheets)
    opened.emulate_media(media="print")
    colour = "e => getComputedStyle(e).color"
    assert opened.locator("main td").first.evaluate(colour) == "rgb(0, 0, 0)"
    assert opened.locator(".banner").evaluate(colour) == "rgb(0, 0, 0)"


def test_on_paper_every_sheet_of_a_table_has_its_heads(open_page):
    """A table that sorts on the screen is read on paper: heads on each sheet, nothing to press."""
    from pypdf import PdfReader

    opened = open_page(page(60))
    assert opened.locator("thead button").count() > 0
    sheets = [p.extract_text() for p in PdfReader(io.BytesIO(opened.pdf(format="A4"))).pages]
    with_rows = [text for text in sheets if "1,234,567" in text]
    assert len(with_rows) > 2
    assert [text for text in with_rows if "Technology" not in text] == []
    assert [text for text in sheets if "Link to this" in text] == []


def test_words_of_a_banner_cannot_leave_its_string(open_page):
    """What stands on each sheet is written by its numbers: no style, no tag ends it."""
    html = render(v4.new_notebook(), title="T", banner='"}</style><script>alert(1)</script>')
    opened = open_page(html)
    assert opened.said == []
    assert opened.locator("script").count() == 1
    assert opened.evaluate("document.querySelectorAll('style').length") == 1


CARDS = """<h3>North</h3>
<details class="more"><summary>Spa</summary><div class="card" id="card-spa"><p>Words of the spa
</p></div></details>
<details class="more"><summary>Bath</summary><div class="card" id="card-bath"><p>Words of the bath
</p></div></details>"""


def test_a_card_opened_by_its_address_is_printed_alone(open_page):
    """Its address unfolds it; on paper stand the title of the page, the banner and the card."""
    output = v4.new_output("display_data", data={"text/html": CARDS})
    cells = [v4.new_markdown_cell("Other words."), v4.new_code_cell(outputs=[output])]
    opened = open_page(render(v4.new_notebook(cells=cells), title="T", banner=BANNER))
    assert not opened.get_by_text("Words of the spa").is_visible()
    opened.evaluate("location.hash = 'card-spa'")
    assert opened.get_by_text("Words of the spa").is_visible()
    opened.emulate_media(media="print")
    assert opened.get_by_text("Words of the spa").is_visible()
    assert opened.locator("h1").is_visible()
    for gone in ("Words of the bath", "Other words."):
        assert not opened.get_by_text(gone).is_visible()


def test_cards_leave_no_sheet_half_empty(open_page):
    """They follow each other in two columns, over sheets; a name never stands without its card."""
    from pypdf import PdfReader

    lines = "".join(
        f"<li>What speaks for it, what against it, and a first step {i}.</li>" for i in range(28)
    )
    cards = "".join(
        f'<details class="more"><summary>Name {n}</summary><div class="card" id="card-{n}"><ol><li>'
        f"<strong>Partner of {n}</strong><ul>{lines}</ul></li></ol></div></details>"
        for n in range(9)
    )  # fmt: skip
    output = v4.new_output(
        "display_data", data={"text/html": f'<h3>North</h3><div class="cards">{cards}</div>'}
    )
    cell = v4.new_code_cell(outputs=[output])
    opened = open_page(render(v4.new_notebook(cells=[cell]), title="T"))
    sheets = [p.extract_text() for p in PdfReader(io.BytesIO(opened.pdf(format="A4"))).pages]
    said = [text.count("What speaks for it") for text in sheets]
    assert sum(said) == 9 * 28
    assert min(said[:-1]) > 0.8 * max(said)
    named = [text.split("\n") for text in sheets]
    assert [rows for rows in named if rows[-1].startswith("Name")] == []


def test_a_dot_stands_beside_the_first_line_of_a_link(open_page):
    """Of a link over several lines; a long address is parted where its names end."""
    links = [("Patent applications by region, as published – " + "x.eu/pat_ep_rtot/" * 4, "a.html")]
    cell = v4.new_notebook(cells=[v4.new_markdown_cell("# T")])
    opened = open_page(render(cell, title="T", footer={"On the web": links}), width=320)
    top = """e => { const a = e.querySelector('a').getBoundingClientRect(); e.prepend('.');
      const r = document.createRange(); r.selectNodeContents(e.firstChild);
      return [r.getBoundingClientRect().top - a.top, a.height]; }"""
    down, height = opened.locator(".about li").first.evaluate(top)
    assert height > 48
    assert down < 24
    assert opened.locator(".about li wbr").count() >= 8
