"""
Submissions that look like somebody trying the form: told, and counted all the same.

    row  remark     submitted            what
      7  test 2     2013-03-01 09:05:10  possible test
      8             2013-03-01 09:05:31  the same answers as another submission of that minute

Nobody but whoever ran the survey knows; what is a test is taken out of the file.
"""

import csv
import re
from functools import cache

import pandas as pd

from studylib.project import PROJECT
from studylib.survey.codebook import Codebook, key
from studylib.survey.notes import POSSIBLE_TEST, SAME_MINUTE, notes
from studylib.survey.table import Export

WORDS = PROJECT / "data" / "raw" / "rules" / "test_words.csv"


def told(export: Export, book: Codebook, moment: pd.Series) -> list[pd.DataFrame]:
    """
    Notes on submissions that look like tests.

    Parameters
    ----------
    moment
        Day and time of each submission (index as `export.cells`); missing where not known.
    """
    cells = export.cells
    said = {cell for column in cells for cell in cells[column].unique()}
    tests = {cell for cell in said if cell and _word().fullmatch(key(cell))}
    tried = cells.isin(tests).any(axis=1) if tests else pd.Series(data=False, index=cells.index)
    return [
        notes("row", _rows(tried), POSSIBLE_TEST),
        notes("row", _rows(_same_minute(cells, book, moment)), SAME_MINUTE),
    ]


def _same_minute(cells: pd.DataFrame, book: Codebook, moment: pd.Series) -> pd.Series:
    """Submissions with answers, equal to an earlier one in all of them, sent in one minute."""
    beside = {book.respondent, book.submitted}
    answers = cells[[column for column in cells if column not in beside]]
    minute = moment.dt.floor("min")
    timed = moment.notna() & (moment != moment.dt.normalize())  # a day without a time says nothing
    asked = [c for c in answers if c != book.territory]
    there = timed & (answers[asked] != "").any(axis=1)
    whole = answers.assign(minute=minute)
    found: pd.Series = there & whole[there].duplicated().reindex(cells.index, fill_value=False)
    return found


def _rows(which: pd.Series) -> pd.Series:
    return pd.Series(which.index[which.astype(bool)].astype("str"))


@cache
def _word() -> re.Pattern[str]:
    """One of the words of the rule file, with or without a number behind it."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        either = "|".join(re.escape(key(row["word"])) for row in rows)
    return re.compile(rf"(?:{either})[ ._#-]*[0-9]{{0,3}}[.!]*")
