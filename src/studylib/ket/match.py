"""
Rules made ready for searching: every rule is a few intervals of symbol keys.

    H01L        all keys of the subclass
    H01J 3      all keys of main group 3, and none of 31 to 37
    G11B 7/13   exact      that subgroup
                prefix     7/13, 7/135, 7/1395 ...: subgroups whose digits begin with 13
                hierarchy  that subgroup and what stands below it by the dots of the IPC

The bounds of all intervals cut the keys into segments inside which every rule says one thing,
so the bits of a symbol are one binary search.  Hierarchy among subgroups is given by dots, not
by numbers: a prefix is a convention (7/135 is no descendant of 7/13), offered as sensitivity.

An alias widens a rule: a rule that covers all of the old symbol covers the new one too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from studylib.clean import ipc
from studylib.clean.ipc_spelling import SUBGROUP_DIGITS
from studylib.errors import DataError, UsageError, quoted, some
from studylib.ket.rules import Scheme, level_of

Match = Literal["exact", "prefix", "hierarchy"]
MATCHES: tuple[Match, ...] = ("exact", "prefix", "hierarchy")
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


def spans(scheme: Scheme, match: Match) -> pd.DataFrame:
    """One row per interval of keys of a rule; see `Matcher.spans`."""
    lookup = _Intervals(scheme, match)
    rows = []
    rules = scheme.rules
    for rule, (symbol, level, other) in enumerate(
        zip(rules["symbol"], rules["level"], rules["with_symbol"], strict=True)
    ):
        rows += [(rule, "symbol", *span) for span in lookup.of(symbol, level)]
        if other:
            rows += [(rule, "with_symbol", *span) for span in lookup.of(other, level_of(other))]
    return pd.DataFrame(rows, columns=["rule", "part", "start", "stop", "alias"])


class _Intervals:
    """Intervals of symbols under one way of matching, with the aliases of a scheme."""

    def __init__(self, scheme: Scheme, match: Match) -> None:
        self.match = match
        self.aliases = list(zip(*(scheme.aliases[c] for c in ("old", "new", "since")), strict=True))
        dots = scheme.dots if match == "hierarchy" else scheme.dots.iloc[:0]
        self.dots = dict(iter(dots.groupby("symbol")))
        self.renamed = {text for old, new, _ in self.aliases for text in (old, new)}
        rules = scheme.rules
        texts = pd.unique(
            pd.concat(
                [rules["symbol"], rules["with_symbol"], dots["other"]]
                + [scheme.aliases[column] for column in ("old", "new")]
            )
        )
        keys = ipc.keys(pa.array(texts, pa.large_string()))
        self.key = dict(zip(texts, keys.tolist(), strict=True))

    def of(self, symbol: str, level: str | None) -> Iterator[tuple[int, int, str]]:
        """Start, stop and alias ("" for none) of each interval a rule on a symbol covers."""
        own = list(self.plain(symbol, level))
        yield from ((start, stop, "") for start, stop in own)
        for old, new, since in self.aliases:
            if not _inside(self.plain(old, level_of(old)), own):
                continue
            later = list(self.plain(new, level_of(new)))
            if not _inside(later, own):
                yield from ((*span, f"{old} is {new} since {since}") for span in later)

    def plain(self, symbol: str, level: str | None) -> Iterator[tuple[int, int]]:
        """Start and stop of each interval of a symbol itself."""
        start = self.key[symbol]
        if level in ipc.SPAN:
            yield start, start + ipc.SPAN[level]
            return
        if self.match == "exact":
            yield start, start + 1
            return
        stop = start + 10 ** (SUBGROUP_DIGITS - len(symbol.partition("/")[2]))
        if self.match == "prefix":
            yield start, stop
            return
        yield from self._by_dots(symbol, start, stop)

    def _by_dots(self, symbol: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """The prefix interval without what is not below the symbol, and what else is below."""
        if symbol not in self.dots:
            if symbol in self.renamed:  # not in the edition the dots are of: taken as itself
                yield start, start + 1
                return
            raise UsageError(
                f"What stands below {some([symbol])} by the dots of the IPC is not in "
                "`ipc_dots.csv`; match by `exact` or `prefix`."
            )
        facts = self.dots[symbol]
        others = facts["other"].map(self.key)
        for hole in sorted(others[facts["relation"] == "not below"]):
            yield start, hole
            start = hole + 1
        yield start, stop
        for key in others[facts["relation"] == "below"]:
            yield key, key + 1


def _inside(parts: Iterable[tuple[int, int]], whole: list[tuple[int, int]]) -> bool:
    """Whether every interval lies in one of the others."""
    return all(any(a <= start and stop <= b for a, b in whole) for start, stop in parts)


def _compile(scheme: Scheme, intervals: pd.DataFrame) -> Matcher:
    """Segments of keys and what each does; see `Matcher`."""
    breaks = np.unique(intervals[["start", "stop"]].to_numpy(dtype=np.int64))
    rules = scheme.rules

    def covered(chosen: pd.Series, part: str = "symbol") -> np.ndarray[Any, np.dtype[np.bool_]]:
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
