"""
What a study file says of a table that no reader knows: which of its columns holds what.

    [[sources]]
    path = "list.csv"
    format = "table"
    columns = { publication_number = "Pub. No.", filing_date = "Filed", ipc = ["IPC", "IPC more"] }
    dates = "dmy"

A column is told by its header; where a value is spread over several, by a form that names them
(`"{section}{class}{subclass} {group}/{subgroup}"`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from studylib.readers.raw import DateOrder

COLUMNS = {
    "application_number": "number of the application",
    "application_office": "office it was filed at, two letters",
    "filing_date": "day of filing",
    "filing_year": "year of filing, where no day is known",
    "publication_number": "number of the publication",
    "publication_office": "office that published it, two letters",
    "publication_kind": "kind of the publication (A1, B1, U)",
    "publication_date": "day of publication",
    "priorities": "numbers of the priorities claimed, with or without their days",
    "priority_date": "day of the earliest priority",
    "priority_year": "year of the earliest priority, where no day is known",
    "family_id": "what the applications for one invention share",
    "title": "title",
    "applicants": "names of the applicants",
    "applicant_countries": "their countries, in the same order",
    "applicant_regions": "their NUTS regions, in the same order",
    "inventors": "names of the inventors",
    "inventor_countries": "their countries, in the same order",
    "inventor_regions": "their NUTS regions, in the same order",
    "ipc": "symbols of the International Patent Classification",
    "cpc": "symbols of the Cooperative Patent Classification",
}
"""What a column can hold."""
LISTS = frozenset({"applicants", "inventors", "ipc", "cpc", "priorities"})
"""What may stand in several columns; their entries follow one another."""
SPLIT = LISTS | {"publication_number", "application_number"} | {
    f"{party}_{what}" for party in ("applicant", "inventor") for what in ("countries", "regions")
}  # fmt: skip
"""What may hold several entries in one cell."""
NUMBERS = ("application_number", "publication_number")
PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Declaration:
    """The keys of a `[[sources]]` block with `format = "table"`."""

    columns: Mapping[str, tuple[str, ...]]
    """What a column holds (`COLUMNS`) -> its header, several for lists, or a form of headers."""
    separators: Mapping[str, str] = field(default_factory=dict)
    """What stands between the entries of a cell, where it is not `;`, `|` or a line end."""
    dates: DateOrder = "auto"
    office: str | None = None
    """Office of numbers that do not say it."""
    family: str = ""
    """Which family `family_id` is; "" for one of the table's own."""
    packed: int | None = None
    """Digits of the main group in symbols without a slash: 3 in `C07D41700`, 4 in `H01S0005000`."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that is named, once."""
        told = [header for headers in self.columns.values() for header in headers]
        return tuple(dict.fromkeys(name for header in told for name in named_in(header)))


def named_in(header: str) -> tuple[str, ...]:
    """
    The headers a text of a declaration names: those of a form, else itself.

    >>> named_in("{section}{class}"), named_in("IPC")
    (('section', 'class'), ('IPC',))
    """
    return tuple(PLACE.findall(header)) or (header,)


def mistake(declaration: Declaration) -> str | None:
    """What is missing in a declaration or does not fit, in words; None where nothing is."""
    columns = declaration.columns
    if unknown := [name for name in columns if name not in COLUMNS]:
        return f"there is no column {unknown[0]!r}; known: {', '.join(COLUMNS)}"
    if not columns.keys() & set(NUMBERS):
        return "name the column of `publication_number` or of `application_number`"
    if "ipc" not in columns:
        return "name the column of `ipc`; without it nothing can be said about technology"
    if twice := [name for name, told in columns.items() if len(told) > 1 and name not in LISTS]:
        return f"`{twice[0]}` can stand in one column only"
    if odd := [name for name in declaration.separators if name not in SPLIT]:
        return f"{odd[0]!r} holds no lists; separators are for {', '.join(sorted(SPLIT))}"
    return None
