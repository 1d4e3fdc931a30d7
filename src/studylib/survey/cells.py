"""
Cells of a survey to what was chosen: a box ticked or not, or several answers in one cell.

    "Oui", "N", "", "maybe"            --ticks-->   True False missing, and "maybe" unknown
    "Innovation; Formation, outils"    --choices--> the options it names, and what nobody knows

Each distinct cell is read once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studylib.survey.codebook import NO, YES, Codebook, Option, key
from studylib.survey.near import nearest

E_MAIL = re.compile(r"[\w.+-]+(@[\w-]+(?:\.[\w-]+)+)?")
"""An e-mail address, or a word that is none.  Words are matched too, so that each is passed once:
a search for addresses alone starts anew at every letter of a word without one."""
BLANK_LINES = re.compile(r"\n\s*\n")
HIDDEN_E_MAIL = "[e-mail]"
MOST_ANSWERS = 100


@dataclass(frozen=True)
class Chosen:
    """What one cell of several answers says."""

    options: tuple[int, ...]
    """Places of the options in the codebook."""
    unknown: str = ""
    """What stands there and is no option's label."""
    near: tuple[tuple[str, int], ...] = ()
    """What looks like the label of an option and is none, with the place of that option."""


def tick(cell: str, option: Option, book: Codebook) -> bool | None:
    """
    Whether the box of an option is ticked; None where the cell says neither.

    The option's own label in its column is a tick too: some exports write it instead of Yes.
    """
    said = key(cell)
    if said in {key(word) for word in (*book.selected, *option.labels)}:
        return True
    if said in {key(word) for word in book.not_selected}:
        return False
    return True if said in YES else False if said in NO else None


def choices(cell: str, options: Sequence[Option], book: Codebook) -> Chosen:
    """
    The options a cell names; labels may themselves hold the sign that stands between answers.

    At each place the longest label is taken that ends where an answer can end.  What looks like a
    label and is none is told apart: it is no choice, and no words of the respondent's own.
    """
    places = {key(label): at for at, option in enumerate(options) for label in option.labels
              if option.column is None}  # fmt: skip
    pieces = re.split(_between(book.separators), BLANK_LINES.sub("\n", cell))
    texts, signs = pieces[::2], [*pieces[1::2], ""]
    found: list[int] = []
    near: list[tuple[str, int]] = []
    unknown = ""
    at = 0
    while at < len(texts):
        end = _longest(texts, signs, at, places)
        if end > at:
            found.append(places[key(_joined(texts, signs, at, end))])
            at = end
            continue
        # Nobody gives a hundred answers in a cell: in a long text none is looked for.
        if at < MOST_ANSWERS and (like := nearest(key(texts[at]), places)):
            near.append((texts[at].strip(), places[like]))
        elif texts[at].strip():
            unknown += texts[at] + signs[at]
        at += 1
    rest = unknown.strip(" \t\r\n" + "".join(book.separators))
    return Chosen(tuple(dict.fromkeys(found)), rest, tuple(near))


def _between(separators: Sequence[str]) -> str:
    return (
        "("
        + "|".join(re.escape(sign) for sign in sorted(separators, key=len, reverse=True))
        + r"|\n)"
    )


def _longest(texts: list[str], signs: list[str], at: int, places: dict[str, int]) -> int:
    """Where the longest label that starts here ends; `at` itself if none does."""
    most = max(map(len, places), default=0)
    found = at
    for end in range(at + 1, len(texts) + 1):
        words = key(_joined(texts, signs, at, end))
        if len(words) > most:  # no label is as long: the rest of a long text is not read here
            break
        if words in places:
            found = end
    return found


def _joined(texts: list[str], signs: list[str], at: int, end: int) -> str:
    """Pieces as they stood together in the cell."""
    return "".join(
        text + sign for text, sign in zip(texts[at:end], [*signs[at : end - 1], ""], strict=True)
    )


def free_text(cell: str) -> str:
    """Words of a respondent to carry along, without e-mail addresses and outer blanks."""
    return E_MAIL.sub(lambda word: HIDDEN_E_MAIL if word[1] else word[0], cell).strip()


def decimal(cell: str) -> float | None:
    """
    A number with decimal comma or point; None for anything else.

    >>> decimal("1 234,5"), decimal("1,234.5"), decimal("12.5"), decimal("twelve")
    (1234.5, 1234.5, 12.5, None)
    """
    text = re.sub(r"[\s\u00a0\u202f']", "", cell)
    if "," in text and "." in text:
        thousands = min(",.", key=text.rfind)
        text = text.replace(thousands, "")
    text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text) else None
