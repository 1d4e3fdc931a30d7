"""
Lens.org CSV exports: one publication per row, lists with `;;`, 25 columns and more.

`Jurisdiction` is the office of the publication, not where anybody lives: the country of parties
stays missing.  A family is told by the list of its members (`Simple Family Members`): the first of
their Lens ids names it; the size alone is no family.  Newer exports name priorities without dates
and the earliest date apart, which is the date of them all.  Dates are ISO, or what a spreadsheet
made of them (dd/mm/yy, m/d/yy): they stay as they are.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.readers.lists import cells, result_list
from studylib.readers.lists.layout import Layout, header_row
from studylib.readers.raw import Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "lens"
FAMILY = "Lens simple"
LAYOUT = Layout(
    format=FORMAT,
    named="Lens.org",
    marks=(frozenset({"lensid"}), frozenset({"jurisdiction", "ipcrclassifications"})),
    columns={
        "publication_number": ("publicationnumber", "displaykey"),
        "publication_office": ("jurisdiction",),
        "publication_kind": ("kind",),
        "publication_date": ("publicationdate",),
        "application_number": ("applicationnumber",),
        "filing_date": ("applicationdate",),
        "title": ("title",),
        "priorities": ("prioritynumbers",),
        "priority_date": ("earliestprioritydate",),
        "members": ("simplefamilymembers",),
        "applicants": ("applicants",),
        "inventors": ("inventors",),
        "ipc": ("ipcrclassifications",),
        "cpc": ("cpcclassifications",),
    },
    needed=("publication_number", "ipc"),
    remedy="Export from Lens.org as CSV with the fields Publication Number (Display Key) and "
    "IPCR Classifications.",
)
SEPARATOR = ";;"
CLAIM = (
    r"^(?P<number>(?P<country>[A-Z]{2})\s.*?)\s(?P<date>\d{8})$",
    r"^(?P<number>(?P<country>[A-Z]{2})\s.*)(?P<date>)$",
)


def recognises(head: Head) -> bool:
    """Whether the first rows hold the header of a Lens.org export."""
    return header_row(LAYOUT, head.rows) is not None


def read(path: Path, keep: Keep | None = None) -> RawPatents:  # noqa: ARG001 - small files, kept whole
    """
    One record per row; publications, with their simple family where its members are listed.

    Raises
    ------
    DataError
        The file is no Lens.org export, is damaged, or lacks the IPCR column.
    """
    table = result_list.read(LAYOUT, path)
    claims = cells.exploded(table.column("priorities"), SEPARATOR)
    claimed = cells.first_match(claims.value, CLAIM)
    earliest = table.column("priority_date").take(pa.array(claims.record))
    family = _families(cells.exploded(table.column("members"), SEPARATOR), len(table.rows))
    return RawPatents(
        format=FORMAT,
        records=cells.records(table, family_id=family),
        symbols=cells.stacked(
            cells.symbols(cells.exploded(table.column("ipc"), SEPARATOR), "ipc"),
            cells.symbols(cells.exploded(table.column("cpc"), SEPARATOR), "cpc"),
        ),
        parties=cells.stacked(
            cells.parties(cells.exploded(table.column("applicants"), SEPARATOR), "applicant"),
            cells.parties(cells.exploded(table.column("inventors"), SEPARATOR), "inventor"),
        ),
        priorities=cells.priorities(
            claims, **{**claimed, "date": pc.coalesce(claimed["date"], earliest)}
        ),
        rejects=table.left_out,
        n_received=table.n_received,
        record_is="publication",
        date_order="auto",
        family_is=FAMILY if pc.any(pc.is_valid(family)).as_py() else "",
        knows_claims="priorities" in table.columns,
        repairs=table.repairs,
        provenance=table.preamble,
    )


def _families(members: cells.Items, n: int) -> pa.Array:
    """The first Lens id among the members of each record's family; missing where none is listed."""
    first = pd.Series(members.value.to_pandas()).groupby(members.record).min()
    return pa.array(first.reindex(range(n)), pa.string(), from_pandas=True)
