"""
Cells that name several parties: taken apart before names are cleaned.

    record  role       raw_name                       raw_name
    0       applicant  EJEMPLO SA [ES] | EXEMPLE  ->  EJEMPLO SA [ES]
                                                      EXEMPLE
    1       applicant  Ejemplo / Exemple SAS      ->  Ejemplo
                                                      Exemple SAS
    2       applicant  EKSEMPEL A / S             ->  EKSEMPEL A / S
    3       applicant  EJEMPLO SA; EXEMPLE SAS    ->  EJEMPLO SA
                                                      EXEMPLE SAS
    4       applicant  KRESS; ROBERT W.           ->  KRESS; ROBERT W.

A bar always parts names.  A slash does between blanks, where words stand on both sides of it:
`A / S` and `c / o` are part of one name.  Of a semicolon that a reader left in a name only whole
names tell that it parts two: where each side has a legal form, a country or a comma.  Where one
side has, it is told.  (Lens parts names by two; of 45 real names with one, 44 are one person and
one is two firms.)
"""

import re
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import pyarrow.compute as pc

from studylib.clean.columns import Array
from studylib.clean.legal_forms import read_legal_forms
from studylib.clean.name_keys import compared
from studylib.clean.names import taken_apart
from studylib.clean.texts import any_of, array
from studylib.language import mark
from studylib.readers.raw import RawPatents

SEVERAL = mark("cells that name several parties, taken apart at | or /")
WHOLE = mark("names of several parties with ; between them, taken apart")
DOUBTFUL = mark("names with a ; that may part two parties, left as one")
SLASH = " / "
PERSON = re.compile(r"[^,]*\w, ?\w[^,]+")


def one_each(raw: RawPatents) -> RawPatents:
    """The export with one row per party, and how many cells were taken apart among its repairs."""
    names = array(raw.parties["raw_name"])
    looks = pc.or_(pc.match_substring_regex(names, "[|;]"), pc.match_substring(names, SLASH))
    looks = pc.fill_null(looks, False)  # noqa: FBT003
    if not any_of(looks):
        return raw
    said = names.filter(looks).to_pylist()
    told = {name: _apart(name) for name in set(said)}
    repairs = Counter(what for name in said if (what := told[name].what))
    whole = raw.parties
    if any(told[name].names for name in said):
        whole = _exploded(
            whole, looks.to_numpy(zero_copy_only=False), [told[n].names for n in said]
        )
    return replace(raw, parties=whole, repairs=raw.repairs | repairs) if repairs else raw


def _exploded(parties: pd.DataFrame, looks: Array, named: list[list[str]]) -> pd.DataFrame:
    """The parties, those that look like several and are (`named`) one row each."""
    several = looks.copy()
    several[looks] = list(map(bool, named))
    rows = parties[several]
    apart = pd.Series(list(filter(None, named)), rows.index, dtype="object")
    split = rows.assign(raw_name=apart)
    split["weight"] = split["weight"] / split["raw_name"].map(len)
    whole = pd.concat([parties[~several], split.explode("raw_name")]).sort_index(kind="stable")
    return whole.reset_index(drop=True).astype({"raw_name": "str"})


class Apart(NamedTuple):
    """The names in one cell, none where it is one name, and what is said of it."""

    names: list[str]
    what: str | None = None


def _apart(text: str) -> Apart:
    """What one cell names."""
    parts = _parts(text)
    if parts not in ([], [text]):
        return Apart(parts, SEVERAL)
    sides = [side.strip() for side in text.split(";") if side.strip(" ,;-")]
    whole = list(map(_is_whole, sides)) if len(sides) > 1 else [False]
    if not any(whole):
        return Apart([])
    return Apart(sides, WHOLE) if all(whole) else Apart([], DOUBTFUL)


def _is_whole(side: str) -> bool:
    """Whether a name ends in a legal form or a country, or is a person's with a comma."""
    told = taken_apart(pd.Series([side])).iloc[0]
    is_told = pd.notna(told["legal_form"]) or pd.notna(told["country"])
    return bool(is_told or PERSON.fullmatch(side))


def _parts(text: str) -> list[str]:
    """The names in one cell; itself where a slash parts no names."""
    names: list[str] = []
    for piece in text.split("|"):
        sides = [side.strip() for side in piece.split(SLASH)]
        whole = all(len(side) > 1 for side in sides) and not any(map(_is_form, sides[1:]))
        names += sides if whole and not _single_letter(sides) else [piece.strip()]
    return [name for name in names if name.strip(" ,;-")]


def _single_letter(sides: list[str]) -> bool:
    """Whether a slash stands beside a single letter, as in `A / S` and `c / o`."""
    ends = [side.split()[-1] for side in sides[:-1]] + [side.split()[0] for side in sides[1:]]
    return any(len(end.strip(".")) == 1 for end in ends)


def _is_form(side: str) -> bool:
    """Whether what stands behind a slash is a legal form and no name."""
    key = str(compared(pd.Series([side])).iloc[0])
    return key in set(compared(read_legal_forms()["spelling"]))
