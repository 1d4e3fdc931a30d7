"""
Cells that name several parties: taken apart before names are cleaned.

    record  role       raw_name                       raw_name
    0       applicant  EJEMPLO SA [ES] | EXEMPLE  ->  EJEMPLO SA [ES]
                                                      EXEMPLE
    1       applicant  Ejemplo / Exemple SAS      ->  Ejemplo
                                                      Exemple SAS
    2       applicant  EKSEMPEL A / S             ->  EKSEMPEL A / S

A bar always parts names.  A slash does between blanks, where words stand on both sides of it:
`A / S` and `c / o` are part of one name.
"""

from dataclasses import replace

import pandas as pd
import pyarrow.compute as pc

from studylib.clean.legal_forms import read_legal_forms
from studylib.clean.name_keys import compared
from studylib.clean.texts import any_of, array
from studylib.language import mark
from studylib.readers.raw import RawPatents

SEVERAL = mark("cells that name several parties, taken apart at | or /")
SLASH = " / "


def one_each(raw: RawPatents) -> RawPatents:
    """The export with one row per party, and how many cells were taken apart among its repairs."""
    names = array(raw.parties["raw_name"])
    looks = pc.or_(pc.match_substring(names, "|"), pc.match_substring(names, SLASH))
    looks = pc.fill_null(looks, False)  # noqa: FBT003
    if not any_of(looks):
        return raw
    said = names.filter(looks).to_pylist()
    apart = {name: parts for name in set(said) if (parts := _parts(name)) not in ([], [name])}
    several = looks.to_numpy(zero_copy_only=False)
    several[several] = [name in apart for name in said]
    if not several.any():
        return raw
    rows = raw.parties[several]
    named = [apart[name] for name in said if name in apart]
    split = rows.assign(raw_name=pd.Series(named, rows.index, dtype="object"))
    split["weight"] = split["weight"] / split["raw_name"].map(len)
    whole = pd.concat([raw.parties[~several], split.explode("raw_name")]).sort_index(kind="stable")
    whole = whole.reset_index(drop=True).astype({"raw_name": "str"})
    return replace(raw, parties=whole, repairs=raw.repairs | {SEVERAL: int(several.sum())})


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
