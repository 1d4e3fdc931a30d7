"""
What stands on one line of a page: spans of numbers, compounds in headings, a dash and its word.

    <p>8,9–16,5 %</p>        --kept-->  <p><span class="whole">8,9–16,5 %</span></p>
    <h2>en Bas-Adour ?</h2>  --kept-->  <h2>en <span class="whole">Bas-Adour</span> ?</h2>

A browser may break a line after any dash and hyphen.  In running text a compound may be parted; in
a heading, whose lines are balanced, it must not; a span of numbers nowhere.  No letter is changed:
what is copied and searched stays as it was written.  In French a mark that data write after a plain
blank gets the blank of its language, so that no line begins with it; in Basque, an ordinal too.
"""

import re
from functools import cache

from studylib.files.template import fill

PIECE = re.compile(r"""(<!--.*?-->|<(?:[^"'>]|"[^"]*"|'[^']*')*>)""", re.DOTALL)
NAME = re.compile(r"<(/?)([a-zA-Z0-9]+)")
EMPTY = frozenset(("br", "hr", "img", "input", "link", "meta", "source", "wbr"))
APART = frozenset(("code", "kbd", "pre", "samp", "script", "style", "svg", "title", "textarea"))
"""What is not read as sentences."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SENTENCES = frozenset(("p", "li", "dd", "figcaption", "summary"))
LONGEST = 18  # letters of a compound that fits a heading on the smallest phone
DIGITS = "\\d[\\d.,\u202f\u00a0]*"
SPAN = re.compile(
    rf"(?<![\w–])[−-]?{DIGITS}(?<=\d)–[−-]?{DIGITS}(?<=\d)(?:[\u00a0\u202f]?%)?(?![\w–])"
)
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:[-’'][^\W\d_]+)*-[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])")
DASH = re.compile(r"\w+ –(?= \w)")
MARK = re.compile(r"(?<=\S) (?=[;:?!»](?:[\s.,;)]|$))")
QUOTE = re.compile("« ")
ORDINAL = re.compile(r"(?<![\w.,])(\d{1,2}\.) (?=[^\W\d_])")


def kept(html: str, language: str) -> str:
    """The page with what belongs together on one line."""
    pieces, open_tags = PIECE.split(html), list[str]()
    for at, piece in enumerate(pieces):
        tag = NAME.match(piece)
        if tag is None:
            if piece and not piece.startswith("<") and pieces[at - 1] != _around()[0]:
                pieces[at] = _text(piece, frozenset(open_tags), language)
        elif tag[1]:
            while open_tags and open_tags.pop() != tag[2]:
                pass
        elif tag[2] not in EMPTY and not piece.endswith("/>"):
            open_tags.append(tag[2])
    return "".join(pieces)


def _text(text: str, inside: frozenset[str], language: str) -> str:
    """A piece of text as it stands inside of these tags."""
    if inside & APART or "body" not in inside:
        return text
    if language == "fr":
        text = QUOTE.sub("«\u202f", MARK.sub("\u202f", text))
    if language == "eu":
        text = ORDINAL.sub("\\1\u00a0", text)
    if inside & HEADINGS:
        text = COMPOUND.sub(_short, text)
    if inside & (HEADINGS | SENTENCES) and "table" not in inside:
        text = DASH.sub(_whole, SPAN.sub(_whole, text))
    return text


def _short(said: re.Match[str]) -> str:
    """A compound in one piece, where it is short enough for any screen."""
    return _whole(said) if len(said[0]) <= LONGEST else said[0]


def _whole(said: re.Match[str]) -> str:
    """The words in one piece."""
    before, after = _around()
    return f"{before}{said[0]}{after}"


@cache
def _around() -> tuple[str, str]:
    """What stands before and after words that stay together."""
    before, after = fill("report/template/whole.html.j2", words="|").strip().split("|")
    return before, after
