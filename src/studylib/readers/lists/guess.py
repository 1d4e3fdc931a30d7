"""
A block of a study file that would read an unknown table, filled with what could be guessed.

    first rows  --fullest row: headers--  suggested by their words (`headers`), IPC by its look
                --block-->                text to put into the study file, and to correct

It is a suggestion to a person, printed where a table is refused: nothing is read by it.
"""

import json
import re
from collections.abc import Sequence

from studylib.errors import is_printable
from studylib.readers.lists import headers
from studylib.readers.lists.declaration import COLUMNS, LISTS, NUMBERS
from studylib.readers.sniff import Head

SYMBOL = re.compile(r"^[\s\[\"'(]*[A-H] ?\d\d ?[A-Z](?:[ -]*\d{1,4}\s?/|\d{5,10}\b|\W|$)")
NUMBER = re.compile(r"^[A-Z]{2}[ -]?\d[\d/., -]{4,}(?:[ -]?[A-Z]\d?)?$")
DAY_LAST = re.compile(r"^(\d{1,2})([./-])(\d{1,2})[./-](?:\d{4}|\d\d)\b")
DATES = ("filing_date", "publication_date", "priority_date")
LONGEST_HEADER = 80
MOSTLY = 0.6
MONTHS = 12


def block(head: Head) -> str | None:
    """The block for a table, as lines of TOML; None where no column looks like IPC or a number."""
    at = _header(head.rows)
    if at is None:
        return None
    header, body = head.rows[at], head.rows[at + 1 :]
    cells = [
        [row[place].strip() for row in body if len(row) == len(header) and row[place].strip()]
        for place in range(len(header))
    ]
    columns = _columns(header, cells)
    if "ipc" not in columns or not columns.keys() & set(NUMBERS):
        return None
    told = {name: columns[name] for name in COLUMNS if name in columns}
    named = ", ".join(f"{name} = {_named(at, header)}" for name, at in told.items())
    lines = [
        "[[sources]]",
        f"path = {_text(head.name)}",
        'format = "table"',
        f"columns = {{ {named} }}",
    ]
    days = [day for name in DATES for at in told.get(name, ()) for day in cells[at]]
    return "\n".join([*lines, *_order(days)])


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    """Place of the header: the first of the fullest rows; None where no row has two cells."""
    filled = [sum(map(bool, row)) for row in rows]
    most = max(filled, default=0)
    return filled.index(most) if most > 1 else None


def _columns(header: Sequence[str], cells: list[list[str]]) -> dict[str, list[int]]:
    """What each column seems to hold -> the places of those that do."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        means = headers.suggested(name)
        # Cells tell IPC from other things under its name, and the other way round.
        looks_like_ipc = _share(SYMBOL, cells[place])
        if means not in ("ipc", "cpc") and looks_like_ipc >= MOSTLY:
            means = "cpc" if "cpc" in headers.key(name) else "ipc"
        elif means in ("ipc", "cpc") and cells[place] and not looks_like_ipc:
            means = None
        if means and name.strip() and (means in LISTS or means not in found):
            found.setdefault(means, []).append(place)
    if not found.keys() & set(NUMBERS):
        shares = {place: _share(NUMBER, cells[place]) for place in range(len(header))}
        best = max(shares, key=lambda place: shares[place])
        if shares[best] >= MOSTLY:
            found["publication_number"] = [best]
    return found


def _share(form: re.Pattern[str], cells: list[str]) -> float:
    """How many of the cells have a form, 0 to 1."""
    return sum(bool(form.match(cell)) for cell in cells) / max(len(cells), 1)


def _named(places: list[int], header: Sequence[str]) -> str:
    """Headers as TOML: one, or a list."""
    texts = [_text(header[place].strip()) for place in places]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _text(value: str) -> str:
    """A text as TOML writes it, on one line and safe to show: signs nobody sees by their number."""
    quoted = json.dumps(value.replace("\n", " "), ensure_ascii=False)
    return "".join(c if is_printable(c) else f"\\U{ord(c):08x}" for c in quoted)


def _order(days: list[str]) -> list[str]:
    """The key that says how dates are written, where the year stands last."""
    found = [match for day in days if (match := DAY_LAST.match(day))]
    if not found:
        return []
    if any(int(match[1]) > MONTHS for match in found) or any(match[2] == "." for match in found):
        return ['dates = "dmy"']
    if any(int(match[3]) > MONTHS for match in found):
        return ['dates = "mdy"']
    return ['dates = "dmy" # or "mdy": the first rows do not tell']
