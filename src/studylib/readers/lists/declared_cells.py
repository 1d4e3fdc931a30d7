"""
The cells of a declared table taken apart: numbers, claims, names and what stands beside them.

    2004FR-0490001, EP-05900001-A       read as FR20040490001, EP 05900001 A
    Muster GmbH, 79098 Freiburg, DE     name and country; as are EXEMPLE SAS [FR], Exemplo (ES)
    ["H01S5/00","G01J3/00"]             a list as programs write it
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.language import mark
from studylib.readers.lists import cells, result_list
from studylib.readers.lists.declaration import NUMBERS, Declaration

BETWEEN = r"[;|\r\n]+"
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


def _entries(table: result_list.Table, declaration: Declaration, name: str) -> cells.Items:
    """The entries of what a column holds."""
    column = table.column(name)
    if name in ("ipc", "cpc"):  # ["H01S5/00","G01J3/00"]
        column = pc.replace_substring_regex(column, r"^\[|\]$", "")
        column = pc.replace_substring_regex(column, "[\"']", "")
    if (told := declaration.separators.get(name)) is not None:
        return cells.exploded(column, told, is_literal=True)
    return cells.exploded(column, BETWEEN)


def symbols(table: result_list.Table, declaration: Declaration) -> pd.DataFrame:
    """Symbols of both schemes, one row each."""
    schemes = ("ipc", "cpc")
    return cells.stacked(
        *(cells.symbols(_entries(table, declaration, name), name) for name in schemes)
    )


def record(table: result_list.Table, declaration: Declaration) -> dict[str, pa.Array]:
    """What needs more than its cell: numbers in the spelling of offices, the first of several."""
    made: dict[str, pa.Array] = {}
    for name in (*NUMBERS, "filing_date", "publication_date"):
        told = declaration.separators.get(name)
        column = pc.utf8_ltrim(table.column(name), "; |\r\n") if not told else table.column(name)
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


def claims(table: result_list.Table, declaration: Declaration) -> pd.DataFrame:
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


def parties(
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
