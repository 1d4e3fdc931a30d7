"""
Patents, utility models, designs and translations told apart: ``data/raw/rules/document_kinds.csv``.

    office  kind   document
    ES      A1     patent
    ES      U      utility model
    ES      T3     translation      of a European patent: no application of its own
    DE      T5     patent           an international application in the national phase
    EP             patent           the office publishes nothing else
    US             missing          nothing says what it is
"""

from functools import cache

import numpy as np
import pandas as pd

from studylib.clean.columns import encode
from studylib.project import PROJECT

DOCUMENTS = ("patent", "utility model", "design", "translation", "other")
"""In the order in which the records of one application are believed."""
KINDS = PROJECT / "data" / "raw" / "rules" / "document_kinds.csv"
LONGEST = 2  # letters of a kind code


def document_of(office: pd.Series, kind: pd.Series) -> pd.Series:
    """
    What each document is, by its office and kind code; missing where nothing says.

    Returns
    -------
    One of `DOCUMENTS` per row, as ordered categories; same index.

    >>> told = document_of(pd.Series(["ES", "ES", "EP"]), pd.Series(["T3", "U", None]))
    >>> told.astype("str").tolist()
    ['translation', 'utility model', 'patent']
    """
    office_codes, offices = encode(office.astype("str"))
    kind_codes, kinds = encode(kind.astype("str"))
    width = len(kinds) + 1
    both = (office_codes.astype(np.int64) + 1) * width + kind_codes + 1
    place, pairs = pd.factorize(both)
    named, coded = ["", *offices.to_pylist()], ["", *kinds.to_pylist()]
    told = [_document(named[pair // width], coded[pair % width]) for pair in pairs]
    categories = pd.CategoricalDtype(list(DOCUMENTS), ordered=True)
    return pd.Series(pd.Categorical(told, dtype=categories).take(place), office.index)


def _document(office: str, kind: str) -> str | None:
    """What one office and kind say; an office's own rule, and a longer code, come first."""
    rules, code = _rules(), kind.strip().upper()[:LONGEST]
    starts = [code[:length] for length in range(len(code), 0, -1)] or [""]
    for who in (office.strip().upper(), ""):
        for start in starts:
            if (who, start) in rules:
                return rules[who, start]
    return None


@cache
def _rules() -> dict[tuple[str, str], str]:
    """Document by (office, kind)."""
    rows = pd.read_csv(KINDS, dtype="str", comment="#", keep_default_na=False)
    return dict(zip(zip(rows["office"], rows["kind"], strict=True), rows["document"], strict=True))
