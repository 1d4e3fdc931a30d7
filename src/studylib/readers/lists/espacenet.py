"""
Espacenet result lists: CSV, `xls` or `xlsx`, one publication (or all of an application) per row.

Exports of the older site have a preamble and lists with line breaks or `; `; names carry the
country of residence as `NAME [ES]`, with an unusual blank before the bracket that Excel may have
turned into `_`.  Exports of the newer site know the family and the earliest priority date, but
no application.  Dates are ISO, yyyymmdd or dd/mm/yyyy: they stay as they are.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.language import mark
from studylib.readers.lists import cells, result_list
from studylib.readers.lists.layout import Layout, header_row
from studylib.readers.raw import Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "espacenet"
LAYOUT = Layout(
    format=FORMAT,
    named="Espacenet",
    marks=(
        frozenset({"publicationnumber", "internationalclassification"}),
        frozenset({"publicationnumber", "cooperativepatentclassification"}),
        frozenset({"publicationnumber", "dateofapplication"}),
        frozenset({"publicationnumber", "earliestpublication"}),
        frozenset({"publicationnumber", "earliestpriority"}),
    ),
    columns={
        "publication_number": ("publicationnumber",),
        "publication_date": ("publicationdate",),
        "application_number": ("applicationnumber",),
        "filing_date": ("dateofapplication",),
        "title": ("title",),
        "family_id": ("familynumber",),
        "priorities": ("prioritynumbers",),
        "earliest_priority": ("earliestpriority",),
        "applicants": ("applicants",),
        "inventors": ("inventors",),
        "ipc": ("internationalclassification", "ipc"),
        "cpc": ("cooperativepatentclassification", "cpc"),
    },
    needed=("publication_number", "ipc"),
    remedy="In Espacenet choose Download > List (XLSX or CSV), which includes the International "
    "classification (IPC).",
)
BLANK = r"[\s_\x{a0}\x{2002}]*"
SEPARATOR = r";\s+|[\r\n]+"
PUBLICATION = (
    r"(?s)^(?P<number>[^;\r\n]*?)\s*(?:\((?P<kind>[A-Z][0-9]?)\))?\s*(?P<more>[;\r\n].*)?$",
)
SEVERAL = mark("rows with several publications, named by the first")
FIRST = (r"(?s)^(?P<first>[^;\r\n]*)",)
NAME = (rf"^(?P<raw_name>.*?){BLANK}\[(?P<country>[A-Z]{{2}})\]$",)
CLAIM = (r"^(?P<number>(?P<country>[A-Z]{2})\S*)\s+(?P<date>\d{8})$",)


def recognises(head: Head) -> bool:
    """Whether the first rows hold the header of an Espacenet result list."""
    return header_row(LAYOUT, head.rows) is not None


def read(path: Path, keep: Keep | None = None) -> RawPatents:  # noqa: ARG001 - small files, kept whole
    """
    One record per row; where a row names several publications, the first names the record.

    Raises
    ------
    DataError
        The file is no Espacenet result list, is damaged, or lacks the IPC column.
    """
    table = result_list.read(LAYOUT, path)
    publication = cells.first_match(table.column("publication_number"), PUBLICATION)
    more = pc.count(publication["more"]).as_py()
    several = {SEVERAL: more} if more else {}
    return RawPatents(
        format=FORMAT,
        records=cells.records(
            table,
            publication_number=publication["number"],
            publication_kind=publication["kind"],
            publication_date=_first(table.column("publication_date")),
        ),
        symbols=cells.stacked(
            cells.symbols(cells.exploded(table.column("ipc"), SEPARATOR), "ipc"),
            cells.symbols(cells.exploded(table.column("cpc"), SEPARATOR), "cpc"),
        ),
        parties=cells.stacked(_parties(table, "applicant"), _parties(table, "inventor")),
        priorities=_claims(table),
        rejects=table.left_out,
        n_received=table.n_received,
        record_is="publication",
        date_order="auto",
        family_is="DOCDB simple" if "family_id" in table.columns else "",
        knows_claims=bool(table.columns.keys() & {"priorities", "earliest_priority"}),
        repairs=table.repairs | several,
        provenance=table.preamble,
    )


def _parties(table: result_list.Table, role: str) -> pd.DataFrame:
    """Names with the country in brackets split off."""
    items = cells.exploded(table.column(f"{role}s"), SEPARATOR)
    return cells.parties(items, role, **cells.first_match(items.value, NAME))


def _claims(table: result_list.Table) -> pd.DataFrame:
    """Priority claims; of the newer exports only the earliest date."""
    if "priorities" in table.columns:
        items = cells.exploded(table.column("priorities"), SEPARATOR)
        return cells.priorities(items, **cells.first_match(items.value, CLAIM))
    items = cells.exploded(_first(table.column("earliest_priority")), SEPARATOR)
    return cells.priorities(items, number=pa.nulls(len(items.value), pa.string()), date=items.value)


def _first(column: pa.Array) -> pa.Array:
    """The first entry of cells that hold one per publication."""
    return cells.first_match(column, FIRST)["first"]
