"""
Names of applicants and inventors in one spelling, without guessing who is who.

    raw                           name                   legal_form  country
    Fundación Ejemplo [ES]        FUNDACIÓN EJEMPLO                  ES
    FUNDACION EJEMPLO             FUNDACIÓN EJEMPLO
    Ejemplo Robótica, S. Coop.    EJEMPLO ROBÓTICA       S COOP
    Pérez Gil, Ana                PÉREZ GIL, ANA

A name keeps its form where firms of different forms bear it (see `studylib.clean.legal_forms`).
Spellings with one `key` (see `studylib.clean.name_keys`) show one `name`: the spelling met most
often, then the one with most accents, then the first in the alphabet.  Two names are made one only
by a reviewed mapping (`apply_mapping`); `suggest_mapping` lists what a person should look at.
"""

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from studylib.clean.countries import codes, country_of
from studylib.clean.distinct import distinct, groups
from studylib.clean.legal_forms import (
    firms_apart,
    in_round_brackets,
    read_legal_forms,
    without_form,
)
from studylib.clean.name_keys import cleaned, compared
from studylib.clean.name_review import apply_mapping, read_mapping, suggest_mapping
from studylib.clean.texts import array, frame, ranked, runs

__all__ = [
    "apply_mapping", "normalise_names", "one_spelling", "read_mapping", "suggest_mapping",
    "taken_apart",
]  # fmt: skip

PARTS = ("name", "legal_form", "country", "no_country")
SUFFIX = r"^(?P<rest>.*?)[ _]*(?:\[(?P<square>[^\[\]()]{2,40})\]|\((?P<round>[^\[\]()]{2,40})\))$"


def normalise_names(
    raw: pd.Series,
    legal_forms: pd.DataFrame | None = None,
    mapping: pd.DataFrame | None = None,
    *,
    is_person: pd.Series | bool = False,
) -> pd.DataFrame:
    """
    One name per party, and what was taken off it.

    Parameters
    ----------
    raw
        Names as exported.
    legal_forms
        One row per spelling: spelling, legal_form.  Default: the project's rule file.
    mapping
        Reviewed names (see `read_mapping`); none by default.
    is_person
        Where true (inventors), no legal form is taken off: `LEE SE` is a person.

    Returns
    -------
    One row per value, same index: name, key, legal_form, country (two letters, only from a
    suffix such as `[ES]`); missing where nothing stands.
    """
    forms = read_legal_forms() if legal_forms is None else legal_forms
    named = taken_apart(raw, forms, is_person=is_person)
    named = named.assign(name=one_spelling(named["name"]))
    if mapping is not None:
        named["name"] = apply_mapping(named["name"], _cleaned_mapping(mapping, forms))[0]
    named["name"] = firms_apart(named["name"], named["legal_form"], forms)
    return named.assign(key=compared(named["name"]))[["name", "key", "legal_form", "country"]]


def taken_apart(
    raw: pd.Series,
    legal_forms: pd.DataFrame | None = None,
    *,
    is_person: pd.Series | bool = False,
    once_is_always: bool = False,
) -> pd.DataFrame:
    """
    Cleaned names as they are spelled, apart from their legal form and country.

    Parameters as in `normalise_names`.  One row per value, same index: name, legal_form, country,
    no_country (a code in brackets that is no country of a person: EP, ZZ).  `once_is_always`: a
    name that is a person's in one row is so in all, as of inventors who apply themselves.
    """
    forms = read_legal_forms() if legal_forms is None else legal_forms
    places, texts = distinct(raw)
    person = np.broadcast_to(np.asarray(is_person, dtype=bool), len(raw))
    whole = _without_country(cleaned(texts), forms).assign(legal_form=pd.Series(dtype="str"))
    firms = np.zeros(len(texts), dtype=bool)
    firms[places[(places >= 0) & ~person]] = True
    if once_is_always:
        firms[places[(places >= 0) & person]] = False
        person = person | ~np.append(firms, False)[places]
    bare = without_form(whole["name"].where(firms), forms)
    either = pd.concat([whole.assign(**bare), whole])
    columns = {name: array(either[name]) for name in PARTS}
    place = np.where(places < 0, -1, places + person * len(texts))
    return frame(columns, place, raw.index)


def one_spelling(names: pd.Series) -> pd.Series:
    """
    Normal names with one spelling per key, over all exports that are joined.

    Shown is the spelling met most often, then the one with most accents, then the first in the
    alphabet.
    """
    places, texts = ranked(names)
    keys, _ = ranked(compared(pd.Series(texts.to_pandas())))
    n = np.bincount(places[places >= 0], minlength=len(texts))
    accents = pc.subtract(pc.binary_length(texts), pc.utf8_length(texts)).to_numpy()
    best = np.lexsort((-accents, -n, keys))  # last of all by alphabet, as the texts stand
    shown = best[runs(keys[best])][keys]
    return frame({"name": texts}, np.append(shown, -1)[places], names.index)["name"]


def _without_country(name: pd.Series, forms: pd.DataFrame) -> pd.DataFrame:
    """
    Name and country of its suffix, as exports write it: `NAME [ES]`, `NAME (Spain)`.

    Square brackets hold codes of two or three letters or names, round ones no codes of three: ARM
    and CAN are firms as well.  A code that is no country is taken off and told (`no_country`).
    """
    blank = {"country": None, "no_country": None}
    found = pd.DataFrame({"name": name.mask(name == ""), **blank}, dtype="str")
    last = name[name.str.endswith(("]", ")")).fillna(value=False).astype(bool)]  # most have none
    if last.empty:
        return found
    suffix = groups(last, SUFFIX)
    code = suffix["square"].fillna(suffix["round"])
    read = country_of(code)["country"]
    is_round = suffix["round"].notna()
    firm = is_round & (code.isin(in_round_brackets(forms)) | (code.str.len() == len("ESP")))
    looks = code.str.fullmatch("[A-Z]{2,3}").fillna(value=False) & ~is_round
    none = read.isna() & (code.isin(codes()) | looks)
    taken = (read.notna() | none) & ~firm
    rest = cleaned(suffix["rest"][taken])
    found.loc[rest.index, "name"] = rest.mask(rest == "")
    found.loc[rest.index, "country"] = read[taken]
    found.loc[rest.index, "no_country"] = code.where(none)[taken]
    return found


def _cleaned_mapping(mapping: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """The mapping with both sides as names are after cleaning."""
    sides = {
        column: without_form(_without_country(cleaned(mapping[column]), forms)["name"], forms)[
            "name"
        ]
        for column in ("spelling", "name")
    }
    return mapping.assign(**sides)
