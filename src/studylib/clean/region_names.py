"""
Names of provinces and departments, as the reader of a page calls them.

    rules/region_names.csv    "Araba/Álava"  --called-->  "Álava" on a Spanish page
"""

from functools import cache

import pandas as pd

from studylib.language import given, in_use
from studylib.project import PROJECT

NAMES = PROJECT / "data" / "raw" / "rules" / "region_names.csv"


@cache
def _names() -> dict[str, dict[str, str]]:
    """Names by language, by the name in `nuts.csv`."""
    return given.by_key(pd.read_csv(NAMES), "region", "name")


def called(name: str) -> str:
    """
    A region in the language of the page, by its official name; that where no rule knows another.

    >>> called("Gironde"), called("Lorraine")
    ('Gironde', 'Lorraine')
    """
    return given.translated(_names().get(name, name), in_use())
