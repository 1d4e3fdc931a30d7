"""
Symbols and parties of one export, cleaned: each distinct spelling once, rejects with place.

    RawPatents.symbols + application_id --clean_symbols--> symbols, rejects
    RawPatents.parties + application_id --clean_parties--> parties
"""

import numpy as np
import pandas as pd

from studylib import ipc, names, records
from studylib.applicant_kinds import applicant_kind
from studylib.readers.raw import RawPatents

SYMBOL_COLUMNS = [
    "application_id", "scheme", "symbol", "level", "position", "is_inventive", "version", "raw",
]  # fmt: skip


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
        rows = raw.symbols[raw.symbols["scheme"] == scheme]
        rows = rows[rows["record"].isin(ids.index)]
        parsed = ipc.parse(rows["raw"], scheme)
        inventive = parsed.column("value").astype("object").fillna(rows["value"])
        part = pd.DataFrame(
            {
                "application_id": ids.reindex(rows["record"]).to_numpy(),
                "scheme": scheme,
                "symbol": parsed.column("symbol"),
                "level": parsed.column("ipc_level"),
                "position": rows["position"],
                "is_inventive": inventive.map({"I": True, "N": False}).astype("boolean"),
                "version": rows["version"].fillna(parsed.column("version").astype("str")),
                "raw": rows["raw"],
            }
        )
        places = raw.records[["file", "row"]].take(rows["record"].to_numpy())
        reasons = parsed.column("reason")
        rejects.append(records.rejected(places, scheme, rows["raw"], reasons))
        parts.append(part[part["symbol"].notna()])
    return pd.concat(parts, ignore_index=True), pd.concat(rejects, ignore_index=True)


def merge_symbols(symbols: pd.DataFrame) -> pd.DataFrame:
    """One row per (application_id, scheme, symbol): first position, inventive if ever said so."""
    key = ["application_id", "scheme", "symbol"]
    ordered = symbols.astype(dict.fromkeys((*key, "level", "raw", "version"), "str"))
    ordered = ordered.sort_values([*key, "position", "raw"], kind="stable")
    repeated = ordered.duplicated(key)
    unique = ordered[~repeated].set_index(key)
    said = ordered[ordered["is_inventive"].notna()]
    unique["is_inventive"] = said.groupby(key)["is_inventive"].any().reindex(unique.index)
    stated = ordered[ordered["version"].notna()]
    unique["version"] = stated.groupby(key)["version"].min().reindex(unique.index)
    return unique.reset_index()[SYMBOL_COLUMNS]


def clean_parties(raw: RawPatents, ids: pd.Series) -> pd.DataFrame:
    """One row per party of the export with its normal name (see contract `parties`)."""
    rows = raw.parties[raw.parties["record"].isin(ids.index) & raw.parties["raw_name"].notna()]
    named = names.normalise_names(rows["raw_name"], is_person=rows["role"] == "inventor")
    kinds = applicant_kind(named["name"], named["legal_form"])["kind"]
    country = rows["country"].fillna(named["country"])
    return pd.DataFrame(
        {
            "application_id": ids.reindex(rows["record"]).to_numpy(),
            "role": rows["role"],
            "name": named["name"],
            "raw_name": rows["raw_name"],
            "country": country,
            "nuts_id": rows["nuts_id"],
            "nuts_version": raw.nuts_version,
            "kind": kinds.where(rows["role"] == "applicant"),
            "weight": rows["weight"],
        }
    )


def merge_parties(parties: pd.DataFrame) -> pd.DataFrame:
    """
    One row per (application_id, role, name, address); weights sum to 1 per application and role.

    Where the export states shares they are kept and scaled to 1 over the parties it lists;
    where it states none, each name has an equal share.
    """
    key = ["application_id", "role", "name", "country", "nuts_id"]
    order = [*key, "raw_name", "nuts_version", "kind"]
    ordered = parties.sort_values(order, kind="stable", na_position="last")
    # A name met with and without an address is one party: the address is the better knowledge.
    known = ordered["country"].notna() | ordered["nuts_id"].notna()
    named_elsewhere = ordered[known].set_index(["application_id", "role", "name"]).index
    same = ordered.set_index(["application_id", "role", "name"]).index
    ordered = ordered[known | ~same.isin(named_elsewhere)]
    grouped = ordered.groupby(key, dropna=False, sort=True)
    merged = grouped.agg(
        raw_name=("raw_name", "first"),
        nuts_version=("nuts_version", "first"),
        kind=("kind", "first"),
        # Records of one application repeat its parties: the share is stated once, not summed.
        weight=("weight", "max"),
    ).reset_index()
    role = merged.groupby(["application_id", "role"])
    stated = role["weight"].transform("sum")
    equal = 1 / role["name"].transform("size")
    weight = np.where(stated > 0, merged["weight"].fillna(0) / stated.where(stated > 0), equal)
    return merged.assign(weight=weight, territory=pd.Series(pd.NA, merged.index, dtype="str"))
