"""
Which technology fields a theme is about: those of its sectors' classes.

    sectors.csv (sector -> IPC), wipo35_2019.csv (IPC -> field)  -->  theme: fields
"""

from functools import cache

import pandas as pd

from studylib.ket import fields
from studylib.network.sectors import Sectors
from studylib.network.theme_sides import sectors_of


def of_themes(rows: pd.DataFrame, known: Sectors) -> list[str]:
    """The WIPO fields of each theme, separated by semicolons; "" where no sector has a class."""
    told = (sorted(of_sectors(known, sectors_of(row))) for _i, row in rows.iterrows())
    return [";".join(map(str, own)) for own in told]


def of_sectors(known: Sectors, keys: list[str]) -> frozenset[int]:
    """The WIPO fields of the subclasses of a theme's sectors."""
    told = known.technologies_of(set(keys))
    return _of_symbols(frozenset(key.replace(" ", "") for key in told if ":" not in key))


@cache
def _of_symbols(told: frozenset[str]) -> frozenset[int]:
    """The fields of the symbols that lie below these, or above."""
    rules = fields.rules()
    symbols = rules["symbol"].str.replace(" ", "").tolist()
    own = [any(s.startswith(t) or t.startswith(s) for t in told) for s in symbols]
    return frozenset(int(field) for field in rules.loc[own, "field_id"])
