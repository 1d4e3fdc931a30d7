"""
WIPO's 35 technology fields from IPC symbols (table of July 2019).

    symbols                         fields
    application_id  symbol          application_id  field_id  n_symbols  weight
    7               A61K 8/02  ->   7               14        1          0.5
    7               A61K 31/00      7               16        1          0.5

Every symbol has one field or none.  Six subclasses (A61K, B01D, C13B, E01F, G01N, H04N) are split
by main group, so the subclass alone has no field.  What the IPC has gained since 2019 is added
as our own rows (`origin` is `own`): H10, G06V, B64U, H04N 23 and H04N 25.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from studylib.clean import ipc
from studylib.clean.columns import Array, encode, grouped
from studylib.errors import DataError, quoted, several, some
from studylib.ket.rules import FOLDER
from studylib.ket.sound_rules import level_of
from studylib.language import given, in_use

FIELDS = FOLDER / "wipo35_2019.csv"
KEYS = {"field_id": "int64", "sector_id": "int64"}
NO_FIELD = 0


@cache
def rules(path: Path = FIELDS) -> pd.DataFrame:
    """
    The table of fields: one row per (field, symbol) with names, origin, source and note.

    Raises
    ------
    DataError
        A symbol cannot be read, or two rows claim the same symbol.
    """
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False).astype(KEYS)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"The fields {quoted(path.name)} cannot be read: {error}.") from None
    if len(wrong := table[table["symbol"].map(level_of) != table["level"]]):
        unread = some(wrong["symbol"])
        raise DataError(
            f"{path.name}: "
            f"{several(len(wrong), 'symbol is', 'symbols are')} not of the level stated: "
            f"{unread}."
        )
    start, stop = _intervals(table)
    by_start = np.argsort(start, kind="stable")
    overlaps = by_start[1:][start[by_start[1:]] < np.maximum.accumulate(stop[by_start])[:-1]]
    if len(overlaps):
        twice = table["symbol"].iloc[np.sort(overlaps)]
        raise DataError(
            f"{path.name}: "
            f"{several(len(overlaps), 'symbol has', 'symbols have')} two fields: {some(twice)}."
        )
    return table


def table(path: Path = FIELDS) -> pd.DataFrame:
    """The names, one row per field 1..35: field_id, sector_id, field_en, sector_en, field_fr ..."""
    every = rules(path)
    spoken = [
        column
        for stem in ("sector", "field")
        for column in given.columns(every, stem).values()
        if column not in KEYS
    ]
    names = every[[*KEYS, *spoken]].drop_duplicates()
    return names.sort_values("field_id", ignore_index=True)


@cache
def field_names() -> dict[int, dict[str, str]]:
    """The names of the technology fields, by language: WIPO's in English and French, else ours."""
    return given.by_key(rules(), "field_id", "field")


@cache
def sector_names() -> dict[int, dict[str, str]]:
    """The names of WIPO's sectors of technology, by language."""
    return given.by_key(rules(), "sector_id", "sector")


def assign(symbols: pd.DataFrame, path: Path = FIELDS) -> pd.DataFrame:
    """
    The fields of each application, and what share of its symbols lies in each.

    Parameters
    ----------
    symbols
        One row per (application_id, scheme, symbol), symbols in normal form; repeated rows count
        once, and only rows whose `scheme` is `ipc`.
    path
        The table of fields.

    Returns
    -------
    One row per (application_id, field_id), sorted: application_id, field_id, n_symbols, weight.
    `weight` [share of the application's symbols that have a field] sums to 1; an application
    none of whose symbols has a field has no row.
    """
    codes, texts = _ipc_codes(symbols)
    field_of = np.append(_fields_of(ipc.checked_keys(texts), path), NO_FIELD)
    groups = grouped(symbols["application_id"], np.flatnonzero(field_of[codes]))
    carried = pd.DataFrame({"group": groups.number(), "code": codes[groups.rows]}).drop_duplicates()
    carried["field_id"] = field_of[carried["code"]]
    counts = carried.groupby(["group", "field_id"], sort=True).size()
    number, field_id = (counts.index.get_level_values(i).to_numpy() for i in (0, 1))
    total = np.bincount(number, weights=counts, minlength=len(groups.ids))
    return pd.DataFrame(
        {
            "application_id": groups.named(number),
            "field_id": pd.array(field_id, dtype="Int64"),
            "n_symbols": pd.array(counts.to_numpy(), dtype="Int64"),
            "weight": counts.to_numpy() / total[number],
        }
    )


def _ipc_codes(symbols: pd.DataFrame) -> tuple[Array, pa.Array]:
    """Codes and distinct texts of the symbols; -1 for rows of another scheme."""
    if missing := [c for c in ("application_id", "symbol") if c not in symbols]:
        raise DataError(f"The symbols lack the columns {some(missing)}.")
    codes, texts = encode(symbols["symbol"])
    if "scheme" in symbols:
        codes = np.where((symbols["scheme"] == "ipc").to_numpy(), codes, -1)
    return codes, texts


def _fields_of(keys: ipc.Integers, path: Path) -> Array:
    """The field of each key, 0 for none."""
    start, stop = _intervals(rules(path))
    order = np.argsort(start)
    field_id = rules(path)["field_id"].to_numpy()[order]
    place = np.searchsorted(start[order], keys, side="right") - 1
    inside = (place >= 0) & (keys < stop[order][place])
    return np.where(inside, field_id[place], NO_FIELD)


def _intervals(table: pd.DataFrame) -> tuple[ipc.Integers, ipc.Integers]:
    """First key and end of each row of the table."""
    start = ipc.keys(pa.array(table["symbol"], pa.large_string()))
    return start, start + table["level"].map(ipc.SPAN).to_numpy(dtype=np.int64)


def field_name(field_id: int) -> str:
    """The name of a technology field, in the language of the page."""
    return given.translated(field_names()[int(field_id)], in_use())


def sector_name(sector_id: int) -> str:
    """The name of a sector of WIPO's, in the language of the page."""
    return given.translated(sector_names()[int(sector_id)], in_use())
