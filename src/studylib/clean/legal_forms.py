"""
Legal forms behind the names of firms: ``data/raw/rules/legal_forms.csv``.

    cleaned                     name        legal_form        firms of one name
    EJEMPLO, SL                 EJEMPLO     SL                EJEMPLO SL
    EJEMPLO S L                 EJEMPLO     SL                EJEMPLO SL
    EJEMPLO (SA)                EJEMPLO     SA                EJEMPLO SA
    EJEMPLO SLU                 EJEMPLO     SLU               EJEMPLO SL
    EJEMPLO                     EJEMPLO                       EJEMPLO

A name borne under one form, or with none, stands without it.  Where firms of one name have
different forms they are different firms, and each keeps its form in its name; who states none
could be either, and stays apart from both.
"""

import re
import unicodedata
from functools import cache

import numpy as np
import pandas as pd

from studylib.clean.columns import encode
from studylib.clean.distinct import groups
from studylib.clean.name_keys import compared
from studylib.project import PROJECT

LEGAL_FORMS = PROJECT / "data" / "raw" / "rules" / "legal_forms.csv"
BETWEEN = r"[ ,;&+()-]+"  # what may stand between the words of a legal form
BEFORE = r"(?:[ ,;/&+-]+\(?|\()"
LETTERS = {
    "A": "AÁÀÂÄÃĄ", "C": "CÇĆ", "E": "EÉÈÊĘ", "I": "IÍÌÎ", "L": "LŁ", "N": "NÑŃ", "O": "OÓÒÔÖÕ",
    "S": "SŚ", "U": "UÚÙÛÜ", "Z": "ZŻŹ",
}  # fmt: skip


@cache
def read_legal_forms() -> pd.DataFrame:
    """Spellings of legal forms: spelling, legal_form, firm, country, source."""
    return pd.read_csv(LEGAL_FORMS, dtype="str", comment="#", keep_default_na=False)


def without_form(names: pd.Series, forms: pd.DataFrame) -> pd.DataFrame:
    """
    Names without a trailing legal form, as long as a name is left before it.

    Parameters
    ----------
    names
        Cleaned names, see `name_keys.cleaned`.
    forms
        One row per spelling: spelling, legal_form.

    Returns
    -------
    One row per name, same index: name, legal_form (missing where there is none).
    """
    known = pd.Series(forms["legal_form"].to_numpy(), compared(forms["spelling"]), dtype="str")
    found = groups(names, _ending(tuple(forms["spelling"])))
    form = compared(found["form"].dropna()).reindex(names.index)
    return pd.DataFrame(
        {
            "name": found["rest"].fillna(names),
            "legal_form": form.map(known[~known.index.duplicated()]).astype("str"),
        }
    )


def firms_apart(names: pd.Series, legal_form: pd.Series, forms: pd.DataFrame) -> pd.Series:
    """
    Names with their form behind them where firms of one name have different ones.

    Parameters
    ----------
    names, legal_form
        As `without_form` gives them, in one spelling per name.
    forms
        One row per spelling: legal_form and, if known, firm (the form it is compared as).
    """
    firm = forms["firm"] if "firm" in forms else forms["legal_form"]
    as_firm = dict(zip(forms["legal_form"], firm, strict=True))
    name, _texts = encode(names)
    form, spelled = encode(legal_form)
    told = ["", *(as_firm.get(text, text) for text in spelled.to_pylist())]
    kind, kinds = pd.factorize(np.array(told, dtype=object))  # 0: none, or one that says nothing
    kind = kind[form + 1]
    pairs = np.unique(name.astype(np.int64)[kind > 0] * len(kinds) + kind[kind > 0])
    borne, n = np.unique(pairs // len(kinds), return_counts=True)
    apart = (kind > 0) & np.isin(name, borne[n > 1])
    if not apart.any():
        return names
    behind = pd.Series(np.asarray(kinds)[kind], names.index, dtype="str")
    return names.mask(apart, names + " " + behind)


def in_round_brackets(forms: pd.DataFrame) -> frozenset[str]:
    """What in round brackets is a legal form and no code of a country: SA, SL, AG."""
    told = forms.loc[forms["spelling"].str.startswith("("), "spelling"]
    return frozenset(told.str.strip("()"))


@cache
def _ending(spellings: tuple[str, ...]) -> str:
    """The regular expression of a name that ends in one of the spellings."""
    either = "|".join(sorted(set(map(_form, spellings))))
    return rf"^(?P<rest>.+?){BEFORE}(?P<form>{either})\)?$"


def _form(spelling: str) -> str:
    """The regular expression of one spelling: accents do not count, a slash may be spaced."""
    words = re.sub(r"[().,;&+-]", " ", spelling.upper()).split()
    return BETWEEN.join("".join(map(_letter, word)) for word in words)


def _letter(letter: str) -> str:
    """A letter with every mark it may bear."""
    if letter == "/":
        return " ?/ ?"
    plain = unicodedata.normalize("NFD", letter)[0]
    return f"[{LETTERS[plain]}]" if plain in LETTERS else re.escape(plain)
