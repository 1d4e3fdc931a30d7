"""
What of a survey may be published, by what its respondents were promised.

    [survey] confidentiality =
        public      they agreed to be quoted: nothing is held back
        aggregate   totals per territory and domain, and nothing else (where nothing is said)
        strict      besides, no total that tells of a few, of all but a few, or of everybody

`held_back` decides which cells of a territory stay unpublished under `strict`: first those that
tell of a few, then so many more that no sum gives any of them back.  Everything a page says of a
survey is computed from what is left.  Unless it is public, what is published is the same for any
two surveys with the same totals: who named two domains together, and what stood in the file, is
told by no test, no count of notes and no checksum.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from studylib.language.words import mark
from studylib.patents.dataset import Dataset

FEWEST = 3
"""A published cell tells of no fewer respondents, and of all but no fewer."""
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


@lru_cache(maxsize=256)
def held_back(counts: tuple[int, ...], base: int, *, adds_up: bool) -> tuple[bool, ...]:
    """
    Which cells of one territory are not published under `strict`.

    Parameters
    ----------
    counts, base
        How many of `base` respondents chose each domain.
    adds_up
        Whether each chose one, so that the cells add up to the base and one is told by the rest.

    Notes
    -----
    Where cells add up, the smallest ones left are held back too, until each cell that is held
    back could hold two numbers at least, for somebody who knows the rule, the base, the cells
    that are left and how many were added.  Where somebody who tries every survey through this
    rule is still left with one number for a cell (3, 3 and 1 of 7: no other survey leaves the
    second 3), all cells are held back.
    """
    held = tuple(sensitive(n, base) for n in counts)
    if not adds_up or not any(held):
        return held
    held = _with_more(counts, base)
    return tuple([True] * len(held)) if _gives_back(counts, held, base) else held


@lru_cache(maxsize=4096)
def _with_more(counts: tuple[int, ...], base: int) -> tuple[bool, ...]:
    """Cells that tell of a few, and the smallest ones left until no sum gives one back."""
    held = [sensitive(n, base) for n in counts]
    added = 0
    while any(held) and not all(held) and not _hides(counts, held, base, added):
        left = [place for place, is_held in enumerate(held) if not is_held]
        held[min(left, key=lambda place: (counts[place], place))] = True
        added += 1
    return tuple(held)


def _gives_back(counts: tuple[int, ...], held: tuple[bool, ...], base: int) -> bool:
    """Whether all surveys that leave the same cells agree on one that is held back."""
    places = [place for place, is_held in enumerate(held) if is_held]
    rest = sum(counts[place] for place in places)
    seen: list[set[int]] = [set() for _place in places]
    if all(held):
        return False
    for found in _fillings(len(places), rest, base, len(places)):
        tried = list(counts)
        for place, n in zip(places, found, strict=True):
            tried[place] = n
        if _with_more(tuple(tried), base) == held:
            for values, n in zip(seen, found, strict=True):
                values.add(n)
            if all(len(values) > 1 for values in seen):
                return False
    return True


def _hides(counts: Sequence[int], held: Sequence[bool], base: int, added: int) -> bool:
    """Whether each cell held back could hold two numbers at least."""
    rest = base - sum(n for n, is_held in zip(counts, held, strict=True) if not is_held)
    seen: list[set[int]] = [set() for _cell in range(sum(held))]
    for found in _fillings(sum(held), rest, base, added):
        for place, n in enumerate(found):
            seen[place].add(n)
        if all(len(values) > 1 for values in seen):
            return True
    return False


def _fillings(cells: int, rest: int, base: int, added: int) -> Iterator[tuple[int, ...]]:
    """Every way cells can add up to the rest, where all but `added` tell of a few or of all."""
    if not cells:
        if rest == 0:
            yield ()
        return
    for n in range(rest + 1):
        spared = added - (not sensitive(n, base))
        if spared >= 0:
            for more in _fillings(cells - 1, rest - n, base, spared):
                yield (n, *more)


def beside_another(bases: Sequence[int], answered: int) -> list[bool]:
    """Which bases lie one or two beside the number that answered, or beside one that is told."""
    told, held = [answered], []
    for base in bases:
        held.append(any(0 < abs(base - other) < FEWEST for other in told))
        if not held[-1]:
            told.append(base)
    return held


def without_few(shares: pd.DataFrame, study: Dataset, answered: "pd.Series[int]") -> pd.DataFrame:
    """
    Interests (see `survey.interests`) as they may be published: column is_held_back besides.

    Unless they agreed to be quoted, all totals of a territory are held back where one or two
    answered (they are the row of a respondent, or two of them), and a domain whose base lies one
    or two beside the number that answered (`answered`, by territory) or another base: the two
    together would tell of those whose answer could not be read.  Under `strict` so are cells that
    tell of a few, and n_unknown.  The numbers of a cell that is held back are missing; its base
    is the number that answered.
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
        held |= _few(shares)
        table = table.assign(n_unknown=pd.array([pd.NA] * len(table), "Int64"))
    if not held.any():
        return table
    named = table.columns.astype("str")
    numbers = table.columns[named.str.match("n$|n_unknown|share|low|high")]
    table = table.astype({"n": "Int64", "n_unknown": "Int64"}).assign(is_held_back=held)
    table.loc[held, numbers] = pd.NA
    return table.assign(base=table["base"].mask(held, told))


def _few(shares: pd.DataFrame) -> "pd.Series[bool]":
    """Which cells tell of a few, or would give back one that does."""
    held = np.zeros(len(shares), dtype=bool)
    for area in shares["area"].unique():
        here = (shares["area"] == area).to_numpy()
        held[here] = few(shares[here])
    return pd.Series(held, index=shares.index, dtype=bool)


def few(cells: pd.DataFrame) -> list[bool]:
    """
    Which totals (n, base) of one territory tell of a few, or would give back one that does.

    Whether they add up is seen from the totals, never from the rows: what is held back is the
    same for any two surveys with the same totals.
    """
    pairs = [(int(n), int(base)) for n, base in zip(cells["n"], cells["base"], strict=True)]
    bases = {base for _n, base in pairs}
    if len(bases) == 1 and sum(n for n, _base in pairs) == max(bases) > 0:
        return list(held_back(tuple(n for n, _base in pairs), bases.pop(), adds_up=True))
    return [base > 0 and sensitive(n, base) for n, base in pairs]


def checksum_of(totals: pd.DataFrame) -> str:
    """
    What stands in place of the checksum of a survey: that it is withheld, and on which totals.

    Whoever guesses what a small file holds could confirm the guess by the checksum of the file.
    That of the totals says what is published anyway, and tells two builds apart.
    """
    cells = totals[["area", "domain", "n", "base"]].astype("object")
    told = cells.where(totals["n"].notna()).to_csv(index=False)
    return f"{WITHHELD}; published totals: {hashlib.sha256(told.encode()).hexdigest()}"
