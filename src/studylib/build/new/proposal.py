"""
What a study file could say that fits an export: a date, a way to locate, years, territories.

    applications, parties  --proposal-->  filing, by inventor, 2000 to 2012, ES and FR
    survey, list           --meant-->     {"Euskadi": ..., "FR": "FR"}: places their owner means

Territories are those a survey or a list names, where the export knows them; else the two places
with most applications, which are seldom the two that were meant.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from studylib.errors import DataError
from studylib.prepare import Canonical, known_dates, locate
from studylib.study.value_types import DateBasis, LocatedBy

BASES: tuple[tuple[LocatedBy, str], ...] = (
    ("inventor", "region"), ("applicant", "region"), ("inventor", "country"),
    ("applicant", "country"), ("priority", "country"), ("office", "country"),
)  # fmt: skip
"""Ways to locate, the one that says most of where people work first."""
ENOUGH = 0.5  # share of the applications that must know the date of filing
LOCATES = 0.5  # of what the way that locates most does
MOST_KNOWN = 12  # places that are named
REGION = re.compile(r"[A-Z]{2}[0-9A-Z]{2}")
NAMED_IN = ("en", "fr", "es")


class Proposal(NamedTuple):
    """What a study file says that fits an export."""

    date: DateBasis
    located_by: LocatedBy
    first_year: int
    last_year: int
    level: str
    places: dict[str, str]
    """The territories: place, what it is called."""
    nuts_version: str
    known: str
    """The places the export knows, with their applications, in words."""


def proposal(read: Canonical, meant: Mapping[str, str] | None = None) -> Proposal:
    """What fits the applications of exports; `meant`: label of the user's own files -> place."""
    applications = read["applications"]
    known = {date: applications[f"{date}_year"].notna().mean() for date in known_dates.DATES}
    date: DateBasis = "filing"
    if not known["filing"] >= ENOUGH:
        date = max(known_dates.DATES, key=lambda other: known[other])
    years = applications[f"{date}_year"].dropna()
    if years.empty:
        raise DataError("The exports know no date of any application, so no study has a period.")
    basis, level, placed = _located(read)
    counts = placed.value_counts()
    counts = counts[[is_place(place) for place in counts.index]]
    ranked = sorted(counts.index, key=lambda place: (-counts[place], place))
    named = {place: label for label, place in (meant or {}).items() if place in counts.index}
    if not meant or len(named) < len(meant):
        named = {place: name(place) for place in ranked[:2]}
    versions = read["parties"]["nuts_version"].dropna()
    version = str(versions.iloc[0]) if len(versions) else "2013"
    return Proposal(date, basis, int(years.min()), int(years.max()), level, named, version,
                    _in_words(ranked, counts))  # fmt: skip


def _located(read: Canonical) -> tuple[LocatedBy, str, pd.Series]:
    """The first way to locate that places half as many applications as the best one does."""
    bases = locate.known_bases(read["applications"], read["parties"])
    ways = [(b, level) for b, level in BASES if level in (bases.get(b), "country") and b in bases]
    placed = {way: places(read, *way) for way in ways}
    n = {way: series.index.nunique() for way, series in placed.items()}
    most = max(n.values(), default=0)
    way = next((w for w in ways if most and n[w] >= LOCATES * most), ("office", "country"))
    return (*way, placed.get(way, pd.Series(dtype="str")))


def places(read: Canonical, basis: LocatedBy, level: str) -> pd.Series:
    """One place per application and place: regions of the second NUTS level, or countries."""
    office = read["applications"].set_index("application_id")["office"].astype("str")
    if basis == "office":
        return office.dropna()
    if basis == "priority":
        told: pd.Series = read.priority_countries.reindex(office.index).fillna(office).dropna()
        claimed: pd.Series = told[told != ""].str.split(" ").explode()
        return claimed
    own = read["parties"][read["parties"]["role"] == basis]
    column = own["nuts_id"].astype("str").str[:4] if level == "region" else own["country"]
    placed = own.assign(place=column.astype("str")).dropna(subset="place")
    placed = placed[placed["place"].str.len() == (4 if level == "region" else 2)]
    return placed.drop_duplicates(["application_id", "place"]).set_index("application_id")["place"]


def meant(labels: Iterable[str]) -> dict[str, str]:
    """
    The places that labels of a survey or a list stand for; empty unless all of them are known.

    >>> meant(["FR", "Espagne"])
    {'FR': 'FR', 'Espagne': 'ES'}
    >>> meant(["FR", "the coast"])
    {}
    """
    found = {label: _place(label) for label in labels}
    return {} if "" in found.values() else found


def _place(label: str) -> str:
    """A country by its letters or name, a region by its code; empty where it is neither."""
    from studylib.clean import region_codes

    said = label.strip()
    if REGION.fullmatch(said):
        return said
    return region_codes.iso(_countries().get(said.casefold(), ""))


@cache
def _countries() -> dict[str, str]:
    """Letters and names of countries, in small letters, and their letters."""
    from babel import Locale

    told: dict[str, str] = {}
    for language in NAMED_IN:
        for code, called in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():  # noqa: PLR2004 - the letters of a country
                told |= {code.casefold(): code, called.casefold(): code}
    return told


def is_place(place: str) -> bool:
    """Whether letters are those of a country or region: EP and WO are offices of many."""
    return len(place) > 2 or name(place) != place  # noqa: PLR2004 - the letters of a country


def name(place: str) -> str:
    """What a country is called; a region by its code."""
    from babel import Locale

    return str(Locale("en").territories.get(place, place))


def _in_words(ranked: list[str], counts: pd.Series) -> str:
    """`ES 412, FR 87 and 3 more places`."""
    told = ", ".join(f"{place} {counts[place]}" for place in ranked[:MOST_KNOWN])
    more = len(ranked) - MOST_KNOWN
    return told + (f" and {more} more" if more > 0 else "")
