"""
Names made one by people: a reviewed file, what it did, and what is worth a look.

    data/raw/rules/party_names.csv  spelling  name  source  date
    apply_mapping(names, mapping)   names, and per entry how many rows it touched (0: unused)
    suggest_mapping(names)          pairs of names that look alike; never applied by the program
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from studylib.clean.name_keys import compared
from studylib.errors import DataError, several, some
from studylib.project import PROJECT

MAPPING = PROJECT / "data" / "raw" / "rules" / "party_names.csv"
COLUMNS = ("spelling", "name", "source", "date")
SHORTEST, LONGEST = 8, 80  # letters of the longer name; short ones differ by one too often
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse modulo 2**64
INVERSE = np.uint64(pow(int(BASE), -1, 2**64))
SAME_WORDS, SAME_LETTERS, ONE_LETTER = "same words", "same letters", "one letter"


def read_mapping(path: Path = MAPPING) -> pd.DataFrame:
    """
    The reviewed names: one row per spelling (as exported or normalised).

    Raises
    ------
    DataError
        A column is missing, a value is empty, or one spelling means two names.
    """
    mapping = pd.read_csv(path, dtype="str", comment="#", keep_default_na=False)
    if missing := [column for column in COLUMNS if column not in mapping]:
        raise DataError(f"{path.name} lacks the columns {some(missing)}.")
    empty = mapping[(mapping[list(COLUMNS)] == "").any(axis=1)]
    if len(empty):
        raise DataError(
            f"{path.name}: "
            f"{several(len(empty), 'entry lacks', 'entries lack')} a spelling, name, source or "
            "date: "
            f"{some(empty['spelling'])}. Every entry needs all four."
        )
    entries = pd.DataFrame({"key": compared(mapping["spelling"]), "name": mapping["name"]})
    differing = entries.drop_duplicates()["key"]
    if twice := sorted(differing[differing.duplicated()]):
        raise DataError(
            f"{path.name}: "
            f"{several(len(twice), 'spelling means', 'spellings mean')} two names: {some(twice)}. "
            "Keep one of them."
        )
    return mapping


def apply_mapping(names: pd.Series, mapping: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """
    Names with the reviewed ones put in, and what each entry did.

    Returns
    -------
    The names, same index; one row per entry: spelling, name, n_rows (0: the entry is unused).
    """
    key, entry = compared(names), compared(mapping["spelling"])
    meaning = pd.Series(mapping["name"].to_numpy(), entry, dtype="str")
    renamed = key.map(meaning[~meaning.index.duplicated()]).astype("str").fillna(names)
    n_rows = entry.map(key.value_counts()).fillna(0).astype("int64")
    return renamed, mapping[["spelling", "name"]].assign(n_rows=n_rows)


def suggest_mapping(names: pd.Series) -> pd.DataFrame:
    """
    Pairs of names that look alike, for a person to judge.

    Two names pair when they have the same words in another order, the same letters with other
    blanks, or differ in one letter (added, lost or replaced; figures do not count, and names
    under 8 letters are left out).  In a group of names that all look alike each is paired with
    its neighbour, so the work grows with the number of names, not with its square.

    Returns
    -------
    One row per pair, sorted: name, other, why, n_name, n_other (rows with each).
    """
    rows = names.dropna().value_counts()
    key = compared(pd.Series(sorted(rows.index), dtype="str"))
    spelled = pd.DataFrame({"name": sorted(rows.index), "key": key}).drop_duplicates("key")
    words = spelled["key"].map(lambda text: " ".join(sorted(text.split())))
    letters = spelled["key"].str.replace(" ", "", regex=False)
    found = [
        *((a, b, SAME_WORDS) for a, b in _neighbours(words)),
        *((a, b, SAME_LETTERS) for a, b in _neighbours(letters)),
        *((a, b, ONE_LETTER) for a, b in _one_letter_apart(letters)),
    ]
    pairs = pd.DataFrame(found, columns=["name", "other", "why"])
    # Labels follow the alphabet, so the lower one is the first name.
    low, high = pairs[["name", "other"]].min(axis=1), pairs[["name", "other"]].max(axis=1)
    pairs = pairs.assign(name=low.map(spelled["name"]), other=high.map(spelled["name"]))
    pairs = pairs.drop_duplicates(["name", "other"]).sort_values(["name", "other"])
    counted = {f"n_{c}": pairs[c].map(rows).astype("int64") for c in ("name", "other")}
    return pairs.astype("str").assign(**counted).reset_index(drop=True)


def _neighbours(texts: pd.Series) -> Iterator[tuple[int, int]]:
    """Labels of rows that follow each other among the rows with one text."""
    ordered = texts.sort_values(kind="stable")
    same = (ordered == ordered.shift()).to_numpy()
    labels = ordered.index.to_numpy()
    yield from zip(labels[:-1][same[1:]], labels[1:][same[1:]], strict=True)


def _one_letter_apart(letters: pd.Series) -> Iterator[tuple[int, int]]:
    """
    Labels of texts that differ in one letter.

    The texts of one length are a matrix of characters.  Each text without its p-th letter has a
    hash; two texts with equal hash at equal p differ in that letter, and a hash that is the hash
    of a shorter text shows the letter that text lacks.  Hashes propose, letters decide.
    """
    shorter: dict[int, int] = {}
    length = letters.str.len()
    for size in range(SHORTEST - 1, LONGEST + 1):
        own = letters[length == size]
        whole, without = _hashes(own, size)
        labels = own.index.to_numpy()
        for place in range(size if size >= SHORTEST else 0):
            column = without[:, place]
            order = np.argsort(column, kind="stable")
            same = column[order][1:] == column[order][:-1]
            pairs = list(zip(order[:-1][same], order[1:][same], strict=True))
            found = [(int(labels[a]), int(labels[b])) for a, b in pairs]
            lacking = np.isin(column, np.fromiter(shorter, dtype=np.uint64, count=len(shorter)))
            found += [(int(labels[a]), shorter[column[a]]) for a in np.flatnonzero(lacking)]
            yield from (p for p in found if _one_letter(letters[p[0]], letters[p[1]]))
        shorter = dict(zip(whole.tolist(), labels.tolist(), strict=True))


def _hashes(texts: pd.Series, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Hash of each text, and of each text without its p-th letter (one column per p)."""
    characters = texts.to_numpy(dtype=f"U{size}").view(np.uint32).reshape(len(texts), size)
    power = np.cumprod(np.full(size, BASE, dtype=np.uint64))
    terms = characters.astype(np.uint64) * power
    upto = np.cumsum(terms, axis=1, dtype=np.uint64)
    whole = upto[:, -1]
    return whole, (upto - terms) + (whole[:, None] - upto) * INVERSE


def _one_letter(one: str, other: str) -> bool:
    """Whether a text and one not longer differ in exactly one character, and that is no figure."""
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other)
    )
    rest = other[start:] if len(one) > len(other) else other[start + 1 :]
    changed = one[start : start + 1] + (other[start : start + 1] if len(one) == len(other) else "")
    return one[start + 1 :] == rest and bool(changed) and not any(c.isdigit() for c in changed)
