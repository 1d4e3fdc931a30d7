"""
What of a survey may be published, by what its respondents were promised.

    [survey] confidentiality =
        public      they agreed to be quoted: nothing is held back
        aggregate   totals per territory and domain, and nothing else (where nothing is said)
        strict      besides, the totals of a territory only where each of them may be told

Under `strict` a territory's totals are published all together or not at all.  Holding single cells
back, with more of them so that no sum gives one back, hides little in tables as small as these:
who knows the rule runs every survey through it (4 of 13 told beside four cells held back left two
or three for each of them).  Of a territory that is held back the pages tell how many answered, and
that some total of it is of a few.  That leaves each total what statistical offices ask of a
suppressed cell, an interval of protection (Hundepool et al., Statistical Disclosure Control, 2012,
chapters 4 and 5): three numbers or more could be it, some of them of a few and some of all but a
few (`OPEN`; the attacks in the tests try every small survey).  Nor is a published claim held
against such answers (`survey.verdicts`): a verdict tells of them.  What a text printed of the same
answers before is no secret, and nothing here takes it back: `say.promise` tells its readers.

Everything a page says of a survey is computed from what is left.  Unless it is public, what is
published is the same for any two surveys with the same totals: who named two domains together, and
what stood in the file, is told by no test, no count of notes and no checksum.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from studylib.language.words import mark
from studylib.patents.dataset import Dataset

FEWEST = 3
"""A published cell tells of no fewer respondents, and of all but no fewer."""
OPEN = 3
"""A total that is held back could be as many numbers at least, for whoever knows all the rest."""
HELD = mark("held back")
FEW = mark("fewer than 3")
WITHHELD = mark("withheld")


def level(study: Dataset) -> str:
    """What was promised: public, aggregate or strict."""
    survey = study.definition.survey
    return "public" if survey is None else survey.confidentiality


def is_public(study: Dataset) -> bool:
    """Whether a figure may hang on the rows of respondents, and not on their totals alone."""
    return level(study) == "public"


def sensitive(n: int, base: int) -> bool:
    """Whether a cell tells of fewer than three, of all but fewer than three, or of everybody."""
    return min(n, base - n) < FEWEST


def beside_another(bases: Sequence[int], answered: int) -> list[bool]:
    """Which bases lie one or two beside the number that answered, or beside one that is told."""
    told, held = [answered], []
    for base in bases:
        held.append(any(0 < abs(base - other) < FEWEST for other in told))
        if not held[-1]:
            told.append(base)
    return held


def without_few(
    shares: pd.DataFrame, study: Dataset, answered: "pd.Series[int]", *, is_single: bool
) -> pd.DataFrame:
    """
    Interests (see `survey.interests`) as they may be published: column is_held_back besides.

    Unless they agreed to be quoted, all totals of a territory are held back where one or two
    answered (they are the row of a respondent, or two of them), and a domain whose base lies one
    or two beside the number that answered (`answered`, by territory) or another base: the two
    together would tell of those whose answer could not be read.  Under `strict` one such domain, or
    one total that tells of a few (`tells_of_few`), holds all of its territory back, and n_unknown
    is missing.  The numbers of a cell that is held back are missing; its base is the number that
    answered.
    """
    table = shares.assign(is_held_back=False)
    if is_public(study):
        return table
    told = table["area"].map(answered).astype(int)
    held = told.between(1, FEWEST - 1)
    for area, own in table.groupby("area", sort=False):
        bases = own["base"].astype(int).tolist()
        held[own.index] |= np.array(beside_another(bases, int(answered[area])))
        if level(study) == "strict":
            cells = list(zip(own["n"].astype(int), bases, strict=True))
            held[own.index] = bool(held[own.index].any()) or tells_of_few(
                cells, is_single=is_single
            )
    if level(study) == "strict":
        table = table.assign(n_unknown=pd.array([pd.NA] * len(table), "Int64"))
    if not held.any():
        return table
    named = table.columns.astype("str")
    numbers = table.columns[named.str.match("n$|n_unknown|share|low|high")]
    table = table.astype({"n": "Int64", "n_unknown": "Int64"}).assign(is_held_back=held)
    table.loc[held, numbers] = pd.NA
    return table.assign(base=table["base"].mask(held, told))


def tells_of_few(cells: Sequence[tuple[int, int]], *, is_single: bool) -> bool:
    """
    Whether one of the totals (n, base) of a territory tells of a few: none of them is told then.

    Where each was asked for one answer (`is_single`), those who gave none are a total too.

    >>> tells_of_few([(3, 13), (10, 13)], is_single=True)
    False
    >>> tells_of_few([(3, 13), (8, 13)], is_single=True), tells_of_few([(2, 13)], is_single=False)
    (True, True)
    """
    bases = {base for _n, base in cells}
    rest = max(bases, default=0) - sum(n for n, _base in cells)
    if is_single and len(bases) == 1 and 0 < rest < FEWEST:
        return True
    return any(base > 0 and sensitive(n, base) for n, base in cells)


def checksum_of(totals: pd.DataFrame) -> str:
    """
    What stands in place of the checksum of a survey: that it is withheld, and on which totals.

    Whoever guesses what a small file holds could confirm the guess by the checksum of the file.
    That of the totals says what is published anyway, and tells two builds apart.
    """
    cells = totals[["area", "domain", "n", "base"]].astype("object")
    told = cells.where(totals["n"].notna()).to_csv(index=False)
    return f"{WITHHELD}; published totals: {hashlib.sha256(told.encode()).hexdigest()}"
