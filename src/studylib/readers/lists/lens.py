"""
Lens.org CSV exports: one publication per row, lists with `;;`, 25 columns and more.

`Jurisdiction` is the office of the publication, not where anybody lives; the size of a family is
no family: both the country of parties and the family stay missing.  Dates are ISO, or what a
spreadsheet made of them (dd/mm/yy, m/d/yy): they stay as they are.
"""

from pathlib import Path

from studylib.readers.lists import cells, result_list
from studylib.readers.raw import Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "lens"
LAYOUT = result_list.Layout(
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
    return result_list.header_row(LAYOUT, head.rows) is not None


def read(path: Path, keep: Keep | None = None) -> RawPatents:  # noqa: ARG001 - small files, kept whole
    """
    One record per row; publications, family unknown.

    Raises
    ------
    DataError
        The file is no Lens.org export, is damaged, or lacks the IPCR column.
    """
    table = result_list.read(LAYOUT, path)
    claims = cells.exploded(table.column("priorities"), SEPARATOR)
    return RawPatents(
        format=FORMAT,
        records=cells.records(table),
        symbols=cells.stacked(
            cells.symbols(cells.exploded(table.column("ipc"), SEPARATOR), "ipc"),
            cells.symbols(cells.exploded(table.column("cpc"), SEPARATOR), "cpc"),
        ),
        parties=cells.stacked(
            cells.parties(cells.exploded(table.column("applicants"), SEPARATOR), "applicant"),
            cells.parties(cells.exploded(table.column("inventors"), SEPARATOR), "inventor"),
        ),
        priorities=cells.priorities(claims, **cells.first_match(claims.value, CLAIM)),
        rejects=table.rejects,
        n_received=table.n_received,
        record_is="publication",
        date_order="auto",
        repairs=table.repairs,
        provenance=table.preamble,
    )
