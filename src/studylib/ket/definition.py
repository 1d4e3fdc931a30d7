"""
What a KET tag is, in plain code: for people who check the method, and for tests of the fast way.

    tag(p, KET) = any(symbol in include and not in exclude)
                  or (any(symbol in only-with and not in exclude) and any(partner symbol))
                  and not any(symbol in not-with)             [any symbol of the application]

Which symbols a rule covers, under each way of matching and through renamings (`alias`), is a few
intervals of symbol keys: see `intervals`.  `tagger.tag` gives the same, many times faster.
"""

import pandas as pd
import pyarrow as pa

from studylib.clean import ipc
from studylib.ket.intervals import Match, spans
from studylib.ket.rules import Scheme


def tags_by_definition(
    symbols: pd.DataFrame, scheme: Scheme, match: Match = "exact"
) -> dict[tuple[str, str], int]:
    """The KETs of each application: {(application_id, ket): distinct symbols that give it}."""
    rules = scheme.rules
    texts = sorted(set(symbols["symbol"]))
    key = dict(zip(texts, ipc.checked_keys(pa.array(texts, pa.large_string())), strict=True))
    bounds = spans(scheme, match).groupby(["rule", "part"])[["start", "stop"]]
    interval = {place: part.to_numpy().tolist() for place, part in bounds}

    def covered(rule: int, own: set[str], part: str = "symbol") -> set[str]:
        """The symbols of an application that a rule covers: those it names, or their partners."""
        ends = interval.get((rule, part), [])
        return {symbol for symbol in own if any(a <= key[symbol] < b for a, b in ends)}

    found = {}
    for application, listed in symbols.groupby("application_id")["symbol"]:
        own = set(listed)
        for ket in scheme.kets:
            include, pairs, exclude, veto = (
                rules.index[(rules["ket"] == ket) & (rules["rule"] == kind)]
                for kind in ("include", "only-with", "exclude", "not-with")
            )
            beside = [rule for rule in pairs if covered(rule, own, "with_symbol")]
            gives = set().union(*(covered(rule, own) for rule in [*include, *beside]))
            gives -= set().union(*(covered(rule, own) for rule in exclude))
            if gives and not any(covered(rule, own) for rule in veto):
                found[str(application), ket] = len(gives)
    return found
