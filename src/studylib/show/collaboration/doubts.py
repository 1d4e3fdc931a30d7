"""
What is not sure of a pair of organisations: how firm its rank is, what speaks against it, what lacks.

Rows are those of `network.partners`; of whom something is missing is said by name.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studylib.language.words import _, is_missing, listing, number, percent
from studylib.show.collaboration.partner_facts import Facts

if TYPE_CHECKING:
    import pandas as pd

LIKELY = 0.05  # from this chance on, sharing as much is no surprise


def against(row: Mapping[Any, Any]) -> str:
    """What speaks against a call, in sentences; "" where nothing we know does."""
    told = []
    if row["basis"] == "shared technology":
        told.append(_("Only technology joins them; nobody has named a theme."))
    elif row["basis"] == "theme of this study":
        told.append(_("The theme is a choice of this project, not of the organisations."))
    if row["n_shared"] and not is_missing(row["p"]) and row["p"] >= LIKELY:
        told.append(
            _(
                "Two organisations taken at random share as much in {n} of 100 cases.",
                n=number(100 * row["p"]),
            )
        )
    if row["high"] > row["rank"] + 1:
        told.append(_("Another partner may be nearer: the order is not sure."))
    return " ".join(told)


def sure(row: Mapping[Any, Any]) -> str:
    """The rank with its interval, and the chance of sharing as much."""
    limits = {key: number(row[key]) for key in ("rank", "low", "high")}
    rank = (
        _("rank {rank}, in 95% of the draws too", rank=limits["rank"])
        if row["low"] == row["rank"] == row["high"]
        else _("rank {rank}, between {low} and {high} in 95% of the draws", **limits)
    )
    if not row["n_shared"] or is_missing(row["p"]):
        return rank
    chance = _("by chance alone as much in common in {p} of cases", p=percent(row["p"], 0))
    return f"{rank} · {chance}"


def lacks(facts: Facts, row: Mapping[Any, Any]) -> str:
    """What is not known of the pair, and of whom."""
    ends = [str(row[end]) for end in ("cluster_id", "partner_id")]
    silent = [facts.name[key] for key in ends if is_missing(facts.row[key].get("kets"))]
    unseen = [facts.name[key] for key in ends if is_recalled(facts.row[key])]
    texts = {
        "no_patents": _("patents, for services do not patent"),
        "no_rule": _("patents, for no rule knows the patents of a sector"),
        "no_kets": _("the KETs of {names}", names=listing(silent)),
        "no_interests": _("what they want: answers to a survey carry no name"),
        "recalled": _("a public page of {names}", names=listing(unseen)),
    }
    codes = str(row["missing"]).split(";")
    return " · ".join(texts[code] for code in codes if code in texts)


def is_recalled(row: "pd.Series[Any]") -> bool:
    """Whether what the list says of an organisation is recalled, in part at least."""
    evidence = row.get("evidence")
    return not is_missing(evidence) and "recalled" in str(evidence)
