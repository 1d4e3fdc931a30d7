"""
Any table of patents whose columns the study file names (`declaration`): CSV or workbook.

Orbit, Derwent, PatSnap, DEPATISnet, BigQuery, PatentsView, PATSTAT Online, an office's own list:
each calls its columns otherwise, writes numbers and lists its own way, and has one row per
publication, per application or per application and symbol.  Rows of one application become one.

    2004FR-0490001, EP-05900001-A       read as FR20040490001, EP 05900001 A
    Muster GmbH, 79098 Freiburg, DE     name and country; as are EXEMPLE SAS [FR], Exemplo (ES)
    ["H01S5/00","G01J3/00"]             a list as programs write it

Nothing is guessed of what a column is; days and months are told apart by the column, or `dates`.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.errors import DataError, UsageError, quoted, some
from studylib.files import sheet
from studylib.files.rows import HEADER_WITHIN
from studylib.language import mark
from studylib.readers.lists import cells, result_list
from studylib.readers.lists.declaration import NUMBERS, PLACE, Declaration, named_in
from studylib.readers.lists.headers import key
from studylib.readers.raw import RawPatents
from studylib.readers.sniff import Head

FORMAT = "table"
OWN_FAMILY = "of the table itself"
BETWEEN = r"[;|\r\n]+"
CLAIMS = {"priorities", "priority_date", "priority_year"}
SPELLED = (  # as a product writes a number -> as offices do
    (r"^((?:19|20)\d\d)WO-([A-Z]{2})0*(\d+)$", r"WO\1\2\3"),
    (r"^((?:19|20)\d\d)US-\d\d(\d{6})$", r"US\1" + r"0\2"),
    (r"^((?:19|20)\d\d)([A-Z]{2})-(\d+)$", r"\2\1\3"),
    (r"^([A-Z]{2})-(\S+)-([A-Z]\d?)$", r"\1 \2 \3"),
    (r"^EP(?:19|20)(\d\d)(\d{6}) ?A$", r"EP \1\2 A"),
)
FIRST = (r"(?s)^(?P<first>[^;|\r\n]*)",)
DAY = r"\d{4}-\d\d-\d\d|\d{8}|\d{1,2}[./]\d{1,2}[./]\d{4}"
CLAIM = (
    rf"^(?P<number>(?P<country>[A-Z]{{2}})?\S.*?)[ ,]+(?P<date>{DAY})$",
    r"^(?P<number>(?P<country>[A-Z]{2})[ /-]*[A-Z]*\d.*)(?P<date>)$",
)
NAME = (
    r"^(?P<raw_name>.*?)[\s_]*[\[(](?P<country>[A-Z]{2})[\])]$",
    r"^(?P<raw_name>.*?), *(?:[A-Z]{1,3}-)?\d{4,6}\b[^,]*, *(?P<country>[A-Z]{2})$",
)
APART = mark("rows with other numbers of names than of countries or regions, which are not read")


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
    said, repairs = _parties(table, declaration)
    family = table.column("family_id")
    has_family = pc.any(pc.is_valid(family)).as_py()
    return RawPatents(
        format=FORMAT,
        records=cells.records(table, **_record(table, declaration)),
        symbols=cells.stacked(
            *(cells.symbols(_entries(table, declaration, name), name) for name in ("ipc", "cpc"))
        ),
        parties=said,
        priorities=_claims(table, declaration),
        rejects=table.left_out,
        n_received=table.n_received,
        record_is="publication" if "publication_number" in declaration.columns else "application",
        date_order=declaration.dates,
        family_is=(declaration.family or OWN_FAMILY) if has_family else "",
        knows_claims=bool(declaration.columns.keys() & CLAIMS),
        packed=declaration.packed,
        repairs=table.repairs | repairs,
        provenance=table.preamble,
    )


def _layout(path: Path, declaration: Declaration) -> result_list.Layout:
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
    return result_list.Layout(
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


def _entries(table: result_list.Table, declaration: Declaration, name: str) -> cells.Items:
    """The entries of what a column holds."""
    column = table.column(name)
    if name in ("ipc", "cpc"):  # ["H01S5/00","G01J3/00"]
        column = pc.replace_substring_regex(column, r"^\[|\]$", "")
        column = pc.replace_substring_regex(column, "[\"']", "")
    if (told := declaration.separators.get(name)) is not None:
        return cells.exploded(column, told, is_literal=True)
    return cells.exploded(column, BETWEEN)


def _record(table: result_list.Table, declaration: Declaration) -> dict[str, pa.Array]:
    """What needs more than its cell: numbers in the spelling of offices, the first of several."""
    made: dict[str, pa.Array] = {}
    for name in (*NUMBERS, "filing_date", "publication_date"):
        told = declaration.separators.get(name)
        column = table.column(name)
        first = (
            pc.list_element(pc.split_pattern(column, told, max_splits=1), 0)
            if told
            else cells.first_match(column, FIRST)["first"]
        )
        made[name] = cells.missing_words(pc.utf8_trim_whitespace(first), ("",))
    for name in NUMBERS:
        made[name] = _spelled(made[name])
    kind = table.column("publication_kind")
    number = made["publication_number"]
    bare = pc.match_substring_regex(number, r"(?:^|[^A-Z])[A-Z]\d?$")  # the kind is there already
    with_kind = pc.binary_join_element_wise(number, kind, " ", null_handling="emit_null")
    made["publication_number"] = pc.coalesce(pc.if_else(bare, number, with_kind), number)
    if declaration.office is not None:
        for name in ("application_office", "publication_office"):
            made[name] = pc.fill_null(table.column(name), declaration.office)
    return made


def _spelled(number: pa.Array) -> pa.Array:
    """Numbers as offices write them, where a product writes them another way."""
    for form, spelling in SPELLED:
        number = pc.replace_substring_regex(number, form, spelling)
    return number


def _claims(table: result_list.Table, declaration: Declaration) -> pd.DataFrame:
    """Priority claims; the earliest date is that of all whose own is not told."""
    items = _entries(table, declaration, "priorities")
    items = cells.Items(items.record, _spelled(items.value), items.position)
    parts = cells.first_match(items.value, CLAIM)
    earliest = cells.first_match(table.column("priority_date"), FIRST)["first"]
    parts["date"] = pc.coalesce(parts["date"], earliest.take(pa.array(items.record)))
    claimed = cells.priorities(items, **parts)
    alone = np.setdiff1d(np.flatnonzero(np.asarray(pc.is_valid(earliest))), items.record)
    dates = cells.Items(alone, earliest.take(pa.array(alone)), np.ones_like(alone))
    nothing = pa.nulls(len(alone), pa.string())
    return cells.stacked(claimed, cells.priorities(dates, number=nothing, date=dates.value))


def _parties(
    table: result_list.Table, declaration: Declaration
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Applicants and inventors, with the countries and regions that stand beside them."""
    frames, n_apart = [], 0
    for role in ("applicant", "inventor"):
        items = _entries(table, declaration, f"{role}s")
        parts = cells.first_match(items.value, NAME)
        for what, column in (("countries", "country"), ("regions", "nuts_id")):
            beside = _entries(table, declaration, f"{role}_{what}")
            told, n = _beside(items, beside, len(table.rows))
            parts[column] = pc.coalesce(told, parts[column]) if column in parts else told
            n_apart += n
        frames.append(cells.parties(items, role, **parts))
    return cells.stacked(*frames), {APART: n_apart} if n_apart else {}


def _beside(items: cells.Items, beside: cells.Items, n: int) -> tuple[pa.Array, int]:
    """
    For each name what stands in the same place beside it, and in how many rows that is not told.

    One country of several names is that of all of them.
    """
    names = np.bincount(items.record, minlength=n)
    said = np.bincount(beside.record, minlength=n)
    starts = np.cumsum(said) - said
    place = np.where(said[items.record] == 1, 0, items.position - 1)
    known = (said == names) | (said == 1)
    at = np.where(known[items.record], starts[items.record] + place, 0)
    told = beside.value.take(pa.array(at, mask=~known[items.record] | (said[items.record] == 0)))
    return told, int(((said > 0) & ~known).sum())
