"""Sentences on how far the list of organisations holds: what it rests on, how firm ranks are."""

import pandas as pd

from studylib.language.counted import organisations
from studylib.language.words import _, number, percent
from studylib.network.list_errors import RATES


def rests_on(rows: pd.DataFrame) -> str | None:
    """What the rows of the list rest on: a page that was seen, memory, or nobody says what."""
    told = rows["evidence"].astype("object").fillna("")
    n_seen = int(told.str.startswith("seen").sum())
    n_recalled = int(told.str.startswith("recalled").sum())
    n = len(rows)
    if not n:
        return None
    if n == n_seen:
        return _("A public page was seen for every organisation. Such a list is never complete.")
    if not n_seen + n_recalled:
        return _("The list does not say what its rows rest on, nor whether it is complete.")
    counted = {"seen": number(n_seen), "organisations": organisations(n)}
    if n == n_seen + n_recalled:
        return _(
            "A public page was seen for {seen} of {organisations}; the rest is recalled and may "
            "be wrong. Such a list is never complete.",
            **counted,
        )
    if n_recalled:
        return _(
            "A public page was seen for {seen} of {organisations}; for the others the list does "
            "not say what they rest on, or they are recalled and may be wrong.",
            **counted,
        )
    return _(
        "A public page was seen for {seen} of {organisations}; for the others the list does not "
        "say what they rest on.",
        **counted,
    )


def how_firm(ranked: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Which errors of the list are assumed, and how often a first partner keeps its place."""
    seen, recalled = RATES["seen"], RATES["recalled"]
    kept = ranked.loc[ranked["rank"] == 1, "in_first"].mean()
    shares = {
        "share_seen_wrong": percent(seen.wrong, 0),
        "share_seen_missing": percent(seen.missing, 0),
        "share_kept": percent(kept, 0),
    }
    if rows["evidence"].astype("object").fillna("").str.startswith("seen").all():
        return _(
            "How firm a rank is follows from errors the list may hold. We assume, and nobody has "
            "measured, that {share_seen_wrong} of the sectors are wrong and {share_seen_missing} of "
            "the rows lack one, although their pages were seen. A first partner then stands first "
            "in {share_kept} of the draws on average.",
            **shares,
        )
    return _(
        "How firm a rank is follows from errors the list may hold. We assume, and nobody has "
        "measured, that of rows whose page was seen {share_seen_wrong} of the sectors are "
        "wrong and {share_seen_missing} lack one, and of recalled rows {share_wrong} and "
        "{share_missing}. A first partner then stands first in {share_kept} of the draws on "
        "average.",
        share_wrong=percent(recalled.wrong, 0),
        share_missing=percent(recalled.missing, 0),
        **shares,
    )
