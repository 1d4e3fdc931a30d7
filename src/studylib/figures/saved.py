"""
A drawing as a file: the same bytes every time, with title and source where it leaves its page.

    draw(figure, look), Caption  --saved-->  SVG or PNG
"""

import io
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from studylib.figures.caption import Caption
from studylib.figures.theme import Look, drawing
from studylib.language.words import _

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[["Figure", Look], None]
PNG_DPI = 144  # 1,250 pixels wide: sharp on a slide


def saved(draw: Draw, look: Look, kind: str, words: Caption | None = None) -> bytes:
    """The drawing as a file of matplotlib (`svg`, `png`); with its words if it stands alone."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.text import Text

    with drawing(look), warnings.catch_warnings():
        # A letter the font lacks is drawn as a box; the text of the page has it.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        layout = ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.03)
        figure = Figure(figsize=(look.width, 3), layout=layout)
        (FigureCanvasSVG if kind == "svg" else FigureCanvasAgg)(figure)
        draw(figure, look)
        if words:
            _sign(figure, layout, look, words)
        for text in figure.findobj(Text):  # `inline` anchors lines where they are aligned
            if "\n" in text.get_text():
                text.set_gid(text.get_horizontalalignment())
        buffer = io.BytesIO()
        figure.savefig(
            buffer, format=kind, dpi=72 if kind == "svg" else PNG_DPI,
            metadata={"Date": None, "Creator": None} if kind == "svg" else {"Software": None},
            facecolor=look.paper if words and kind != "svg" else "none",
        )  # fmt: skip
    return buffer.getvalue()


def _sign(figure: "Figure", layout: Any, look: Look, words: Caption) -> None:
    """Draw title, measure and source, for a picture that leaves its page."""
    import textwrap

    height = figure.get_figheight()
    title = textwrap.fill(words.title, 80)
    below = "\n".join(filter(None, [words.measure, words.note, source_line(words)]))
    below = "\n".join(textwrap.fill(line, 105) for line in below.splitlines())
    top, bottom = 0.24 * (title.count("\n") + 1), 0.17 * (below.count("\n") + 1)
    whole = height + top + bottom + 0.25
    figure.set_figheight(whole)
    room = (0.01, (bottom + 0.12) / whole, 0.98, height / whole)
    named = {"upper": 0.0, "lower": 0.0}
    for legend in figure.legends:  # the layout makes room for legends at the edge only
        legend.set_bbox_to_anchor(room)
        end = str(legend._outside_loc)  # type: ignore[attr-defined]  # noqa: SLF001 (no other name)
        named[end] = legend.get_window_extent().height / figure.dpi + 0.08
    left, low, wide, high = room
    low, high = low + named["lower"] / whole, high - sum(named.values()) / whole
    layout.set(rect=(left, low, wide, high))
    figure.text(0.015, 1 - 0.08 / whole, title, size=12.5, weight="bold", va="top")
    figure.text(0.015, 0.08 / whole, below, size=8.5, color=look.muted, va="bottom")


def source_line(words: Caption) -> str:
    """The line that says who the data come from; "" where it is not said."""
    return _("Source: {source}", source=words.source) if words.source else ""
