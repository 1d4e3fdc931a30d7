"""
Files that travel with an output: the CSV of a table, the SVG of a figure.

    Table, Picture  --MIME type `FILES`-->  executed notebook  --files-->  {"tables/x.csv": text}

A notebook knows no path: what belongs beside its page is carried in the output itself, and the
run writes it there.
"""

import html
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from studylib.errors import RunError, UsageError, quoted

FILES = "application/vnd.studylib.files+json"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
PATH = re.compile(
    rf"(?:tables/{NAME.pattern}\.(?:csv|graphml)|figures/{NAME.pattern}\.(?:csv|svg))"
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def files(notebook: Any) -> dict[str, str]:
    """
    What belongs beside the page of an executed notebook: path relative to the page, and text.

    Raises
    ------
    RunError
        A path leads elsewhere, or one path stands for two different contents.
    """
    found: dict[str, str] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            carried: Mapping[str, str] = output.get("data", {}).get(FILES, {})
            for path, text in carried.items():
                if not PATH.fullmatch(path):
                    raise RunError(f"An output wants to write {quoted(path)}; it may not.")
                if found.setdefault(path, text) != text:
                    raise RunError(
                        f"Two outputs are both called {quoted(path)}. Give each its own name."
                    )
    return found


def link(path: str, text: str) -> str:
    """
    A link to a file beside the page.

    It is hidden in a notebook, where there is no such file; the page's sanitiser shows it.
    """
    return f'<a hidden href="{html.escape(path)}">{html.escape(text)}</a>'


def check_name(name: str) -> str:
    """The name of a table or figure; small letters, digits, `_` and `-`, or "" for no file."""
    if name and not NAME.fullmatch(name):
        raise UsageError(
            f"{quoted(name)} cannot name a file: use small letters, digits, `_` and `-`."
        )
    return name


def csv_text(frame: pd.DataFrame) -> str:
    r"""
    The frame as CSV that a spreadsheet shows and never runs.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay.

    >>> csv_text(pd.DataFrame({"name": ["=1+1", "a"], "n": [-1, 2]}))
    "name,n\n'=1+1,-1\na,2\n"
    """
    safe = frame.copy(deep=False)
    for column in safe:
        if not (pd.api.types.is_numeric_dtype(safe[column]) or _is_date(safe[column])):
            safe[column] = _guarded_column(safe[column])
    safe.columns = pd.Index([_guarded(str(name)) for name in safe.columns])
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, lineterminator="\n")
    return buffer.getvalue()


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
