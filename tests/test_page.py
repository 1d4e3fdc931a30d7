"""Executed notebooks as pages: what is shown, what is left out, in which order."""

import base64
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from studylib.errors import DataError, RunError
from studylib.files.script import SCRIPT
from studylib.language import in_language
from studylib.report import index, study_card
from studylib.report.clean import fragment, image, is_link
from studylib.report.markdown import markdown
from studylib.report.page import TEMPLATE, render
from studylib.report.parameter_table import written
from studylib.report.prose import LACK, lack

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 8).decode()
EVIL = '<img src=x onerror=alert(1)>"'


def text(source):
    """A markdown cell."""
    return v4.new_markdown_cell(source)


def code(source="x = 1", *outputs, tags=()):
    """A code cell that showed these MIME bundles."""
    shown = [v4.new_output("display_data", data=data) for data in outputs]
    return v4.new_code_cell(source, outputs=shown, metadata={"tags": list(tags)} if tags else {})


def page(*cells, **words):
    """The page of a notebook with these cells, parsed."""
    return BeautifulSoup(html(*cells, **words), "html.parser")


def html(*cells, title="Title", **words):
    """The page of a notebook with these cells."""
    return render(v4.new_notebook(cells=list(cells)), title=title, **words)


def test_the_page_says_its_language_and_title():
    """Language, title and policy stand in the head; the study's title behind the page's."""
    soup = page(language="fr", study="Étude")
    assert soup.html["lang"] == "fr"
    assert soup.title.string == "Title · Étude"
    assert (
        "default-src 'none'; img-src data:;" in soup.find("meta", {"http-equiv": True})["content"]
    )
    assert page(study="Title").title.string == "Title"


def test_no_script_and_nothing_from_elsewhere():
    """A page has our script alone, named by its policy, and no frame; scripts in cells are gone."""
    soup = page(
        text("<script>x()</script>ok"), code("", {"text/html": "<script>x()</script><p>ok"})
    )
    assert not soup.find_all(["iframe", "object", "base", "form"])
    assert [link["rel"] for link in soup.find_all("link")] == [["icon"]]  # inside the page
    assert [script.string for script in soup.find_all("script")] == [SCRIPT]
    policy = soup.find("meta", {"http-equiv": True})["content"]
    told = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'sha256-{told}'; require-trusted-types-for 'script'" in policy
    assert len(SCRIPT.splitlines()) <= 60
    assert soup.main.get_text().count("ok") == 2


def test_the_same_bytes_every_time():
    """Ids of cells, counts and times leave no trace."""
    a, b = (html(code("1", {"text/plain": "1"}), text("## A")) for _ in range(2))
    assert a == b


def test_the_first_heading_is_the_title_and_levels_have_no_gap():
    """One h1; later first-level headings step down, jumps are closed."""
    soup = page(
        text("# Which *KETs*?\n\nText\n\n# Again\n\n#### Deep\n\n###### Deeper"), text("## Next")
    )
    headings = [(h.name, h.get_text()) for h in soup.main.find_all(re.compile("h[1-6]"))]
    assert headings == [
        ("h1", "Which KETs?"), ("h2", "On this page"), ("h2", "Again"), ("h3", "Deep"),
        ("h4", "Deeper"), ("h2", "Next"),
    ]  # fmt: skip
    assert page(text("## A")).h1.get_text() == "Title"


def test_contents_lead_to_the_second_level():
    """The contents list second-level headings, by their words, each id once."""
    soup = page(text("## Données\n## Données\n## About\n## 华"))
    links = [(a["href"], a.get_text()) for a in soup.select(".contents a")]
    assert links == [
        ("#donnees", "Données"),
        ("#donnees-2", "Données"),
        ("#about-2", "About"),
        ("#section", "华"),
    ]
    assert all(soup.find(id=href[1:]) for href, _ in links)
    assert page(text("## Only")).select(".contents") == []


def test_code_of_a_result_that_is_left_out_is_left_out_too():
    """An empty output is no result: no fold stands over it, nor over the sentence that follows."""
    nothing = {"text/html": "", "text/plain": ""}
    said = code("say()", {"text/html": "<p>There is none.</p>"}, tags=["hide-input"])
    soup = page(code("pairs = none()\nshow(pairs)", nothing), said)
    assert "There is none." in soup.get_text()
    assert soup.select("details pre") == []
    soup = page(code("pairs = none()"), code("show(pairs)", nothing, tags=["hide-input"]))
    assert soup.select("details pre") == []


LEAD = "## Which?\n\nLook right of 1."
GONE = {"text/html": "", "text/plain": ""}
WHY = {"text/html": '<div class="prose"><p>There is none.</p></div>'}


@pytest.mark.parametrize(
    ("outputs", "read"),
    [
        ([GONE, WHY], "Which? There is none."),
        ([GONE, GONE], ""),
        ([WHY], "Which? Look right of 1. There is none."),
        (
            [GONE, {"text/html": "<figure>1</figure>"}, WHY],
            "Which? Look right of 1. 1 There is none.",
        ),
        ([], "Which? Look right of 1."),
    ],
)
def test_what_leads_to_figures_that_are_left_out_is_left_out_too(outputs, read):
    """
    Over words that say why, the heading stays; over nothing, nothing; words alone are a section.

    Broken once: a lead told how to read a figure that was not there.
    """
    cells = [code("show()", output, tags=["hide-input"]) for output in outputs]
    soup = page(
        text("# Title\n\nAbout."), text(LEAD), *cells, text("## Next\n\nMore."), text("## End")
    )
    told = soup.main.get_text(" ", strip=True).partition("About.")[2]
    assert told == f" {read} Next More. End".replace("  ", " ")
    assert ("#which" in [a["href"] for a in soup.select(".contents a")]) == bool(read)


LACKS = WHY | {LACK: {}}
DRAWN = {"text/html": "<figure>1</figure>"}


@pytest.mark.parametrize(
    ("outputs", "section", "end"),
    [
        ([GONE, LACKS], "", " There is none."),
        ([LACKS], "", " There is none."),
        (
            [LACKS, {"text/html": "<figure>1</figure>"}],
            "Which? Look right of 1. There is none. 1",
            "",
        ),
        ([LACKS, WHY], "Which? There is none. There is none.", ""),
    ],
)
def test_a_section_the_study_has_no_data_for_is_one_sentence_at_the_end(outputs, section, end):
    """
    Heading, lead and contents go; why stands with what the page does not show.

    Broken once: a section held nothing but the sentence that there was no list.
    """
    cells = [code("show()", output, tags=["hide-input"]) for output in outputs]
    soup = page(
        text("# Title\n\nAbout."), text(LEAD), *cells, text("## Next\n\nMore."), text("## End")
    )
    told = soup.main.get_text(" ", strip=True).partition("About.")[2]
    assert told == f" {section} Next More. End{end}".replace("  ", " ")
    assert ("#which" in [a["href"] for a in soup.select(".contents a")]) == bool(section)


def test_words_on_what_is_lacking_are_marked_and_those_of_nothing_are_nothing():
    """A page knows them from other words; "" leaves no frame behind."""
    said = lack("There is none.")._repr_mimebundle_()
    assert LACK in said
    assert '<div class="prose"><p>There is none.</p></div>' in said["text/html"]
    assert lack("")._repr_mimebundle_()["text/html"] == ""


def test_code_is_folded_under_what_it_shows():
    """Code without a result joins the next that has one; what is left comes last."""
    soup = page(code("a = 1"), text("## B"), code("a", {"text/plain": "1"}), code("c = 2"))
    blocks = [b.get_text(strip=True) for b in soup.select("details pre")]
    assert blocks == ["a = 1", "a", "c = 2"]
    soup = page(code("a = 1"), code("a", {"text/plain": "1"}), code(" "))
    assert [b.get_text() for b in soup.select("details pre")] == ["a = 1\n\na"]
    assert soup.summary.get_text() == "Show how this was computed"


def test_tags_say_what_is_hidden():
    """hide-input hides code, hide-cell the cell, parameters go to the foot."""
    soup = page(
        code("secret", {"text/plain": "shown"}, tags=["hide-input"]),
        code("check", {"text/plain": "gone"}, tags=["hide-cell"]),
        code("n = 1  # how many\nfolder = '/home/me/tables/'\nkeep = ''", tags=["parameters"]),
        code("# Parameters\nn = 2", tags=["injected-parameters"]),
    )
    assert soup.main.get_text(" ", strip=True) == "Title shown"
    rows = [row.get_text(" ", strip=True) for row in soup.footer.select("dl > div")]
    assert rows == ["n 2 how many", "folder …/tables", "keep empty"]


def test_a_bare_frame_is_left_to_researchers():
    """hide-output: the frame is not on the page, its code stands with what is shown next."""
    frame = {"text/html": "<table><tr><td>0.3333</table>", "text/plain": "0  0.3333"}
    soup = page(
        code("kets = sl.ket_shares(study)\nkets", frame, tags=["hide-output"]),
        code("sl.show.kets(study, kets)", {"text/html": "<p>33%</p>"}),
    )
    assert soup.find("table") is None
    assert "0.3333" not in soup.get_text()
    assert soup.main.p.get_text() == "33%"
    assert [b.get_text() for b in soup.select("details pre")] == [
        "kets = sl.ket_shares(study)\nkets\n\nsl.show.kets(study, kets)"
    ]


def test_a_frame_without_the_tag_is_a_table_that_scrolls():
    """What a new notebook shows by mistake is safe and readable: a region a keyboard reaches."""
    frame = '<style>td{}</style><table border="1" class="dataframe"><tr><td>1</table>'
    soup = page(code("kets", {"text/html": frame}))
    region = soup.find("table").parent
    assert (region["class"], region["role"], region["tabindex"]) == (["scroll"], "region", "0")
    assert soup.main.style is None


def test_injected_parameters_alone_have_no_meaning():
    """A parameter the cell of defaults does not name still stands in the foot."""
    soup = page(code("n = 2", tags=["injected-parameters"]))
    assert soup.footer.dl.get_text(" ", strip=True) == "n 2"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("C:\\a\\b", "…/b"), (1.5, "1.5"), (None, "None"), ("a/b", "a/b"), ("", "empty")],
)
def test_no_path_of_a_machine_is_shown(value, shown):
    """Of an absolute path only the last part stands; it differs between machines."""
    assert written(value) == shown


def test_a_drawing_stays_where_it_stands():
    """Drawings are kept out of the outline: one goes with its title, the others stay, in order."""
    drawn = "<svg><text>{}</text></svg>"
    shown = page(
        code("", {"text/html": f"<h1>Question{drawn.format(0)}</h1>" + "".join(
            f"<table><tr><td>{drawn.format(n)}</table>" for n in (1, 2))})
    )  # fmt: skip
    assert [words.get_text() for words in shown.main.select(".scroll svg text")] == ["1", "2"]
    odd = page(code("", {"text/html": '<p id="a">a<st-drawing id="0"></st-drawing><svg>b</p>'}))
    assert "a" in odd.main.get_text()


def test_the_richest_output_is_shown():
    """HTML before an image before text; unknown types and widgets are nothing."""
    soup = page(
        code("", {"text/html": "<p>rich</p>", "text/plain": "poor"}),
        code("", {"text/html": ["<p>", "lines</p>"]}),
        code("", {"application/javascript": "x()", "text/vnd.mermaid": "graph"}),
        code("", {"text/latex": "$x$", "text/plain": "plain <b>"}),
        code("", {"text/markdown": "**bold**\n\n## Found"}),
        code("", {"image/svg+xml": "<svg onload='x()'/>"}),
        code("", {"image/png": PNG + "\n"}),
        code("", {"text/html": " "}),
    )
    assert soup.main.get_text(" ", strip=True) == "Title rich lines plain <b> bold Found"
    images = [img["src"].split(",")[0] for img in soup.find_all("img")]
    assert images == ["data:image/svg+xml;base64", "data:image/png;base64"]


def test_text_has_no_addresses_in_memory():
    """Addresses differ at every run."""
    soup = page(code("", {"text/plain": "<Figure at 0x7f01ab>"}), code("", {"text/plain": " "}))
    assert soup.main.pre.get_text() == "<Figure>"


def test_standard_error_and_tracebacks_are_not_shown():
    """Printed text is shown; warnings and errors are the run's business."""
    cell = v4.new_code_cell(
        "",
        outputs=[
            v4.new_output("stream", name="stdout", text="printed"),
            v4.new_output("stream", name="stderr", text="warned"),
            v4.new_output("error", ename="E", evalue="broken", traceback=["broken"]),
        ],
    )
    assert page(cell, v4.new_raw_cell("raw")).main.get_text(" ", strip=True) == "Title printed"


def test_an_image_that_is_none_is_refused():
    """What says image/png and is something else stops the build."""
    for content in (base64.b64encode(b"GIF89a").decode(), "not base64"):
        with pytest.raises(RunError, match="says image/png and is not"):
            image("image/png", content, "")


def test_the_banner_comes_first_and_only_when_asked():
    """What a reader must know first stands before the title."""
    soup = page(banner="Synthetic\n\nNothing here is real")
    assert [p.get_text() for p in soup.select(".banner p")] == ["Synthetic", "Nothing here is real"]
    assert str(soup).index("banner") < str(soup).index("<h1")
    assert page().select(".banner") == []


def test_links_to_pages_and_languages():
    """The current page and language are marked, a short name says what its page asks."""
    soup = page(nav=[("Data", "00.html", False), ("Here", "10.html", True)],
                languages=[("fr", "../fr/10.html", False)])  # fmt: skip
    assert [a.get("aria-current") for a in soup.select(".pages a")] == [None, "page"]
    assert soup.select(".languages a")[0]["href"] == "../fr/10.html"
    said = page(nav=[("Data", "00.html", False), ("Here", "10.html", True)],
                asked={"00.html": "What came in?", "10.html": "Here"})  # fmt: skip
    assert [a.get("title") for a in said.select(".pages a")] == ["What came in?", None]
    with pytest.raises(ValueError, match="javascript"):
        html(nav=[("x", "javascript:x()", False)])


def test_everything_the_caller_gives_is_escaped():
    """Title, banner, foot and links are text."""
    text_of = html(
        code(f"x = '{EVIL}'", tags=["parameters"]), title=EVIL, banner=EVIL, study=EVIL,
        footer={EVIL: {EVIL: EVIL}, "a": EVIL}, nav=[(EVIL, "a.html", False)],
    )  # fmt: skip
    assert "<img" not in text_of


def test_a_notebook_file_a_node_and_its_content_give_the_same_page(tmp_path):
    """Where the notebook comes from makes no difference."""
    node = v4.new_notebook(cells=[text("# A\nb")])
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(node), encoding="utf-8")
    pages = {render(n, title="T") for n in (path, str(path), node, json.loads(json.dumps(node)))}
    assert len(pages) == 1


def test_tables_scroll_and_images_have_words():
    """A table gets a region a keyboard reaches, once; an image without words gets some."""
    soup = page(
        text("|a|\n|-|\n|b|\n\n<img>"),
        code("", {"text/html": '<div class="scroll"><table><tr><td><table></table></table></div>'}),
    )
    assert [len(div.find_all("table")) for div in soup.select(".scroll")] == [1, 2]
    assert soup.select(".scroll")[0]["tabindex"] == "0"
    assert soup.img["alt"] == "Image without a description"


def test_formulas_and_code_stay_text():
    """There is no script to set a formula; code in prose is not coloured."""
    assert markdown("$a<b$") == '<p><code class="formula">a&lt;b</code></p>\n'
    assert '<pre class="formula">a</pre>' in markdown("$$\na\n$$")
    assert markdown("```mermaid\n<b>\n```") == "<pre><code>&lt;b&gt;\n</code></pre>"
    assert markdown("![a](b.png)") == '<p><img src="b.png" alt="a" /></p>\n'


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ('<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="//evil.example">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="/\\evil.example">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<p style="background:url(//e)" onclick="x()" id="content">a</p>', "<p>a</p>"),
        ('<p class="banner note">a</p>', '<p class="note">a</p>'),
        ('<p class="banner">a</p>', "<p>a</p>"),
        ('<img src="http://e/x.png" width="1 onerror=x()">', "<img>"),
        (
            '<img src="data:image/png;base64,AA==" width="9">',
            '<img src="data:image/png;base64,AA==" width="9">',
        ),
        ('<img srcset="http://e/x.png 2x">', "<img>"),
        ('<source srcset="http://e/x.svg" media="(x:url(//e))">', "<source>"),
        ('<h2 id="a b">x</h2><h2 id="a-b">x</h2>', '<h2>x</h2><h2 id="a-b">x</h2>'),
        ('<div role="button" tabindex="9">x</div>', "<div>x</div>"),
        ("<style>p{}</style><form><input></form><svg><b/></svg><!-- c -->", "<svg></svg><b></b>"),
        ('<meta http-equiv="refresh" content="0;url=//e"><base href="//e">', ""),
        ("<iframe src=//e></iframe><object data=//e></object><math><mi//xlink:href=x>", ""),
    ],
)
def test_only_what_is_allowed_stands(hostile, clean):
    """Tags, attributes, classes and addresses are on a list or gone."""
    assert fragment(hostile) == clean


@pytest.mark.parametrize(
    ("address", "harmless"),
    [("a.html", True), ("../b/c.csv?x#y", True), ("#x", True), ("https://example.org/a", True),
     ("mailto:a@example.org", True), ("JavaScript:x", False), ("\\\\e", False), ("ftp://e", False),
     (" javascript:x", False), ("", False)],
)  # fmt: skip
def test_links_lead_to_the_web_or_beside_the_page(address, harmless):
    """Web, mail and pages beside this one; no other scheme, no other host without one."""
    assert is_link(address) is harmless


CARDS = [
    study_card.Card(
        "a-b",
        {"en": "A and B", "fr": "A et B"},
        is_synthetic=True,
        sources={"en": "Demo"},
        headlines={"en": "431 families"},
    ),
    study_card.Card("rhin", {"fr": "Rhin"}, is_synthetic=False),
]


def test_the_index_lists_pages_with_their_answer():
    """Title, link and one sentence per page, in order; the banner and the foot of a page."""
    soup = BeautifulSoup(
        index.pages(
            [index.Entry("Data", "00.html", "431 families."), index.Entry(EVIL, "10.html")],
            title="Study", lead="Why", source="Demo", banner="Synthetic", footer={"Licence": "CC"},
        ),
        "html.parser",
    )  # fmt: skip
    assert [a["href"] for a in soup.select(".list h2 a")] == ["00.html", "10.html"]
    assert soup.select(".list p")[0].get_text() == "431 families."
    assert soup.select(".banner")
    assert "CC" in soup.footer.get_text()
    assert not soup.find("img")


def test_the_index_of_studies_says_which_are_synthetic():
    """Each study with its languages; a study without the language of the index in its own."""
    soup = BeautifulSoup(index.studies(CARDS), "html.parser")
    assert [a["href"] for a in soup.select(".list h2 a")] == [
        "a-b/en/index.html",
        "rhin/fr/index.html",
    ]
    assert [a.get_text() for a in soup.select(".list .facts a")] == ["English", "français"]
    assert [span.find_parent("li").h2.get_text() for span in soup.select(".synthetic")] == [
        "A and B"
    ]


def test_cards_are_found_and_replaced(tmp_path):
    """All studies of a folder by id; the one being built takes the place of its old card."""
    for card in CARDS:
        (tmp_path / card.id).mkdir()
        (tmp_path / f".{card.id}").mkdir()
        (tmp_path / f".{card.id}" / study_card.CARD).write_text("unfinished", encoding="utf-8")
        (tmp_path / card.id / study_card.CARD).write_text(card.text(), encoding="utf-8")
    assert study_card.cards(tmp_path) == CARDS
    new = study_card.Card("a-b", {"en": "New"}, is_synthetic=False)
    assert study_card.cards(tmp_path, new) == [new, CARDS[1]]
    (tmp_path / "rhin").rename(tmp_path / "rhine")
    assert [card.id for card in study_card.cards(tmp_path)] == ["a-b", "rhine"]


@pytest.mark.parametrize("content", ["{", "[1]", '{"id": "x", "titles": {}, "is_synthetic": true}'])
def test_a_broken_card_is_refused(content, tmp_path):
    """A card that cannot be read is said, not skipped."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / study_card.CARD).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"'x/card\.json' is no card of a study"):
        study_card.cards(tmp_path)


def colours(css, dark):
    """Colour variables of a scheme."""
    light, night = css.split("prefers-color-scheme: dark", 1)
    found = dict(re.findall(r"--colour-([a-z-]+): (#[0-9a-f]{6});", light))
    if dark:
        found |= dict(re.findall(r"--colour-([a-z-]+): (#[0-9a-f]{6});", night.split("}\n}")[0]))
    return found


def contrast(one, other):
    """Contrast of two colours (WCAG 2.2)."""

    def luminance(colour):
        rgb = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read(dark):
    """Every colour of words has a contrast of at least 4.5 on every ground it stands on."""
    c = colours((TEMPLATE / "page.css").read_text(encoding="utf-8"), dark)
    pairs = [
        (c[word], c[ground]) for word in ("text", "muted", "link") for ground in ("paper", "raised")
    ]
    pairs += [(c["warn-text"], c["warn"]), (c["mark-text"], c["mark"])]
    assert min(contrast(word, ground) for word, ground in pairs) >= 4.5
    assert contrast(c["focus"], c["paper"]) >= 3
    assert contrast(c["warn-edge"], c["paper"]) >= 3


def test_the_blank_before_a_french_mark_stays_in_a_heading():
    """A narrow no-break space is no blank to fold; line ends and tabs are."""
    soup = page(text("# Qui\u202f?\n\n## Et\u202f?\n"), language="fr")
    assert soup.h1.get_text() == "Qui\u202f?"
    assert soup.h2.get_text() == "Et\u202f?"


def test_the_meaning_of_a_parameter_is_in_the_language_of_the_page():
    """Known texts of our notebooks are translated, those of other notebooks stand as written."""
    cell = code(
        'language = "fr"  # language of the page, by its two letters\nx = 1  # mine',
        tags=["parameters"],
    )
    with in_language("fr"):
        shown = page(cell, language="fr").get_text()
    assert "langue de la page, par ses deux lettres" in shown
    assert "mine" in shown
