"""What of a survey export was not used: which column, label, territory or row, how often, why."""

from collections.abc import Sequence

import pandas as pd

from studylib.language.words import mark
from studylib.survey.cells import free_text

PERSONAL = mark("personal data: left behind at reading")
NOT_NAMED = mark("not in the codebook: left behind at reading")
NOT_THERE = mark("in the codebook, not in the file")
UNREADABLE = mark("row that cannot be read")
ANOTHER_WIDTH = mark("row of another width than the header: not used")
ABOUT_COLUMNS = mark("row about the columns, no submission")
MENDED = mark("cells with mangled, invisible or HTML characters: read as they were meant")
OTHER_SHEET = mark("sheet without the columns of the codebook: not read")
TEST = mark("preview or test, no submission")
POSSIBLE_TEST = mark("possible test, counted all the same")
SAME_MINUTE = mark("same answers as another submission of that minute, counted all the same")
NO_TERRITORY = mark("territory that is not in the codebook: submission not used")
UNKNOWN_LABEL = mark("answer that is not in the codebook")
UNUSED_LABEL = mark("option of the codebook that nobody chose")
UNUSED_TERRITORY = mark("territory of the codebook without an answer")
DUPLICATE = mark("earlier submission of the same respondent: not used")
PARTIAL = mark("partial submission: not used")
SEVERAL = mark("more than one option where one was asked for")
NOT_A_NUMBER = mark("not a number: left blank")
NOTES = ["kind", "value", "n", "what"]


def notes(kind: str, values: pd.Series, what: str) -> pd.DataFrame:
    """One row per distinct value: how often it stood there."""
    counted = values.value_counts()
    shown = [free_text(str(value)) for value in counted.index]
    return pd.DataFrame(
        {"kind": kind, "value": shown, "n": counted.to_numpy(), "what": what}, columns=NOTES
    )


def summed(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Notes together, equal ones as one, sorted."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=NOTES)
    whole = pd.concat(filled, ignore_index=True)
    added: pd.DataFrame = whole.groupby(["kind", "value", "what"], as_index=False)[["n"]].sum()
    return added[NOTES]
