"""
Region codes over the versions of NUTS: which version a set of codes is in, and what a code became.

    code   from  to      code   reason
    FR612  2013  2016    FRI12
    IE01   2013  2016           the region was split or merged between the versions
    PL113  2013  2016    PL71   only the larger region is known in that version

Codes are translated with ``data/raw/rules/nuts.csv`` from version to version, one to one only: a
region that was split is never shared out.  Codes no rule speaks of stay as they are.
"""

from functools import cache

import numpy as np
import pandas as pd

from studylib.clean.distinct import distinct, spread
from studylib.errors import DataError, quoted
from studylib.language import mark
from studylib.project import PROJECT

RULES = PROJECT / "data" / "raw" / "rules" / "nuts.csv"
VERSIONS = ("2006", "2010", "2013", "2016", "2021")
SPLIT = mark("the region was split or merged between the versions")
COARSER = mark("only the larger region is known in that version")
STRAY = 0.01  # share of codes of another version that counts as slips, not as evidence


@cache
def read_nuts() -> pd.DataFrame:
    """The rules of `nuts.csv`: code, version_from, version_to, successor, share, below, ..."""
    return pd.read_csv(RULES, dtype="str", comment="#", keep_default_na=False)


def vintage_of(codes: pd.Series) -> str | None:
    """
    The newest NUTS version that region codes can be in, told by codes that came or went.

    None where no code tells, or where they contradict each other (1 in 100 may be a slip).
    Where several versions are possible every code means the same in all of them.
    """
    places, texts = distinct(codes)
    n_rows = np.bincount(places[places >= 0], minlength=len(texts))
    possible = [versions_of(code) for code in texts]
    fits = {
        v: sum(n for n, own in zip(n_rows, possible, strict=True) if v in own) for v in VERSIONS
    }
    total = n_rows.sum()
    if not total or len(set(fits.values())) == 1:
        return None
    best = max(fits.values())
    return max(v for v in VERSIONS if fits[v] == best) if best >= (1 - STRAY) * total else None


def to_version(codes: pd.Series, from_version: str, to_version: str) -> pd.DataFrame:
    """
    Region codes in another NUTS version.

    Returns
    -------
    One row per value, same index: `code` (missing where the region was split or merged),
    `reason` (missing where code and level are sure).  Codes no rule speaks of stay.

    Raises
    ------
    DataError
        A version is not one of 2006, 2010, 2013, 2016, 2021.
    """
    for version in (from_version, to_version):
        if version not in VERSIONS:
            known = ", ".join(VERSIONS)
            raise DataError(f"NUTS version {quoted(version)} is not known; known: {known}.")
    start, end = VERSIONS.index(from_version), VERSIONS.index(to_version)
    places, texts = distinct(codes)
    moved = pd.DataFrame({"code": texts.str.upper(), "reason": pd.Series(None, texts.index, "str")})
    steps = range(start, end) if start < end else range(start - 1, end - 1, -1)
    for step in steps:
        met = {code: _moved(code, step, back=start > end) for code in moved["code"].dropna()}
        told = moved["code"].map({code: reason for code, (_, reason) in met.items()})
        moved["reason"] = moved["reason"].fillna(told.astype("str"))
        moved["code"] = moved["code"].map({c: new for c, (new, _) in met.items()}).astype("str")
    return spread(moved, places, codes.index)


def in_area(
    codes: pd.Series, prefixes: tuple[str, ...], area_version: str, codes_version: str
) -> pd.Series:
    """Whether each region code lies in an area given by prefixes of codes of another version."""
    translated = to_version(codes, codes_version, area_version)["code"]
    return translated.fillna("").str.startswith(prefixes).astype(bool)


def in_every_version(code: str, version: str) -> set[str]:
    """
    A region's codes over all versions; its country's where it was split or merged.

    What a bulk reader keeps by them holds at least the region, whichever version it is in.
    """
    found = {code}
    for other in VERSIONS:
        moved = to_version(pd.Series([code]), version, other).iloc[0]
        found.add(code[:2] if pd.isna(moved["code"]) else str(moved["code"]))
    return found


@cache
def _moves(step: int, *, back: bool) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Codes that change in a step: what they become, and whether regions below follow."""
    rules = read_nuts()
    rules = rules[(rules["version_to"] == VERSIONS[step]) & (rules["successor"] != "")]
    old, new = ("successor", "code") if back else ("code", "successor")
    return {
        str(code): (tuple(part[new]), bool((part["below"] == "kept").all()))
        for code, part in rules.groupby(old)
    }


def _moved(code: str, step: int, *, back: bool) -> tuple[str | None, str | None]:
    """One code in the next (or the former) version, by its own rule or that of a region above."""
    moves = _moves(step, back=back)
    for length in range(len(code), 1, -1):
        if code[:length] in moves:
            targets, is_kept = moves[code[:length]]
            below = code[length:]
            if len(targets) > 1:
                return None, SPLIT
            if below and not is_kept:
                return targets[0], COARSER
            return targets[0] + below, None
    return code, None


@cache
def versions_by_code() -> dict[str, frozenset[str]]:
    """In which versions the codes of the rules exist."""
    spans: dict[str, set[str]] = {}
    for rule in read_nuts().itertuples():
        first, last = VERSIONS.index(rule.version_from), VERSIONS.index(rule.version_to)
        spans.setdefault(str(rule.code), set()).update(VERSIONS[first : last + 1])
    for rule in read_nuts().itertuples():
        after = VERSIONS.index(rule.version_to) + 1
        if rule.successor and not spans.get(str(rule.successor), set()) & set(VERSIONS[after:]):
            spans.setdefault(str(rule.successor), set()).update(VERSIONS[after:])
    return {code: frozenset(versions) for code, versions in spans.items()}


def versions_of(code: str) -> frozenset[str]:
    """The versions a code can be in, by its own rule or that of the nearest region above."""
    known = versions_by_code()
    for length in range(len(code), 1, -1):
        if code[:length] in known:
            return known[code[:length]]
    return frozenset(VERSIONS)
