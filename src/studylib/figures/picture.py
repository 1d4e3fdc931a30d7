"""
A picture: one finished table drawn for a page and for a phone, in the colours of its reader.

    draw(look)  --wide and narrow, `inline`-->  2 SVG and the caption, as plain data
                --template/picture.html.j2--->  <figure>

Title, measure, n and source are text of the page, not of the drawing; the drawing's own words are
text too, and its colours are CSS variables: the page, its print and the themes of JupyterLab set
them.  For slides and reports there are SVG and PNG, with title and source drawn in.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from defusedxml.ElementTree import fromstring

from studylib.errors import UsageError
from studylib.figures import inline
from studylib.figures.caption import Caption
from studylib.figures.saved import Draw, drawn, png, signed, source_line
from studylib.figures.theme import Look
from studylib.files.attached import FILES, as_text
from studylib.files.csv_out import csv_text
from studylib.files.template import fill
from studylib.files.xlsx_out import heads, xlsx
from studylib.language.words import _

if TYPE_CHECKING:
    from markupsafe import Markup

TAG = re.compile(r"<[^>]*>")
LONG_NUMBER = re.compile(r"[1-9]\d*\.\d{3,}")  # not 0.015625: the scale of letters


@dataclass(frozen=True)
class Picture:
    """A drawing with its caption and its data; made by the functions of `studylib.figures`."""

    draw: Draw
    frame: pd.DataFrame
    caption: Caption
    seen: tuple[str, ...] = ()
    """What the drawing shows, row by row, for those who do not see it."""

    @property
    def alt(self) -> str:
        """What is seen: the form in a sentence, what stands in it, and what it was made of."""
        source = self.caption.source
        made_of = [_("Source: {source}", source=source)] if source else []
        return " ".join([self.caption.alt, *self.seen, *made_of])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; then a sentence stands instead of empty axes."""
        return self.frame.empty

    def svg(self, look: Look = Look(), *, alone: bool = False) -> str:  # noqa: B008 (frozen)
        """One drawing, the same bytes every time; with title and source if it stands alone."""
        text = compact(drawn(self.draw, look))
        return signed(text, look, self.caption) if alone else text

    def png(self) -> bytes:
        """The drawing that stands alone as pixels, the same bytes every time."""
        return png(self.svg(alone=True))

    def small_svg(self) -> str:
        """The small drawing as a file, without title and source: for a sheet that has both."""
        return inline.alone(fromstring(self._drawings["narrow"]), Look().paper)

    def save(self, folder: Path) -> Path:
        """Write the drawing that stands alone into a folder, under the picture's name."""
        if not self.caption.name:
            raise UsageError("This picture has no name to save it under; give it `name=`.")
        path = folder / f"{self.caption.name}.svg"
        path.write_text(self.svg(alone=True), encoding="utf-8", newline="")
        return path

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        """What a notebook keeps: the figure as HTML, its alt text, files beside the page."""
        bundle: dict[str, Any] = {"text/html": self._repr_html_(), "text/plain": self.alt}
        if name := self.caption.name:
            bundle[FILES] = {f"figures/{name}.csv": csv_text(self.frame)}
            if not self.is_empty:
                alone = signed(self._drawings["wide"], Look(), self.caption)
                bundle[FILES][f"figures/{name}.svg"] = alone
                bundle[FILES][f"figures/{name}.png"] = as_text(png(alone))
            bundle[FILES][f"figures/{name}.xlsx"] = as_text(self._sheet())
        return bundle

    def _sheet(self) -> bytes:
        """The data for a spreadsheet, with the words around the drawing."""
        words = self.caption
        notes = [words.title, words.measure, words.note, source_line(self.caption)]
        return xlsx(self.frame, heads(map(str, self.frame)), notes)

    @cached_property
    def _drawings(self) -> dict[str, str]:
        """The drawing for a page and the drawing for a phone, each laid out once."""
        looks = {} if self.is_empty else {"wide": Look(), "narrow": Look(narrow=True)}
        return {kind: self.svg(look) for kind, look in looks.items()}

    def _repr_html_(self) -> str:
        """The figure of the page: caption, drawings, notes."""
        return fill("figures/template/picture.html.j2", shown=self.shown())

    def shown(self) -> dict[str, Any]:
        """What a reader sees, as plain data; the reader's screen takes one of the drawings."""
        words = self.caption
        return {
            "title": words.title,
            "measure": words.measure,
            "id": words.name.replace("_", "-"),
            "style": notebook_style(),
            "drawings": self._inline(),
            "empty": _("There is no data to show here."),
            "notes": [words.note] if words.note else [],
            "source": source_line(self.caption),
            "links": self._links() if words.name else [],
        }

    def _inline(self) -> list["Markup"]:
        """The drawings as parts of the page: one of them is shown."""
        from markupsafe import Markup

        made = self._drawings.items()
        drawings = [inline.inline(svg, kind=kind, alt=self.alt) for kind, svg in made]
        return [Markup(svg) for svg in drawings]  # noqa: S704 (made here; the page cleans it again)

    def _links(self) -> list[tuple[str, str]]:
        """Links to the data and the drawing beside the page."""
        name = self.caption.name
        links = [
            (f"figures/{name}.csv", _("Data (CSV)")),
            (f"figures/{name}.xlsx", _("Spreadsheet (XLSX)")),
        ]
        if not self.is_empty:
            links.append((f"figures/{name}.svg", _("Figure (SVG)")))
            links.append((f"figures/{name}.png", _("Picture (PNG)")))
        links.append((f"#figure-{name.replace('_', '-')}", _("Link to this figure")))
        return links


@cache
def notebook_style() -> "Markup":
    """The colours of a drawing in a notebook: those of JupyterLab's theme, light or dark."""
    from markupsafe import Markup

    def values(look: Look) -> str:
        """The variables of one look."""
        return "".join(f"--st-{name}:{value};" for name, value in look.colours().items())

    return Markup(  # noqa: S704 (nothing but our own colours)
        f".st-figure{{{values(Look())}}}"
        f"[data-jp-theme-light=false] .st-figure,.vscode-dark .st-figure"
        f"{{{values(Look(dark=True))}}}"
        ".st-figure svg{max-width:100%;height:auto;font-family:sans-serif}"
        ".st-figure svg.narrow{display:none}"
    )


def compact(svg: str) -> str:
    """The SVG without prolog, comments and metadata, numbers of tags to a hundredth of a point."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    # Words stay: 3.907 is three thousand in Spanish and in Basque.
    svg = TAG.sub(lambda tag: LONG_NUMBER.sub(lambda n: f"{float(n[0]):.2f}", tag[0]), svg)
    return re.sub(r"\n\s*", "\n", svg)
