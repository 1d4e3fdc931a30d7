"""
What a spreadsheet did to values of a bulk edition: told and not used, as in lists.

    kept rows, a column   1,23457E+11   #REF!   =A1     missing, a reject with its reason
                          ="03008526"                   03008526, counted

The kinds are those of `lists.damage`.  Only what a study keeps is looked at, and of that only
columns whose damage nothing else finds: numbers, families, names and titles.  Ids, years, dates
and symbols that cannot be read are rejects already.
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

from typing import TYPE_CHECKING

from studylib.language import mark
from studylib.readers.bulk.left_behind import literal
from studylib.readers.bulk.macros import IS_GUARDED, IS_SUSPECT
from studylib.readers.lists.damage import CUT_TEXT, FULL, KINDS, PROTECTED

if TYPE_CHECKING:
    from studylib.readers.bulk.edition import Bulk

OFFICE_OR_KIND = (
    ("[A-Za-z]{2}", mark("is no code of two letters")),
    ("[A-Za-z][0-9A-Za-z]?", mark("is no kind of a document")),
)


def take_out(bulk: "Bulk", table: str, columns: dict[str, str], file: str | None = None) -> None:
    """
    Make damaged values of a table missing, each told with its file, column and reason.

    Parameters
    ----------
    table
        A table of text, of what the study keeps; with a column `file` where `file` is not given.
    columns
        Columns of it, and what the rejects call them.
    """
    for column, name in columns.items():
        suspect = IS_SUSPECT.replace("(x,", f"({column},")
        if n := bulk.count(f"SELECT count(*) FROM {table} WHERE length({column}) = {FULL}"):
            bulk.repairs[CUT_TEXT] += n
        if not bulk.count(f"SELECT count(*) FROM {table} WHERE {suspect}"):
            continue
        guarded = IS_GUARDED.replace("(x,", f"({column},")
        if n := bulk.count(f"SELECT count(*) FROM {table} WHERE {guarded}"):
            bulk.repairs[PROTECTED] += n
        place = "file" if file is None else literal(file)
        for kind, of in bulk.rows(
            f"SELECT DISTINCT harm({column}) AS kind, {place} AS of FROM {table} "
            f"WHERE harm({column}) IS NOT NULL ORDER BY ALL"
        ):
            bulk.leave_values(
                f"SELECT {column}, count(*) FROM {table} WHERE harm({column}) = {kind} "
                f"AND {place} = {literal(str(of))} GROUP BY {column}",
                str(of), name, KINDS[int(str(kind))][1],
            )  # fmt: skip
        bulk.run(f"UPDATE {table} SET {column} = sound({column}) WHERE {suspect}")


def not_fitting(bulk: "Bulk", table: str, columns: dict[str, str], file: str) -> None:
    """
    Make what is no office and no kind of a document missing, each told with its file and reason.

    `columns`: columns of a table of text, and what the rejects call them; those of kinds say so.
    """
    for column, name in columns.items():
        form, reason = OFFICE_OR_KIND["kind" in name]
        wrong = f"NOT regexp_full_match({column}, {literal(form)})"  # missing is not wrong
        bulk.leave_values(
            f"SELECT {column}, count(*) FROM {table} WHERE {wrong} GROUP BY {column}",
            file, name, reason,
        )  # fmt: skip
        bulk.run(f"UPDATE {table} SET {column} = NULL WHERE {wrong}")
