"""
Any table of patents whose columns the study file names (`declaration`): CSV or workbook.

Orbit, Derwent, PatSnap, DEPATISnet, BigQuery, PatentsView, PATSTAT Online, an office's own list:
each calls its columns otherwise, writes numbers and lists its own way, and has one row per
publication, per application or per application and symbol.  Rows of one application become one.

    columns of a file  --_layout-->  a result list  --_whole-->  one column for what each holds
                       --declared_cells-->  numbers, claims and names, as every reader gives them

Nothing is guessed of what a column is; days and months are told apart by the column, or `dates`.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.errors import DataError, UsageError, quoted, some
from studylib.files import sheet
from studylib.files.rows import HEADER_WITHIN
from studylib.readers.lists import cells, declared_cells, further, result_list
from studylib.readers.lists.declaration import NUMBERS, PLACE, Declaration, named_in
from studylib.readers.lists.headers import key
from studylib.readers.lists.layout import Layout
from studylib.readers.raw import RawPatents
from studylib.readers.sniff import Head

FORMAT = "table"
OWN_FAMILY = "of the table itself"
CLAIMS = {"priorities", "priority_date", "priority_year"}


def recognises(head: Head) -> bool:  # noqa: ARG001 - the face of every reader
    """Never: what the columns of a table are is said, not guessed."""
    return False


def read(path: Path, declaration: Declaration | None) -> RawPatents:
    """
    One record per row, as the declaration says.

    Raises
    ------
    UsageError
        No columns are named.
    DataError
        The file is no table, is damaged, or lacks a column that is named.
    """
    if declaration is None:
        raise UsageError(
            f"{quoted(path.name)} is to be read as a table, but nothing says what its columns "
            'hold. Name them in the study file: [[sources]] with format = "table" and columns.'
        )
    table = _whole(result_list.read(_layout(path, declaration), path), declaration)
    said, repairs = declared_cells.parties(table, declaration)
    family = table.column("family_id")
    has_family = pc.any(pc.is_valid(family)).as_py()
    return RawPatents(
        format=FORMAT,
        records=cells.records(table, **declared_cells.record(table, declaration)),
        symbols=declared_cells.symbols(table, declaration),
        parties=said,
        priorities=declared_cells.claims(table, declaration),
        rejects=pd.concat(
            [table.left_out, further.rejects(table, declaration, declared_cells.BETWEEN)],
            ignore_index=True,
        ),
        n_received=table.n_received,
        record_is="publication" if "publication_number" in declaration.columns else "application",
        date_order=declaration.dates,
        family_is=(declaration.family or OWN_FAMILY) if has_family else "",
        knows_claims=bool(declaration.columns.keys() & CLAIMS),
        packed=declaration.packed,
        repairs=table.repairs | repairs,
        provenance=table.preamble,
    )


def _layout(path: Path, declaration: Declaration) -> Layout:
    """The columns of a declaration as a layout, each under its own header."""
    headers = declaration.headers
    wanted = set(map(key, headers))
    rows = [row for part in sheet.read_all(path) for row in part.rows[:HEADER_WITHIN]]
    found = [{key(sheet.shown(cell)) for cell in row} for row in rows]
    best = max(range(len(rows)), key=lambda place: len(wanted & found[place]), default=0)
    there = found[best] if rows else set()
    if missing := [name for name in headers if key(name) not in there]:
        known = list(filter(None, map(sheet.shown, rows[best]))) if rows else []
        where = "its columns are" if wanted & there else "it starts with"
        raise DataError(
            f"{quoted(path.name)} has no column {some(missing)}, which `columns` of the study "
            f"file names; {where} {some(known, most=20)}. Write the headers as they stand there."
        )
    return Layout(
        format=FORMAT,
        named="table",
        marks=(frozenset(wanted),),
        columns={name: (key(name),) for name in headers},
        needed=headers,
        remedy="Correct `columns` in the study file.",
        identity=tuple(
            header
            for name in NUMBERS
            for told in declaration.columns.get(name, ())
            for header in named_in(told)
        ),
        either=True,
    )


def _whole(table: result_list.Table, declaration: Declaration) -> result_list.Table:
    """The table with one column for what each column of the declaration holds."""
    columns = {}
    for name, headers in declaration.columns.items():
        parts = [_filled(table, header) for header in headers]
        columns[name] = (
            parts[0]
            if len(parts) == 1
            else pc.binary_join_element_wise(*parts, "\n", null_handling="skip")
        )
    return result_list.Table(
        table.files,
        columns,
        table.rows,
        table.rejects,
        table.preamble,
        table.repairs,
        table.spoiled,
    )


def _filled(table: result_list.Table, header: str) -> pa.Array:
    """The column of a header, or a form filled from its columns, missing where one of them is."""
    names = PLACE.findall(header)
    if not names:
        return table.column(header)
    pieces = PLACE.split(header)  # text, name, text, name ... text
    column = [
        table.column(piece) if at % 2 else pa.scalar(piece, pa.string())
        for at, piece in enumerate(pieces)
    ]
    return pc.binary_join_element_wise(*column, "", null_handling="emit_null")
