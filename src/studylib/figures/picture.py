"""
A picture: one finished table drawn four times, so that it reads well wherever it is shown.

    draw(look)  --light and dark, wide and narrow-->  4 SVG and the caption, as plain data
                --template/picture.html.j2--------->  <figure>

Title, measure, n and source are text of the page, not of the drawing: they can be read aloud,
found and copied.  The drawings are data inside the page.  The SVG offered for download is the
light wide one with its title and source drawn in.
"""

import base64
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from studylib.errors import UsageError
from studylib.figures.caption import Caption
from studylib.figures.theme import Look, drawing
from studylib.files.attached import FILES
from studylib.files.csv_out import csv_text
from studylib.files.template import fill
from studylib.language.words import _

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[["Figure", Look], None]
PHONE = "(max-width: 600px)"
DARK = "(prefers-color-scheme: dark)"
LONG_NUMBER = re.compile(r"[1-9]\d*\.\d{3,}")  # not 0.015625: the scale of letters


@dataclass(frozen=True)
class Picture:
    """A drawing with its caption and its data; made by the functions of `studylib.figures`."""

    draw: Draw
    frame: pd.DataFrame
    caption: Caption

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; then a sentence stands instead of empty axes."""
        return self.frame.empty

    def svg(self, look: Look = Look(), *, alone: bool = False) -> str:  # noqa: B008 (frozen)
        """One drawing, the same bytes every time; with title and source if it stands alone."""
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        with drawing(look), warnings.catch_warnings():
            # A letter the font lacks is drawn as a box; the text of the page has it.
            warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
            layout = ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.03)
            figure = Figure(figsize=(look.width, 3), layout=layout)
            FigureCanvasSVG(figure)
            self.draw(figure, look)
            if alone:
                self._sign(figure, layout, look)
            buffer = io.StringIO()
            figure.savefig(
                buffer, format="svg", metadata={"Date": None, "Creator": None},
                facecolor=look.paper if alone else "none",
            )  # fmt: skip
        return compact(buffer.getvalue())

    def _sign(self, figure: "Figure", layout: Any, look: Look) -> None:
        """Draw title, measure and source, for a picture that leaves its page."""
        import textwrap

        words = self.caption
        height = figure.get_figheight()
        title = textwrap.fill(words.title, 80)
        below = "\n".join(filter(None, [words.measure, words.note, self._source()]))
        below = "\n".join(textwrap.fill(line, 105) for line in below.splitlines())
        top, bottom = 0.24 * (title.count("\n") + 1), 0.17 * (below.count("\n") + 1)
        whole = height + top + bottom + 0.25
        figure.set_figheight(whole)
        room = (0.01, (bottom + 0.12) / whole, 0.98, height / whole)
        names = 0.0
        for legend in figure.legends:  # the layout makes room for legends at the edge only
            legend.set_bbox_to_anchor(room)
            names = legend.get_window_extent().height / figure.dpi + 0.08
        layout.set(rect=(*room[:3], (height - names) / whole))
        figure.text(0.015, 1 - 0.08 / whole, title, size=12.5, weight="bold", va="top")
        figure.text(0.015, 0.08 / whole, below, size=8.5, color=look.muted, va="bottom")

    def _source(self) -> str:
        """The line that says who the data come from; "" where it is not said."""
        return _("Source: {source}", source=self.caption.source) if self.caption.source else ""

    def save(self, folder: Path) -> Path:
        """Write the drawing that stands alone into a folder, under the picture's name."""
        if not self.caption.name:
            raise UsageError("This picture has no name to save it under; give it `name=`.")
        path = folder / f"{self.caption.name}.svg"
        path.write_text(self.svg(alone=True), encoding="utf-8", newline="")
        return path

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        """What a notebook keeps: the figure as HTML, its alt text, files beside the page."""
        bundle: dict[str, Any] = {"text/html": self._repr_html_(), "text/plain": self.caption.alt}
        if name := self.caption.name:
            bundle[FILES] = {f"figures/{name}.csv": csv_text(self.frame)}
            if not self.is_empty:
                bundle[FILES][f"figures/{name}.svg"] = self.svg(alone=True)
        return bundle

    def _repr_html_(self) -> str:
        """The figure of the page: caption, drawings, notes."""
        return fill("figures/template/picture.html.j2", shown=self.shown())

    def shown(self) -> dict[str, Any]:
        """What a reader sees, as plain data; the reader's screen takes one of the drawings."""
        words = self.caption
        return {
            "title": words.title,
            "measure": words.measure,
            "alt": words.alt,
            "drawings": [] if self.is_empty else self._drawings(),
            "empty": _("There is no data to show here."),
            "notes": [words.note] if words.note else [],
            "source": self._source(),
            "links": self._links() if words.name else [],
        }

    def _drawings(self) -> list[tuple[str, str]]:
        """The four drawings: the screen each is for, and the drawing as an address."""
        looks = [
            (f"{PHONE} and {DARK}", Look(dark=True, narrow=True)),
            (PHONE, Look(narrow=True)),
            (DARK, Look(dark=True)),
            ("", Look()),
        ]
        return [(screen, as_data(self.svg(look))) for screen, look in looks]

    def _links(self) -> list[tuple[str, str]]:
        """Links to the data and the drawing beside the page."""
        name = self.caption.name
        links = [(f"figures/{name}.csv", _("Data (CSV)"))]
        if not self.is_empty:
            links.append((f"figures/{name}.svg", _("Figure (SVG)")))
        return links


def as_data(svg: str) -> str:
    """An SVG as an address that holds it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def compact(svg: str) -> str:
    """The SVG without prolog, comments and metadata, numbers to a hundredth of a point."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}", svg))
