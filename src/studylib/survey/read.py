"""
A survey export to the tables of a study: who answered, what they chose, what was not used.

    export + codebook  --read-->  respondents   one row per respondent
                                  answers       one row per respondent and domain
                                  texts         what respondents wrote, never interpreted
                                  survey_notes  columns, labels and rows that were not used

A blank box beside a ticked one is a box not ticked; a question left blank altogether is not
answered.  The two are different, and so is a cell that says neither yes nor no.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from studylib.survey import cells as survey_cells
from studylib.survey import marks as survey_marks
from studylib.survey import table as survey_table
from studylib.survey.codebook import Codebook
from studylib.survey.notes import (
    NOT_A_NUMBER,
    NOTES,
    SEVERAL,
    UNUSED_LABEL,
    UNUSED_TERRITORY,
    notes,
    summed,
)
from studylib.survey.table import Export
from studylib.survey.who import submissions


@dataclass(frozen=True)
class Survey:
    """The tables of a survey (see `tables.CONTRACTS`)."""

    respondents: pd.DataFrame
    answers: pd.DataFrame
    texts: pd.DataFrame
    notes: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by the name of their contract."""
        return {
            "respondents": self.respondents,
            "answers": self.answers,
            "survey_texts": self.texts,
            "survey_notes": self.notes,
        }


def read(path: Path, book: Codebook) -> Survey:
    """
    The tables of a survey export.

    Raises
    ------
    DataError
        See `survey.table.read`.
    """
    export = survey_table.read(path, book)
    left_out = [export.notes]
    base, unused = submissions(export, book)
    left_out.append(unused)
    cells = Export(export.cells.loc[base.index], export.has_personal_ids, export.notes)
    marks, texts, unknown = survey_marks.of_options(cells, book)
    left_out.append(unknown)
    by_domain = survey_marks.by_domain(marks, book)
    n_chosen = by_domain.eq(other=True).sum(axis=1)
    if book.choice == "single":
        several = base.loc[n_chosen > 1, "respondent_id"]
        left_out.append(notes("row", several, SEVERAL))
    numbers = [_number(cells, name, column) for name, column in book.numbers.items()]
    respondents = base.assign(is_answered=by_domain.notna().any(axis=1), n_chosen=n_chosen)
    respondents = respondents.join([column for column, _ in numbers])
    left_out += [note for _, note in numbers]
    wishes, unread = survey_marks.of_themes(cells, book)
    respondents, left_out = respondents.join(wishes), [*left_out, unread]
    long = by_domain.assign(respondent_id=base["respondent_id"]).melt(
        "respondent_id", var_name="domain", value_name="is_chosen"
    )
    return Survey(
        respondents.reset_index(drop=True),
        long.astype({"is_chosen": "boolean"}),
        texts.assign(respondent_id=texts["row"].map(base["respondent_id"])).drop(columns="row"),
        summed([*left_out, _unused(marks, base, book)]),
    )


def _number(export: Export, name: str, column: str) -> tuple[pd.Series, pd.DataFrame]:
    """A column of numbers, and what in it is none."""
    cells = export.column(column)
    values = cells.map(survey_cells.decimal).astype(float).rename(f"number_{name}")
    return values, notes("label", cells[(cells != "") & values.isna()], NOT_A_NUMBER)


def _unused(marks: pd.DataFrame, base: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Options and territories of the codebook that nobody chose or comes from."""
    options = [o.labels[0] for place, o in enumerate(book.option) if not marks[place].any()]
    absent = sorted(set(book.territories.values()) - set(base["territory"]))
    unused = [("label", label, 0, UNUSED_LABEL) for label in options]
    unused += [("territory", name, 0, UNUSED_TERRITORY) for name in absent]
    return pd.DataFrame(unused, columns=NOTES)
