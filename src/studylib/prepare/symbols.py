"""
Symbols of exports, cleaned: each distinct spelling once, what is unreadable kept with its place.

    RawPatents.symbols + application_id --clean_symbols--> one row per symbol of the export, rejects
                                        --merge_symbols--> contract `symbols`
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean import ipc, ipc_packed
from studylib.clean.ipc_spelling import SEVERAL, Classification
from studylib.clean.texts import TEXT, array, folded, frame, ranked, reduced, runs
from studylib.language import mark
from studylib.prepare.reject_rows import listed, rejected
from studylib.readers.raw import RawPatents

SYMBOL_COLUMNS = [
    "application_id", "scheme", "symbol", "level", "position", "is_inventive", "version", "raw",
]  # fmt: skip
NO_VALUE = mark("is neither inventive (I) nor additional (N) information")
READ = ("symbol", "ipc_level", "version", "value", "reason")
Array = np.ndarray[Any, np.dtype[Any]]


def clean_symbols(raw: RawPatents, ids: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Readable symbols, and those that are not.

    Parameters
    ----------
    ids
        application_id by record; symbols of records without one are left out with the record.

    Returns
    -------
    One row per symbol of the export (see contract `symbols`; not yet unique), and rejects.
    """
    parts, rejects = [], []
    for scheme in ("ipc", "cpc"):
        rows = raw.symbols[
            (raw.symbols["scheme"] == scheme) & raw.symbols["record"].isin(ids.index)
        ]
        rows, parsed = _one_symbol_each(rows, scheme, raw.packed)
        said = {name: pa.array(parsed.spellings[name], TEXT) for name in READ}
        read = frame(said, parsed.codes, parsed.index)
        value = _value(read["value"].fillna(rows["value"]), scheme)
        part = pd.DataFrame(
            {
                "application_id": ids.reindex(rows["record"]).set_axis(rows.index),
                "scheme": scheme,
                "symbol": read["symbol"],
                "level": read["ipc_level"],
                "position": rows["position"],
                "is_inventive": pd.arrays.BooleanArray(
                    (value == "I").to_numpy(dtype=bool),
                    ~value.isin(["I", "N"]).to_numpy(dtype=bool),
                ),
                "version": rows["version"].fillna(read["version"]),
                "raw": rows["raw"],
            }
        )
        unread = rows[read["reason"].notna()]
        places = raw.records[["file", "row"]].take(unread["record"].to_numpy())
        reasons = read["reason"].dropna()
        rejects.append(rejected(places, scheme, unread["raw"], reasons))
        odd = value.dropna()
        odd = odd[~odd.isin(["I", "N"])]
        places = raw.records[["file", "row"]].take(rows["record"][odd.index].to_numpy())
        rejects.append(listed(rejected(places, scheme, odd, pd.Series(NO_VALUE, odd.index))))
        parts.append(part[part["symbol"].notna()])
    return pd.concat(parts, ignore_index=True), pd.concat(rejects, ignore_index=True)


def _value(said: pd.Series, scheme: Classification) -> pd.Series:
    """Inventive (I) or additional (N) information; the CPC says A for what the IPC calls N."""
    return said.mask(said == "A", "N") if scheme == "cpc" else said


def _one_symbol_each(
    rows: pd.DataFrame, scheme: Classification, packed: int | None
) -> tuple[pd.DataFrame, ipc.Parsed]:
    """
    Rows of symbols with values that hold a list (`7 A 23 B 5/00, A 21 C 9/06`) taken apart.

    The edition before the list (1 to 8) is that of every symbol in it; the symbols of such a
    record are numbered anew, in their order.
    """
    parsed = ipc.parse(rows["raw"], scheme)
    if (packed := packed or _packed(parsed.spellings)) is not None:
        parsed = ipc.parse(rows["raw"], scheme, packed)
    is_list = (parsed.spellings["reason"] == SEVERAL).to_numpy(dtype=bool)
    if not is_list.any():
        return rows, parsed
    lists = np.append(is_list, [False])[parsed.codes]
    here = rows["record"].isin(rows.loc[lists, "record"])
    symbols = ipc.split_lists(rows.loc[here, "raw"])
    apart = rows.loc[symbols.index].assign(raw=symbols)
    stated = ipc.parse(apart["raw"], scheme).column("version").astype("str")
    edition = stated.where(stated.str.len() == 1).groupby(level=0).transform("first")
    apart["version"] = apart["version"].fillna(edition)
    apart["position"] = (apart.groupby("record").cumcount() + 1).astype("Int64")
    rows = pd.concat([rows[~here], apart], ignore_index=True)
    return rows, ipc.parse(rows["raw"], scheme, packed)


def _packed(spellings: pd.DataFrame) -> int | None:
    """Digits of the main groups of symbols without any slash, as the whole column tells them."""
    reason, level = spellings["reason"], spellings["ipc_level"]
    if level.isin(["subgroup", "main group"]).any() or reason.isna().all():
        return None
    return ipc_packed.width(array(ipc.split_lists(spellings["raw"]).drop_duplicates()))


def merge_symbols(symbols: pd.DataFrame) -> pd.DataFrame:
    """One row per (application_id, scheme, symbol): first position, inventive if ever said so."""
    key = [ranked(symbols[name])[0] for name in ("application_id", "scheme", "symbol")]
    position = symbols["position"].fillna(-1).to_numpy(dtype=np.int64)
    version, versions = _by_age(*ranked(symbols["version"]))
    order = np.argsort(folded(*key, position, ranked(symbols["raw"])[0]), kind="stable")
    starts = runs(folded(*key)[order])
    unique = symbols.take(order[starts]).reset_index(drop=True)
    inventive = symbols["is_inventive"].astype("Int8").fillna(-1).to_numpy(dtype=np.int8)[order]
    # Of what several rows of a symbol say: inventive before additional, the oldest edition.
    inventive = reduced(np.maximum, inventive, starts)
    version = np.where(version < 0, len(versions), version)[order]
    version = reduced(np.minimum, version, starts)
    return unique.assign(
        is_inventive=pd.arrays.BooleanArray(inventive == 1, inventive < 0),
        version=frame(
            {"version": versions}, np.where(version < len(versions), version, -1), unique.index
        )["version"],
    )[SYMBOL_COLUMNS]


def _by_age(places: Array, versions: Any) -> tuple[Array, Any]:
    """Editions 1 to 8 (1968 to 2005) come before those that are named by their year."""
    old = pc.equal(pc.utf8_length(versions), 1).to_numpy(zero_copy_only=False)
    in_order = np.argsort(~old, kind="stable")
    return np.append(np.argsort(in_order), -1)[places], versions.take(pa.array(in_order))
