"""
Sentences with computed numbers: what a page says about the data it was built on.

One module per section of a page, or page.  Every function takes an opened study (and finished tables) and
returns `Prose`, paragraphs in the page's language; a number never stands in them as typed.
"""

from importlib import import_module
from typing import Any

MODULES = frozenset(
    {"collaboration", "data", "groups", "kets", "ledger", "patents", "published_shares", "survey"}
)


def __getattr__(name: str) -> Any:
    if name in MODULES:
        return import_module(f"studylib.say.{name}")
    raise AttributeError(name)
