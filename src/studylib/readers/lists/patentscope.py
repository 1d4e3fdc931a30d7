"""
PATENTSCOPE result lists (WIPO): `xls` or `xlsx`, one publication per row, at most 10,000 rows.

Above the header stand blank rows and the query.  Dates are dd.mm.yyyy; each IPC symbol stands
twice or more; there is no family.  Newer lists say the office under Country, and their short form
has an application number instead of a publication number.  A priority claim is one of

    60582692 2004-06-24T23:59:59.000Z US     number, end of the day, country
    10/864,311 08.06.2004 US                 number, day, country
    US 20140625 62/016,924                   country, day, number
    FR 0300001 A 20030105                    country, number, kind, day, as DOCDB writes it
    95/2871  ZA                              number, no date, country
    US20020299537                            number

of which the time of day is dropped; `null` and `no date` are missing.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.language import mark
from studylib.readers.lists import cells, result_list
from studylib.readers.lists.layout import Layout, header_row
from studylib.readers.raw import REJECTS, Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "patentscope"
LAYOUT = Layout(
    format=FORMAT,
    named="PATENTSCOPE",
    marks=(
        frozenset({"publicationnumber", "prioritydata"}),
        frozenset({"publicationnumber", "prioritiesdata"}),
        frozenset({"publicationnumber", "fpimage"}),
        frozenset({"applicationid", "applicationnumber", "ipc"}),
    ),
    columns={
        "publication_number": ("publicationnumber",),
        "publication_office": ("country",),
        "application_office": ("country",),
        "publication_date": ("publicationdate",),
        "application_number": ("applicationnumber",),
        "filing_date": ("applicationdate",),
        "title": ("title",),
        "priorities": ("prioritydata", "prioritiesdata"),
        "ipc": ("ipc",),
        "applicants": ("applicants", "applicant"),
        "inventors": ("inventors", "inventor"),
    },
    needed=("ipc",),
    identity=("publication_number", "application_number"),
    remedy="Download the result list again with the columns Publication Number (or Application "
    "Number and Country) and IPC.",
)
DATE = r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}"
CLAIMS = (
    rf"^(?P<number>.*?) (?P<date>{DATE}|no date|null|)(?:T\S*)? (?P<country>[A-Z]{{2}}|null)$",
    r"^(?P<country>[A-Z]{2}) (?P<number>\S.*) [A-Z][0-9]? (?P<date>(?:19|20)\d{6})$",
    r"^(?P<country>[A-Z]{2}) (?P<date>(?:19|20)\d{6}) (?P<number>\S.*)$",
    rf"^(?P<number>\S.*?) (?P<date>{DATE}|no date|null)(?:T\S*)?(?P<country>)$",
)


def recognises(head: Head) -> bool:
    """Whether the first rows hold the header of a PATENTSCOPE result list."""
    return header_row(LAYOUT, head.rows) is not None


def read(path: Path, keep: Keep | None = None) -> RawPatents:  # noqa: ARG001 - small files, kept whole
    """
    One record per row; publications, family unknown.

    Raises
    ------
    DataError
        The file is no PATENTSCOPE result list, is damaged, or lacks the IPC column.
    """
    table = result_list.read(LAYOUT, path)
    claims, empty_claims = _claims(table)
    return RawPatents(
        format=FORMAT,
        records=cells.records(table),
        symbols=cells.symbols(cells.exploded(table.column("ipc"), ";"), "ipc"),
        parties=cells.stacked(
            cells.parties(cells.exploded(table.column("applicants"), ";"), "applicant"),
            cells.parties(cells.exploded(table.column("inventors"), ";"), "inventor"),
        ),
        priorities=claims,
        rejects=pd.concat([table.left_out, empty_claims], ignore_index=True),
        n_received=table.n_received,
        record_is="publication",
        date_order="dmy",
        knows_claims="priorities" in table.columns,
        repairs=table.repairs,
        provenance=table.preamble,
    )


def _claims(table: result_list.Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Priority claims, and those that say nothing (`null 30.12.1899 null`) as rejects."""
    items = cells.exploded(pc.utf8_trim(table.column("priorities"), "[]"), r", ")
    parts = cells.first_match(items.value, CLAIMS)
    for name, part in parts.items():
        parts[name] = cells.missing_words(part, ("null", "no date"))
    said = pc.or_(pc.is_valid(parts["number"]), pc.is_valid(parts["country"]))
    silent = pc.invert(said)
    records = items.record[np.asarray(silent)]
    at = table.rows[records]
    rejects = pd.DataFrame(
        {
            "file": table.files.take(pa.array(records)).to_pandas().astype("str"),
            "row": at,
            "column": pd.Series(["priorities"] * len(at), dtype="str"),
            "value": items.value.filter(silent).to_pandas().astype("str"),
            "reason": pd.Series(
                [mark("priority claim without number and country")] * len(at), dtype="str"
            ),
            "n": 1,
        }
    )
    kept = {name: part.filter(said) for name, part in parts.items()}
    return cells.priorities(items.only(said), **kept), rejects[list(REJECTS)]
