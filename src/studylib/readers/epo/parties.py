"""
Applicants and inventors of an exchange document, each once.

A document lists its parties once per data format.  Who is meant stands in the standardised
list (`docdb`, `epodoc`), which alone knows countries; the printed list (`docdba`, `original`)
repeats the same people in other spellings or scripts, sometimes twice under running numbers.
So one list is taken, never the union:

    epodoc   1  GARONA OPTIQUE SA [FR]        ->  GARONA OPTIQUE SA, FR
    original 1  Garona Optique S.A.
"""

import re
from itertools import takewhile
from typing import Any, NamedTuple

from studylib.readers.epo.exchange import many, text, verbatim

NAME_FORMS = ("docdb", "epodoc", "docdba", "intermediate", "original")
COUNTRY_TAG = re.compile(r"\s*\[([A-Z]{2})\]$")
NOTHING = " ,\r\n\t"
NOT_IN_NAMES = re.compile(r"[\W_]+")


class Party(NamedTuple):
    """One applicant or inventor: name without country tag, country of residence if stated."""

    name: str
    country: str | None


def parties(bibliography: Any, role: str) -> list[Party]:
    """
    The applicants or the inventors, from the most standardised list the document has.

    A country missing there is taken from the entry with the same number in another list.
    """
    lists: dict[str, list[tuple[str | None, Party]]] = {}
    unmarked: list[str] = []
    for node in many(bibliography, "parties", f"{role}s", role):
        name = next(map(verbatim, many(node, f"{role}-name", "name")), "")
        form = text(node, "@data-format")
        if not name.strip(NOTHING):
            continue
        if form is None:
            unmarked.append(name)
        else:
            country = text(node, "residence", "country")
            lists.setdefault(form, []).append((text(node, "@sequence"), _party(name, country)))
    if unmarked:
        lists.setdefault("epodoc", [(None, _party(name)) for name in standardised(unmarked)])
    ranked = [lists[form] for form in NAME_FORMS if form in lists] or [*lists.values(), []]
    return _once(_located(ranked[0], ranked[1:]))


def _party(name: str, country: str | None = None) -> Party:
    """`ACME SA [FR]`, with the commas and line ends the export joins names with, as a party."""
    name = " ".join(name.split()).rstrip(" ,")
    tag = COUNTRY_TAG.search(name)
    if tag:
        name = name[: tag.start()].rstrip(" ,") or name
    return Party(name, country or (tag.group(1) if tag else None))


def _located(
    best: list[tuple[str | None, Party]], others: list[list[tuple[str | None, Party]]]
) -> list[Party]:
    """The parties of the best list, with countries from the others where it has none."""
    countries = {
        sequence: party.country
        for listed in reversed(others)
        for sequence, party in listed
        if sequence and party.country
    }
    return [p._replace(country=p.country or countries.get(n or "")) for n, p in best]


def _once(listed: list[Party]) -> list[Party]:
    """Each name once, whatever its punctuation, case and word order; the first spelling stays."""
    seen: dict[tuple[str, ...], Party] = {}
    for party in listed:
        key = tuple(sorted(NOT_IN_NAMES.sub(" ", party.name.casefold()).split())) or (party.name,)
        known = seen.setdefault(key, party)
        if known.country is None and party.country:
            seen[key] = known._replace(country=party.country)
    return list(seen.values())


def standardised(names: list[str]) -> list[str]:
    """
    The standardised names at the head of a list that lost the attributes that told them apart.

    The lists leave traces where OPS joined them: a blank before every further standardised
    name, a comma after every printed one but the last.

    >>> standardised(["ACME SA", " FOO SL", "Acme S.A., ", "Foo S.L."])
    ['ACME SA', ' FOO SL']
    """
    if names[0].rstrip().endswith(","):
        return names
    joined = any(name.startswith(" ") or name.rstrip().endswith(",") for name in names)
    if joined or len(names) <= 2:  # noqa: PLR2004 - one standardised, one printed
        return [names[0], *takewhile(lambda name: name.startswith(" "), names[1:])]
    tagged = [n for n, name in enumerate(names, start=1) if COUNTRY_TAG.search(name.strip())]
    if tagged:
        return names[: tagged[-1]]
    return names if len(names) % 2 else names[: len(names) // 2]
