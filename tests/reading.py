"""A page as it is read: by a screen reader, by keyboard, and word by word in its own language."""

import re
from itertools import pairwise

from bs4 import BeautifulSoup


def read_out(page):
    """What a screen reader is told of a page, in its order: role, name, level, address."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = []
    for node in nodes:
        if not node.get("ignored"):
            more = {p["name"]: p["value"].get("value") for p in node.get("properties", ())}
            name = " ".join(node.get("name", {}).get("value", "").split())
            told.append((node["role"]["value"], name, more.get("level"), more.get("url")))
    return told


LANDMARKS = {"main", "banner", "navigation"}
NAMED = {"table", "image", "img", "link", "button", "region", "navigation", "searchbox", "combobox"}


def faults_read_out(told):
    """What a listener would stumble over: levels skipped, names that lack or lead to two places."""
    levels = [level for role, _name, level, _url in told if role == "heading"]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings of the first level: {levels.count(1)}"
    yield from (f"level {b} after {a}" for a, b in pairwise(levels) if b > a + 1)
    yield from (f"{role} without a name" for role, name, *_ in told if role in NAMED and not name)
    places = {}
    for role, name, _level, url in told:
        if role == "link":
            places.setdefault(name, set()).add(url)
    yield from (f"{name!r} leads to {len(to)} places" for name, to in places.items() if len(to) > 1)
    landmarks = [
        (role, name) for role, name, *_ in told if role in ("main", "banner", "navigation")
    ]
    if landmarks.count(("main", "")) != 1 or [r for r, _n in landmarks].count("banner") != 1:
        yield f"landmarks {landmarks}"
    if len(set(landmarks)) < len(landmarks):
        yield f"two landmarks of one name: {landmarks}"


REACHED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  e.dataset.met = '';
  return [e === document.body, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && box.bottom > 0 && box.top < innerHeight, e.outerHTML.slice(0, 90)];
}"""
MISSED = """() => [...document.querySelectorAll(
    'a[href], button, input, select, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !('met' in e.dataset))
  .filter(e => e.type !== 'radio' ||
    ![...document.getElementsByName(e.name)].some(other => 'met' in other.dataset))
  .map(e => e.outerHTML.slice(0, 90))"""


DRAWN = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('figure svg, section svg')) {
    const box = svg.getBoundingClientRect();
    if (!svg.checkVisibility() || !box.width) continue;
    const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
      .map(t => [t, t.textContent.trim(), t.getBoundingClientRect()]);
    texts.forEach(([text, said, r], i) => {
      const at = text.getScreenCTM(), size = parseFloat(getComputedStyle(text).fontSize);
      if (size * Math.hypot(at.a, at.b) < 9.9) found.push(`small: ${said}`);
      if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1
        || r.bottom > box.bottom + 1) found.push(`cut: ${said}`);
      for (const [, other, q] of texts.slice(i + 1)) {
        const across = Math.min(r.right, q.right) - Math.max(r.left, q.left);
        const down = Math.min(r.bottom, q.bottom) - Math.max(r.top, q.top);
        if (across > 2 && down > 0.35 * Math.min(r.height, q.height))
          found.push(`over each other: ${said}, ${other}`);
      }
    });
  }
  return found;
}"""
"""Words of drawings that are too small [px], cut at the edge, or over each other."""


OF_ENGLISH = {
    "the",
    "and",
    "with",
    "which",
    "are",
    "from",
    "that",
    "for",
    "this",
    "have",
    "was",
    "of",
}


def is_english(text):
    """Whether a text has two of these words."""
    return len(OF_ENGLISH.intersection(re.findall(r"[a-zà-ÿ]+", text.lower()))) >= 2


def words_of_page(path):
    """Texts and labels of a page that are in its own language."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    language = soup.html["lang"]
    for piece in soup(["style", "script", "code", "pre"]):
        piece.decompose()
    for element in soup.find_all():
        own = element if element.has_attr("lang") else element.find_parent(lang=True)
        if own is not None and own["lang"] == language:
            yield " ".join(element.find_all(string=True, recursive=False))
            yield from (element.get(label, "") for label in ("aria-label", "alt", "data-label"))


def words_of_files(folder):
    """Texts of the call list and of the sheet of paper of a language."""
    from openpyxl import load_workbook
    from pypdf import PdfReader

    book = load_workbook(folder / "tables" / "partners.xlsx", read_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str))
    for page in PdfReader(folder / "brief.pdf").pages:
        yield from page.extract_text().splitlines()
