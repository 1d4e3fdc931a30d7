"""Schemes made by hand, and the definition of a tag in words, rule by rule and symbol by symbol."""

import pandas as pd

from studylib.ket.rules import Scheme
from studylib.ket.sound_rules import level_of

DEPTH = {"class": 0, "subclass": 1, "main group": 2, "group": 3}


def scheme(*rules, aliases=(), dots=()):
    """A scheme of (ket, rule, symbol[, level or with_symbol]) rows, renamings and dots."""
    rows = []
    for line, (ket, rule, symbol, *more) in enumerate(rules, start=2):
        level = more[0] if more and rule != "only-with" else level_of(symbol)
        other = more[0] if rule == "only-with" else ""
        row = {"ket": ket, "rule": rule, "symbol": symbol, "level": level, "with_symbol": other}
        rows.append(row | {"certainty": "C", "source": "by hand", "note": "", "line": line})
    columns = [
        "ket",
        "rule",
        "symbol",
        "level",
        "with_symbol",
        "certainty",
        "source",
        "note",
        "line",
    ]
    table = pd.DataFrame(rows, columns=columns)
    return Scheme(
        id="test", title="Test", citation="", verified=True, note="", rules=table, unused=table[:0],
        aliases=pd.DataFrame(
            [(*a, "2020.01") for a in aliases], columns=["old", "new", "since"], dtype="str"
        ),
        dots=pd.DataFrame(list(dots), columns=["symbol", "relation", "other"], dtype="str"),
    )  # fmt: skip


def symbols(*rows):
    """Symbols of applications, in normal form, all IPC: (application_id, symbol)."""
    return pd.DataFrame(list(rows), columns=["application_id", "symbol"], dtype="str")


def as_dict(tags):
    """Tags as {(application_id, ket): n_symbols}."""
    return dict(
        zip(zip(tags["application_id"], tags["ket"], strict=True), tags["n_symbols"], strict=True)
    )


def full(symbol):
    """A main group written without slash stands for its group /00."""
    return f"{symbol}/00" if " " in symbol and "/" not in symbol else symbol


def covers(rule, level, symbol, match):
    """Whether a rule on a symbol covers another symbol, by the words of the method."""
    if level == "class":
        return symbol[:3] == rule
    if level == "subclass":
        return symbol[:4] == rule
    if level == "main group":
        return symbol.partition("/")[0] == rule.partition("/")[0]
    return full(symbol) == rule if match == "exact" else full(symbol).startswith(rule)


def catches(rule, level, symbol, match, aliases):
    """As `covers`, or through a renaming whose old symbol the rule covers whole."""
    if covers(rule, level, symbol, match):
        return True
    return any(
        DEPTH[level_of(old)] >= DEPTH[level]
        and covers(rule, level, old, match)
        and covers(new, level_of(new), symbol, match)
        for old, new in aliases
    )


def tags_in_words(rows, rules, match, aliases=()):
    """Tags by the definition of the method, slowly: {(application_id, ket): n_symbols}."""
    carried = {}
    for application, symbol in rows:
        carried.setdefault(application, set()).add(symbol)
    kets = {rule[0] for rule in rules}
    tags = {}
    for application, mine in carried.items():
        for ket in kets:
            of_ket = [(r[1], r[2], *r[3:]) for r in rules if r[0] == ket]

            def caught(kind, symbol, of_ket=of_ket):
                return [
                    more
                    for rule, text, *more in of_ket
                    if rule == kind
                    and catches(
                        text,
                        more[0] if more and kind != "only-with" else level_of(text),
                        symbol,
                        match,
                        aliases,
                    )
                ]

            if any(caught("not-with", s) for s in mine):
                continue
            giving = set()
            for s in mine:
                if caught("exclude", s):
                    continue
                beside = [
                    other
                    for (other,) in caught("only-with", s)
                    if any(catches(other, level_of(other), p, match, aliases) for p in mine)
                ]
                if caught("include", s) or beside:
                    giving.add(s)
            if giving:
                tags[application, ket] = len(giving)
    return tags
