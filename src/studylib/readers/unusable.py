"""Why an export, or a file beside the exports, was not used: in words, and what to do."""

from dataclasses import replace

from studylib.errors import DataError, quoted, several, some
from studylib.language import mark
from studylib.readers.formats import FORMATS
from studylib.readers.raw import NO_YEAR, OTHER_PLACE, OTHER_YEAR, RawPatents
from studylib.readers.sniff import Head

NO_EXPORT = mark("no export of a known format")


def check_rows(raw: RawPatents, name: str) -> None:
    """Raise DataError where every row of an export was rejected; what lies elsewhere was not."""
    if len(raw.records) or raw.rejects.empty:
        return
    reasons = raw.rejects.groupby("reason")["n"].sum().sort_values(ascending=False, kind="stable")
    if set(reasons.index) & {OTHER_YEAR, OTHER_PLACE, *NO_YEAR.values()}:
        return
    raise DataError(
        f"No row of {quoted(name)} can be used, of {int(reasons.sum()):,}: {reasons.index[0]} "
        f"({several(int(reasons.iloc[0]), 'row', 'rows')}). {_advice(str(reasons.index[0]))}"
    )


def _advice(reason: str) -> str:
    """What to do with an export of which nothing can be used."""
    from studylib.readers.epo import answers
    from studylib.readers.epo.tables import NO_BIBLIOGRAPHY

    if reason == NO_BIBLIOGRAPHY:
        return f"Ask OPS for {answers.OF_NUMBER} instead, which has applicants, dates and IPC."
    return "Look at the file, or export it again."


def with_notes(first: RawPatents, beside: list[Head]) -> RawPatents:
    """The first result with the files that are no exports among its rejects."""
    if not beside:
        return first
    import pandas as pd

    notes = pd.DataFrame({"file": [found.name for found in beside], "reason": NO_EXPORT, "n": 1})
    rejects = pd.concat([first.rejects, notes], ignore_index=True)[list(first.rejects)]
    return replace(first, rejects=rejects.astype({"row": "Int64", "column": "str", "value": "str"}))


def unknown(beside: list[Head]) -> str:
    """Why nothing could be read, with what the first source looks like."""
    first = beside[0]
    # The header is the first of the fullest rows: what stands above it (time, query) is shorter.
    filled = [sum(map(bool, row)) for row in first.rows]
    table = first.rows[filled.index(max(filled))] if max(filled, default=0) > 1 else ()
    if not first.start.strip():
        looks = "It is empty"
    elif table:
        looks = f"Its columns are {some(filter(None, table), most=12)}"
    else:
        looks = f"It starts with {quoted(first.text[:40])}"
    told = (
        f"{some(found.name for found in beside)} cannot be read: {NO_EXPORT}. {looks}. "
        f"Known formats: {', '.join(FORMATS)}."
    )
    return told + (_remedy(first) if table else "")


def _remedy(found: Head) -> str:
    """How a table nobody knows can be read: a block for the study file, or which export to take."""
    from studylib.readers import refuse
    from studylib.readers.lists import guess

    if (block := guess.block(found)) is None:
        return (
            " No column of it looks like IPC symbols beside a number of a patent. If there is one, "
            'name it in the study file: format = "table" and columns = { publication_number = '
            f'"...", ipc = "..." }}. Else: {refuse.INSTEAD}'
        )
    return (
        " Any table with IPC can be read: put this into the study file (or into a file of its own, "
        "for `studylib read --table FILE`), after correcting what is guessed:\n\n"
        f'{block}\n\nThe README lists what a column can hold, below "Any other table".'
    )
