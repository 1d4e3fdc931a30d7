"""
Rules made ready for searching: what each segment of symbol keys does, as bits.

    rules  --spans-->  intervals of keys  --cut at all bounds-->  segments, each with its bits

The bounds of all intervals cut the keys into segments inside which every rule says one thing,
so the bits of a symbol are one binary search.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from studylib.clean import ipc
from studylib.errors import DataError, UsageError, quoted, some
from studylib.ket.intervals import MATCHES, Match, spans
from studylib.ket.rules import Scheme

MOST_BITS = 64


@dataclass(frozen=True)
class Pair:
    """A KET that some symbols trigger only beside others: its bit, theirs and the others'."""

    ket: int
    listed: int
    partner: int


@dataclass(frozen=True)
class Matcher:
    """What each segment of keys does, as bits; bit i is the i-th of `kets`."""

    kets: tuple[str, ...]
    """The KETs of the scheme in alphabetical order, as tags are sorted."""
    breaks: ipc.Integers
    bits: np.ndarray[Any, np.dtype[np.unsignedinteger[Any]]]
    triggers: int
    vetoes: dict[int, int]
    """Bit of a KET -> bit of the symbols that forbid it."""
    pairs: tuple[Pair, ...]
    spans: pd.DataFrame
    """One row per interval: rule (row of `Scheme.rules`), part (`symbol` or `with_symbol`),
    start, stop, alias ("" or the alias in words)."""

    def masks(self, keys: ipc.Integers) -> np.ndarray[Any, np.dtype[Any]]:
        """The bits of each key."""
        return self.bits[np.searchsorted(self.breaks, keys, side="right")]


def matcher(scheme: Scheme, match: Match = "exact") -> Matcher:
    """The rules of a scheme ready for searching; made once per scheme and way of matching."""
    if match not in MATCHES:
        raise UsageError(f"`match` is {some([match])}; expected one of {some(MATCHES)}.")
    if match not in scheme.matchers:
        scheme.matchers[match] = _compile(scheme, spans(scheme, match))
    found: Matcher = scheme.matchers[match]
    return found


def _compile(scheme: Scheme, intervals: pd.DataFrame) -> Matcher:
    """Segments of keys and what each does; see `Matcher`."""
    breaks = np.unique(intervals[["start", "stop"]].to_numpy(dtype=np.int64))
    rules = scheme.rules

    def covered(chosen: pd.Series, part: str = "symbol") -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which segments some of the rules cover."""
        here = np.zeros(len(breaks) + 1, dtype=bool)
        mine = intervals[intervals["rule"].map(chosen) & (intervals["part"] == part)]
        first = np.searchsorted(breaks, mine["start"]) + 1
        last = np.searchsorted(breaks, mine["stop"]) + 1
        for low, high in zip(first, last, strict=True):
            here[low:high] = True
        return here

    bits = np.zeros(len(breaks) + 1, dtype=np.uint64)
    kets = tuple(sorted(scheme.kets))
    free = len(kets)
    vetoes: dict[int, int] = {}
    pairs: list[Pair] = []

    def mark(where: np.ndarray[Any, np.dtype[np.bool_]], bit: int) -> int:
        """Give some segments a bit; the bit."""
        bits[where] |= np.uint64(bit)
        return bit

    for place, ket in enumerate(kets):
        of_ket = rules["ket"] == ket
        stays = ~covered(of_ket & (rules["rule"] == "exclude"))
        bit = mark(covered(of_ket & (rules["rule"] == "include")) & stays, 1 << place)
        if (vetoing := of_ket & (rules["rule"] == "not-with")).any():
            vetoes[bit] = mark(covered(vetoing), 1 << free)
            free += 1
        beside = of_ket & (rules["rule"] == "only-with")
        for other in sorted(set(rules.loc[beside, "with_symbol"])):
            if free + 2 > MOST_BITS:
                raise DataError(
                    f"Scheme {quoted(scheme.id)} has too many different `with_symbol`: "
                    f"{some(sorted(set(rules['with_symbol']) - {''}))}. At most 26 can be searched."
                )
            these = beside & (rules["with_symbol"] == other)
            listed = mark(covered(these) & stays, 1 << free)
            partner = mark(covered(these, "with_symbol"), 1 << (free + 1))
            pairs.append(Pair(bit, listed, partner))
            free += 2
    smallest = np.min_scalar_type((1 << free) - 1)
    triggers = (1 << len(kets)) - 1
    return Matcher(kets, breaks, bits.astype(smallest), triggers, vetoes, tuple(pairs), intervals)
