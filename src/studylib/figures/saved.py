"""
A drawing as a file: the same bytes every time, with title and source where it leaves its page.

    draw(figure, look)  --drawn-->   SVG of matplotlib
                        --signed-->  SVG that stands alone  --png-->  PNG

A figure is laid out once for each width.  What leaves the page is the wide drawing with its words
above and below it, and the PNG is that file as pixels: typst, which sets the sheet of the front
page, draws it in a tenth of the time of another layout.
"""

import io
import textwrap
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from defusedxml.ElementTree import fromstring

from studylib.figures import inline, typefaces
from studylib.figures.caption import Caption
from studylib.figures.theme import Look, drawing
from studylib.language.words import _

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[["Figure", Look], None]
PNG_DPI = 144  # 1,250 pixels wide: sharp on a slide
TITLE, WORDS = 12.5, 8.5  # size of letters [pt]
TITLE_LINE, WORDS_LINE = 17.3, 12.2  # from line to line [pt]
EDGE = 6.0  # between the paper's edge, the words and the drawing [pt]
IN_A_TITLE, IN_A_LINE = 80, 105  # letters that fit
PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""


def drawn(draw: Draw, look: Look) -> str:
    """The drawing as matplotlib writes it, in SVG."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.text import Text

    with drawing(look), warnings.catch_warnings():
        # A letter the font lacks is drawn as a box; the text of the page has it.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        layout = ConstrainedLayoutEngine(w_pad=0.02, h_pad=0.03)
        figure = Figure(figsize=(look.width, 3), layout=layout)
        FigureCanvasSVG(figure)
        draw(figure, look)
        for text in figure.findobj(Text):  # `inline` anchors lines where they are aligned
            if "\n" in text.get_text():
                text.set_gid(text.get_horizontalalignment())
        buffer = io.BytesIO()
        figure.savefig(
            buffer, format="svg", dpi=72, metadata={"Date": None, "Creator": None},
            facecolor="none",
        )  # fmt: skip
    return buffer.getvalue().decode()


def signed(svg: str, look: Look, words: Caption) -> str:
    """A drawing with its title above, measure, note and source below it, on paper."""
    title = textwrap.wrap(words.title, IN_A_TITLE)
    below = [
        line
        for said in (words.measure, words.note, source_line(words))
        for line in textwrap.wrap(said, IN_A_LINE)
    ]
    above = EDGE + TITLE_LINE * len(title)
    root = fromstring(svg)
    _width, height = inline.sides(root)
    at = EDGE + TITLE
    head = "".join(
        _lines(title, at, TITLE_LINE, f'font-size="{TITLE}" font-weight="700"', look.text)
    )
    at = above + height + EDGE + WORDS
    foot = "".join(_lines(below, at, WORDS_LINE, f'font-size="{WORDS}"', look.muted))
    room = inline.Room(above, EDGE + WORDS_LINE * len(below) + EDGE, EDGE)
    return inline.alone(root, look.paper, room=room, words=head + foot)


def _lines(lines: list[str], at: float, step: float, style: str, colour: str) -> Iterator[str]:
    """Lines of text below each other, from the first one's foot [pt]."""
    for place, line in enumerate(lines):
        y = f"{at + place * step:.1f}"
        yield f'<text x="{2 * EDGE}" y="{y}" fill="{colour}" {style}>{escape(line)}</text>'


def png(svg: str) -> bytes:
    """A drawing that stands alone as pixels."""
    said = {"svg": typefaces.boxed(svg)}
    return typefaces.typeset(PAGE.encode(), said, format="png", ppi=PNG_DPI)


def source_line(words: Caption) -> str:
    """The line that says who the data come from; "" where it is not said."""
    return _("Source: {source}", source=words.source) if words.source else ""
