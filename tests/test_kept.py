"""What belongs together stands on one line: spans of numbers, compounds in headings, marks."""

import pytest
from bs4 import BeautifulSoup
from conftest import needs_chromium
from nbformat import v4

from studylib.report.kept import kept, one_line
from studylib.report.page import render


def whole(html, language="en"):
    """What is kept on one line."""
    page = kept(f"<html><body>{html}</body></html>", language)
    return [span.get_text() for span in BeautifulSoup(page, "html.parser").find_all("span")]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>of 2000–2012: 8.9–16.5% and 8,9–16,5\u00a0%</p>",
         ["2000–2012", "8.9–16.5%", "8,9–16,5\u00a0%"]),
        ("<p>Nord-Pas-de-Calais – Euskadi, Nord–Sud, FP7–2</p>", ["Calais –"]),
        ("<p><code>1–2</code></p><table><tr><td>1–2</td></tr></table>", []),
        ("<svg><text>1–2</text></svg>", []),
        ("<h2>diffèrent-ils, en Nouvelle-Aquitaine et Pyrénées-Atlantiques</h2>",
         ["diffèrent-ils", "Nouvelle-Aquitaine"]),
        ("<h2>Y a-t-il un savoir-faire ?</h2><p>savoir-faire</p>", ["a-t-il", "savoir-faire"]),
        ("<h2 title='a-b'>B2-3 x- -y</h2>", []),
        ('<h2><span class="whole">sont-ils</span></h2>', ["sont-ils"]),
    ],
)  # fmt: skip
def test_spans_stay_whole_everywhere_and_compounds_in_headings(html, found):
    """In code, tables and drawings nothing is touched; a long compound may be parted on a phone."""
    assert whole(html) == found


def test_no_letter_of_the_page_is_changed():
    """What is read, copied and searched is what was written."""
    html = "<html><body><h1>Où vont-ils ?</h1><p>8,9–16,5 &lt;b&gt;</p></body></html>"
    read = [BeautifulSoup(page, "html.parser").get_text() for page in (html, kept(html, "es"))]
    assert read[0] == read[1]


def test_french_marks_get_the_blank_of_their_language():
    """Data write a plain blank before a colon; on a French page no line begins with one."""
    html = "<html><body><p>rien ici : le « projet » ; 7e</p><pre>a : b</pre></body></html>"
    text = BeautifulSoup(kept(html, "fr"), "html.parser").get_text()
    assert text == "rien ici\u202f: le «\u202fprojet\u202f»\u202f; 7ea : b"
    assert kept(html, "es") == html


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("La réponse dépend-elle de nous", "La réponse ={dépend-elle} de nous"),
        (
            "y a-t-il, change-t-elle, relient-elles",
            "y ={a-t-il}, ={change-t-elle}, ={relient-elles}",
        ),
        ("Nord-Pas-de-Calais, vis-à-vis, sud-ouest", "Nord-Pas-de-Calais, vis-à-vis, sud-ouest"),
        ("peut-on et pourrait-il-y", "={peut-on} et pourrait-il-y"),
    ],
)
def test_in_french_a_pronoun_stays_with_its_verb(said, shown):
    """No line ends between them; what is no such pair may be parted, and so may all elsewhere."""
    marked = shown.replace("={", '<span class="whole">').replace("}", "</span>")
    assert kept(f"<p>{said}</p>", "fr") == f"<p>{marked}</p>"
    assert kept(f"<p>{said}</p>", "es") == f"<p>{said}</p>"


def test_nothing_is_marked_where_no_mark_may_stand():
    """In attributes, drawings, code, scripts and titles the words stay as they are."""
    page = (
        '<head><title>A-t-il</title></head><p title="a-t-il"><svg aria-label="a-t-il"><text>a-t-il'
        "</text></svg><code>a-t-il</code><br/></p><script>a-t-il</script>"
    )
    assert kept(page, "fr") == page
    assert kept(page + "a-t-il", "fr") == page + '<span class="whole">a-t-il</span>'


def test_in_one_line_a_mark_stays_with_its_word():
    """A blank at which no line ends is no place where words are parted."""
    assert one_line("Collaboration\u202f:\n  qui\u00a0?") == "Collaboration\u202f: qui\u00a0?"


@pytest.mark.browser
@needs_chromium
def test_a_heading_is_not_parted_at_a_hyphen(open_page):
    """At the width where it was, the line ends before the compound."""
    cells = [
        v4.new_markdown_cell(
            "# T\n\n## Les territoires diffèrent-ils, et avec quelle certitude\u202f?"
        )
    ]
    page = open_page(render(v4.new_notebook(cells=cells), title="T", language="fr"))
    assert page.locator("h2 .whole").evaluate("e => e.getClientRects().length") == 1
