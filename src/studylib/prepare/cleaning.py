"""
Symbols and parties of one export, cleaned: each distinct spelling once, rejects with place.

    RawPatents.symbols + application_id --clean_symbols, merge_symbols--> symbols, rejects
    RawPatents.parties --clean_parties--> names apart --parties (+ application_id)--> parties
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean import ipc, names
from studylib.clean.applicant_kinds import applicant_kind
from studylib.clean.ipc_spelling import SEVERAL, Classification
from studylib.clean.name_review import MAPPING
from studylib.clean.texts import TEXT, folded, frame, ranked, runs
from studylib.prepare import records
from studylib.readers.raw import RawPatents

SYMBOL_COLUMNS = [
    "application_id", "scheme", "symbol", "level", "position", "is_inventive", "version", "raw",
]  # fmt: skip
READ = ("symbol", "ipc_level", "version", "value", "reason")
PARTY = ("application_id", "role", "name", "country", "nuts_id")
FIRST = ("raw_name", "nuts_version", "kind")
Array = np.ndarray[Any, np.dtype[Any]]
UNUSED_NAME = "reviewed name that no party of the exports bears"


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
        rows, parsed = _one_symbol_each(rows, scheme)
        said = {name: pa.array(parsed.spellings[name], TEXT) for name in READ}
        read = frame(said, parsed.codes, parsed.index)
        value = read["value"].fillna(rows["value"])
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
        rejects.append(records.rejected(places, scheme, unread["raw"], reasons))
        parts.append(part[part["symbol"].notna()])
    return pd.concat(parts, ignore_index=True), pd.concat(rejects, ignore_index=True)


def _one_symbol_each(rows: pd.DataFrame, scheme: Classification) -> tuple[pd.DataFrame, ipc.Parsed]:
    """
    Rows of symbols with values that hold a list (`7 A 23 B 5/00, A 21 C 9/06`) taken apart.

    The edition before the list (1 to 8) is that of every symbol in it; the symbols of such a
    record are numbered anew, in their order.
    """
    parsed = ipc.parse(rows["raw"], scheme)
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
    return rows, ipc.parse(rows["raw"], scheme)


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
    inventive = _reduced(np.maximum, inventive, starts)
    version = np.where(version < 0, len(versions), version)[order]
    version = _reduced(np.minimum, version, starts)
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


def clean_parties(raw: RawPatents) -> pd.DataFrame:
    """
    One row per party of the export: its name and legal form apart, the rest as exported.

    Columns: record, role, name, raw_name, country, nuts_id, nuts_version, legal_form, weight.
    """
    rows = raw.parties[raw.parties["raw_name"].notna()]
    named = names.taken_apart(rows["raw_name"], is_person=rows["role"] == "inventor")
    return pd.DataFrame(
        {
            "record": rows["record"],
            "role": rows["role"],
            "name": named["name"],
            "raw_name": rows["raw_name"],
            "country": rows["country"].fillna(named["country"]),
            "nuts_id": rows["nuts_id"],
            "nuts_version": pd.Series(raw.nuts_version, rows.index, dtype="str"),
            "legal_form": named["legal_form"],
            "weight": rows["weight"],
        }
    )


def parties(cleaned: list[pd.DataFrame], ids: list[pd.Series]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Contract `parties` of all exports, and rejects of the names' review (see `name_parties`).

    Parameters
    ----------
    cleaned
        What `clean_parties` gives for each export.
    ids
        application_id by record of each export; parties of records without one are left out.
    """
    frames = []
    for rows, known in zip(cleaned, ids, strict=True):
        application = known.reindex(rows["record"]).set_axis(rows.index)
        frames.append(rows.drop(columns="record").assign(application_id=application))
    whole = records.joined(frames)
    named, idle = name_parties(whole[whole["application_id"].notna()])
    return merge_parties(named), idle


def name_parties(parties: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    The parties of all exports under one name per spelling, and reviewed names nobody bears.

    Exports are cleaned apart: what is one name in all of them is settled here, then the names
    a person has reviewed (``data/raw/rules/party_names.csv``) are put in.

    Returns
    -------
    The parties, and rejects: one row per entry of the review file that met no party.
    """
    reviewed = names.read_mapping()
    one = names.one_spelling(parties["name"])
    one, used = names.apply_mapping(one, reviewed) if len(reviewed) else (one, reviewed)
    idle = used.loc[used["n_rows"] == 0, "spelling"] if len(reviewed) else reviewed["spelling"]
    unused = pd.DataFrame(
        {
            "file": MAPPING.name,
            "row": pd.Series(pd.NA, idle.index, dtype="Int64"),
            "column": "name",
            "value": idle,
            "reason": UNUSED_NAME,
        }
    )
    return parties.assign(name=one), unused


def merge_parties(parties: pd.DataFrame) -> pd.DataFrame:
    """
    One row per (application_id, role, name, address); weights sum to 1 per application and role.

    Where the export states shares they are kept and scaled to 1 over the parties it lists;
    where it states none, each name has an equal share.
    """
    owners = parties[parties["role"] == "applicant"]
    inventors = parties.loc[parties["role"] == "inventor", "name"]
    kind = applicant_kind(owners["name"], owners["legal_form"], inventors=inventors)["kind"]
    parties = parties.assign(kind=kind.reindex(parties.index))
    place = {name: ranked(parties[name])[0] for name in (*PARTY, *FIRST)}
    order = np.argsort(folded(*place.values()), kind="stable")
    place = {name: places[order] for name, places in place.items()}
    # A name met with and without an address is one party: the address is the better knowledge.
    known = (place["country"] >= 0) | (place["nuts_id"] >= 0)
    named = runs(folded(place["application_id"], place["role"], place["name"]))
    elsewhere = np.repeat(_reduced(np.logical_or, known, named), np.diff(named, append=len(order)))
    kept = known | ~elsewhere
    order, place = order[kept], {name: places[kept] for name, places in place.items()}

    starts = runs(folded(*(place[name] for name in PARTY)))
    merged = parties[list(PARTY)].take(order[starts]).reset_index(drop=True)
    for name in FIRST:
        merged[name] = _first(parties[name].take(order), place[name] >= 0, starts)
    # Records of one application repeat its parties: the share is stated once, not summed.
    weight = _reduced(np.fmax, parties["weight"].to_numpy(dtype=np.float64)[order], starts)
    role = runs(folded(place["application_id"], place["role"])[starts])
    n_names = np.diff(role, append=len(starts))
    stated = np.repeat(_reduced(np.add, np.nan_to_num(weight), role), n_names)
    share = np.nan_to_num(weight) / np.where(stated > 0, stated, np.nan)
    equal = 1 / np.repeat(n_names, n_names)
    return merged.assign(
        weight=np.where(stated > 0, share, equal),
        territory=pd.Series(pd.NA, merged.index, dtype="str"),
    )


def _first(values: pd.Series, there: Array, starts: Array) -> pd.Series:
    """The first value of each run of rows that is not missing."""
    rows = np.where(there, np.arange(len(values)), len(values))
    first = _reduced(np.minimum, rows, starts)
    return values.reset_index(drop=True).reindex(first).reset_index(drop=True)


def _reduced(step: np.ufunc, values: Array, starts: Array) -> Array:
    """One value for each run of rows; none where there is no row."""
    return step.reduceat(values, starts) if len(values) else values
