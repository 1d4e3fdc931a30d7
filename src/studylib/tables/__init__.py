"""
Canonical tables held against their contracts, written and read back.

`check` holds a frame against its contract (pandera), `write` sorts by the key and writes Parquet
or CSV, `read` gives a table back with the same dtypes.  See `studylib.tables.contracts`.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean.texts import ranked
from studylib.errors import DataError, quoted, several, some
from studylib.tables.contracts import CONTRACTS, DTYPES, Contract

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
    checked = _sound(frame, contract)
    if checked is None:
        checked = _validated(frame, contract)
    key = list(contract.key)
    if in_order := _ascends([checked[c] for c in key]):
        return checked[contract.names + more], in_order
    # pandera's own test of uniqueness cannot report on keys of several types.
    if (repeated := checked.duplicated(key)).any():
        first = ", ".join(map(str, checked.loc[repeated, key].iloc[0]))
        raise DataError(
            f"Table `{name}` ({contract.grain}) repeats its key "
            f"{several(int(repeated.sum()), 'time', 'times')}; "
            f"first: {quoted(first)}."
        )
    return checked[contract.names + more], in_order


def _sound(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame | None:
    """
    The frame with the contract's dtypes where every column plainly keeps it, else None.

    pandera says what is wrong, but takes longer to load than a table to write: it is asked only
    when there is something to say.
    """
    plain = {c.name: DTYPES[c.kind] for c in contract.columns if c.kind != "label"}
    labels = [c.name for c in contract.columns if c.kind == "label"]
    try:
        checked = frame.astype(plain).assign(**{name: _label(frame[name]) for name in labels})
    except (TypeError, ValueError):
        return None
    for c in contract.columns:
        if c.required and checked[c.name].hasnans:
            return None
        if c.allowed and not set(checked[c.name].cat.categories) <= set(c.allowed):
            return None
    return checked


def _validated(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The frame with the contract's dtypes, or a DataError that says how it breaks it."""
    import pandera.pandas as pandera

    schema = pandera.DataFrameSchema(
        {
            c.name: pandera.Column(
                DTYPES[c.kind],
                checks=pandera.Check.isin(c.allowed) if c.allowed else None,
                nullable=not c.required,
                description=c.meaning,
            )
            for c in contract.columns
        },
        coerce=True,
    )
    try:
        return schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        first = error.failure_cases.iloc[0]
        raise DataError(
            f"Table `{contract.name}` ({contract.grain}) breaks its contract "
            f"{several(len(error.failure_cases), 'time', 'times')}; first: {first['check']} on "
            f"`{first['column']}`, "
            f"{some([first['failure_case']])}."
        ) from error


def _label(values: pd.Series) -> pd.Series:
    """Text as a category in alphabetical order."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return _sorted_categories(values)
    places, labels = ranked(values)
    categories = pd.Index(labels.to_pandas(), dtype="str")
    return pd.Series(pd.Categorical.from_codes(places, categories), values.index)


def _sorted_categories(labels: pd.Series) -> pd.Series:
    """The labels with their used categories in alphabetical order, so that sorting is by text."""
    used = labels.cat.remove_unused_categories()
    return used.cat.reorder_categories(sorted(used.cat.categories))


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
