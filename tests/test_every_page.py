"""Every page of the default study, in every language, scheme and width: accessible, looked at."""

import csv
import os
import re
from itertools import product
from pathlib import Path

import axe_playwright_python
import pytest
from conftest import ROOT, needs_chromium
from csvw_rules import faults
from reading import (
    DRAWN,
    MISSED,
    REACHED,
    faults_read_out,
    is_english,
    read_out,
    words_of_files,
    words_of_page,
)
from test_vocabulary import STRUCK_OUT

from studylib.build import command
from studylib.runs.workers import supervise
from studylib.study.model import load

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_chromium]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passed is not listed: it takes two thirds of the time and nobody reads it.
ASKED = "rules => axe.run({runOnly: rules, resultTypes: ['violations', 'incomplete']})"
VIEWS = list(product((1280, 360), (False, True)))
BUDGET = {"20_patents": 400_000, "30_collaboration": 900_000}  # bytes
# What axe leaves open, because a drawing or a shade lies behind a word: its contrast with the
# shape it stands on, or with the paper.
CONTRAST = """selectors => {
  const parse = text => {
    const n = text.match(/[\\d.]+/g).map(Number);
    return text.startsWith('color(') ? n.slice(0, 3) : n.slice(0, 3).map(v => v / 255);
  };
  const light = rgb => rgb.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = getComputedStyle(document.body).backgroundColor;
  const low = [];
  for (const selector of selectors) {
    const e = document.querySelector(selector);
    if (!e.checkVisibility()) continue;
    e.scrollIntoView({block: 'center'});
    const drawn = e instanceof SVGElement, box = e.getBoundingClientRect();
    const under = drawn ? document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      .find(s => s.tagName == 'path' && getComputedStyle(s).fill != 'none') : null;
    const [ink, back] = [getComputedStyle(e)[drawn ? 'fill' : 'color'],
      under ? getComputedStyle(under).fill : paper].map(parse).map(light);
    const ratio = (Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05);
    if (ratio < 4.5) low.push([e.textContent.slice(0, 40), ratio.toFixed(2)]);
  }
  return low;
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the default study, built in all its languages; one that is there is taken."""
    if there := os.environ.get("STUDYLIB_PAGES_TO_LOOK_AT"):
        return Path(there)
    reports = tmp_path_factory.mktemp("every") / "reports"
    command.build_study(ROOT / "study.toml", reports)
    supervise.end_idle()
    return reports / load(ROOT / "study.toml").id


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Where screenshots go: the folder `STUDYLIB_PICTURES`, which CI keeps, or nowhere lasting."""
    named = os.environ.get("STUDYLIB_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def each_page(built):
    """Every page with its path below the study's folder."""
    return [(p, p.relative_to(built).as_posix()) for p in sorted(built.rglob("*.html"))]


@pytest.fixture
def opened(browser):
    """Opens a page in a view; axe may be put into it, the page's policy aside."""
    contexts = []

    def opens(path, width=1280, *, dark=False):
        context = browser.new_context(
            viewport={"width": width, "height": 740},
            color_scheme="dark" if dark else "light",
            bypass_csp=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield opens
    for context in contexts:
        context.close()


def test_no_page_breaks_a_rule_of_accessibility(built, opened):
    """WCAG 2.2 AA and good practice by axe; every contrast it leaves open is computed."""
    found = []
    for path, name in each_page(built):
        for width, dark in VIEWS:
            page = opened(path, width, dark=dark)
            page.evaluate(AXE)
            told = page.evaluate(ASKED, RULES)
            found += [(name, width, dark, rule["id"]) for rule in told["violations"]]
            found += [
                (name, width, dark, rule["id"])
                for rule in told["incomplete"]
                if rule["id"] != "color-contrast"
            ]
            open_ones = [
                node["target"][0]
                for rule in told["incomplete"]
                if rule["id"] == "color-contrast"
                for node in rule["nodes"]
            ]
            found += [(name, width, dark, *low) for low in page.evaluate(CONTRAST, open_ones)]
            page.context.close()
    assert found == []


def test_every_page_shows_its_answer_first_and_fits_the_phone(built, opened):
    """
    At 360 x 740 the headline starts above 600 px, and every word of a figure can be read.

    None is below 10 px, cut, or over another; at 320 px nothing is wider than the screen.
    """
    late, wide, drawn = [], [], []
    for path, name in each_page(built):
        page = opened(path, 360)
        answer = page.locator(".headline").first
        if answer.count() and answer.bounding_box()["y"] >= 600:
            late.append(name)
        drawn += [(name, fault) for fault in page.evaluate(DRAWN)]
        page.set_viewport_size({"width": 320, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(name)
    assert (late, wide, drawn) == ([], [], [])


def test_the_menu_takes_two_lines_at_most(built, opened):
    """On a desktop; a name in it is whole. Seven questions took four lines of a Spanish page."""
    lines = "all => new Set(all.map(e => Math.round(e.getBoundingClientRect().top))).size"
    taken = {}
    for path in sorted(built.glob("*/30_collaboration.html")):
        page = opened(path)
        taken[path.parent.name] = page.locator("nav.pages a").evaluate_all(lines)
        page.context.close()
    assert {code: n for code, n in taken.items() if n > 2} == {}


def test_nothing_stands_behind_an_edge_on_a_desktop(built, opened):
    """
    Every column and every word of a figure is seen at 1280 px, in every language, folds open.

    Broken once: the verdict of five tables and the end of a Spanish legend stood behind the edge.
    """
    wide = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"
    found = []
    for path, name in each_page(built):
        page = opened(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found += [(name, title) for title in page.locator(".scroll").evaluate_all(wide)]
        found += [(name, fault) for fault in page.evaluate(DRAWN)]
        page.context.close()
    assert found == []


def test_pages_stay_light(built):
    """Patents at most 400 KB, collaboration at most 900 KB, in every language."""
    heavy = [
        (name, path.stat().st_size)
        for path, name in each_page(built)
        if path.stat().st_size > BUDGET.get(path.stem, 1_000_000)
    ]
    assert heavy == []


def test_ids_are_equal_in_every_language(built):
    """A link to a heading, a figure or a card leads to the same place in another language."""
    import re

    by_page = {}
    for path, name in each_page(built):
        code, _slash, rest = name.partition("/")
        ids = re.findall(r' id="([^"]+)"', path.read_text(encoding="utf-8"))
        linked = [i for i in ids if not i.startswith("word-")]  # explained where a language says it
        by_page.setdefault(rest, {})[code] = sorted(linked)
    differ = {
        rest: {code: set(ids) ^ set(next(iter(of.values()))) for code, ids in of.items()}
        for rest, of in by_page.items()
        if len({tuple(ids) for ids in of.values()}) > 1
    }
    assert differ == {}


SAME_WORD = {  # in English and another language
    "Base", "Citation", "Code", "Description", "Format", "Front", "Licence", "Office", "Page",
    "Programme", "Province",
    "Quotient", "Source", "Test", "Verdict", "Sector", "Idea", "Latitude", "Longitude", "Role",
}  # fmt: skip


def test_every_table_is_described_in_the_language_of_its_reader(built):
    """CSVW by the rules of the W3C beside each CSV; the codebook has no English word elsewhere."""
    wrong = []
    for path in sorted(built.rglob("*.csv-metadata.json")):
        content = path.with_name(path.name.removesuffix("-metadata.json")).read_bytes()
        wrong += [(path.name, fault) for fault in faults(path.read_bytes(), content)]
    assert wrong == []
    books = {path.parent.name: read(path) for path in sorted(built.glob("*/codebook.csv"))}
    english = {(row["file"], row["column"]): row["label"] for row in books.pop("en")}
    left = {
        (code, row["label"])
        for code, rows in books.items()
        for row in rows
        if row["label"].split(",")[0].split(" (")[0] not in SAME_WORD
        and row["label"] == english.get((row["file"], row["column"]))
    }
    assert left == set()


def read(path):
    """The rows of a CSV by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pictured(page, path):
    """A picture of the whole page; once more where a busy machine had no room for a tall one."""
    from playwright.sync_api import Error

    try:
        page.screenshot(path=path, full_page=True)
    except Error:
        page.wait_for_timeout(3_000)
        page.screenshot(path=path, full_page=True)


def test_every_page_is_looked_at(built, opened, pictures):
    """A picture of each page on desktop, phone, light, dark and paper, for eyes to judge."""
    for path, name in each_page(built):
        stem = name.removesuffix(".html").replace("/", "_")
        for width, dark in VIEWS:
            page = opened(path, width, dark=dark)
            view = f"{'phone' if width < 600 else 'desktop'}-{'dark' if dark else 'light'}"
            pictured(page, pictures / f"{stem}_{view}.png")
            page.context.close()
        page = opened(path, dark=True)
        (pictures / f"{stem}_paper.pdf").write_bytes(page.pdf(format="A4", print_background=True))
        page.context.close()
    assert len(list(pictures.glob("*.png"))) >= len(VIEWS) * len(each_page(built))


def test_what_a_listener_stumbles_over_is_seen():
    """A level that is skipped, a link whose words lead to two places, a table without a name."""
    told = [
        ("banner", "", None, None), ("main", "", None, None), ("heading", "A", 1, None),
        ("heading", "B", 3, None), ("table", "", None, None), ("link", "Data", None, "a"),
        ("link", "Data", None, "b"),
    ]  # fmt: skip
    assert list(faults_read_out(told)) == [
        "level 3 after 1", "table without a name", "'Data' leads to 2 places",
    ]  # fmt: skip


def test_every_page_is_read_out_in_order(built, opened):
    """
    Headings without gaps, every table, figure and control named, each link to one place.

    As Chromium hands it to screen readers, every fold open; parts in another language say so.
    """
    found = []
    for path, name in each_page(built):
        page = opened(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found += [(name, fault) for fault in faults_read_out(read_out(page))]
        code = name.partition("/")[0]
        spoken = page.evaluate("[...document.querySelectorAll('[lang]')].map(e => e.lang)")
        if spoken[0] != code or not set(spoken) <= {"", "en", "es", "eu", "fr"}:
            found.append((name, spoken))
        page.context.close()
    assert found == []


@pytest.mark.parametrize("name", ["index", "30_collaboration", "60_opportunities", "find"])
def test_a_keyboard_reaches_everything_and_shows_where_it_is(built, opened, name):
    """Tab goes to each link, button and box; the focus is seen; the content is one press away."""
    page = opened(built / "en" / f"{name}.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    hidden = []
    for _press in range(2_000):
        is_over, is_seen, what = page.evaluate(REACHED)
        if is_over:
            break
        hidden += [] if is_seen else [what]
        page.keyboard.press("Tab")
    assert (hidden, page.evaluate(MISSED)) == ([], [])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


UNREAD = {
    "es": "Ninguna persona cuya lengua materna sea el español ha revisado aún los textos",
    "eu": "Euskara ama-hizkuntza duen inork ez ditu oraindik orri honetako testuak berrikusi",
    "fr": "Aucune personne dont le français est la langue maternelle n’a encore relu les textes",
}


def test_every_page_says_that_nobody_has_read_its_words(built):
    """While no native speaker has: pages, search, what changed, the list of studies, the sheet."""
    from pypdf import PdfReader

    reports, silent = built.parent, []
    for code, said in UNREAD.items():
        pages = sorted((built / code).glob("*.html"))
        above = [reports / f"index.{code}.html", *reports.glob(f"*.changes.{code}.html")]
        assert (len(pages), len(above)) == (9, 2)
        told = {path.name: path.read_text(encoding="utf-8") for path in [*pages, *above]}
        told["brief.pdf"] = PdfReader(built / code / "brief.pdf").pages[0].extract_text()
        read = {name: " ".join(text.split()) for name, text in told.items()}
        silent += [(code, name) for name, text in read.items() if said not in text]
    english = (built / "en" / "index.html").read_text(encoding="utf-8")
    assert (silent, "native speaker" in english) == ([], False)


def test_no_english_sentence_stands_on_other_pages(built):
    """On no page, in no call list, on no sheet of paper; quotations say that they are foreign."""
    found = {
        (path.parent.name, path.name, text)
        for path, name in each_page(built)
        if not name.startswith("en/")
        for text in words_of_page(path)
        if is_english(text)
    }
    for code in ("es", "eu", "fr"):
        texts = words_of_files(built / code)
        found |= {(code, "files", text) for text in texts if is_english(text)}
    assert found == set()


STRUCK = {
    code: [re.compile(word, re.IGNORECASE) for word in words] for code, words in STRUCK_OUT.items()
}


def test_pages_say_nothing_that_was_struck_out(built):
    """One vocabulary per language on the pages as they are read, data and all."""
    found = {
        (name, word.pattern, text)
        for path, name in each_page(built)
        for text in words_of_page(path)
        for word in STRUCK[name.partition("/")[0]]
        if word.search(text)
    }
    assert found == set()
