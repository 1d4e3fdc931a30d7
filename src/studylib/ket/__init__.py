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

Which symbols make a KET, and who says so, is in `rules`; what a rule covers in `intervals`, made
ready in `match`; the search is in `tagger`, why an application is tagged or not in `explanation`.
"""

import numpy as np
import pandas as pd

from studylib.clean import ipc
from studylib.clean.columns import encode, grouped
from studylib.ket.explanation import explain
from studylib.ket.intervals import MATCHES, Match
from studylib.ket.rules import DEFAULT_SCHEME, PROXY_SCHEME, Scheme, load_scheme
from studylib.ket.tagger import tag

__all__ = [
    "DEFAULT_SCHEME",
    "MATCHES",
    "PROXY_SCHEME",
    "Match",
    "Scheme",
    "explain",
    "load_scheme",
    "main_groups_only",
    "status",
    "tag",
    "tag_families",
]

STATUS = ("unclassified", "no KET", "KET")


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


def status(applications: pd.DataFrame, symbols: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
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
        {"application_id": ids, "status": pd.Categorical.from_codes(state, pd.Index(STATUS))}
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
    deep = groups.any_bits(is_deep[codes[groups.rows]])
    every = np.arange(len(deep))
    return pd.DataFrame({"application_id": groups.named(every), "is_main_group_only": ~deep})
