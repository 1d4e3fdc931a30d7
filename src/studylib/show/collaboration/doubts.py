"""
What is not sure of a pair of organisations: how firm its rank is, what speaks against it, what lacks.

Rows are those of `network.partners`; of whom something is missing is said by name.
"""

from collections.abc import Mapping
from typing import Any

from studylib.language.chances import in_whole_percent
from studylib.language.words import _, is_missing, listing, mark, number
from studylib.network import labels as names
from studylib.network.recalled import is_from_memory, is_recalled, is_sector_seen
from studylib.report.labels import label
from studylib.show.collaboration.partner_facts import Facts

OF_ORIGIN = {
    "own": mark("The theme is a choice of this project, not of the organisations."),
    "list": mark("The theme follows from the list; nobody has named it."),
    "patents": mark("The theme follows from the patents; nobody has named it."),
}
"""What speaks against a theme, by its origin; against a published one nothing."""
LIKELY = 0.05  # from this chance on, sharing as much is no surprise


def against(facts: Facts, row: Mapping[Any, Any]) -> list[str]:
    """What speaks against a call, sentence by sentence; none where nothing we know does."""
    told = []
    ends = [str(row[end]) for end in ("cluster_id", "partner_id")]
    if row["basis"] == "shared technology":
        told.append(_("Only technology joins them; nobody has named a theme."))
    elif row["basis"] == "theme of this study":
        told.extend(of_origin(facts.origins(row)))
    told.extend(of_memory({facts.name[key]: facts.row[key].get("evidence") for key in ends}))
    if row["n_shared"] and not is_missing(row["p"]) and row["p"] >= LIKELY:
        told.append(
            _(
                "Chance: of 100 pairs drawn at random, {n} would have as much in common.",
                n=number(100 * row["p"]),
            )
        )
    if row["high"] > row["rank"] + 1:
        told.append(_("The order may change: the list can hold errors."))
    return told


def of_memory(evidence: Mapping[str, object]) -> list[str]:
    """Which organisations rest on memory (name -> evidence), and of which a sector was seen."""
    recalled = [name for name, told in evidence.items() if is_from_memory(told)]
    in_part = [name for name in recalled if is_sector_seen(evidence[name])]
    wholly = [name for name in recalled if name not in in_part]
    told = [
        _("Named from memory; no public page was seen: {names}.", names=listing(wholly))
        if wholly
        else "",
        _(
            "Named from memory; only the sector was seen on a public page: {names}.",
            names=listing(in_part),
        )
        if in_part
        else "",
    ]
    return [text for text in told if text]


def of_origin(origins: Mapping[str, str]) -> list[str]:
    """What speaks against themes by where each comes from (its name -> its origin)."""
    named = {
        origin: listing(name for name, own in origins.items() if own == origin)
        for origin in OF_ORIGIN
        if origin in origins.values()
    }
    if len(named) < 2:  # noqa: PLR2004 (all of one origin)
        return [label(OF_ORIGIN, origin) for origin in named]
    told = {label(names.ORIGIN, origin): themes for origin, themes in named.items()}
    return [_("{what}: {items}.", what=origin, items=themes) for origin, themes in told.items()]


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
    chance = _("by chance alone as much in common in {p} of cases", p=in_whole_percent(row["p"]))
    return f"{rank} · {chance}"


def lacks(facts: Facts, row: Mapping[Any, Any]) -> str:
    """What is not known of the pair, and of whom."""
    ends = [str(row[end]) for end in ("cluster_id", "partner_id")]
    silent = [facts.name[key] for key in ends if is_missing(facts.row[key].get("kets"))]
    unseen = [facts.name[key] for key in ends if is_from_memory(facts.row[key].get("evidence"))]
    seats = [facts.name[key] for key in ends if is_recalled(facts.row[key].get("evidence"))]
    seats = [name for name in seats if name not in unseen]
    texts = {
        "no_patents": _("patents, for services do not patent"),
        "no_rule": _("patents, for no rule knows the patents of a sector"),
        "no_kets": _("the KETs of {names}", names=listing(silent)),
        "no_interests": _("what they want: answers to a survey carry no name"),
        "recalled": _("a public page of {names}", names=listing(unseen)) if unseen else "",
        "seats": _("a source for the seat of {names}", names=listing(seats)) if seats else "",
    }
    codes = [*str(row["missing"]).split(";"), "seats"]
    return " · ".join(texts[code] for code in codes if texts.get(code))
