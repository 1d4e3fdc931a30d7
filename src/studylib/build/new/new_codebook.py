"""
A codebook begun from a survey's own header: every key with a comment, columns sorted by their look.

    header, answers  --look-->  who, where, when, ticks, lists of answers, texts  -->  codebook.toml
"""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from studylib.errors import DataError, printable, quoted
from studylib.files import sheet
from studylib.files.rows import HEADER_WITHIN
from studylib.survey.codebook import NO, YES, key

WHO = ("id", "responseid", "respondent", "respondentid", "token", "response id")
WHEN = ("submitdate", "enddate", "timestamp", "horodateur", "marca temporal", "date submitted",
        "completion time", "completed")  # fmt: skip
WHERE = ("territ", "region", "région", "región", "lurralde", "where", "côté", "lado", "side")
MOST_PLACES = 6
LEAST_LISTED = 2


def sides_of(path: Path) -> list[str]:
    """What stands in the column of a survey that tells the territory; empty without one."""
    columns = _columns(path)
    where = _where(columns)
    return sorted(set(columns[where])) if where else []


def codebook_for(path: Path, called: Mapping[str, str] | None = None) -> str:
    """
    The text of a codebook for a survey export, to be edited.

    `called` says which territory of the study a side of the survey is, where that is known.

    Raises
    ------
    DataError
        The file is no table, or has no row with two cells.
    """
    columns = _columns(path)
    return "\n".join([*_keys(columns, called or {}), *_options(columns), *_rest(columns), ""])


def _columns(path: Path) -> dict[str, list[str]]:
    """The columns of a survey with what stands in them; raises where it has no header."""
    whole = sheet.read_all(path)
    widest = max(whole, key=lambda part: max(map(len, part.rows[:HEADER_WITHIN]), default=0))
    rows = [[printable(sheet.shown(cell)).strip() for cell in row] for row in widest.rows]
    first = rows[:HEADER_WITHIN]
    start = max(range(len(first)), key=lambda at: sum(map(bool, first[at])), default=0)
    if not first or sum(map(bool, first[start])) < LEAST_LISTED:
        raise DataError(f"{quoted(path.name)} has no header. Export the survey as a table.")
    header = first[start]
    return {
        name: [row[at] for row in rows[start + 1 :] if len(row) == len(header) and row[at]]
        for at, name in enumerate(header) if name
    }  # fmt: skip


def _text(value: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(value.replace("\n", " "), ensure_ascii=False)


def _first(columns: dict[str, list[str]], words: tuple[str, ...], *, starts: bool) -> str | None:
    """The first column called one of these words, or holding one."""
    for name in columns:
        said = key(name)
        if any(word in said for word in words) if starts else said in words:
            return name
    return None


def _where(columns: dict[str, list[str]]) -> str | None:
    """The column that tells the territory: by its name, with few values."""
    found = _first(columns, WHERE, starts=True)
    few = found is not None and len(set(columns[found])) <= MOST_PLACES
    return found if few else None


def _keys(columns: dict[str, list[str]], called: Mapping[str, str]) -> list[str]:
    """The keys above the options."""
    who, when = _first(columns, WHO, starts=False), _first(columns, WHEN, starts=False)
    where, lists = _where(columns), _lists(columns)
    places = sorted(set(columns[where])) if where else ["all"]

    def line(name: str, column: str | None, comment: str) -> str:
        """A key with the column that was found, or as a comment."""
        told = f"{name} = {_text(column)}" if column else f'# {name} = "..."'
        return f"{told} # {comment}"

    return [
        '# What the columns and answers of the survey mean. Every key: README, "A codebook".',
        line("respondent", who, "column that tells submissions of one respondent apart"),
        line("territory", where, "column that tells the territory; without it all are of one"),
        line("submitted", when, "column with the date of submission, empty for partial answers"),
        line("answers", lists, "column whose cells hold several answers"),
        '# separators = [";", ","] # what stands between them',
        '# selected = ["Y"] # codes for a box that is ticked, besides yes, oui, sí, x, 1 ...',
        '# not_selected = ["N"] # codes for one that is not',
        '# question = "..." # as it was asked',
        'choice = "multiple" # or single',
        'partial = "keep" # or drop: submissions that were not finished',
        "# comments = [] # columns with free text to carry along",
        '# numbers = { members = "..." } # name in the tables = column with numbers',
        '# themes = { health = "..." } # theme or sector = column of a box, where asked by theme',
        "",
        "[territories] # what stands in the column = territory of the study",
        *(f"{_text(place)} = {_text(called.get(place, '...'))}" for place in places),
        "",
        "# [asked] # territory = organisations that were asked, where known",
        "",
        "# An option of the question: domain is innovation, good_practice, internationalisation,",
        "# training or other; `also`: further spellings and codes; `free_text = true`: words.",
    ]  # fmt: skip


def _lists(columns: dict[str, list[str]]) -> str | None:
    """The column whose cells hold several answers."""
    shares = {name: sum(";" in cell for cell in cells) for name, cells in columns.items()}
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and shares[best] else None


def _ticks(columns: dict[str, list[str]]) -> list[str]:
    """The columns with ticks."""
    words = {*map(key, YES), *map(key, NO)}
    return [
        name for name, cells in columns.items() if cells and all(key(c) in words for c in cells)
    ]


def _options(columns: dict[str, list[str]]) -> list[str]:
    """A block for each option: the columns with ticks, or the answers met in the cells."""
    lines: list[str] = []
    for name in _ticks(columns):
        lines += ["[[option]]", f"column = {_text(name)}", 'domain = "other"',
                  f"label = {_text(name)}", ""]  # fmt: skip
    if (lists := _lists(columns)) is not None:
        met = Counter(part.strip() for cell in columns[lists] for part in cell.split(";"))
        for label, n in sorted(met.items(), key=lambda item: (-item[1], item[0])):
            if label:
                lines += [
                    "[[option]]",
                    'domain = "other"',
                    f"label = {_text(label)} # {n} times",
                    "",
                ]
    if not lines:
        lines = ["[[option]]", '# column = "..."', 'domain = "other"', 'label = "..."', ""]
    return lines


def _rest(columns: dict[str, list[str]]) -> list[str]:
    """The columns no key names, as a comment."""
    used = {_first(columns, WHO, starts=False), _first(columns, WHEN, starts=False),
            _where(columns), _lists(columns), *_ticks(columns)}  # fmt: skip
    rest = [name for name in columns if name not in used]
    return [f"# Columns not used: {', '.join(map(_text, rest))}"] if rest else []
