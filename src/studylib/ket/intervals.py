"""
Which symbol keys a rule covers: a few intervals, under each way of matching.

    H01L        all keys of the subclass
    H01J 3      all keys of main group 3, and none of 31 to 37
    G11B 7/13   exact      that subgroup
                prefix     7/13, 7/135, 7/1395 ...: subgroups whose digits begin with 13
                hierarchy  that subgroup and what stands below it by the dots of the IPC

Hierarchy among subgroups is given by dots, not by numbers: a prefix is a convention (7/135 is
no descendant of 7/13), offered as sensitivity.

An alias widens a rule: a rule that covers all of the old symbol covers the new one too.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import pandas as pd
import pyarrow as pa

from studylib.clean import ipc
from studylib.clean.ipc_spelling import SUBGROUP_DIGITS
from studylib.errors import UsageError, some
from studylib.ket.rules import Scheme
from studylib.ket.sound_rules import level_of

Match = Literal["exact", "prefix", "hierarchy"]
MATCHES: tuple[Match, ...] = ("exact", "prefix", "hierarchy")


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
