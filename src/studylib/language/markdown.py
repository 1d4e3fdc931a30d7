r"""
Markdown cut into the pieces a translator sees: paragraphs, headings, list items, table rows.

    "## What?\n\n- one\n- two"  --cut-->  ("## ", "What?"), ("- ", "one"), ("- ", "two")

Marks, indents, code, formulas and blank lines are kept as they are and never shown to a
translator; a paragraph is one text however its lines are broken in the file.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

MARK = re.compile(r"(\s*(?:>\s?)*\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ x]\]\s+)?|\d+[.)]\s+|(?=\|))?)(.*)")
STARTS = re.compile(r"\s*(?:>|#{1,6}\s|[-*+]\s|\d+[.)]\s|\|)")
FENCE = re.compile(r"\s*(```|~~~|\$\$)")
NO_WORDS = re.compile(r"[\s|:*_=\-\d.,]*|\s*<[^>]*>\s*|!\[\]\(.*\)")


@dataclass(frozen=True)
class Piece:
    """What stands before a text (mark, indent), and the text; kept pieces have no text."""

    before: str
    text: str = ""


def cut(source: str) -> list[Piece]:
    """The pieces of a markdown text, in order; what is kept comes as a piece without text."""
    pieces: list[Piece] = []
    fence = ""
    is_open = False  # whether the next line may go on the piece before it
    for line in source.split("\n"):
        mark = FENCE.match(line)
        if fence or mark:
            pieces.append(Piece(line))
            fence = _fence_after(line, fence, mark[1] if mark else "")
            is_open = False
        elif not line.strip():
            pieces.append(Piece(line))
            is_open = False
        elif is_open and not STARTS.match(line):
            last = pieces.pop()
            between = "  \n" if last.text.endswith("  ") else " "
            pieces.append(Piece(last.before, last.text.rstrip() + between + line.lstrip()))
        else:
            before, text = MARK.match(line).groups()  # type: ignore[union-attr]
            is_kept = NO_WORDS.fullmatch(text) is not None
            pieces.append(Piece(line) if is_kept else Piece(before, text))
            is_open = not is_kept and not before.lstrip("> ").startswith("#") and text[0] != "|"
    return pieces


def _fence_after(line: str, fence: str, mark: str) -> str:
    """The fence that is open after a line of code or formula: "" if it is closed."""
    if fence:
        return "" if fence in line else fence
    return "" if line.count(mark) > 1 else mark


def texts(source: str) -> list[str]:
    """The texts of a markdown source a translator sees."""
    return [piece.text.rstrip() for piece in cut(source) if piece.text]


def translated(source: str, translate: Callable[[str], str]) -> str:
    """The source with every text replaced, everything else as it was."""
    return "\n".join(p.before + (translate(p.text.rstrip()) if p.text else "") for p in cut(source))
