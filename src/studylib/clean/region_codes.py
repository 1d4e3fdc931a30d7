"""
Whether the region codes of a study file can be what is meant, before anything is counted.

    XX99   no country has the letters XX
    FR64   no region: FR6 has FR61, FR62, FR63
    FRI1   not of NUTS 2013: a code of NUTS 2016, 2021; in NUTS 2013 it is FR61
    FR612  beside FR61: the patents there would count twice

``nuts.csv`` lists the regions of level 2 that came or went, and some of other levels.  Below a
listed region that came or went it lists every region of the next level, or none: a code that is
not among them does not exist.  Any other code that is not listed is taken as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import pandas as pd

from studylib.clean import nuts
from studylib.errors import listed, quoted, several, some
from studylib.files.limits import twice
from studylib.readers.raw import ISO_OF_NUTS

NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # in the list of countries all the same
FORMER = {"CS", "DD", "SU", "YU"}
"""Countries that are no more, and that records name."""
COUNTRY = 2  # letters of a country
LEVEL_1 = 3  # characters of a code of level 1


@dataclass(frozen=True)
class Place:
    """An area by its name, its region codes (or the letters of its country), and their version."""

    name: str
    codes: tuple[str, ...]
    version: str


def check(codes: Sequence[str], version: str, country: str | None = None) -> None:
    """
    Raise ValueError unless the codes are regions of that version, of the country, none twice.

    The text names every offending code; what cannot be known to be wrong is right.
    """
    faults = []
    if same := sorted(twice(codes)):
        faults.append(f"`nuts` names {some(same)} more than once; name each region once")
    codes = sorted(set(codes))
    pairs = permutations(codes, 2)
    if nested := [f"{quoted(b)} in {quoted(a)}" for a, b in pairs if b.startswith(a)]:
        faults.append(
            f"`nuts` names regions that lie in others it names: {listed(nested)}; leave them out"
        )
    if country and (abroad := [code for code in codes if iso(code[:COUNTRY]) != country]):
        faults.append(
            f"`nuts` names {some(abroad)}, not in `country` {quoted(country)}; correct one of them"
        )
    if wrong := [f"{quoted(code)} ({why})" for code in codes if (why := _fault(code, version))]:
        n = several(len(wrong), "code that is", "codes that are")
        faults.append(
            f"`nuts` has {n} not of NUTS {version}: {listed(wrong)}; correct `nuts` or "
            "`nuts_version`"
        )
    if faults:
        raise ValueError("; ".join(faults))


def check_apart(areas: Sequence[Place]) -> None:
    """Raise ValueError where an area, or a part of it, is or lies in another one."""
    found: dict[frozenset[tuple[str, str]], str] = {}
    for one, other in permutations(areas, 2):
        for code, around in _shared(one, other):
            found.setdefault(
                frozenset({(one.name, code), (other.name, around)}),
                f"{quoted(code)} of {quoted(one.name)} is or lies in {quoted(around)} of "
                f"{quoted(other.name)}",
            )
    if found:
        raise ValueError(
            f"{listed([*found.values()])}; what lies there would count twice in the total. "
            "Leave one of the two out"
        )


def iso(letters: str) -> str:
    """The letters of ISO 3166 for a country that may be written as NUTS does: GR for EL."""
    return ISO_OF_NUTS.get(letters, letters)


def is_home(letters: str, located_by: str) -> bool:
    """
    Whether an application can lie in a country: offices have no inventors, and nothing is in ZZ.

    >>> is_home("FR", "inventor"), is_home("EP", "inventor"), is_home("EP", "office")
    (True, False, True)
    """
    if located_by in {"office", "priority"}:
        return letters not in {"XX", "ZZ"}
    return letters in _countries() | FORMER


def _shared(one: Place, other: Place) -> list[tuple[str, str]]:
    """Regions (or countries) of one area with those of another in which their parties count too."""
    codes = pd.Series(one.codes)
    moved = nuts.to_version(codes, one.version, other.version)["code"].fillna("")
    return [
        (code, around)
        for code, there in zip(codes, moved, strict=True)
        for around in other.codes
        if (
            iso(code[:COUNTRY]) == iso(around)
            if len(around) == COUNTRY
            else there.startswith(around)
        )
    ]


def _fault(code: str, version: str) -> str | None:
    """Why a code cannot be of a version; None where it is, or where the rules cannot tell."""
    letters = code[:COUNTRY]
    if letters == "GB":  # unlike GR, which was of NUTS 2006
        return "NUTS writes UK"
    if letters not in _countries():
        return f"no country has the letters {letters}"
    for length in range(LEVEL_1 + 1, len(code) + 1):
        above, known = code[: length - 1], _below(code[: length - 1])
        if known and code[:length] not in known:
            return f"no region: {above} has {', '.join(known)}"
    its_own = nuts.versions_of(code)
    if version in its_own:
        return None
    nearest = min(its_own, key=lambda v: (abs(int(v) - int(version)), v))
    said = f"a code of NUTS {', '.join(sorted(its_own))}"
    if (there := _moved(code, nearest, version)) is None:
        return said
    is_same = _moved(there, version, nearest) == code
    return f"{said}; in NUTS {version} it is {'' if is_same else 'a part of '}{there}"


def _moved(code: str, version: str, other: str) -> str | None:
    """The region of a code in another version; None where it was split or is not known so far."""
    moved = nuts.to_version(pd.Series([code]), version, other).iloc[0]
    return str(moved["code"]) if pd.notna(moved["code"]) and pd.isna(moved["reason"]) else None


@cache
def _below(code: str) -> tuple[str, ...]:
    """The regions just below a region that came or went, where the rules list them; else none."""
    known = nuts.versions_by_code()
    if known.get(code, frozenset(nuts.VERSIONS)) == set(nuts.VERSIONS):
        return ()
    return tuple(sorted(c for c in known if c[:-1] == code))


@cache
def _countries() -> frozenset[str]:
    """The letters of every country, those of NUTS among them."""
    from babel import Locale

    known = {code for code in map(str, Locale("en").territories) if len(code) == COUNTRY}
    return frozenset(known - NO_COUNTRIES | set(ISO_OF_NUTS))
