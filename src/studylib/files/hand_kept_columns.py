"""
What the cells of a column may be, in a table that somebody keeps by hand (`hand_kept`).

    filled   every row says something there
    one_of   one of the values that are allowed
    whole    whole numbers as people write them: 1200, 1 200, 1,200 -> 1200

Whoever keeps the table can correct it: an error names the rows, what stands there and what to do.
"""

import re
from collections.abc import Sequence

import pandas as pd

from studylib.errors import DataError, quoted, several
from studylib.files.hand_kept import at_rows

WHOLE = re.compile(r"[0-9]{1,9}|[1-9][0-9]{0,2}([ ,.'’\u00a0\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})?")
"""Plain, or in groups of three with one sign between them; nine digits are enough for a list."""


def filled(frame: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    """Raise if a row of a table as `read` gives it lacks what every row needs."""
    for column in columns:
        if len(empty := frame[frame[column].isna()]):
            texts = {row: ", ".join(empty.loc[row].dropna()) for row in empty.index}
            raise DataError(
                f"{quoted(name)}: {several(len(empty), 'row has', 'rows have')} no `{column}`: "
                f"{at_rows(texts)}. Fill it in or remove the rows."
            )


def one_of(column: pd.Series, allowed: Sequence[str], name: str) -> None:
    """Raise if a cell of a column of `read` holds anything but the values that are allowed."""
    if len(wrong := column[column.notna() & ~column.isin(allowed)]):
        raise DataError(
            f"{quoted(name)}: `{column.name}` can be {', '.join(allowed)}, and is not in "
            f"{several(len(wrong), 'row', 'rows')}: {at_rows(dict(wrong))}."
        )


def whole(column: pd.Series, name: str) -> pd.Series:
    """
    A column of `read` as whole numbers, missing where it is blank.

    `1200`, `1 200`, `1,200` and `1.200` are the same; `1.5`, `1,20` and `about 50` are errors.
    """
    texts = column.dropna()
    if len(wrong := texts[~texts.str.fullmatch(WHOLE)]):
        raise DataError(
            f"{quoted(name)}: `{column.name}` is no whole number below a billion in "
            f"{several(len(wrong), 'row', 'rows')}: {at_rows(dict(wrong))}. Write digits (1200 or "
            "1 200) or leave the cell blank."
        )
    numbers = [int(re.sub(r"[^0-9]", "", text)) for text in texts]
    return pd.Series(numbers, texts.index, "Int64").reindex(column.index)
