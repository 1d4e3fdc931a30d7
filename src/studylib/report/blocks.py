"""
An executed notebook as the blocks of a page, in order, each already safe.

    markdown cell                  -> prose
    code cell that shows something -> what it shows, then the code behind it (folded)
    code cell that shows nothing   -> its code joins the next one that is shown
    code cell that shows an empty  -> nothing, its code neither: the study has no data for it, and
                                      what leads to it goes too (`sections`)
    tags  hide-input               -> no code      hide-cell                          -> nothing
          hide-output              -> no output: a bare frame, which researchers see in JupyterLab
          parameters, injected-parameters          -> nothing here; values go to `Blocks.parameters`

    first headline                           -> `Blocks.answer`: it stands before everything else

Standard error and tracebacks are never shown: a run that made any is not published.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from studylib.report import clean
from studylib.report.markdown import markdown, plain
from studylib.report.parameter_table import Shown, parameters
from studylib.report.prose import HEADLINE
from studylib.report.sections import Section

BLANKS = re.compile(r"[ \t\r\n]+")
DRAWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")  # an id by chance
SHOWN = frozenset({"display_data", "execute_result"})
DRAWING = re.compile(r"<(svg)\b.*?</\1>", re.DOTALL)
HELD = '<st-drawing id="{}"></st-drawing>'
HIDDEN = frozenset({"hide-cell", "parameters", "injected-parameters"})


@dataclass(frozen=True)
class Block:
    """A piece of the page: safe HTML, or code as plain text."""

    kind: Literal["prose", "shown", "code"]
    content: str


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, for the table of contents."""

    id: str
    text: str


@dataclass
class Blocks:
    """The page in order, its title if the notebook has one, its contents, its parameters."""

    blocks: list[Block] = field(default_factory=list)
    answer: list[Block] = field(default_factory=list)
    title: str = ""
    contents: list[Heading] = field(default_factory=list)
    parameters: list[Shown] = field(default_factory=list)
    lacking: list[Block] = field(default_factory=list)
    """Words of sections that are left out: why they are not there."""


def blocks(notebook: Any, *, image_alt: str, table_label: str) -> Blocks:
    """The blocks of an executed notebook; texts for images and tables that bring none."""
    page = Blocks(parameters=parameters(notebook))
    outline = Outline(page, image_alt, table_label)
    code: list[str] = []
    section = Section(page, 0, 0, is_opening=True)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _close(page, code)
            section.close()
            outline.cell = _named(cell)
            place, n, title = len(page.blocks), len(page.contents), page.title
            page.blocks += _block("prose", outline.html(markdown(cell.source)))
            section = Section(page, place, n, is_opening=page.title != title)
        if cell.cell_type != "code" or HIDDEN.intersection(_tags(cell)):
            continue
        if "hide-input" not in _tags(cell) and cell.source.strip():
            code.append(cell.source.strip())
        outline.cell = _named(cell)
        outputs = [] if "hide-output" in _tags(cell) else cell.outputs
        shown, is_answer = [], False
        for output in outputs:
            found = list(_shown(output, outline))
            if HEADLINE in output.get("data", {}) and not page.answer:
                page.answer += found
                is_answer = True
            else:
                shown += found
                section.holds(output, found)
        page.blocks += shown
        is_left_out = not (shown or is_answer) and any(o.output_type in SHOWN for o in outputs)
        section.lacks_some |= is_left_out
        if shown:
            _close(page, code)
        elif is_left_out:
            code.clear()  # what computed it would stand over nothing
    _close(page, code)
    section.close()
    page.blocks += page.lacking  # the last section says what the page does not show
    return page


def _close(page: Blocks, code: list[str]) -> None:
    """Put the code gathered so far under what it has computed."""
    if code:
        page.blocks.append(Block("code", "\n\n".join(code)))
        code.clear()


def _named(cell: Any) -> str:
    """The name its author gave a cell, without `-text`; "" for one that nobody chose."""
    name = str(cell.get("id", ""))
    is_chosen = re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) and not DRAWN.fullmatch(name)
    return name.removesuffix("-text") if is_chosen else ""


def _tags(cell: Any) -> list[str]:
    """Tags of a cell."""
    return list(cell.metadata.get("tags", []))


def _block(kind: Literal["prose", "shown"], content: str) -> Iterator[Block]:
    """A block, or none where there is nothing to show."""
    if content.strip():
        yield Block(kind, content)


def _shown(output: Any, outline: "Outline") -> Iterator[Block]:
    """What one output shows, as at most one block."""
    if output.output_type == "stream" and output.name == "stdout":
        yield from _block("shown", plain(output.text))
    if output.output_type not in SHOWN:
        return
    found = clean.best(output.data)
    if found is None:
        return
    mime, content = found
    if mime == "text/html":
        yield from _block("shown", outline.html(content))
    elif mime == "text/markdown":
        yield from _block("prose", outline.html(markdown(content)))
    elif mime == "text/plain":
        yield from _block("shown", plain(content))
    else:
        yield Block("shown", clean.fragment(clean.image(mime, content, outline.image_alt)))


class Outline:
    """
    Brings headings into one outline and tables into regions that scroll, then cleans.

    The first heading of the notebook, if it is of the first level, is the title and leaves the
    text.  All others get an id (the name of their cell, so that it is the same in every language,
    else their words) and a level at most one below the one before, so that the page has one h1 and
    no gap.  What is linked to keeps its id once.
    """

    def __init__(self, page: Blocks, image_alt: str, table_label: str) -> None:
        self.page = page
        self.image_alt = image_alt
        self.table_label = table_label
        self.ids = {"about", "content", "contents", "pages", "top", "words"}  # ids of the template
        self.level = 1
        self.cell = ""  # the name of the cell, which its headings take as their ids

    def html(self, text: str) -> str:
        """The fragment in its place in the outline, clean."""
        lower = text.lower()
        if any(tag in lower for tag in ("<h", "<table", "<img", " id=")):
            from bs4 import BeautifulSoup

            # Drawings are most of a page and no part of its outline: each leaves its number.
            drawings = [svg[0] for svg in DRAWING.finditer(text)]
            left = itertools.count()
            text = DRAWING.sub(lambda _svg: HELD.format(next(left)), text)
            soup = BeautifulSoup(text, "html.parser")
            for heading in soup.find_all(re.compile(r"h[1-6]")):
                self._place(heading)
            for linked in soup.find_all(["figure", "div"], id=True):
                place = str(linked["id"])
                if place in self.ids:
                    del linked["id"]
                self.ids.add(place)
            for image in soup.find_all("img", alt=False):
                image["alt"] = self.image_alt
            for table in soup.find_all("table"):
                if not (table.find_parent("table") or table.find_parent(class_="scroll")):
                    table.wrap(soup.new_tag("div", attrs=self._region()))
            text = str(soup)
            for number, svg in enumerate(drawings):
                text = text.replace(HELD.format(number), svg)
        return clean.fragment(text)

    def _region(self) -> dict[str, str]:
        """A region a keyboard can scroll."""
        label = self.table_label
        return {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label}

    def _place(self, heading: Any) -> None:
        """Give a heading its level and id; take the title out."""
        # Only what HTML takes for a blank: the no-break space before a French "?" stays.
        text = BLANKS.sub(" ", heading.get_text()).strip()
        level = int(heading.name[1])
        if level == 1 and self.level == 1 and not self.page.title:
            self.page.title = text
            heading.decompose()
            return
        self.level = min(max(level, 2), self.level + 1)
        heading.name = f"h{self.level}"
        heading.attrs = {"id": self._id(self.cell or text)}
        if self.level == 2:  # noqa: PLR2004
            self.page.contents.append(Heading(heading["id"], text))

    def _id(self, text: str) -> str:
        """The words of a heading as an id, numbered where it was used before."""
        ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        base = "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower())) or "section"
        slug, n = base, 1
        while slug in self.ids:
            n += 1
            slug = f"{base}-{n}"
        self.ids.add(slug)
        return slug
