"""What keeps a page from being published."""

import pytest

from studylib.files.script import SCRIPT
from studylib.runs.published.pages import faults

OTHER = b"<html><h2 id='there'></h2></html>"


def found(inside, path="en/p.html"):
    page = f"<html><body id='here'>{inside}</body></html>".encode()
    return list(faults(path, {path: page, "en/other.html": OTHER, "data/t.csv": b"a"}))


@pytest.mark.parametrize(
    "inside",
    [
        "<a href='https://example.org/a'>out</a> <a href='mailto:a@b'>write</a>",
        "<a href='#here'>up</a> <a href='#top'>top</a> <a name='x' href='#x'>x</a>",
        "<a href='other.html#there'>there</a> <a href='../data/t.csv?x#y'>data</a>",
        "<img src='data:image/png;base64,AA'> <img src='../data/t.csv'>",
        "<style>a { fill: url(#g); background: url(data:image/png;base64,AA) }</style>",
        "<p>https://example.org @import url(http://x) onclick=1</p>",
        "<svg xmlns='http://www.w3.org/2000/svg'><use href='#here'/></svg>",
        "<p style='color: red'>x</p><meta http-equiv='Content-Security-Policy' content='x'>",
    ],
)
def test_prose_links_and_own_parts_are_fine(inside):
    """A page may link to the web, to itself, to its report, and hold its pictures."""
    assert found(inside) == []


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<script>1</script>", "it holds <script>"),
        ("<SCRIPT></SCRIPT>", "it holds <script>"),
        ("<iframe></iframe>", "it holds <iframe>"),
        ("<base href='#here'>", "it holds <base>"),
        ("<p onclick='x'>", "<p> runs a script (onclick)"),
        ("<img src='https://e.org/a.png'>", "<img src> loads https://e.org/a.png"),
        ("<img src='//e.org/a.png'>", "<img src> loads //e.org/a.png"),
        ("<img srcset='a.png 2x'>", "<img srcset> loads a.png 2x"),
        ("<link rel=stylesheet href='http://e.org/a.css'>", "<link href> loads http://e.org/a.css"),
        ("<image xlink:href='http://e.org/a'/>", "<image xlink:href> loads http://e.org/a"),
        ("<video poster='ftp://e.org'>", "<video poster> loads ftp://e.org"),
        ("<style>@import 'a'</style>", "a style sheet loads something"),
        ("<style>a{b:url( 'http://e')}</style>", "a style sheet loads something"),
        ("<p style='b:url(x.png)'>", "the style of <p> loads something"),
        ("<meta http-equiv=Refresh content='0;url=x'>", "it sends the reader elsewhere"),
        ("<a href='javascript:x'>x</a>", "it links to javascript:x"),
        ("<a href=' JavaScript:x'>x</a>", "it links to JavaScript:x"),
        ("<a href='//e.org'>x</a>", "it links to //e.org"),
        ("<a href='gone.html'>x</a>", "its link to gone.html leads nowhere"),
        ("<a href='other.html#gone'>x</a>", "its link to other.html#gone leads nowhere"),
        ("<a href='#gone'>x</a>", "its link to #gone leads nowhere"),
        ("<img src='gone.png'>", "its link to gone.png leads nowhere"),
    ],
)
def test_what_runs_loads_or_leads_nowhere_is_a_fault(inside, fault):
    """Each fault is said in a few words."""
    assert found(inside) == [fault]


def test_the_one_script_of_all_pages_is_fine_and_no_other():
    """Ours as it is; not with an attribute, a word more, or another beside it."""
    assert found(f"<script>{SCRIPT}</script>") == []
    assert found(f"<script src='a.js'>{SCRIPT}</script>")[0] == "it holds <script>"
    assert found(f"<script>{SCRIPT}; alert(1)</script>") == ["it holds <script>"]
    assert found(f"<script>{SCRIPT}</script><script>alert(1)</script>") == ["it holds <script>"]
    assert found(f"<svg><script>{SCRIPT}<b></b></script></svg>") == ["it holds <script>"]


def test_an_unfinished_page_is_a_fault():
    """A page that was cut off does not end with its closing tag."""
    assert list(faults("p.html", {"p.html": b"<html><p>x"})) == ["it does not end with </html>"]


def test_pictures_are_looked_at_and_tables_are_not():
    """An SVG file may run nothing either; a CSV is text."""
    pages = {"a.svg": b"<svg><script/></svg>", "t.csv": b"<script>"}
    assert list(faults("a.svg", pages)) == ["it holds <script>"]
    assert list(faults("t.csv", pages)) == []
