"""
Names of metropolitan areas, as the reader of a page calls them.

    rules/metro_names.csv    "Bordeaux"  --metro_name-->  "Burdeos" on a Spanish page
"""

from functools import cache

import pandas as pd

from studylib.diversify.metro_areas import BETWEEN
from studylib.ket.rules import FOLDER
from studylib.language import given, in_use


@cache
def metro_names() -> dict[str, dict[str, str]]:
    """The names of the areas of the rule file, by language."""
    return given.by_key(pd.read_csv(FOLDER / "metro_names.csv"), "metro", "name")


def metro_name(metro: str) -> str:
    """
    An area, or areas held together, in the language of the page; as it is where no rule names it.

    >>> metro_name("Donostia / San Sebastián"), metro_name("Pau + Anglet"), metro_name("Region 7")
    ('San Sebastián', 'Pau + Anglet', 'Region 7')
    """
    names = metro_names()
    return BETWEEN.join(
        given.translated(names.get(name, name), in_use()) for name in metro.split(BETWEEN)
    )
