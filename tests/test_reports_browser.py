"""Pages in a real browser: nothing runs, nothing is asked for, nothing overflows."""

# ruff: noqa: E501 (attacks stand on one line, as they come)

import base64
from itertools import pairwise

import pandas as pd
import pytest
from conftest import needs_chromium
from nbformat import v4

from studylib import figures
from studylib.files.script import SCRIPT
from studylib.report.page import render
from studylib.report.prose import prose
from studylib.report.table import Pick, table
from studylib.show.collaboration.cards import Card
from studylib.show.downloads import Downloads
from studylib.show.folded import Folded
from studylib.show.ideas.idea_cards import Cards, Line, ShownCard

pytestmark = [pytest.mark.browser, needs_chromium]

RUN = "window.ran=(window.ran||0)+1;alert(1)"
HOST = "http://evil.example"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 8).decode()
HTML = [
    f"<script>{RUN}</script>",
    f"<script src={HOST}/a.js></script>",
    f'<script type=module>import "{HOST}/m.js"</script>',
    f"<img src=x onerror='{RUN}'>",
    f"<img src={HOST}/i.png>",
    f"<img srcset='{HOST}/s.png 1x'>",
    f"<picture><source srcset={HOST}/p.svg><img alt=x></picture>",
    f"<svg onload='{RUN}'><script>{RUN}</script><image href={HOST}/v.png /></svg>",
    f"<svg><animate onbegin='{RUN}' attributeName=x dur=1s></svg>",
    f"<svg><use href='{HOST}/u.svg#a'></use></svg>",
    f"<svg><path d='M0 0' fill='url({HOST}/f.svg#a)' stroke='url({HOST}/g)' onclick='{RUN}'/></svg>",
    f"<svg><text fill='var(--x);background:url({HOST}/t)' style='fill:url({HOST}/w)'>x</text></svg>",
    f"<svg><rect width=9 height=9 transform='url({HOST}/r)' filter='url({HOST}/fi)'/></svg>",
    f"<svg><style>@import '{HOST}/v.css'</style><title><img src=x onerror='{RUN}'></title></svg>",
    f"<svg><foreignObject><img src=x onerror='{RUN}'></foreignObject><desc><p>x</p></desc></svg>",
    f"<svg><text><a href='javascript:{RUN}'>x</a><set attributeName=href to=javascript:x /></text></svg>",
    f"<svg></p><style><g title='</style><img src=x onerror={RUN}>'></svg>",
    f"<math><mtext><mglyph><style><img src=x onerror='{RUN}'>",
    f"<body onload='{RUN}' background={HOST}/b.png>",
    f"<iframe src={HOST}/f.html></iframe><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    f"<object data={HOST}/o.svg></object><embed src={HOST}/e.svg>",
    f"<video poster={HOST}/v.png src={HOST}/v.mp4 autoplay onerror='{RUN}'></video>",
    f"<audio src={HOST}/a.ogg autoplay></audio><track src={HOST}/t.vtt>",
    f"<link rel=stylesheet href={HOST}/l.css><link rel=prefetch href={HOST}/p>",
    f"<link rel=preload as=image href={HOST}/x.png><link rel=icon href={HOST}/y.ico>",
    f"<style>@import '{HOST}/c.css'; body{{background:url({HOST}/d.png)}} .note{{display:none}}</style>",
    f"<p style='background:url({HOST}/g.png)'>x</p><table background={HOST}/t.png><tr><td></table>",
    f"<meta http-equiv=refresh content='0;url={HOST}/r'>",
    f"<base href={HOST}/>",
    f"<form action={HOST}/f><input autofocus onfocus='{RUN}'><button formaction={HOST}>x</button></form>",
    f"<details open ontoggle='{RUN}'><summary>x</summary></details>",
    f"<a href='javascript:{RUN}' id=trap autofocus onfocus='{RUN}'>x</a>",
    f"<a href='jav&#x09;ascript:{RUN}'>x</a><a href='data:text/html,<script>{RUN}</script>'>x</a>",
    f"<a href='{HOST}/ping' ping='{HOST}/ping'>x</a>",
    f"<div id=content class=banner onmouseover='{RUN}' style='position:fixed;inset:0'>x</div>",
    f"<input type=image src={HOST}/in.png><marquee onstart='{RUN}'>x</marquee>",
    f"<template><script>{RUN}</script></template><noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<!--><img src=x onerror='{RUN}'>-->",
    f"<xmp><p title='</xmp><img src=x onerror={RUN}>'>",
    f"<table><caption><script>{RUN}</script></caption><tr><td><a href='javascript:{RUN}'>x</a></table>",
    f"<h2 id='x\" onclick=\"{RUN}'>Heading <img src=x onerror='{RUN}'></h2>",
    f"<h1><script>{RUN}</script>x</h1>",
    f"<div class=scroll data-rows='<img src=x onerror={RUN}>' data-find='<script>{RUN}</script>'>x</div>",
    f"<input type=image src={HOST}/b.png><input type=text autofocus onfocus='{RUN}'><input name=forms>",
    f"<label><input type=radio name=a onchange='{RUN}' checked autofocus> x</label>",
]
MARKDOWN = [
    f"# Title <img src=x onerror='{RUN}'>",
    f"<script>{RUN}</script> [a](javascript:{RUN}) ![i]({HOST}/md.png)",
    f"| a |\n|---|\n| <img src=x onerror='{RUN}'> |",
    f"```mermaid\ngraph TD; A-->B[<img src=x onerror='{RUN}'>]\n```",
    f"$\\href{{javascript:{RUN}}}{{x}}$ <{HOST}/auto>",
    f"[x]: {HOST}/ref.png\n\n![y][x]\n\n<style>@import '{HOST}/m.css'</style>",
]
BUNDLES = [
    *({"text/html": content, "text/plain": "x"} for content in HTML),
    *({"text/markdown": content} for content in MARKDOWN),
    {"application/javascript": RUN},
    {"text/vnd.mermaid": f"graph TD; A[<img src=x onerror='{RUN}'>]"},
    {"text/latex": f"$\\href{{javascript:{RUN}}}{{x}}$"},
    {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'><script>{RUN}</script>"
     f"<image href='{HOST}/s.png'/><style>@import '{HOST}/s.css'</style></svg>"},
    {"image/png": PNG},
    {"image/jpeg": f"x' onerror='{RUN}"},
    {"application/pdf": "x", "application/vnd.jupyter.widget-view+json": {"model_id": "x"}},
    {"text/plain": f"<img src=x onerror='{RUN}'>"},
]  # fmt: skip


def hostile_figures(evil):
    """Figures and cards that carry the attack in every name and every word around them."""
    words = {"title": evil, "alt": f'"{evil}', "measure": evil, "note": evil, "source": evil}
    rows = pd.DataFrame(
        {
            "item": [evil, f"{evil} 2"],
            "by": [evil, "rest"],
            "ratio": [2.0, 0.5],
            "rank": [1, 2],
            "low": [1.5, 0.3],
            "high": [2.5, 1.2],
            "shown": [True, False],
            "band_low": 0.8,
            "band_high": 1.2,
        }
    )
    regions = pd.DataFrame(
        {
            "nuts_id": [f'FR"{evil}', "ES21"],
            "name": [evil, "B"],
            "area": [evil, "B"],
            "lon": [-0.5, -2.8],
            "lat": [44.8, 43.2],
            "n": [4, 1],
        }
    )
    links = pd.DataFrame(
        {
            "kind": [evil],
            "nuts_id": [f'FR"{evil}'],
            "other_nuts_id": ["ES21"],
            "n": [3],
        }
    )
    attack = f"javascript:{RUN}"
    card = Card(f'x" onclick="{RUN}', evil, ((evil, evil, attack),), ((evil, attack, (evil,)),))
    idea = ShownCard(f'x" onclick="{RUN}', evil, evil, (Line(evil, evil),), folded=True)
    shown = [
        figures.ratios(rows, by="by", **words),
        figures.ranks(rows, by="by", **words),
        figures.cartogram(
            regions, links, territories=[evil, "B"], kinds={evil: evil}, border=evil, **words
        ),
        Downloads(evil, {"tables/x.csv": "x"}, {"tables/x.csv": evil}),
        Folded(evil, table(rows[["item"]], title=evil), (evil, [(evil, card)])),
        prose(evil, folded=(evil, [evil])),
    ]
    ideas = {"text/html": Cards((idea,), [])._repr_html_()}
    return [*(each._repr_mimebundle_() for each in shown), ideas]


def hostile():
    """A notebook that attacks through every channel an output, a cell or a name offers."""
    outputs = [v4.new_output("display_data", data=bundle) for bundle in BUNDLES]
    for output in outputs:
        output.metadata = {"image/png": {"width": f"1 onerror={RUN}"}, "isolated": True}
    outputs += [
        v4.new_output("stream", name="stdout", text=f"<script>{RUN}</script>"),
        v4.new_output("stream", name="stderr", text=f"<script>{RUN}</script>"),
        v4.new_output("error", ename="E", evalue="x", traceback=[f"<script>{RUN}</script>"]),
    ]
    evil = f"<img src=x onerror='{RUN}'>"
    frame = pd.DataFrame({evil: [evil, f"javascript:{RUN}"] * 8, "n": range(16), "k": evil})
    frame["many"] = [f"{evil}{i}" for i in range(16)]
    shown = [
        table(
            frame,
            title=evil,
            measure=evil,
            note=evil,
            source=evil,
            sorted_by=[evil],
            most=3,
            columns={evil: evil, "n": evil},
            csv_name="x",
            picks=[Pick(evil, evil), Pick(evil, "many")],
        ),
        figures.bars(
            frame[:1], item=evil, title=evil, alt=f'"{evil}', source=evil, note=evil, name="x"
        ),
    ]
    outputs += [v4.new_output("display_data", data=s._repr_mimebundle_()) for s in shown]
    outputs += [v4.new_output("display_data", data=bundle) for bundle in hostile_figures(evil)]
    cells = [v4.new_markdown_cell(content) for content in MARKDOWN + HTML]
    cells.append(v4.new_code_cell(f"'</code><script>{RUN}</script>'", outputs=outputs))
    cells.append(v4.new_code_cell(f"a = {evil!r}", metadata={"tags": ["parameters", evil]}))
    words = {"banner": evil, "study": evil, "footer": {evil: {evil: evil}, "b": evil}}
    return render(v4.new_notebook(cells=cells), title=evil, nav=[(evil, "a.html", False)], **words)


def friendly():
    """A page as readers get it: prose, a figure, a wide table."""
    shares = pd.DataFrame(
        {
            "item": ["Innovation", "Identification of good practice in the neighbouring territories"] * 2,
            "territory": ["Aquitaine"] * 2 + ["Euskadi"] * 2,
            "share": 0.3, "low": 0.1, "high": 0.6, "n": 5, "n_answered": 12345678, "n_asked": 12345678,
        }
    )  # fmt: skip
    shown = [
        figures.shares(shares, title="A finding", alt="Two rows", measure="Share", source="Survey"),
        table(shares, title="A table", most=3, source="Survey"),
    ]
    cells = [v4.new_markdown_cell("# A question?\n\nText.\n\n## First\n\n## " + "Verylongword" * 9)]
    cells += [
        v4.new_code_cell(
            "x = " + "y" * 300,
            outputs=[v4.new_output("display_data", data=each._repr_mimebundle_())],
        )
        for each in shown
    ]
    return render(
        v4.new_notebook(cells=cells),
        title="T",
        study="Study",
        banner="Synthetic\nNothing is real",
        nav=[(f"Page {i}", f"{i}.html", i == 1) for i in range(9)],
        footer={"Data": {"a.csv": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b" * 2}},
    )


@pytest.mark.parametrize("with_policy", [True, False])
def test_nothing_hostile_runs_or_calls(open_page, with_policy):
    """No script, no request, no dialog, no other address: by the cleaning alone, and by both."""
    html = hostile()
    if not with_policy:
        html = html.replace('http-equiv="Content-Security-Policy"', "")
    page = open_page(html)
    for link in page.locator("main a[href]:visible").all():
        link.hover()
    for box in page.locator("input[type=search]").all():
        box.fill(f"<img src=x onerror='{RUN}'>")
    for button in page.locator("thead button:visible").all():
        button.click()
    assert page.evaluate("window.ran") is None
    assert page.asked == []
    assert page.said == []
    assert page.url == page.address
    events = "[onerror],[onload],[onclick],[onfocus]"
    harmful = f"{events},[style],iframe,object,form,body link,base,[href*='script:']"  # the icon stands in the head
    assert page.locator(harmful).count() == 0
    scripts = page.locator("script").evaluate_all("all => all.map(e => e.textContent)")
    assert scripts == [SCRIPT]  # ours, and none of the data
    assert page.locator("h1").count() == 1
    assert page.locator("main table").count() >= 3


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_overflows(open_page, width, dark):
    """At every width page and tables are as wide as the screen."""
    page = open_page(friendly(), width=width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.asked == []
    assert page.said == []
    scrolls = page.evaluate(
        "(e => e.scrollWidth > e.clientWidth)(document.querySelector('.scroll'))"
    )
    assert not scrolls


def shown_drawing(page):
    """The drawing of the first figure a reader sees on this screen."""
    return page.locator("figure svg").locator("visible=true")


def test_the_drawing_fits_the_screen(open_page):
    """Page or phone: one of two drawings is seen, as wide as the text, with what it shows."""
    html = friendly()
    for width, kind in ((390, "narrow"), (1280, "wide")):
        drawing = shown_drawing(open_page(html, width=width))
        assert drawing.count() == 1
        assert drawing.get_attribute("class") == kind
        assert drawing.get_attribute("aria-label").startswith("Two rows Innovation: Aquitaine 30%")
        assert drawing.bounding_box()["width"] > 0.8 * min(width, 800)


COLOURS = """e => ['text', 'path'].map(tag => {
  const of = tag == 'text' ? 'fill' : 'stroke';
  const all = [...e.querySelectorAll(tag)].map(x => getComputedStyle(x)[of]);
  return all.filter(c => c != 'none');
})"""


def test_figures_are_read_on_light_dark_and_paper(open_page):
    """Words are dark on light, light on dark, and dark on paper from a dark screen too."""
    for dark, medium, expected in (
        (False, "screen", "rgb(27, 32, 38)"), (True, "screen", "rgb(228, 232, 236)"),
        (True, "print", "rgb(27, 32, 38)"), (False, "print", "rgb(27, 32, 38)"),
    ):  # fmt: skip
        page = open_page(friendly(), dark=dark)
        page.emulate_media(media=medium)
        words, lines = shown_drawing(page).evaluate(COLOURS)
        assert expected in words
        assert ("rgb(1, 115, 178)" in lines) is (expected == "rgb(27, 32, 38)")


@pytest.mark.parametrize(
    ("theme", "system_is_dark", "expected"),
    [
        ("true", True, "rgb(27, 32, 38)"), ("true", False, "rgb(27, 32, 38)"),
        ("false", True, "rgb(228, 232, 236)"), ("false", False, "rgb(228, 232, 236)"),
    ],
)  # fmt: skip
def test_figures_are_read_in_the_themes_of_jupyterlab(open_page, theme, system_is_dark, expected):
    """In a notebook the theme of JupyterLab decides, whatever the system is set to."""
    shares = pd.DataFrame(
        {"item": ["I"], "territory": ["A"], "share": 0.3, "low": 0.1, "high": 0.6, "n": 5}
    )
    output = figures.shares(shares, title="A finding", alt="One row")._repr_html_()
    html = f"<!DOCTYPE html><title>T</title><body data-jp-theme-light={theme}>{output}</html>"
    page = open_page(html, dark=system_is_dark)
    assert shown_drawing(page).count() == 1
    words, _lines = shown_drawing(page).evaluate(COLOURS)
    assert expected in words


def test_words_in_a_figure_can_be_found(open_page):
    """A reader searches the page for a word of a drawing and finds it."""
    page = open_page(friendly())
    assert page.evaluate("window.find('Innovation')")


def test_a_keyboard_reaches_everything(open_page):
    """The first stop skips to the content; each stop is seen; tables and code can be reached."""
    page = open_page(friendly(), width=390)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "(e => [e.tagName, e.className, getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        if stop[0] == "BODY":
            break
        stops.append(stop)
    assert stops[0][1] == "skip"
    assert {"A", "DIV", "SUMMARY"} <= {tag for tag, _, _ in stops}
    assert all(outline == "solid" for _, _, outline in stops)


def test_the_code_opens_without_a_script(open_page):
    """A click on the words shows how a figure was computed."""
    page = open_page(friendly())
    code = page.locator("details pre").first
    assert not code.is_visible()
    page.locator("summary").first.click()
    assert code.is_visible()


def test_paper_has_what_paper_needs(open_page):
    """Printed, a page has its text, figures and banner, and nothing to click."""
    page = open_page(friendly(), dark=True)
    page.emulate_media(media="print")
    for gone in (".pages", ".contents", "details", ".skip"):
        assert not page.locator(gone).first.is_visible()
    for kept in (".banner", "h1", "figure svg", "table", "footer"):
        assert page.locator(kept).first.is_visible()


def test_the_page_has_an_outline_and_landmarks(open_page):
    """One main, one h1, no gap in the levels, a name for every navigation and region."""
    page = open_page(friendly())
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert page.locator("main").count() == 1
    nameless = "nav:not([aria-label]):not([aria-labelledby]),[role=region]:not([aria-label])"
    assert page.locator(nameless).count() == 0
    assert page.locator("img:not([alt])").count() == 0
    assert page.locator("th:not([scope])").count() == 0
