"""
What one export says, before any cleaning: five tables of text, and what the format cannot say.

    records      one row per record of the export (a publication, an application or a family)
    symbols      one row per classification symbol of a record, in the order of the export
    parties      one row per applicant or inventor of a record, in the order of the export
    priorities   one row per priority claim of a record, in the order of the export
    rejects      one row per value, row or file that was not used, with the reason

Every column but `record`, `position`, `row`, `weight` and `n` is text as exported (spelling kept,
outer blanks removed), missing is missing (never "").  `record` counts the rows of `records` from 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from studylib.language import mark

DateOrder = Literal["iso", "dmy", "mdy", "ymd", "auto"]

RECORDS = (
    "file",  # name of the file inside the export (never a path of this machine)
    "row",  # line, sheet row or element number in that file, from 1
    "application_number",  # as exported, with the office's letters if they are there
    "application_office",  # two letters, if the export says it apart
    "filing_date",
    "filing_year",  # only where an export knows the year but no date (REGPAT)
    "publication_number",
    "publication_office",
    "publication_kind",
    "publication_date",
    "priority_year",  # only where an export knows the year but no claims (REGPAT)
    "family_id",  # as exported; missing where the export knows no family
    "title",
)
SYMBOLS = (
    "record",
    "scheme",  # "ipc" or "cpc"
    "raw",  # the symbol alone, as spelled in the export
    "version",  # edition of the scheme, "2006.01" or "20060101", if stated
    "level",  # "A" advanced or "C" core, if stated (IPC 2006-2010)
    "value",  # "I" inventive or "N" additional, if stated
    "position",  # 1, 2, 3 ... inside the record and scheme
)
PARTIES = (
    "record",
    "role",  # "applicant" or "inventor"
    "raw_name",
    "country",  # two letters, if stated
    "nuts_id",  # if stated
    "weight",  # share of the record, if stated (REGPAT)
    "position",
)
PRIORITIES = ("record", "number", "country", "date", "position")
REJECTS = (
    "file",
    "row",
    "column",
    "value",  # what stood there; missing where a bulk reader counts instead of listing
    "reason",
    "n",  # how many rows or records it stands for
)


@dataclass(frozen=True)
class RawPatents:
    """What `read(path)` of every reader returns; see the module's picture of the tables."""

    format: str
    """Name of the reader: `patentscope`, `lens`, `espacenet`, `ops_json`, `ops_xml`, `docdb`,
    `regpat`, `patstat`, `table`."""
    records: pd.DataFrame
    symbols: pd.DataFrame
    parties: pd.DataFrame
    priorities: pd.DataFrame
    rejects: pd.DataFrame
    n_received: int
    """Rows or elements of the export that stand for a record, used or rejected."""
    record_is: Literal["publication", "application", "family"] = "publication"
    date_order: DateOrder = "auto"
    family_is: str = ""
    """Which family `family_id` is: "DOCDB simple", "INPADOC", "Lens simple"; "" without any."""
    knows_claims: bool = True
    """Whether a record without priority claims is known to claim none; else nothing is known."""
    packed: int | None = None
    """Digits of the main group in symbols without a slash (`C07D41700`: 3), where that is told."""
    nuts_version: str | None = None
    """Vintage of `parties.nuts_id`: "2010", "2013", "2016", "2021"; None: not stated."""
    region_codes: Mapping[str, int] = field(default_factory=dict)
    """Every region code of a bulk edition with its number of rows, also of what was left behind:
    more codes tell its vintage more surely."""
    newest_year: int | None = None
    """Newest year that stands anywhere in the export, also in what a bulk reader left behind."""
    repairs: dict[str, int] = field(default_factory=dict)
    """What had to be repaired to read the file at all, in words, and how many values it touched."""
    provenance: tuple[str, ...] = ()
    """What the export says about itself (query, date, number of results), as it stands there."""


NO_NAME = mark("an applicant or inventor without a name, left out")
"""Why a party is left out, in readers as in cleaning."""
OTHER_YEAR = mark("outside the study's years")
OTHER_PLACE = mark("outside the study's areas")
NO_PLACE = mark("country of all parties unknown")
NO_YEAR = {"filing": mark("year of filing unknown"), "priority": mark("year of priority unknown")}
"""Why a record is left behind, as `Keep` asks; and why it cannot be told, by the date asked."""


ISO_OF_NUTS = {"EL": "GR", "UK": "GB"}
"""Letters NUTS has for a country in place of those of ISO 3166; in 2006 Greece was GR."""


@dataclass(frozen=True)
class Keep:
    """
    What a bulk reader may leave behind early: years and places outside the study.

    A record is kept when its year (on the study's date) lies in the window and at least one
    party has one of the countries or one of the NUTS prefixes.  Empty tuples keep everything.
    What is left behind goes to `RawPatents.rejects` as one row per reason, with its count in `n`.
    """

    first_year: int | None = None
    last_year: int | None = None
    date: Literal["filing", "priority"] = "filing"
    countries: tuple[str, ...] = ()
    nuts_prefixes: tuple[str, ...] = ()

    @property
    def letters(self) -> frozenset[str]:
        """Every way an export may write the countries: `GB` is `UK` in some."""
        others = {nuts: iso for nuts, iso in ISO_OF_NUTS.items() if iso in self.countries}
        return frozenset({*self.countries, *others})

    @property
    def letters_of_regions(self) -> frozenset[str]:
        """The same of the countries the regions lie in, for formats that know no regions."""
        begin = {prefix[:2] for prefix in self.nuts_prefixes}
        return frozenset(begin | {ISO_OF_NUTS.get(letters, letters) for letters in begin})


def empty(columns: Iterable[str]) -> pd.DataFrame:
    """A table with these columns and no rows, text as text and numbers as numbers."""
    numbers = {"record": "int64", "position": "Int64", "row": "int64", "weight": "float64",
               "n": "int64"}  # fmt: skip
    return pd.DataFrame({c: pd.Series(dtype=numbers.get(c, "str")) for c in columns})
