"""
Tag applications with key enabling technologies (KETs) from their IPC symbols.

    symbols                            tags
    application_id  symbol             application_id  ket             n_symbols
    7               B82Y 30/00    ->   7               nanotechnology  1
    7               G06F 17/30         (one row per application and KET)

    tag(p, KET) = any(symbol in include and not in exclude)
                  or (any(symbol in only-with and not in exclude) and any(partner symbol))
                  and not any(symbol in not-with)             [any symbol of the application]

Only IPC symbols count: rows whose `scheme` is not `ipc` are left out, because CPC symbols would
need a concordance.  Tags overlap on purpose, so counts per KET do not add up.  An application
without IPC symbol is unclassified, which is not "no KET".

Which symbols make a KET, and who says so, is in `rules`; what a rule covers in `intervals`, made
ready in `match`; the search is in `tagger`, why an application is tagged or not in `explanation`.
The same rule as plain code, for people who check the method, is in `definition`.
"""

from studylib.ket.explanation import explain, giving
from studylib.ket.intervals import MATCHES, Match
from studylib.ket.rules import DEFAULT_SCHEME, PROXY_SCHEME, Scheme, load_scheme
from studylib.ket.tagger import tag

__all__ = [
    "DEFAULT_SCHEME",
    "MATCHES",
    "PROXY_SCHEME",
    "Match",
    "Scheme",
    "explain",
    "giving",
    "load_scheme",
    "tag",
]
