"""
What every reader gives, with its texts as they were meant: the same rule for all formats.

    RawPatents of any reader  --as_meant-->  the same, its repairs counted
"""

from collections import Counter
from dataclasses import replace

from studylib.files import wording
from studylib.readers.raw import RawPatents

TEXTS = {
    "records": ("title", "application_number", "publication_number"),
    "symbols": ("raw",),
    "parties": ("raw_name",),
    "priorities": ("number",),
    "rejects": ("value",),
}
BULK = {"records": ("title",), "parties": ("raw_name",)}
"""Of bulk editions what people wrote; the rest is checked by their queries."""


def as_meant(raw: RawPatents, *, is_bulk: bool) -> RawPatents:
    """The tables of a reader with texts as they were meant, and what was touched among repairs."""
    found: Counter[str] = Counter()
    changed = {}
    for name, columns in (BULK if is_bulk else TEXTS).items():
        table = getattr(raw, name).copy(deep=False)
        counts = wording.frame(table, columns)
        if counts:
            changed[name] = table
        if name != "rejects":
            found.update(counts)
    provenance = tuple(map(wording.text, raw.provenance))
    if not changed and provenance == raw.provenance:
        return raw
    repairs = dict(Counter(raw.repairs) + found)
    return replace(raw, repairs=repairs, provenance=provenance, **changed)
