"""
The values of a column held against its contract: kind, presence, list of allowed values.

    scheme : label : ipc|cpc      ipc, cpc, fi  -->  "none of ipc|cpc on `scheme`, 'fi'"

Values that keep the contract get the dtype of their kind; text that is a label becomes a category
in alphabetical order, so that a table is sorted by text and not by the order in which it was met.
"""

import pandas as pd

from studylib.clean.texts import ranked
from studylib.errors import DataError, quoted, several
from studylib.language.words import is_missing
from studylib.tables.contract import DTYPES, Column, Contract, Kind

NOT: dict[Kind, str] = {
    "text": "not a text",
    "label": "not a text",
    "integer": "not a whole number",
    "number": "not a number",
    "date": "not a day",
    "flag": "neither true nor false",
}
"""How a value breaks its kind, in words."""


def kept(values: pd.Series, column: Column, contract: Contract) -> pd.Series:
    """
    The values of a column with the dtype its contract names.

    Raises
    ------
    DataError
        A value is of another kind, is missing where it is required, or is not among those allowed;
        the sentence names the table, the column, how many there are and the first.
    """
    try:
        found = _label(values) if column.kind == "label" else _as(values, column.kind)
    except (TypeError, ValueError):
        raise _broken(contract, column, NOT[column.kind], _unfit(values, column.kind)) from None
    if column.required and found.hasnans:
        raise _broken(contract, column, "a missing value", values[found.isna()])
    if column.allowed and not set(found.cat.categories) <= set(column.allowed):
        others = values[found.notna() & ~found.isin(column.allowed)]
        raise _broken(contract, column, f"none of {'|'.join(column.allowed)}", others)
    return found


def _as(values: pd.Series, kind: Kind) -> pd.Series:
    """Values with the dtype of a kind."""
    return values.astype(pd.api.types.pandas_dtype(DTYPES[kind]))


def _unfit(values: pd.Series, kind: Kind) -> pd.Series:
    """Those of the values that are not of a kind; all, where they only do not go together."""

    def fits(value: object) -> bool:
        """Whether one value is of the kind."""
        try:
            _as(pd.Series([value], dtype="object"), kind)
        except (TypeError, ValueError):
            return False
        return True

    unfit = values[[not fits(value) for value in values]]
    return values if unfit.empty else unfit


def _broken(contract: Contract, column: Column, how: str, others: pd.Series) -> DataError:
    """The sentence for values that break a contract; of a missing one there is nothing to quote."""
    first = others.iloc[0]
    said = "" if is_missing(first) else f", {quoted(first)}"
    return DataError(
        f"Table `{contract.name}` ({contract.grain}) breaks its contract "
        f"{several(len(others), 'time', 'times')}; first: {how} on `{column.name}`{said}."
    )


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
