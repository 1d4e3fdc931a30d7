"""
Canonical tables held against their contracts, written and read back.

`check` holds a frame against its contract, `write` sorts by the key and writes Parquet or CSV,
`read` gives a table back with the same dtypes.  What a table is stands in `tables.contracts`, how
its values are held against that in `tables.values`, and nowhere else.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.errors import DataError, quoted, several, some
from studylib.tables.contracts import CONTRACTS
from studylib.tables.values import kept

__all__ = ["CONTRACTS", "check", "read", "write"]


def check(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """
    The frame with the contract's columns in its order and dtypes; more columns stay at the end.

    Raises
    ------
    DataError
        A column is missing, a required value is missing, a value is not allowed, the key repeats.
    """
    return _checked(frame, name)[0]


def _checked(frame: pd.DataFrame, name: str) -> tuple[pd.DataFrame, bool]:
    """The frame as `check` gives it, and whether its rows stand in the order of the key."""
    contract = CONTRACTS[name]
    if missing := [c for c in contract.names if c not in frame]:
        raise DataError(f"Table `{name}` lacks the columns {some(missing)}.")
    frame = frame.reset_index(drop=True)
    more = [c for c in frame if c not in contract.names]
    checked = frame.assign(**{c.name: kept(frame[c.name], c, contract) for c in contract.columns})
    key = list(contract.key)
    if in_order := _ascends([checked[c] for c in key]):
        return checked[contract.names + more], in_order
    if (repeated := checked.duplicated(key)).any():
        first = ", ".join(map(str, checked.loc[repeated, key].iloc[0]))
        raise DataError(
            f"Table `{name}` ({contract.grain}) repeats its key "
            f"{several(int(repeated.sum()), 'time', 'times')}; "
            f"first: {quoted(first)}."
        )
    return checked[contract.names + more], in_order


def _ascends(key: list[pd.Series]) -> bool:
    """Whether every row has a greater key than the one before; missing text counts as no."""
    equal = np.ones(max(len(key[0]) - 1, 0), dtype=bool)
    for column in key:
        if isinstance(column.dtype, pd.CategoricalDtype):
            codes = column.cat.codes.to_numpy(dtype=np.int64)
            values = pa.array(np.where(codes < 0, len(column.cat.categories), codes))
        elif column.hasnans:
            return False
        else:
            values = pa.array(column)
        before, after = values[:-1], values[1:]
        if (equal & pc.less(after, before).to_numpy(zero_copy_only=False)).any():
            return False
        equal &= pc.equal(after, before).to_numpy(zero_copy_only=False)
    return not equal.any()


def write(frame: pd.DataFrame, name: str, folder: Path, *, as_csv: bool = False) -> Path:
    """
    Check the frame, sort it by its key (the funnel keeps its order) and write it.

    Notes
    -----
    In a CSV, text that a spreadsheet would take for a formula (`=1+1`, `+33 5`, `-`, `@x`) gets an
    apostrophe in front, and a lone carriage return inside a cell becomes a line feed; Parquet
    keeps every text as it is.
    """
    contract = CONTRACTS[name]
    checked, in_order = _checked(frame, name)
    if name != "funnel" and not in_order:
        checked = checked.sort_values(list(contract.key), kind="stable", ignore_index=True)
    path = folder / f"{name}.{'csv' if as_csv else 'parquet'}"
    if as_csv:
        from studylib.files.csv_out import safe_csv

        safe_csv(checked, path)
    else:
        checked.to_parquet(path, index=False)
    return path


def read(name: str, folder: Path) -> pd.DataFrame:
    """A table written by `write`, with its dtypes."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise DataError(
            f"There is no table `{name}` in {folder.name}. Build the study first: studylib build."
        )
    return pd.read_parquet(path)
