"""The cards of ideas as JSON: what stands on them, for a program to read."""

import json
from typing import Any

from studylib.language.words import is_missing
from studylib.opportunities.cards import Card

EVIDENCE = (
    "organisations", "patents", "joint_patents", "projects", "added", "wanted", "front", "in_first",
    "low", "high",
)  # fmt: skip


def as_json(cards: list[Card], titles: list[str]) -> str:
    """The cards with their titles: evidence with null where the data cannot give it, names, gaps."""
    told = [
        {
            "theme": card.theme_id,
            "title": title,
            **{
                key: None if is_missing(card.row[key]) else _plain(card.row[key])
                for key in EVIDENCE
            },
            "fields": [int(key) for key in keys_of(card, "fields")],
            "kets": keys_of(card, "kets"),
            "sides": [list(side) for side in card.sides],
            "first_call": list(card.first or ()),
            "missing": list(card.missing),
            "would_be_refuted_by": list(card.weak or ("no_use",)),
        }
        for card, title in zip(cards, titles, strict=True)
    ]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def keys_of(card: Card, column: str) -> list[str]:
    """The keys of a cell that holds several."""
    return [key for key in str(card.row[column]).split(";") if key]


def _plain(value: Any) -> float | int:
    """A number of a frame as JSON has it."""
    return round(float(value), 6) if float(value) != int(value) else int(value)
