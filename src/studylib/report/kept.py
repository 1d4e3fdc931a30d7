"""
What stands on one line of a page: spans of numbers, compounds in headings, a dash and its word.

    <p>8,9–16,5 %</p>        --kept-->  <p><span class="whole">8,9–16,5 %</span></p>
    <h2>en Bas-Adour ?</h2>  --kept-->  <h2>en <span class="whole">Bas-Adour</span> ?</h2>
    <p>Y a-t-il un lien</p>  --kept-->  <p>Y <span class="whole">a-t-il</span> un lien</p>

A browser may break a line after any dash and hyphen.  In running text a compound may be parted; in
a heading, whose lines are balanced, it must not; a span of numbers nowhere.  French never parts a
verb from the pronoun turned behind it (dépend-elle).  No letter is changed: what is copied and
searched stays as it was written.  In French a mark that data write after a plain blank gets the
blank of its language, so that no line begins with it; in Basque, an ordinal too.
"""

import re
from collections.abc import Collection
from functools import cache

from studylib.files.template import fill

APART = "code|head|kbd|pre|samp|script|style|svg|textarea"
"""What is not read as sentences; it is passed over whole."""
PIECE = re.compile(
    rf"""<!--.*?-->|<(?P<apart>{APART})\b.*?</(?P=apart)>|"""
    r"""<(?P<end>/?)(?P<name>[a-zA-Z0-9]+)(?:[^"'>]|"[^"]*"|'[^']*')*>""",
    re.DOTALL,
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SENTENCES = frozenset(("p", "li", "dd", "figcaption", "summary"))
TOLD_APART = HEADINGS | SENTENCES | {"table", "option"}
LONGEST = 18  # letters of a compound that fits a heading on the smallest phone
DIGITS = "\\d[\\d.,\u202f\u00a0]*"
SPAN = re.compile(
    rf"(?<![\w–-])[−-]?{DIGITS}(?<=\d)[–-][−-]?{DIGITS}(?<=\d)(?:[\u00a0\u202f]?%)?(?![\w–-])"
)
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:[-’'][^\W\d_]+)*-[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])")
TURNED = re.compile(
    r"(?<![\w-])\w+-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce)(?![\w-])", re.IGNORECASE
)
DASH = re.compile(r"\w+ –(?= \w)")
MARK = re.compile(r"(?<=\S) (?=[;:?!»](?:[\s.,;)]|$))")
QUOTE = re.compile("« ")
ORDINAL = re.compile(r"(?<![\w.,])(\d{1,2}\.) (?=[^\W\d_])")
BLANKS = re.compile(r"[ \t\r\n\f]+")
"""What parts words; a blank that keeps a mark to its word is none of them."""


def kept(html: str, language: str) -> str:
    """The page with what belongs together on one line."""
    pieces, inside, at = list[str](), list[str](), 0
    before, _after = _around()
    for mark in PIECE.finditer(html):
        text = html[at : mark.start()]
        pieces += [text if pieces[-1:] == [before] else _text(text, inside, language), mark[0]]
        at = mark.end()
        if mark["name"] in TOLD_APART:
            if not mark["end"]:
                inside.append(mark["name"])
            elif mark["name"] in inside:
                while inside.pop() != mark["name"]:
                    pass
    return "".join(pieces) + _text(html[at:], inside, language)


def one_line(text: str) -> str:
    r"""
    A text in one line, blanks at which no line ends kept: "qui ?" stays together.

    >>> one_line(" Qui\n  sont-ils\u202f? ")
    'Qui sont-ils\u202f?'
    """
    return BLANKS.sub(" ", text).strip(" ")


def _text(text: str, inside: Collection[str], language: str) -> str:
    """A piece of text as it stands inside of these tags."""
    if text.isspace() or not text:
        return text
    if language == "fr":
        text = QUOTE.sub("«\u202f", MARK.sub("\u202f", text))
    if language == "eu":
        text = ORDINAL.sub("\\1\u00a0", text)
    if "option" in inside:  # takes no mark inside it
        return text
    if HEADINGS.intersection(inside):
        text = COMPOUND.sub(_short, text)
    elif language == "fr":
        text = TURNED.sub(_whole, text)
    if not HEADINGS.union(SENTENCES).isdisjoint(inside) and "table" not in inside:
        text = DASH.sub(_whole, SPAN.sub(_whole, text))
    return text


def _short(said: re.Match[str]) -> str:
    """A compound in one piece, where it is short enough for any screen or may not be parted."""
    is_whole = len(said[0]) <= LONGEST or TURNED.fullmatch(said[0])
    return _whole(said) if is_whole else said[0]


def _whole(said: re.Match[str]) -> str:
    """The words in one piece."""
    before, after = _around()
    return f"{before}{said[0]}{after}"


@cache
def _around() -> tuple[str, str]:
    """What stands before and after words that stay together."""
    before, after = fill("report/template/whole.html.j2", words="|").strip().split("|")
    return before, after
