"""
Answers that the codebook does not know: which label they look like, and what to write where.

    notes of the survey   -->   answers.csv: 2 cells hold 'trainning', which is no label ...
                                answers.csv: 3 cells hold words that are like no label ...

What somebody typed into a column of answers may be a name.  It is shown where it looks like a
label, or stands in so many submissions that it is nobody's own; else only counted.
"""

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from studylib.errors import listed, quoted, several
from studylib.survey import codebook
from studylib.survey.disclosure import FEWEST
from studylib.survey.near import nearest
from studylib.survey.notes import (
    NO_TERRITORY,
    NOT_A_NUMBER,
    POSSIBLE_TEST,
    SAME_MINUTE,
    UNKNOWN_LABEL,
)

LEAST = 0.7
"""How near a label has to be to be shown as the nearest one; less than what counts as a miss."""
OF_WHAT = {
    UNKNOWN_LABEL: (
        "no label of the codebook",
        "If it means an option, write it into its `also = [...]`.",
    ),
    NO_TERRITORY: (
        "no territory of the codebook",
        "If it means one, write it below `[territories]`.",
    ),
    NOT_A_NUMBER: ("no number", "Correct it in the file."),
}


def lines(name: str, notes: pd.DataFrame, book: codebook.Codebook) -> Iterator[str]:
    """One line per answer that is shown, then one per kind of those that are not."""
    labels = [label for option in book.option for label in option.labels]
    known = {UNKNOWN_LABEL: labels, NO_TERRITORY: list(book.territories), NOT_A_NUMBER: []}
    for what, (none, remedy) in OF_WHAT.items():
        own = notes[notes["what"] == what].sort_values(["n", "value"], ascending=[False, True])
        hidden = 0
        for value, n in zip(map(str, own["value"]), map(int, own["n"]), strict=True):
            told = _told(value, n, known[what])
            hidden += n if told is None else 0
            if told is not None:
                cells = several(n, "cell holds", "cells hold")
                yield f"{name}: {cells} {told.format(none, remedy)}"
        if hidden:
            yield (
                f"{name}: {several(hidden, 'cell holds', 'cells hold')} what is {none} and looks "
                f"like none. It may name somebody and is not shown; look for it in the file. "
                f"{remedy}"
            )
    yield from _tests(name, notes)


def _tests(name: str, notes: pd.DataFrame) -> Iterator[str]:
    """Submissions that look like tests, with their rows; they are counted."""
    looks = ("looks like a test", "look like tests")
    repeats = ("repeats", "repeat")
    for what, (one, more), rest in (
        (POSSIBLE_TEST, looks, ""),
        (SAME_MINUTE, repeats, " the answers of another one sent in the same minute"),
    ):
        rows = sorted(map(int, notes.loc[notes["what"] == what, "value"]))
        if rows:
            submissions = several(len(rows), f"submission {one}", f"submissions {more}")
            places = "row" if len(rows) == 1 else "rows"
            yield (
                f"{name}: {submissions}{rest} ({places} {listed(list(map(str, rows)))}). Counted "
                "all the same: take out of the file what is a test."
            )


def _told(value: str, n: int, labels: Sequence[str]) -> str | None:
    """What is said of one answer, with places for what it is not and the remedy; None: hidden."""
    keyed = {codebook.key(label): label for label in labels}
    parts = [codebook.key(part) for part in re.split("[;,]", value)]
    shown = quoted(value).replace("{", "{{").replace("}", "}}")
    if len(parts) > 1 and all(part in keyed for part in parts):
        return (
            f"several answers, {shown}. Name its column by `answers = ...` in the codebook, which "
            "reads several of a cell."
        )
    near = nearest(codebook.key(value), keyed, LEAST)
    if near is None and n < FEWEST:
        return None
    label = quoted(keyed[near]).replace("{", "{{").replace("}", "}}") if near else ""
    nearest_label = f" The nearest label is {label}." if near else ""
    return f"{shown}, which is {{}}.{nearest_label} {{}}"
