"""
Check digits of application numbers, where the office says how they are computed.

    EP 07866002.4           fits: 0*1 7*2 8*1 6*2 6*1 0*2 0*1 2*2, sums of figures, to the next ten
    EP 07866003.4           does not fit: a figure was mistyped
    DE 10 2012 019 863.9    fits: weights 2, 3, 4 ... from the right, modulo 11
    CN 201380062617.X       fits: weights 2 to 9, then 2 to 5, from the left, modulo 11

Nothing is corrected: a number whose digit does not fit is used as it stands, and told.
Sources: communication 3/83 of the president of the German Patent Office (EP, DE); CN as recalled.
Held against 16 numbers of EP, 8 of DE and 9 of CN as offices print them: all fit.
"""

import re

import pandas as pd
import pyarrow.compute as pc

from studylib.clean.columns import encode
from studylib.language import mark

MISFIT = mark("check digit that does not fit its number: a figure may be mistyped")
NUMBER = re.compile(r"(?:(EP|DE|CN)[ -]?)?(?:ZL)?([0-9][0-9 ]*)\.([0-9X])(?:[- ].*)?")
LENGTHS = {"EP": (8,), "DE": (7, 8, 12), "CN": (12,)}
CHINESE = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
NONE_LEFT = 10
"""What would need two figures; an X in China, elsewhere such a number is not given."""
SINCE_1981 = 31
"""First two figures of German numbers of 1981; before, the digit was another one."""


def misfits(values: pd.Series, office: pd.Series | str | None = None) -> pd.Series:
    """
    Why a number cannot be right: one reason per value whose check digit does not fit.

    Parameters
    ----------
    values
        Application numbers as exported.
    office
        Two letters where the number itself has none: one for all, or one per value.

    Returns
    -------
    One value per number, same index; missing where the digit fits, where there is none, or where
    the office does not say how it is computed.

    >>> misfits(pd.Series(["07866002.4", "07866003.4"]), "EP").fillna("fits").tolist()
    ['fits', 'check digit that does not fit its number: a figure may be mistyped']
    """
    none = pd.Series(pd.NA, values.index, dtype="str")
    codes, texts = encode(values)
    dotted = pc.match_substring_regex(texts, r"[0-9]\.[0-9Xx]").to_numpy(zero_copy_only=False)
    if not dotted.any():
        return none
    here = pd.Series(codes >= 0, values.index)
    here[here] = dotted[codes[codes >= 0]]
    stated = pd.Series(office, index=values.index, dtype="str")[here]
    pairs = pd.DataFrame({"number": values[here].astype("str"), "office": stated.fillna("")})
    told = {pair: _misfits(*pair) for pair in set(pairs.itertuples(index=False, name=None))}
    wrong = [told[pair] for pair in pairs.itertuples(index=False, name=None)]
    return none.mask(pd.Series(wrong, pairs.index).reindex(values.index, fill_value=False), MISFIT)


def _misfits(number: str, office: str) -> bool:
    """Whether the digit behind the dot is another one than the office computes."""
    found = NUMBER.fullmatch(number.strip().upper())
    if found is None:
        return False
    office, figures = found[1] or office.upper(), found[2].replace(" ", "")
    if len(figures) not in LENGTHS.get(office, ()):
        return False
    expected = _digit(office, figures)
    return expected is not None and expected != found[3]


def _digit(office: str, figures: str) -> str | None:
    """The check digit of a number; None where the office gives no such number."""
    told = [int(figure) for figure in figures]
    if office == "EP":
        return str(-sum(sum(divmod(n * (1 + at % 2), 10)) for at, n in enumerate(told)) % 10)
    if office == "CN":
        rest = sum(n * weight for n, weight in zip(told, CHINESE, strict=True)) % 11
        return "X" if rest == NONE_LEFT else str(rest)
    if len(told) == min(LENGTHS["DE"]) and int(figures[:2]) < SINCE_1981:
        return str(sum(n * weight for weight, n in enumerate(reversed(told), 1)) % 10)
    rest = -sum(n * weight for weight, n in enumerate(reversed(told), 2)) % 11
    return None if rest == NONE_LEFT else str(rest)
