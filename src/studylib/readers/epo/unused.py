"""
What an exchange document says and nobody reads: texts out of place, parties without a name.

    <parties>ACME [FR]</parties>                       parties    ACME [FR]  text where elements ...
    <applicant sequence="2"><name> , </name>           applicant             ... without a name
    <applicant data-format="newform"> beside epodoc    applicant             ... form nobody knows
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from studylib.language import mark
from studylib.readers.epo.exchange import many, text, verbatim
from studylib.readers.epo.parties import NAME_FORMS, NOTHING
from studylib.readers.raw import NO_NAME

NO_ELEMENTS = mark("text where elements are expected, not read")
STRANGE = mark("an applicant or inventor of a list in a form nobody knows, not read")
STRUCTURED = (
    ("publication-reference",), ("publication-reference", "document-id"),
    ("application-reference",), ("application-reference", "document-id"),
    ("priority-claims",), ("priority-claims", "priority-claim"),
    ("priority-claims", "priority-claim", "document-id"),
    ("parties",), ("parties", "applicants"), ("parties", "inventors"),
    ("classifications-ipcr",), ("patent-classifications",),
)  # fmt: skip
"""Paths to what holds elements and no text; whoever reads single parties tells of those."""
LONGEST_VALUE = 200
Told = tuple[str, str | None, str, int]
"""Column, value, reason and number of a reject."""


def of_document(bibliography: Any) -> Iterator[Told]:
    """What of a document is not read, as rejects without their place."""
    for path in STRUCTURED:
        for node in many(bibliography, *path):
            if not isinstance(node, dict) and (said := verbatim(node).strip()):
                yield path[-1], said[:LONGEST_VALUE], NO_ELEMENTS, 1
    for role in ("applicant", "inventor"):
        for reason, n in _parties(bibliography, role).items():
            yield role, None, reason, n


def _parties(bibliography: Any, role: str) -> dict[str, int]:
    """
    How many applicants or inventors are not used, by reason.

    Those no list calls anything, and those of a list in a form nobody knows beside another.
    """
    named: set[str] = set()
    silent: list[str | None] = []
    forms: Counter[str | None] = Counter()
    for node in many(bibliography, "parties", f"{role}s", role):
        place = text(node, "@sequence")
        if any(verbatim(name).strip(NOTHING) for name in many(node, f"{role}-name", "name")):
            named |= {place} if place else set()
            forms[text(node, "@data-format")] += 1
        else:
            silent.append(place)
    strange = [n for form, n in forms.items() if form not in (None, *NAME_FORMS)]
    n_silent = len({place for place in silent if place} - named) + silent.count(None)
    found = {NO_NAME: n_silent, STRANGE: sum(strange) if len(forms) > len(strange) else 0}
    return {reason: n for reason, n in found.items() if n}
