"""
Names of regions, as the reader of a page calls them.

    rules/region_names.csv    "Araba/Álava"  --called-->  "Álava" on a Spanish page
                              FRF11          --named-->   "Bajo Rin": FR421 of NUTS 2010
    no rule knows the region  UKI31          --named-->   "UKI31 (Reino Unido)"

The rules name the regions of levels 2 and 3 that the published tables of the project have, and all
of Switzerland, by their codes of NUTS 2010; codes of other versions are translated.
"""

from functools import cache

import pandas as pd

from studylib.clean import nuts
from studylib.clean.region_codes import COUNTRY, iso
from studylib.language import FORMATS, given, in_use
from studylib.project import PROJECT

NAMES = PROJECT / "data" / "raw" / "rules" / "region_names.csv"
VERSION = "2010"
"""Of the codes of the rules."""


@cache
def _rules() -> pd.DataFrame:
    """The rules: code, region (official name), name_en, name_es, ..., certainty, source."""
    return pd.read_csv(NAMES, dtype="str")


@cache
def _names(key: str) -> dict[str, dict[str, str]]:
    """Names by language, by code or by official name."""
    return given.by_key(_rules(), key, "name")


def called(name: str) -> str:
    """
    A region in the language of the page, by its official name; that where no rule knows another.

    >>> called("Gironde"), called("Cumbria")
    ('Gironde', 'Cumbria')
    """
    return given.translated(_names("region").get(name, name), in_use())


def named(code: str) -> str:
    """
    A region in the language of the page, by its code of any version of NUTS.

    The code with the name of its country where no rule knows the region.

    >>> named("CH032"), named("FRI12"), named("UKI31")
    ('Basel-Landschaft', 'Gironde', 'UKI31 (United Kingdom)')
    """
    known = _names("code").get(_in_rules(code))
    if known:
        return given.translated(known, in_use())
    official = _official().get(code)
    return called(official) if official else _with_country(code)


@cache
def _in_rules(code: str) -> str:
    """The code in the version of the rules; itself where it is of that version, or was split."""
    its_own = nuts.versions_of(code)
    if VERSION in its_own:
        return code
    moved = nuts.to_version(pd.Series([code]), min(its_own), VERSION).iloc[0]
    return str(moved["code"]) if pd.isna(moved["reason"]) else code


@cache
def _official() -> dict[str, str]:
    """Official names of the regions that came or went; of a code that came again, none."""
    rules = nuts.read_nuts()
    again = rules.merge(rules, left_on="code", right_on="successor", suffixes=("", "_before"))
    again = again[again["version_to_before"] >= again["version_to"]]
    told = rules[(rules["name"] != "") & ~rules["code"].isin(again["code"])]
    return dict(zip(told["code"], told["name"], strict=True))


def _with_country(code: str) -> str:
    """A code nobody has named, with the name of its country."""
    from babel import Locale

    locale = Locale.parse(FORMATS.get(in_use(), in_use()))
    country = locale.territories.get(iso(code[:COUNTRY]))
    return f"{code} ({country})" if country else code
