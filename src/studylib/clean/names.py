"""
Names of applicants and inventors in one spelling, without guessing who is who.

    raw                           name                   legal_form  country
    Fundación Ejemplo [ES]        FUNDACIÓN EJEMPLO                  ES
    FUNDACION EJEMPLO             FUNDACIÓN EJEMPLO
    Ejemplo Robótica, S. Coop.    EJEMPLO ROBÓTICA       S COOP
    Pérez Gil, Ana                PÉREZ GIL, ANA

Spellings with one `key` (see `studylib.clean.name_keys`) show one `name`: the spelling met most
often, then the one with most accents, then the first in the alphabet.  Two names are made one only
by a reviewed mapping (`apply_mapping`); `suggest_mapping` lists what a person should look at.
"""

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from studylib.clean.distinct import distinct, groups
from studylib.clean.name_keys import cleaned, compared
from studylib.clean.name_review import apply_mapping, read_mapping, suggest_mapping
from studylib.clean.texts import array, frame, ranked, runs
from studylib.project import PROJECT

__all__ = [
    "apply_mapping", "normalise_names", "one_spelling", "read_mapping", "suggest_mapping",
    "taken_apart",
]  # fmt: skip

LEGAL_FORMS = PROJECT / "data" / "raw" / "rules" / "legal_forms.csv"
COUNTRY = r"^(?P<rest>.*?) *[\[(](?P<country>[A-Z]{2})[\])]$"
APART = r"[ ,;/&-]+"  # what may stand between the words of a legal form, and before it


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
    return named.assign(key=compared(named["name"]))[["name", "key", "legal_form", "country"]]


def taken_apart(
    raw: pd.Series, legal_forms: pd.DataFrame | None = None, *, is_person: pd.Series | bool = False
) -> pd.DataFrame:
    """
    Cleaned names as they are spelled, apart from their legal form and country.

    Parameters as in `normalise_names`.  One row per value, same index: name, legal_form, country.
    """
    forms = read_legal_forms() if legal_forms is None else legal_forms
    codes, texts = distinct(raw)
    person = np.broadcast_to(np.asarray(is_person, dtype=bool), len(raw))
    whole = _without_country(cleaned(texts)).assign(legal_form=pd.Series(dtype="str"))
    firms = np.zeros(len(texts), dtype=bool)
    firms[codes[(codes >= 0) & ~person]] = True
    either = pd.concat([_without_form(whole.assign(name=whole["name"].where(firms)), forms), whole])
    columns = {name: array(either[name]) for name in ("name", "legal_form", "country")}
    place = np.where(codes < 0, -1, codes + person * len(texts))
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


def read_legal_forms() -> pd.DataFrame:
    """Spellings of legal forms: spelling, legal_form, country, source."""
    return pd.read_csv(LEGAL_FORMS, dtype="str", comment="#", keep_default_na=False)


def _without_country(name: pd.Series) -> pd.DataFrame:
    """Name and country of its suffix, as EPO exports write it: `NAME [ES]`."""
    suffix = groups(name.where(name.str.endswith(("]", ")"))), COUNTRY)  # most have none
    rest = cleaned(suffix["rest"]).fillna(name)
    return pd.DataFrame({"name": rest.mask(rest == ""), "country": suffix["country"]})


def _without_form(whole: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """The same without a trailing legal form, as long as a name is left before it."""
    spelled = cleaned(forms["spelling"]).str.replace(APART, " ", regex=True)
    known = pd.Series(forms["legal_form"].to_numpy(), spelled, dtype="str")
    either = "|".join(sorted({spelling.replace(" ", APART) for spelling in known.index}))
    found = groups(whole["name"], rf"^(?P<rest>.+?){APART}(?P<form>{either})$")
    form = found["form"].str.replace(APART, " ", regex=True)
    return whole.assign(
        name=found["rest"].fillna(whole["name"]),
        legal_form=form.map(known[~known.index.duplicated()]).astype("str"),
    )


def _cleaned_mapping(mapping: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """The mapping with both sides as names are after cleaning."""
    sides = {
        column: _without_form(_without_country(cleaned(mapping[column])), forms)["name"]
        for column in ("spelling", "name")
    }
    return mapping.assign(**sides)
