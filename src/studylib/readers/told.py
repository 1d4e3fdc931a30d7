"""
What every reader gives, with its texts as they were meant: the same rule for all formats.

    RawPatents of any reader  --as_meant-->  the same, its repairs counted
"""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from studylib.files import wording
from studylib.files.folder import as_shown
from studylib.language import mark
from studylib.readers.raw import RawPatents

if TYPE_CHECKING:
    import pandas as pd

TEXTS = {
    "records": ("title", "application_number", "publication_number"),
    "symbols": ("raw",),
    "parties": ("raw_name",),
    "priorities": ("number",),
    "rejects": ("value",),
}
LISTS: dict[str, tuple[str, ...]] = {"rejects": ("value",)}
"""Of result lists what was left out; their columns were put right before they were taken apart."""
BULK: dict[str, tuple[str, ...]] = {**TEXTS, "parties": ("raw_name", "country", "nuts_id")}


WINGS: dict[str, dict[str, tuple[str, ...]]] = {"lists": LISTS, "epo": TEXTS, "bulk": BULK}
NUMBERS = {"records": ("application_number", "application_office", "filing_date"),
           "priorities": ("number", "country", "date")}  # fmt: skip
SHORTENED = r"^(?:EP[ -]?)?(?P<digits>[1-9][0-9]{6})(?:\.[0-9])?$"
FIRST_YEARS = r"(?<![0-9])200(?P<year>[1-9])"
"""Years whose two digits begin with the zero that a spreadsheet takes away."""
ZEROS = mark("application numbers of the EPO without their leading zeros, put back")


def as_meant(raw: RawPatents, wing: str) -> RawPatents:
    """
    The tables of a reader with texts as they were meant, and what was touched among repairs.

    `wing` is the folder of the reader: lists, epo or bulk.
    """
    found: Counter[str] = Counter()
    changed = {}
    for name, columns in WINGS[wing].items():
        table = getattr(raw, name).copy(deep=False)
        counts = wording.frame(table, columns)
        if counts:
            changed[name] = table
        if name != "rejects":
            found.update(counts)
    if wing != "bulk":
        for name, columns in NUMBERS.items():
            table = changed.get(name, getattr(raw, name)).copy(deep=False)
            if n := _padded(table, *columns):
                changed[name] = table
                found[ZEROS] += n
    provenance = tuple(map(wording.text, raw.provenance))
    if not changed and provenance == raw.provenance:
        return raw
    repairs = dict(Counter(raw.repairs) + found)
    return replace(raw, repairs=repairs, provenance=provenance, **changed)


def with_names_shown(raw: RawPatents) -> RawPatents:
    """What a reader gives, its files by names in which every sign is seen (`folder.as_shown`)."""
    changed = {}
    for name in ("records", "rejects"):
        table = getattr(raw, name)
        files = map(str, table["file"].dropna().unique())
        if odd := {file: shown for file in files if (shown := as_shown(file)) != file}:
            changed[name] = table.assign(file=table["file"].astype("str").replace(odd))
    return replace(raw, **changed) if changed else raw


def _padded(table: "pd.DataFrame", number: str, office: str, date: str) -> int:
    """
    Put back the zero that a spreadsheet took from applications of the EPO; how many had lost it.

    Those numbers have eight digits, the first two the year: 3008526 of 2003 was 03008526.  Where
    the date does not say so, seven digits may as well be an old spelling, and stay.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    said = pa.array(table[number], pa.large_string(), from_pandas=True)
    looks = pc.fill_null(pc.match_substring_regex(said, SHORTENED), False)  # noqa: FBT003
    rows = table.iloc[pc.indices_nonzero(looks).to_numpy()]
    if rows.empty:  # hardly a list has one
        return 0
    digits = rows[number].str.extract(SHORTENED)["digits"]
    told = rows[number].str.startswith("EP") | rows[office].eq("EP").fillna(value=False)
    year = rows[date].str.extract(FIRST_YEARS)["year"]
    short = (told & digits.str[:1].eq(year)).fillna(value=False).astype(bool)
    if short.any():
        table.loc[short[short].index, number] = "EP0" + digits[short]
    return int(short.sum())
