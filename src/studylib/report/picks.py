"""
Choices over a table: which rows are shown, by the values of a column.

    rows, picks  --picked-->  buttons, classes (no script needed); lists, values (for `page.js`)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

BUTTONS = "ab"  # letters of the picks that work without a script; `page.css` knows them
MOST_CHOICES = 8  # of a pick that works without a script
SEVERAL = "; "  # between the values of a row a pick chooses by


@dataclass(frozen=True)
class Pick:
    """
    A choice of rows: what it is called, and the column of its values, several joined by `SEVERAL`.

    `first`: the first value is chosen at the start, for tables that hold each row once per value.
    """

    label: str
    column: str
    first: bool = False


def picked(rows: pd.DataFrame, picks: Sequence[Pick], most: int) -> dict[str, Any]:
    """
    The choices over the table, what each row answers to them, and which stand below the first.

    A pick of at most `MOST_CHOICES` values is a row of buttons that needs no script (`buttons`,
    `classes`); all others are lists the script makes (`picks`, `values`).
    """
    told: dict[str, Any] = {"buttons": [], "picks": [], "classes": [""] * len(rows)}
    told["rest"] = [place >= most for place in range(len(rows))]
    values: list[list[str]] = []
    for pick in picks:
        column = [str(v).split(SEVERAL) if v else [] for v in rows[pick.column]]
        choices = list(dict.fromkeys(value for own in column for value in own))
        if not pick.first:
            choices.sort(key=str.casefold)
        if 1 < len(choices) <= MOST_CHOICES and len(told["buttons"]) < len(BUTTONS):
            letter = BUTTONS[len(told["buttons"])]
            told["buttons"].append(
                {"label": pick.label, "letter": letter, "choices": choices, "first": pick.first}
            )
            told["classes"] = [
                " ".join([classes, *(f"{letter}{choices.index(v) + 1}" for v in own)]).strip()
                for classes, own in zip(told["classes"], column, strict=True)
            ]
            if pick.first:  # the first rows of each
                place = rows.groupby(rows[pick.column], sort=False).cumcount()
                told["rest"] = (place >= most).tolist()
        elif len(choices) > 1:
            told["picks"].append(pick.label)
            values.append(["|".join(own) for own in column])
    return {**told, "values": list(zip(*values, strict=True)) if values else [()] * len(rows)}
