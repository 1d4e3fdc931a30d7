"""
What may stand in a page: HTML by allow-list, images as data, addresses that call nobody.

    cell output  --best-->  one MIME type  --fragment or image-->  HTML that runs and loads nothing

A notebook is somebody else's text: an applicant's name may be a script, a title an address.
Everything a cell showed goes through `fragment`, the last step before the page; nothing is
trusted because of who made it.  The page's content security policy stands behind this, and is
not enough alone: it does not stop a page from sending its reader elsewhere.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import nh3

from studylib.errors import RunError, quoted
from studylib.files.template import fill

BEST_FIRST = ("text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain")
"""MIME types that may be published, the richest first; all others are never looked at."""

TAGS = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure g h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p path picture "
    "pre q rect s samp small source span strong sub summary sup svg table tbody td text tfoot th "
    "thead time tr u ul var wbr"
)
PAINT = {
    "fill", "fill-opacity", "font-size", "font-style", "font-weight", "opacity", "stroke",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width",
    "text-anchor", "transform",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "lang", "title"},
    "a": {"aria-label", "href", "download"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "div": {
        "aria-label",
        "data-all",
        "data-find",
        "data-picks",
        "data-rows",
        "data-sort",
        "id",
        "role",
        "tabindex",
    },
    "figure": {"id"},
    "input": {"checked", "name", "type"},
    "tr": {f"data-p{place}" for place in range(9)},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "source": {"height", "media", "srcset", "width"},
    "td": {"colspan", "data-label", "data-n", "rowspan"},
    "th": {"abbr", "colspan", "rowspan", "scope"},
    "table": {"aria-label"},
    "time": {"datetime"},
    "svg": {"aria-label", "height", "role", "stroke-linejoin", "viewBox", "width"},
    "path": {"d", *PAINT},
    "rect": {"height", "rx", "width", "x", "y", *PAINT},
    "text": {"x", "y", *PAINT},
    "g": PAINT,
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
CLASSES = (
    "all bar card cards cut formula headline keep measure more narrow note number pick picture "
    "rest scroll source stacks st-figure st-table text title warning wide "
    + " ".join(f"{letter}{place}" for letter in "ab" for place in range(9))
)
IMAGE = re.compile(r"data:image/(?:png|svg\+xml);base64,[A-Za-z0-9+/=]+")
MEDIA = re.compile(r"[a-z0-9():,. -]{1,100}")
NUMBER = re.compile(r"\d{1,4}")
INPUT = re.compile(r'<input(?: [a-z-]+="[^"]*")*>')
DRAWN = re.compile(r"[MLCQZAz0-9., -]*")
COLOUR = re.compile(
    r"none|#[0-9a-fA-F]{6}|var\(--st-[a-z0-9-]+\)"
    r"|color-mix\(in srgb, var\(--st-[a-z0-9-]+\) \d{1,3}%, var\(--st-[a-z0-9-]+\)\)"
)
PAINTED = re.compile(r"[a-z0-9., ()-]{0,80}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WEB = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
RELATIVE = re.compile(r"(?![/\\])[^:\s\\]+")
PNG_START = b"\x89PNG\r\n\x1a\n"

RULES = {
    ("a", "download"): re.compile(r"[\w.-]*"),
    ("div", "role"): re.compile(r"region|radiogroup"),
    ("div", "id"): re.compile(r"card-[a-z0-9-]+"),
    ("figure", "id"): re.compile(r"(?:figure|table)-[a-z0-9-]+"),
    ("input", "checked"): re.compile(""),
    ("input", "name"): re.compile(r"[a-z0-9-]{1,80}"),
    ("input", "type"): re.compile(r"radio|checkbox"),
    ("td", "data-n"): re.compile(r"-?[0-9.]+(?:e[+-]?\d+)?|inf|-inf"),
    ("svg", "role"): re.compile(r"img"),
    ("svg", "viewBox"): DRAWN,
    ("path", "d"): DRAWN,
    ("div", "tabindex"): re.compile(r"0"),
    ("source", "media"): MEDIA,
    ("source", "srcset"): IMAGE,
    ("img", "src"): IMAGE,
    ("th", "scope"): re.compile(r"col|row|colgroup|rowgroup"),
    **{(f"h{level}", "id"): SLUG for level in range(1, 7)},
}
NUMERIC = {"colspan", "height", "rowspan", "span", "start", "width"}


def fragment(text: str) -> str:
    """
    The HTML with only what `TAGS`, `ATTRIBUTES` and `RULES` allow; the rest is gone.

    >>> fragment('<b onclick="x()">a</b><script>x()</script><a href="javascript:x()">b</a>')
    '<b>a</b><a rel="noopener noreferrer">b</a>'
    """
    return INPUT.sub(_box_or_button, str(_cleaner().clean(text)))


def _box_or_button(found: re.Match[str]) -> str:
    """A box to tick or a button of several, as it is; a field for anything else is gone."""
    return found[0] if "type" in re.findall(r'([a-z-]+)="[^"]*"', found[0]) else ""


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS.split()),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto", "data"},
        url_relative="pass_through",
        link_rel="noopener noreferrer",
    )


def _allowed(tag: str, name: str, value: str) -> str | None:
    """The attribute's value if it may stand, else None."""
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES.split()) or None
    if name == "href":
        return value if is_link(value) else None
    if name in {"fill", "stroke"}:
        return value if COLOUR.fullmatch(value) else None
    if name in PAINT or (tag in {"rect", "text"} and name in {"x", "y"}):
        return value if PAINTED.fullmatch(value) else None
    if name in NUMERIC:
        return value if NUMBER.fullmatch(value) else None
    rule = RULES.get((tag, name))
    return value if rule is None or rule.fullmatch(value) else None


def is_link(address: str) -> bool:
    """
    Whether a reader may be offered this address: the web, mail, or a page beside this one.

    >>> is_link("tables/shares.csv"), is_link("//evil.example"), is_link("javascript:x()")
    (True, False, False)
    """
    return bool(WEB.fullmatch(address) or RELATIVE.fullmatch(address))


def best(data: Mapping[str, Any]) -> tuple[str, str] | None:
    """The richest publishable MIME type of an output and its content; None: nothing to show."""
    for mime in BEST_FIRST:
        if mime in data:
            content = data[mime]
            return mime, "".join(content) if isinstance(content, list) else str(content)
    return None


def image(mime: str, content: str, alt: str) -> str:
    """
    An image as data, with its description; metadata of the output (a width) is not used.

    Raises
    ------
    RunError
        The content is not what its MIME type says.
    """
    if mime == "image/svg+xml":
        encoded = base64.b64encode(content.encode()).decode("ascii")
    else:
        encoded = "".join(content.split())
        if not _is_png(encoded):
            raise RunError(f"An output says image/png and is not: {quoted(encoded)}.")
    return fill("report/template/image.html.j2", mime=mime, encoded=encoded, alt=alt)


def _is_png(encoded: str) -> bool:
    try:
        return base64.b64decode(encoded, validate=True).startswith(PNG_START)
    except (binascii.Error, ValueError):
        return False
