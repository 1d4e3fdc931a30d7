"""
What of a survey export is set aside: columns that tell who somebody is, rows no respondent gave.

    Email, prénom, izena, token, IP address      a column, by its header
    user@example.org, 192.0.2.1                  a column, by its cells
    the questions, then {"ImportId":"QID1"}      a row of Qualtrics about the columns
    `Response`, or the options, without a date   a row of SurveyMonkey about the columns
    Survey Preview                               a row, by its status: nobody meant it as an answer

A column with answers tells who somebody is only where its bare header says so, or every cell is an
address.
"""

import re
from collections.abc import Sequence

import pandas as pd

from studylib.survey.codebook import key

PERSONAL_HEADER = re.compile(
    r"\b(e-?mail|mail|courriel|correo|posta[ -]elektronikoa?|helbide elektronikoa"
    r"|ip|ipaddr\w*|ip ?address|adresse ip|ip helbidea"
    r"|(first|last|full|family|your|contact|user)[ _]?name|firstname|lastname|username|name"
    r"|noms?|prénoms?|nombres?|apellidos?|izena?|abizenak?"
    r"|(tele)?phone|tel|t[ée]l[ée]phone|tel[ée]fono|m[óo]vil|mobile|telefonoa"
    r"|address|adresse|direcci[óo]n|helbidea|token|refurl|attribute_\d+|seed|cookie)\b"
)
PERSONAL_CELL = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+|(\d{1,3}\.){3}\d{1,3}|([0-9a-f]{1,4}:){4,7}[0-9a-f:]*",
    re.IGNORECASE,
)
IMPORT_ID = re.compile(r'\{"ImportId":')
QUALTRICS = {"StartDate": "Start Date", "EndDate": "End Date", "ResponseId": "Response ID"}
"""Column of a Qualtrics export -> what its row of labels says there."""
SURVEYMONKEY = ("Respondent ID", "Collector ID", "Start Date")
STATUS = frozenset(map(key, ("Status", "DistributionChannel")))
TESTS = frozenset(map(key, ("Survey Preview", "Survey Test", "preview", "test")))
"""What Qualtrics calls submissions that nobody meant as an answer."""


def is_personal(header: str, cells: pd.Series, *, is_answer: bool) -> bool:
    """Whether a column tells who somebody is; of a column with answers only a bare header can."""
    if is_answer:
        return PERSONAL_HEADER.fullmatch(key(header)) is not None or _all_personal(cells)
    return PERSONAL_HEADER.search(key(header)) is not None or bool(
        cells.str.fullmatch(PERSONAL_CELL).any()
    )


def _all_personal(cells: pd.Series) -> bool:
    """Whether every cell that holds something holds an address."""
    filled = cells[cells != ""]
    return bool(len(filled) and filled.str.fullmatch(PERSONAL_CELL).all())


def is_about_columns(row: Sequence[str], keys: Sequence[str]) -> bool:
    """
    Whether a row speaks of the columns and not of a respondent, as exports of survey tools have.

    `keys` are those of the header.

    Qualtrics writes the questions below the header and then `{"ImportId":"QID1"}`; SurveyMonkey
    writes `Response` or the options below the questions, with no respondent and no date.
    """
    said = [cell for cell in row if cell]
    if any(IMPORT_ID.match(cell) for cell in said):
        return True
    cells = dict(zip(keys, row, strict=True))
    if any(key(cells.get(key(name), "")) == key(label) for name, label in QUALTRICS.items()):
        return True
    is_monkey = {key(name) for name in SURVEYMONKEY} <= cells.keys()
    return is_monkey and not key(cells[key(SURVEYMONKEY[0])])


def is_test(row: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether a submission is a preview or a test, as its export says."""
    return any(name in STATUS and key(cell) in TESTS for name, cell in zip(keys, row, strict=True))
