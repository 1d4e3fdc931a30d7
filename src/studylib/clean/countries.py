"""
The country of a person or a firm, by code or name: ``data/raw/rules/countries.csv``.

    stated                            country  reason
    ES, es, ESP, España, Espagne      ES
    UK, United Kingdom                GB
    EL                                GR
    EP, WO, IB, ZZ                             an office, an organisation or unknown: ...
    Spian                                      country that the rules do not know

Codes are those of ISO 3166-1 and WIPO ST.3.  Nobody lives at the European Patent Office.
"""

from functools import cache

import numpy as np
import pandas as pd

from studylib.clean.columns import encode
from studylib.clean.name_keys import compared
from studylib.clean.texts import TEXT, frame
from studylib.language import mark
from studylib.project import PROJECT

COUNTRIES = PROJECT / "data" / "raw" / "rules" / "countries.csv"
NAMES = ("en", "es", "fr", "de", "pt", "it", "eu")
NOBODYS = mark("an office, an organisation or unknown: no country of a person")
NOT_KNOWN = mark("country that the rules do not know")
NONE = "-"
"""What `spellings` says of codes that are no country of a person."""
CODE = 2  # letters


def country_of(stated: pd.Series) -> pd.DataFrame:
    """
    The country each text names.

    Returns
    -------
    One row per value, same index: country (two letters of ISO 3166-1; missing where none is
    named), reason (why; missing where a country is read or nothing was there).

    >>> country_of(pd.Series(["esp", "UK", "EP"]))["country"].fillna("-").tolist()
    ['ES', 'GB', '-']
    """
    import pyarrow as pa

    codes, texts = encode(stated)
    said = pd.Series(texts.to_pandas(), dtype="str")
    found = compared(said).map(spellings()).astype("str")
    silent = said.isna() | (said.str.strip() == "")
    reason = pd.Series(np.where(found == NONE, NOBODYS, NOT_KNOWN), said.index)
    country = found.where(found != NONE)
    reason = reason.where(country.isna() & ~silent)
    columns = {"country": pa.array(country, TEXT), "reason": pa.array(reason, TEXT)}
    return frame(columns, np.asarray(codes), stated.index)


@cache
def spellings() -> pd.Series:
    """What each code and name means (index: as `name_keys.compared`); "-" is no country."""
    rules = pd.read_csv(COUNTRIES, dtype="str", comment="#", keep_default_na=False)
    is_country = rules["is_country"] == "yes"
    code = rules["country"].where(is_country, NONE)
    also = rules["also"].str.split("|").explode()
    told = [rules["country"], rules["alpha3"], *(rules[name] for name in NAMES), also]
    every = pd.concat(told)
    means = code.reindex(every.index)
    key = compared(every.where(every != ""))
    known = pd.Series(means.to_numpy(), key.to_numpy(), dtype="str")[key.notna().to_numpy()]
    return known[~known.index.duplicated()]


@cache
def codes() -> frozenset[str]:
    """The codes of two letters that the rules know, of countries and of offices."""
    return frozenset(key for key in spellings().index if len(key) == CODE)
