"""
Sectors as people write them, in any language and several in a cell, to the keys of the rules.

    "Agroalimentaire et santé"   agrifood, health     two names of the rules, joined
    "TIC / turismo"              ict, tourism
    "Wood and paper"             wood_paper           one name of the rules
    "Steel"                      steel                no rule knows it: a sector of its own
    "Steel and health"           steel_and_health     a part that no rule knows: not taken apart
"""

import re
from collections.abc import Mapping

import pandas as pd

from studylib.files import hand_kept
from studylib.language import given

JOINED = re.compile(r"\s*[/+&,]\s*|\s+(?:and|et|y|e|und|eta|ta)\s+", re.IGNORECASE)


def spellings(rules: pd.DataFrame) -> dict[str, str]:
    """
    What each way to write a sector means: keys, names in every language, and `also`.

    A spelling of two sectors means neither.
    """
    found: dict[str, set[str]] = {}
    columns = ["sector", *given.columns(rules, "sector").values()]
    for column in columns:
        for sector, text in rules[["sector", column]].dropna().itertuples(index=False, name=None):
            found.setdefault(hand_kept.key(text), set()).add(sector)
    for sector, texts in rules[["sector", "also"]].dropna().itertuples(index=False, name=None):
        for text in texts.split("|"):
            found.setdefault(hand_kept.key(text), set()).add(sector)
    return {text: next(iter(one)) for text, one in found.items() if len(one) == 1}


def meant(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """
    The keys of the sectors that a text names; its own key where the rules do not know all of it.

    >>> known = {"health": "health", "sante": "health", "ict": "ict", "tic": "ict"}
    >>> meant("TIC / Santé", known), meant("Steel & Santé", known)
    (('ict', 'health'), ('steel_sante',))
    """
    key = hand_kept.key(text)
    if key in known:
        return (known[key],)
    parts = [known.get(hand_kept.key(part)) for part in JOINED.split(text) if part.strip()]
    sectors = tuple(part for part in parts if part)
    return tuple(dict.fromkeys(sectors)) if sectors and len(sectors) == len(parts) else (key,)
