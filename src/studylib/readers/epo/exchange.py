"""
An exchange document (EPO OPS, DOCDB) as facts, whatever it was written in.

JSON and XML arrive here as the same plain dict: local element names without prefix, attributes
as `@name`, text as the value itself or under `$`, one child alone or several in a list.

    {"@family-id": "7", "bibliographic-data": {...}}  ->  publication, application, priorities,
                                                          title (symbols, parties: next door)

A number is said once per data format: `docdb` (office, number, kind apart), `epodoc` (office
and number in one), `original` (as the office prints it).  The first of them identifies.
"""

import re
from typing import Any, NamedTuple

NUMBER_FORMS = ("docdb", "epodoc", "original")
TITLE_LANGUAGES = ("en", "fr", "es")
EPODOC = re.compile(r"([A-Z]{2})[A-Z]{0,2}[0-9]")


class Reference(NamedTuple):
    """A publication, an application or a priority: office, number, kind, date (`yyyymmdd`)."""

    country: str | None = None
    number: str | None = None
    kind: str | None = None
    date: str | None = None

    @property
    def spelled(self) -> str | None:
        """`US 2006142694 A`: the number with office and kind, without which it is not unique."""
        if not self.number:
            return None
        office = None if self.number.startswith(self.country or " ") else self.country
        return " ".join(part for part in (office, self.number, self.kind) if part)


def many(node: Any, *names: str) -> list[Any]:
    """Everything found down a path of names, in order; nothing where the path ends."""
    found = [node]
    for name in names:
        below = [inner.get(name) for inner in found if isinstance(inner, dict)]
        found = [one for value in below for one in (value if isinstance(value, list) else [value])]
    return [one for one in found if one is not None]


def verbatim(node: Any) -> str:
    """The text of a node with its blanks; "" where it has none."""
    inner = node.get("$", node.get("#text")) if isinstance(node, dict) else node
    return str(inner) if isinstance(inner, str | int) else ""


def text(node: Any, *names: str) -> str | None:
    """The first text down a path, without outer blanks; None where there is none."""
    if len(names) == 1 and isinstance(node, dict):  # nine of ten questions, answered at once
        only = node.get(names[0])
        if only is None or isinstance(only, str):
            return (only or "").strip() or None
    for found in many(node, *names):
        if stripped := verbatim(found).strip():
            return stripped
    return None


def reference(nodes: list[Any]) -> Reference:
    """What `publication-reference`, `application-reference` or one priority claim points to."""
    forms: dict[str, Reference] = {}
    for node in nodes:
        for identity in many(node, "document-id"):
            said = (text(identity, part) for part in ("country", "doc-number", "kind", "date"))
            found = Reference(*said)
            form = text(identity, "@document-id-type") or text(node, "@data-format")
            forms.setdefault(form or _form(found), found)
    known = [forms[form] for form in NUMBER_FORMS if form in forms]
    best = next((found for found in known if found.number), next(iter(known), Reference()))
    date = next((found.date for found in known if found.date), None)
    return best._replace(country=best.country or _office(best.number), date=date)


def _form(found: Reference) -> str:
    """The data format of a number whose attributes were lost on the way."""
    if found.country:
        return "docdb"
    return "epodoc" if _office(found.number) else "original"


def _office(number: str | None) -> str | None:
    """The office an EPODOC number begins with: `FR` of `FRX1258197`."""
    match = EPODOC.match(number or "")
    return match.group(1) if match else None


def publication(document: Any) -> Reference:
    """The publication a document is about: its attributes, else its publication reference."""
    found = reference(many(document, "bibliographic-data", "publication-reference"))
    country, number, kind, date = (
        text(document, name) for name in ("@country", "@doc-number", "@kind", "@date-publ")
    )
    if country and number:
        return Reference(country, number, kind, found.date or date)
    return found


def application(bibliography: Any) -> Reference:
    """The application the document was published from."""
    return reference(many(bibliography, "application-reference"))


def priorities(bibliography: Any) -> list[Reference]:
    """
    One reference per priority claim; the same claim in several data formats is one.

    A claim without a number is one all the same: that something is claimed is known.
    """
    claims: dict[object, list[Any]] = {}
    for n, claim in enumerate(many(bibliography, "priority-claims", "priority-claim")):
        claims.setdefault(text(claim, "@sequence") or n, []).append(claim)
    return [reference(nodes) for nodes in claims.values()]


def title(bibliography: Any) -> str | None:
    """The title in English, else in French, else in Spanish, else the first one."""
    titles = [
        (text(node, "@lang"), " ".join(verbatim(node).split()))
        for node in many(bibliography, "invention-title")
    ]
    titles = [(language, words) for language, words in titles if words]
    by_language = dict(reversed(titles))
    preferred = (by_language[code] for code in TITLE_LANGUAGES if code in by_language)
    return next(preferred, titles[0][1] if titles else None)
