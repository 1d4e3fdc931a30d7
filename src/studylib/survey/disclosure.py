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
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from studylib.language.words import mark
from studylib.patents.dataset import Dataset
from studylib.survey import notes

FEWEST = 3
"""A published cell tells of no fewer respondents, and of all but no fewer."""
AS_IN_THE_CODEBOOK = (notes.UNUSED_LABEL, notes.UNUSED_TERRITORY, notes.NOT_THERE)
"""What these notes name stands in the codebook, and nobody typed it."""
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
    that are left and how many were added.
    """
    held = [sensitive(n, base) for n in counts]
    if not adds_up or not any(held):
        return tuple(held)
    added = 0
    while not all(held) and not _hides(counts, held, base, added):
        left = [place for place, is_held in enumerate(held) if not is_held]
        held[min(left, key=lambda place: (counts[place], place))] = True
        added += 1
    return tuple(held)


def _hides(counts: Sequence[int], held: Sequence[bool], base: int, added: int) -> bool:
    """Whether each cell held back could hold two numbers at least."""
    rest = base - sum(n for n, is_held in zip(counts, held, strict=True) if not is_held)
    seen: list[set[int]] = [set() for _cell in range(sum(held))]
    for found in _fillings(sum(held), rest, base, added):
        for place, n in enumerate(found):
            seen[place].add(n)
    return all(len(values) > 1 for values in seen)


def _fillings(cells: int, rest: int, base: int, added: int) -> list[tuple[int, ...]]:
    """Every way cells can add up to the rest, where all but `added` tell of a few or of all."""
    if not cells:
        return [()] if rest == 0 else []
    found = []
    for n in range(rest + 1):
        spared = added - (not sensitive(n, base))
        if spared >= 0:
            found += [(n, *more) for more in _fillings(cells - 1, rest - n, base, spared)]
    return found


def without_few(
    shares: pd.DataFrame, study: Dataset, answered: "pd.Series[int]", *, adds_up: bool
) -> pd.DataFrame:
    """
    Interests (see `survey.interests`) as they may be published: column is_held_back besides.

    Unless they agreed to be quoted, a domain whose base lies one or two below the number that
    answered (`answered`, by territory) is held back: the two together would tell of those whose
    answer to it could not be read.  Under `strict` so are cells that tell of a few, and n_unknown.
    The numbers of a cell that is held back are missing; its base is the number that answered.
    """
    table = shares.assign(is_held_back=False)
    if is_public(study):
        return table
    told = table["area"].map(answered).astype(int)
    held = (told - table["base"]).between(1, FEWEST - 1)
    if level(study) == "strict":
        held |= _few(shares, adds_up=adds_up)
        table = table.assign(n_unknown=pd.array([pd.NA] * len(table), "Int64"))
    if not held.any():
        return table
    named = table.columns.astype("str")
    numbers = table.columns[named.str.match("n$|n_unknown|share|low|high")]
    table = table.astype({"n": "Int64", "n_unknown": "Int64"}).assign(is_held_back=held)
    table.loc[held, numbers] = pd.NA
    return table.assign(base=table["base"].mask(held, told))


def _few(shares: pd.DataFrame, *, adds_up: bool) -> "pd.Series[bool]":
    """Which cells tell of a few, or would give back one that does."""
    held = np.zeros(len(shares), dtype=bool)
    for area in shares["area"].unique():
        here = (shares["area"] == area).to_numpy()
        own = shares[here]
        # Where an answer is unknown for some, the bases differ and the cells do not add up.
        same = adds_up and len(set(own["base"])) == 1
        base = int(own["base"].max())
        if base:
            held[here] = held_back(tuple(map(int, own["n"])), base, adds_up=same)
    return pd.Series(held, index=shares.index, dtype=bool)


def published_notes(table: pd.DataFrame, study: Dataset) -> pd.DataFrame:
    """
    What of the export was not used, without what a respondent typed or where it stood.

    A name typed into a column of answers would be printed as an answer that is not in the
    codebook; of such notes the value is missing, equal ones are counted together, and how many
    there are is missing where they are a few.
    """
    if is_public(study):
        return table
    told = (table["kind"].astype("str") == "column") | table["what"].isin(AS_IN_THE_CODEBOOK)
    kept = table.assign(value=table["value"].where(told))
    if level(study) == "strict":  # that nobody chose an option tells of everybody
        kept = kept[kept["what"].astype("str") != notes.UNUSED_LABEL]
    keys = ["kind", "what", "value"]
    plain = kept.astype(dict.fromkeys(keys, "object"))
    summed = plain.groupby(keys, as_index=False, dropna=False, sort=True)[["n"]].sum()
    few = summed["value"].isna() & (summed["n"] < FEWEST)
    return summed.assign(n=summed["n"].astype("Int64").mask(few))[list(table.columns)]


def published_texts(table: pd.DataFrame, study: Dataset) -> pd.DataFrame:
    """What respondents wrote; elsewhere than under `public` only how many texts there are."""
    if is_public(study):
        return table
    n = len(table)
    counted = pd.DataFrame({"n": pd.array([pd.NA if n < FEWEST else n], dtype="Int64")})
    return counted.head(min(n, 1))


def checksum_of(totals: pd.DataFrame) -> str:
    """
    What stands in place of the checksum of a survey: that it is withheld, and on which totals.

    Whoever guesses what a small file holds could confirm the guess by the checksum of the file.
    That of the totals says what is published anyway, and tells two builds apart.
    """
    cells = totals[["area", "domain", "n", "base"]].astype("object")
    told = cells.where(totals["n"].notna()).to_csv(index=False)
    return f"{WITHHELD}; published totals: {hashlib.sha256(told.encode()).hexdigest()}"
