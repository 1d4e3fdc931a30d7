"""
Tag applications with key enabling technologies (KETs) from their IPC symbols.

    symbols                            tags
    application_id  symbol             application_id  ket             n_symbols
    7               B82Y 30/00    ->   7               nanotechnology  1
    7               G06F 17/30         (one row per application and KET)

    tag(p, KET) = any(symbol in include and not in exclude)
                  or (any(symbol in only-with and not in exclude) and any(partner symbol))
                  and not any(symbol in not-with)             [any symbol of the application]

Only IPC symbols count: rows whose `scheme` is not `ipc` are left out, because CPC symbols would
need a concordance.  Tags overlap on purpose, so counts per KET do not add up.  An application
without IPC symbol is unclassified, which is not "no KET": see `status`.

Which symbols make a KET, and who says so, is in `ket_rules`; how a rule covers symbols is in
`ket_match`; why one application is tagged or not is in `ket_explain`.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from studylib import ipc
from studylib.columns import Array, Groups, encode, grouped
from studylib.errors import DataError, some
from studylib.ket_match import Match, Matcher, matcher
from studylib.ket_rules import DEFAULT_SCHEME, KETS, PROXY_SCHEME, Scheme, load_scheme

__all__ = [
    "DEFAULT_SCHEME",
    "KETS",
    "PROXY_SCHEME",
    "Match",
    "Scheme",
    "load_scheme",
    "main_groups_only",
    "status",
    "tag",
    "tag_families",
]

STATUS = ("unclassified", "no KET", "KET")
FEW = 64  # symbols of one application, above which comparing each with each is slow


def tag(symbols: pd.DataFrame, scheme: Scheme, *, match: Match = "exact") -> pd.DataFrame:
    """
    Say which KETs each application carries, and on how many distinct symbols that rests.

    Parameters
    ----------
    symbols
        One row per (application_id, scheme, symbol), symbols in normal form; repeated rows count
        once.  Without a column `scheme`, all rows are IPC.
    match
        How a rule on a subgroup covers symbols: see `ket_match`.  Rules on classes, subclasses
        and main groups cover all below them under each.

    Returns
    -------
    One row per (application_id, ket), sorted: application_id, ket, n_symbols >= 1.  Symbols that
    only allow or forbid a tag (partners of only-with rules, vetoes) are not in `n_symbols`.

    Raises
    ------
    DataError
        A column is missing, a symbol is not in normal form, an application_id is missing.
    """
    rules = matcher(scheme, match)
    codes, masks = _masks(symbols, rules)
    of_row = masks[codes]
    hits = np.flatnonzero(of_row)
    of_row = of_row[hits]
    groups = grouped(symbols["application_id"], hits)
    together = groups.any_bits(of_row)
    carries = _carries(of_row, together, groups.number, rules)
    counts = _count(carries, groups, codes[hits], len(scheme.kets))
    return _table(counts, groups, scheme.kets)


def _masks(symbols: pd.DataFrame, rules: Matcher) -> tuple[Array, Array]:
    """The code of each row's symbol, and the bits of each code; the last one does nothing."""
    if missing := [c for c in ("application_id", "symbol") if c not in symbols]:
        raise DataError(f"The symbols lack the columns {some(missing)}.")
    codes, texts = encode(symbols["symbol"])
    if "scheme" in symbols:
        is_ipc = (symbols["scheme"] == "ipc").to_numpy()
        if not is_ipc.all():
            codes = np.where(is_ipc, codes, -1)
    keys = ipc.keys(texts)
    if (keys == ipc.UNREADABLE).any():
        in_use = np.zeros(len(keys) + 1, dtype=bool)
        in_use[codes] = True
        ipc.checked_keys(texts.filter(pa.array(in_use[:-1])))
    return codes, rules.masks(keys)


def _carries(of_row: Array, together: Array, number: Array, rules: Matcher) -> Array:
    """For each row, the bits of the KETs its symbol gives to its application."""
    kind = of_row.dtype.type
    carries = of_row & kind(rules.triggers)
    for pair in rules.pairs:
        has_partner = (together & kind(pair.partner)) != 0
        listed = np.flatnonzero(of_row & kind(pair.listed))
        beside = listed[has_partner[number[listed]]]
        carries[beside] |= kind(pair.ket)
    for ket, veto in rules.vetoes.items():
        vetoed = (together & kind(veto)) != 0
        rows = np.flatnonzero(carries & kind(ket))
        carries[rows[vetoed[number[rows]]]] &= ~kind(ket)
    return carries


def _count(carries: Array, groups: Groups, codes: Array, n_kets: int) -> Array:
    """Distinct symbols per group (rows) and KET (columns)."""
    rows = np.flatnonzero(carries)
    number, carries, codes = groups.number[rows], carries[rows], codes[rows]
    first = _first_of_each(number, codes, is_sorted=groups.is_sorted)
    counts = np.empty((len(groups.ids), n_kets), dtype=np.int32)
    for place in range(n_kets):
        gives = (carries & carries.dtype.type(1 << place)) != 0
        counts[:, place] = np.bincount(number[gives & first], minlength=len(groups.ids))
    return counts


def _first_of_each(number: Array, codes: Array, *, is_sorted: bool) -> Array:
    """Which rows are the first of their (group, symbol): repeated rows count once."""
    first = np.ones(len(number), dtype=bool)
    if is_sorted:
        # Groups are runs: compare each row with the next, the one after ... inside its run.
        rows = np.arange(len(number))
        for lag in range(1, FEW):
            rows = rows[: np.searchsorted(rows, len(number) - lag)]
            rows = rows[number[rows] == number[rows + lag]]
            if len(rows) == 0:
                return first
            first[rows[codes[rows] == codes[rows + lag]] + lag] = False
    key = number * np.int64(codes.max(initial=0) + 1) + codes
    order = np.argsort(key, kind="stable")
    repeated = key[order[1:]] == key[order[:-1]]
    first[order[1:][repeated]] = False
    return first


def _table(counts: Array, groups: Groups, kets: tuple[str, ...]) -> pd.DataFrame:
    """Counts per group and KET as tags, in the order of ids and names."""
    names = sorted(kets)
    tagged = groups.order(np.flatnonzero(counts.any(axis=1)))
    by_name = counts[tagged][:, [kets.index(name) for name in names]]
    row, ket = np.nonzero(by_name)
    return pd.DataFrame(
        {
            "application_id": groups.named(tagged[row]),
            "ket": pd.Categorical.from_codes(ket, names),
            "n_symbols": pd.array(by_name[row, ket], dtype="Int64"),
        }
    )


def tag_families(tags: pd.DataFrame, applications: pd.DataFrame) -> pd.DataFrame:
    """
    The KETs of each family: those of any of its applications.

    A veto is a fact of one application: a family whose first application is vetoed and whose
    second is not carries the tag.

    Returns
    -------
    One row per (family_id, ket), sorted: family_id, ket, n_applications >= 1.
    """
    families = applications[["application_id", "family_id"]].drop_duplicates()
    carried = tags[["application_id", "ket"]].merge(families, on="application_id")
    return carried.groupby(["family_id", "ket"], observed=True, as_index=False).agg(
        n_applications=("application_id", "nunique")
    )


def status(
    applications: pd.DataFrame, symbols: pd.DataFrame, tags: pd.DataFrame
) -> pd.DataFrame:
    """
    Whether each application is tagged, is not, or cannot be classified for want of IPC symbols.

    Returns
    -------
    One row per application, in the order given: application_id, status (`unclassified`: no IPC
    symbol, hence neither KET nor "no KET"; `no KET`; `KET`).
    """
    ids = applications["application_id"]
    is_ipc = symbols["scheme"] == "ipc" if "scheme" in symbols else slice(None)
    has_ipc = ids.isin(symbols.loc[is_ipc, "application_id"]).to_numpy()
    is_tagged = ids.isin(tags["application_id"]).to_numpy()
    state = np.where(has_ipc, np.where(is_tagged, 2, 1), 0)
    return pd.DataFrame(
        {"application_id": ids, "status": pd.Categorical.from_codes(state, STATUS)}
    )


def main_groups_only(symbols: pd.DataFrame) -> pd.DataFrame:
    """
    Whether the IPC symbols of each application all stop at the main group or above.

    Such applications (core level of the IPC of 2006, or an export that cuts symbols) can never
    match a rule on a subgroup; the mean of `is_main_group_only` is the share to report.

    Returns
    -------
    One row per application with IPC symbol, sorted: application_id, is_main_group_only.
    """
    codes, texts = encode(symbols["symbol"])
    rows = np.flatnonzero(codes >= 0)
    if "scheme" in symbols:
        rows = rows[(symbols["scheme"] == "ipc").to_numpy()[rows]]
    is_deep = ipc.checked_keys(texts) % ipc.SPAN["main group"] != 0
    groups = grouped(symbols["application_id"], rows)
    deep = groups.any_bits(is_deep[codes[rows]])
    order = groups.order(np.arange(len(deep)))
    return pd.DataFrame(
        {"application_id": groups.named(order), "is_main_group_only": ~deep[order]}
    )
