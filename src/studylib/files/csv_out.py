"""CSV that a spreadsheet shows and never runs."""

import io
import re
from pathlib import Path
from typing import Any

import pandas as pd

COUNT = re.compile(r"(?:n|base)(?:_.*)?")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(frame: pd.DataFrame) -> str:
    r"""
    The frame as CSV that a spreadsheet shows and never runs.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay.

    >>> csv_text(pd.DataFrame({"name": ["=1+1", "a"], "n": [-1, 2]}))
    "name,n\n'=1+1,-1\na,2\n"
    >>> csv_text(pd.DataFrame({"n": [279.0, None], "share": [1.0, None]}))
    'n,share\n279,1.0\n,\n'
    """
    safe = _with_whole_counts(frame)
    for column in safe:
        if not (pd.api.types.is_numeric_dtype(safe[column]) or _is_date(safe[column])):
            safe[column] = _guarded_column(safe[column])
    safe.columns = pd.Index([_guarded(str(name)) for name in safe.columns])
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, lineterminator="\n")
    return buffer.getvalue()


def _with_whole_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """
    The frame with counts as whole numbers where all of a column are.

    A column with a gap holds floats, and 279.0 families are no families to a reader.  Counts are
    told by their names (`n`, `n_...`, `base`, `base_...`); under fractional counting they stay.
    """
    whole = frame.copy(deep=False)
    for column in whole:
        if COUNT.fullmatch(str(column)) and pd.api.types.is_float_dtype(whole[column]):
            known = whole[column].dropna()
            if len(known) and (known % 1 == 0).all():
                whole[column] = whole[column].astype("Int64")
    return whole


def safe_csv(frame: pd.DataFrame, path: Path) -> Path:
    """Write `csv_text` of the frame as UTF-8; the path written."""
    path.write_text(csv_text(frame), encoding="utf-8", newline="")
    return path


def _is_date(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_datetime64_any_dtype(column)


def _guarded_column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """The column as guarded text, each distinct value looked at once."""
    distinct = column.astype("category").cat
    texts = [_guarded(str(value)) for value in distinct.categories]
    values = pd.array([*texts, None], dtype="str")  # code -1, missing, takes the last
    return pd.Series(values.take(distinct.codes.to_numpy()), index=column.index)


def _guarded(text: str) -> str:
    """One text; a lone carriage return would start a new row outside the quotes of CSV."""
    guarded = "'" + text if text.startswith(FORMULA_STARTS) else text
    return guarded.replace("\r\n", "\n").replace("\r", "\n")
