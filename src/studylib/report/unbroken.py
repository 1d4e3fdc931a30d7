"""
What no line may part: in French a verb and the pronoun turned behind it, and marks kept to a word.

    <h2>... dépend-elle ...</h2>  --unbroken-->  <h2>... <span class="whole">dépend-elle</span> ...

A browser ends a line behind every hyphen.  French never sets "dépend-" above "elle", nor "change-"
above "t-elle"; other compounds (Nord-Pas-de-Calais) may be parted where their hyphens are.
"""

import re

from studylib.files.template import fill
from studylib.report.explained import NAME, PIECE

APART = frozenset(("code", "head", "option", "pre", "script", "style", "svg", "textarea"))
"""What holds no running text, or takes no mark inside it."""
TURNED = re.compile(
    r"(?<![\w-])(\w+-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce))(?![\w-])", re.IGNORECASE
)


BLANKS = re.compile(r"[ \t\r\n\f]+")
"""What parts words; a blank that keeps a mark to its word is none of them."""


def one_line(text: str) -> str:
    r"""
    A text in one line, blanks at which no line ends kept: "qui ?" stays together.

    >>> one_line(" Qui\n  sont-ils\u202f? ")
    'Qui sont-ils\u202f?'
    """
    return BLANKS.sub(" ", text).strip(" ")


def unbroken(html: str, language: str) -> str:
    """
    The page with such words kept on one line; as it is in languages that have none.

    >>> unbroken("<p>Y a-t-il un lien ?</p><svg><text>Y a-t-il</text></svg>", "fr")
    '<p>Y <span class="whole">a-t-il</span> un lien ?</p><svg><text>Y a-t-il</text></svg>'
    """
    if language != "fr":
        return html
    before, after = fill("report/template/whole.html.j2", words="|").strip().split("|")
    inside: list[str] = []
    pieces = PIECE.split(html)
    for at, piece in enumerate(pieces):
        tag = NAME.match(piece)
        if tag is None:
            pieces[at] = piece if inside else TURNED.sub(rf"{before}\1{after}", piece)
        elif tag[2].lower() in APART:
            if tag[1]:
                del inside[-1:]
            elif not piece.endswith("/>"):
                inside.append(tag[2])
    return "".join(pieces)
