"""
A drawing as part of a page: real text, colours by name, nothing that needs an id or an address.

    SVG of matplotlib  --inline-->  <svg> of paths and texts; fill="var(--st-role-1)"
                       --alone--->  the same as a file, with the colours of light paper

matplotlib writes colours as they are on light paper.  Here each becomes the CSS variable of its
role, so that page, paper and JupyterLab each give it their own value; a colour between two roles
(a cell of a matrix) becomes their mixture.  Markers are put where they are used, clipping and
groups are left out, and lines of a text that end together are anchored at their end: a reader's
font is not as wide as ours.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from defusedxml.ElementTree import fromstring

from studylib.figures.theme import Look

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
KEPT = {
    "fill", "fill-opacity", "opacity", "stroke", "stroke-dasharray", "stroke-linecap",
    "stroke-opacity", "stroke-width", "font-size", "font-style", "font-weight", "text-anchor",
}  # fmt: skip
COLOURED = ("fill", "stroke")
USUAL = {("stroke-linecap", "butt"), ("opacity", "1"), ("text-anchor", "start")}
ANCHOR = {"right": ("end", 1.0), "center": ("middle", 0.5)}
NUMBER = re.compile(r"-?\d+\.\d+")
PLACE = re.compile(r"translate\((\S+) (\S+)\)")
TURN = re.compile(r"rotate\(([^\s)]+)")
FONT = "'DejaVu Sans', Verdana, sans-serif"
Attributes = dict[str, str]


class Room(NamedTuple):
    """Paper around a drawing that stands alone [pt]."""

    above: float = 0.0
    below: float = 0.0
    beside: float = 0.0


NO_ROOM = Room()


def inline(svg: str, *, kind: str, alt: str) -> str:
    """The drawing as part of a page: its kind (`wide` or `narrow`) and what is seen in it."""
    root = fromstring(svg)
    head = f'<svg class="{kind}" role="img" aria-label={quoteattr(alt)} {_size(root)}>'
    return head + "".join(_drawn(root, variable)) + "</svg>"


def alone(root: Any, paper: str, *, room: Room = NO_ROOM, words: str = "") -> str:
    """A parsed drawing as a file of its own on this paper, with room and words around it."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}" {_size(root, room)}>'
    sheet = f'<rect width="100%" height="100%" fill="{paper}"/>'
    body = "".join(_drawn(root, lambda colour: colour))
    if room != NO_ROOM:
        moved = f"translate({_short(room.beside)} {_short(room.above)})"
        body = f'<g transform="{moved}">{body}</g>'
    return head + sheet + body + words + "</svg>\n"


def sides(root: Any) -> tuple[float, float]:
    """Width and height of a drawing, as matplotlib writes them [pt]."""
    width, height = (
        float(root.get(side, "0pt").removesuffix("pt")) for side in ("width", "height")
    )
    return width, height


def _size(root: Any, room: Room = NO_ROOM) -> str:
    """The size of a drawing, in pixels of a page (96 to an inch) and in its own points."""
    width, height = sides(root)
    width, height = width + 2 * room.beside, height + room.above + room.below
    return (
        f'viewBox="0 0 {_short(width)} {_short(height)}" width="{width / 0.75:.0f}" '
        f'height="{height / 0.75:.0f}" stroke-linejoin="round"'
    )


def _drawn(root: Any, ink: Callable[[str], str]) -> Iterator[str]:
    """Every path and text in the order they are painted."""
    markers = {e.get("id"): e for d in root.iter(f"{SVG}defs") for e in d if e.tag == f"{SVG}path"}
    for group, element in _leaves(root, ""):
        style = _style(element)
        if element.tag == f"{SVG}text":
            yield _text(element, style, group, ink)
        elif element.tag == f"{SVG}path":
            yield _path(element.get("d", ""), style, ink)
        elif element.tag == f"{SVG}use":
            shape = markers[element.get(HREF, "")[1:]]
            at = f"translate({_short(element.get('x'))} {_short(element.get('y'))})"
            yield _path(shape.get("d", ""), {**_style(shape), **style}, ink, transform=at)


def _leaves(parent: Any, group: str) -> Iterator[tuple[str, Any]]:
    """What is drawn, with the name of the innermost group it stands in."""
    for element in parent:
        if element.tag == f"{SVG}g":
            yield from _leaves(element, element.get("id", ""))
        elif element.tag != f"{SVG}defs":
            yield group, element


def _style(element: Any) -> Attributes:
    """What the style of an element says, by its names."""
    parts = (part.strip().partition(": ") for part in element.get("style", "").split(";"))
    return {name: value for name, _colon, value in parts if name}


def _path(d: str, style: Attributes, ink: Callable[[str], str], *, transform: str = "") -> str:
    """A path, if anything of it is seen."""
    if style.get("fill") == "none" and style.get("stroke", "none") == "none":
        return ""
    d = re.sub(r"\s+", " ", NUMBER.sub(lambda n: _short(n[0]), d)).strip()
    return _element(
        "path", {"d": re.sub(r" ?([A-Zz]) ?", r"\1", d), "transform": transform}, style, ink
    )


def _text(element: Any, style: Attributes, group: str, ink: Callable[[str], str]) -> str:
    """A line of text, anchored where its group is aligned."""
    words, turned = element.text or "", element.get("transform", "")
    at = {"x": element.get("x", ""), "y": element.get("y", "")}
    if place := PLACE.search(turned):
        x, y = float(place[1]), float(place[2])
        if group in ANCHOR and not TURN.search(turned):
            anchor, part = ANCHOR[group]
            x += part * _width(words, style)
            style = {**style, "text-anchor": anchor}
        at = {"x": str(x), "y": str(y)}
    at = {name: _short(value) for name, value in at.items()}
    turn = TURN.search(turned)
    if turn and float(turn[1]):
        at["transform"] = f"rotate({_short(turn[1])} {at['x']} {at['y']})"
    style = {**style, "font-size": style["font-size"].removesuffix("px")}
    return _element("text", at, style, ink, escape(words))


def _element(
    tag: str, own: Attributes, style: Attributes, ink: Callable[[str], str], words: str = ""
) -> str:
    """An element with its style as attributes."""
    shown = {name: value for name, value in own.items() if value}
    for name, value in style.items():
        if name in KEPT and (name, value) not in USUAL:
            shown[name] = ink(value) if name in COLOURED and value != "none" else value
    text = " ".join(f"{name}={quoteattr(value)}" for name, value in shown.items())
    return f"<{tag} {text}>{words}</{tag}>"


def _width(words: str, style: Attributes) -> float:
    """Width of a line in the font the drawing was laid out with [pt]."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(
        family="DejaVu Sans",
        size=float(style["font-size"].removesuffix("px")),
        weight=style.get("font-weight", "normal"),
        style="italic" if style.get("font-style") == "italic" else "normal",
    )
    with warnings.catch_warnings():
        # A letter the font lacks is as wide as its box.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        return float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0])


def _short(number: object) -> str:
    """A number to a tenth of a point."""
    text = f"{float(str(number)):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


@cache
def variable(colour: str) -> str:
    """
    The CSS variable of a colour of light paper, or the mixture of the two it lies between.

    >>> variable("#0173b2"), variable("#bad6e6")
    ('var(--st-role-1)', 'color-mix(in srgb, var(--st-role-1) 22%, var(--st-pale))')

    Raises
    ------
    ValueError
        The colour belongs to no role and lies between none.
    """
    names = {value.lower(): name for name, value in Look().colours().items()}
    if colour.lower() in names:
        return f"var(--st-{names[colour.lower()]})"
    pale = _rgb(Look().pale)
    for place in (0, 1):
        full = _rgb(Look().role(place))
        reach = [f - p for f, p in zip(full, pale, strict=True)]
        away = [c - p for c, p in zip(_rgb(colour), pale, strict=True)]
        part = sum(a * r for a, r in zip(away, reach, strict=True)) / sum(r * r for r in reach)
        if all(abs(a - part * r) < 2 for a, r in zip(away, reach, strict=True)):  # noqa: PLR2004
            name = f"var(--st-role-{place + 1})"
            return f"color-mix(in srgb, {name} {100 * part:.0f}%, var(--st-pale))"
    raise ValueError(colour)


def _rgb(colour: str) -> list[int]:
    """Red, green and blue of a colour, 0 to 255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
