"""
Classification symbols of an exchange document, each with what is stated about it.

    H01J  37/    32            A I          OPS: fixed width, level and value
    A61K   9/16        20060101A I2005...   DOCDB: with the version (WIPO standard ST.8)
    C01B                       C I          core level, subclass only
    H04N7/24   or    7A 61K   9/16   A      IPC 1-7, in `classification-ipc`
    section C, class 07, subclass C, ...    CPC in parts, once per office that gave it

IPC and CPC never mix: a symbol's scheme is where it stands in the document.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from studylib.language import mark
from studylib.language.reasons import NEITHER_SCHEME
from studylib.readers.epo.exchange import many, text, verbatim

BEFORE_IPC_8 = "1-7"
"""Version of a symbol in `classification-ipc` (editions 1 to 7) that states no edition."""
SYMBOL = re.compile(  # a group that is no group makes it no symbol: never a subclass by mistake
    r"[A-H] ?[0-9]{2} ?[A-Z](?:\s*[0-9]{1,4}\s*/\s*[0-9]{2,6})?"
    r"(?![0-9/]|\s*[0-9]*\s*/|\s*[0-9]{1,4}(?![0-9.]))"
)
QUALIFIERS = re.compile(
    r"\s*\(?(?P<version>[0-9]{8}|[0-9]{4}\.[0-9]{2})?\)?\s*"
    r"(?P<level>[ACS])?[FL ]?(?P<value>[IN](?![A-Z]))?"
)
COMBINED = mark("CPC combination set, whose symbols mean something only together")
EDITION = re.compile(r"\s*[1-7]?\s*(?=[A-H])")
LONGEST_SCHEME = 40
VALUES = {"I": "I", "A": "N", "N": "N"}  # additional information is A in CPC and N in IPC


class Symbol(NamedTuple):
    """One classification symbol; columns as in `raw.SYMBOLS`."""

    scheme: str
    raw: str
    version: str | None = None
    level: str | None = None
    value: str | None = None


def ipc(bibliography: Any) -> Iterator[Symbol]:
    """IPC symbols as listed; those of IPC 1-7 follow where IPC 8 does not repeat them."""
    listed = set()
    for node in many(bibliography, "classifications-ipcr", "classification-ipcr"):
        spelled = text(node, "text") or _parts(node) or text(node)
        if spelled:
            found = ipcr_symbol(spelled)
            listed.add("".join(found.raw.split()))
            yield found
    for node in many(bibliography, "classification-ipc"):
        edition = text(node, "edition") or BEFORE_IPC_8
        for kind in ("main-classification", "further-classification", "text"):
            for spelled in map(verbatim, many(node, kind)):
                raw = old_symbol(spelled)
                bare = "".join(raw.split())
                if bare and bare not in listed:
                    listed.add(bare)
                    yield Symbol("ipc", raw, edition)


@lru_cache(maxsize=2**16)
def ipcr_symbol(spelled: str) -> Symbol:
    """`H01J  37/    32   20060101AFI` as symbol, version, level, value; what is none as it is."""
    match = SYMBOL.match(spelled)
    if not match:
        return Symbol("ipc", spelled)
    stated = QUALIFIERS.match(spelled, match.end())
    assert stated, "every part of the pattern is optional"
    return Symbol("ipc", match.group(), *stated.group("version", "level", "value"))


@lru_cache(maxsize=2**16)
def old_symbol(spelled: str) -> str:
    """`7A 61K   9/16   A` as `A61K   9/16`: without edition and the blank in the subclass."""
    edition = EDITION.match(spelled)
    match = SYMBOL.match(spelled, edition.end()) if edition else None
    if not match:
        return spelled.strip()
    found = match.group()
    return found[0] + found[1:].lstrip()


def cpc(bibliography: Any) -> tuple[list[Symbol], Counter[str]]:
    """
    CPC symbols, each once however many offices gave it, and how many others by reason.

    Inventive wins over additional.  National schemes (FI, F-term, UC) and CPC combination sets
    are only counted.
    """
    symbols: dict[str, Symbol] = {}
    others: Counter[str] = Counter()
    for node in many(bibliography, "patent-classifications", "patent-classification"):
        parts = _parts(node)
        # Only CPC comes in parts; answers converted to JSON have often lost the scheme.
        scheme = text(node, "classification-scheme", "@scheme") or ("CPC" if parts else "?")
        raw = parts or text(node, "classification-symbol")
        if not raw or not scheme.startswith("CPC"):
            others[NEITHER_SCHEME.format(scheme=scheme[:LONGEST_SCHEME])] += 1
            continue
        value = text(node, "classification-value")
        value = VALUES.get(value or "", value)  # what is neither is told when it is cleaned
        if raw not in symbols or (value == "I" and symbols[raw].value != "I"):
            version = text(node, "classification-scheme", "date")
            symbols[raw] = Symbol("cpc", raw, version, None, value)
    sets = many(bibliography, "patent-classifications", "combination-set")
    others.update({COMBINED: len(sets)} if sets else {})
    return list(symbols.values()), others


def _parts(node: Any) -> str | None:
    """A symbol given in parts as `H01L 31/042`; None without any: with some, what there is."""
    section, ipc_class, subclass, group, subgroup = (
        text(node, part) or ""
        for part in ("section", "class", "subclass", "main-group", "subgroup")
    )
    deeper = f" {group}/{subgroup}" if subgroup else f" {group}" if group else ""
    return f"{section}{ipc_class}{subclass}{deeper}".strip() or None
