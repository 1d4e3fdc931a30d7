"""
The call list: whom an organisation could call, on what, what speaks against it, the first step.

    ranked partners, what is known of both ends  --call_list-->  one row per organisation and partner

Every text is computed from what joins the pair; the list is made for a spreadsheet.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from studylib.language.words import _, is_missing, listing
from studylib.show.collaboration.doubts import against, lacks, sure
from studylib.show.collaboration.partner_facts import Facts

FIRST = 5  # calls on the front page


def columns() -> dict[str, str]:
    """The columns of the list and what they are called on the page."""
    return {
        "organisation": _("Organisation"), "territory": _("Territory"), "place": _("Seat"),
        "website": _("Web page"), "rank": _("Order"), "partner": _("Possible partner"),
        "partner_place": _("Seat of the partner"), "partner_website": _("Web page of the partner"),
        "why": _("Why"), "evidence": _("How sure"), "against": _("What speaks against it"),
        "missing": _("What is missing"), "first_step": _("First step"),
    }  # fmt: skip


def call_list(facts: Facts, ranked: pd.DataFrame) -> pd.DataFrame:
    """One row per organisation and possible partner, by organisation and order: `columns`."""
    named = facts.named(ranked)
    ordered = named.assign(folded=named["name"].str.casefold())
    ordered = ordered.sort_values(["folded", "cluster_id", "rank"], kind="stable")
    rows = [_row(facts, row) for row in ordered.astype("object").to_dict("records")]
    return pd.DataFrame(rows, columns=list(columns()))


def _row(facts: Facts, row: Mapping[Any, Any]) -> dict[str, Any]:
    """One call: both ends, why, how sure, what speaks against it, what to do first."""
    one, other = facts.row[row["cluster_id"]], facts.row[row["partner_id"]]
    return {
        "organisation": row["name"],
        "territory": facts.study.area_name(str(row["territory"])),
        "place": _known(one.get("place")),
        "website": _known(one.get("website")),
        "rank": int(row["rank"]),
        "partner": row["partner"],
        "partner_place": _known(other.get("place")),
        "partner_website": _known(other.get("website")),
        "why": " · ".join(facts.why(row)),
        "evidence": sure(row),
        "against": " ".join(against(facts, row)),
        "missing": lacks(facts, row),
        "first_step": first_step(facts, row),
    }


def _known(value: object) -> str:
    """A text of the list; "" where it has none."""
    return "" if is_missing(value) else str(value)


def first_step(facts: Facts, row: Mapping[Any, Any]) -> str:
    """What to do first, by what joins the pair."""
    ground = facts.what(row)
    if row["basis"] == "shared sector":
        return _(
            "Ask {partner} which of its members look for partners (sector: {what}).",
            partner=row["partner"],
            what=ground,
        )
    if row["basis"] == "shared technology":
        own = facts.sectors_of(str(row["cluster_id"]))
        return _(
            "Ask {partner} whether its members also work for the sector of {organisation}: {what}.",
            partner=row["partner"],
            organisation=facts.name[str(row["cluster_id"])],
            what=listing(own),
        )
    return _("Propose a first meeting on: {what}.", what=ground)


def first_calls(
    facts: Facts, once: pd.DataFrame, cards: Mapping[str, str]
) -> tuple[dict[str, Any], ...]:
    """
    The nearest pairs, no organisation twice: who, whom, where, why, what is against it, first step.

    `cards`: address of the card of an organisation on its page, by id; none where it has none.
    """
    met: set[str] = set()
    told = []
    for row in once.astype("object").to_dict("records"):
        ends = [str(row["cluster_id"]), str(row["partner_id"])]
        if met & set(ends):
            continue
        met |= set(ends)
        told.append(
            {
                "organisation": row["name"],
                "partner": row["partner"],
                "why": facts.ground(row),
                "against": [*against(facts, row), _of_the_list()],
                "first_step": first_step(facts, row),
                "ends": [_end(facts, key, cards.get(key, "")) for key in ends],
            }
        )
    return tuple(told[:FIRST])


def _of_the_list() -> str:
    """Why calls and ideas need not begin with the same: what each of them rests on."""
    return _(
        "Calls rest on the list of organisations alone; ideas weigh patents and projects too, and can "
        "begin elsewhere."
    )


def _end(facts: Facts, key: str, card: str) -> dict[str, str]:
    """Where an organisation is reached, and where its card stands."""
    row = facts.row[key]
    return {
        "name": facts.name[key],
        "place": _known(row.get("place")),
        "website": _known(row.get("website")),
        "card": card,
    }
