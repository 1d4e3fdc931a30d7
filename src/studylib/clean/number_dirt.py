"""
Numbers as people and spreadsheets leave them, before their form is read.

    as exported                     read as
    EP１２３４５６７A1                EP1234567A1                    full-width figures and letters
    'EP1234567A1                    EP1234567A1                    protected from a spreadsheet
    EP1234567A1 (withdrawn)         EP1234567A1                    a remark in brackets
    EP1234567A1, EP1234567B1        EP1234567A1; EP1234567B1       several numbers in one cell
    EP1234567A1 / US7123456B2       EP1234567A1; US7123456B2

What is left out would make two numbers one, or one number two.  A number that needs none of this,
as nearly all do, is only written in capitals.
"""

import pyarrow.compute as pc

from studylib.clean.texts import Array, any_of

WHOLE = r"[0-9]{5,} ?\(?[A-Z]?[0-9]?\)?"
"""How a number ends, with its kind."""
NEXT = r"[A-Z]{2} ?[0-9]{5}"
BETWEEN = rf"({WHOLE})(?:,| /| ) ?({NEXT})"
LINES = r"\s*[\n\r|]\s*([A-Z]{2} ?[0-9])"
QUOTES = r"^['\"`‘’“”]+"
REMARK = r" *\([^()0-9]{3,}\) *$"
SUSPECT = rf"[^ -~]|{QUOTES}|{REMARK}|{BETWEEN}|{LINES}"
PUT = ((QUOTES, ""), (REMARK, ""), (LINES, r"; \1"), (BETWEEN, r"\1; \2"), (BETWEEN, r"\1; \2"))
"""What is put in place of what, in turn; the last twice, as two fits may share a number."""


def plain(texts: Array) -> Array:
    r"""
    Numbers in capitals (Arrow), without what is no part of them; several are parted by `;`.

    >>> import pyarrow as pa
    >>> plain(pa.array(["ep1234567a1 (withdrawn)", "EP1234567A1 EP1234567B1"])).to_pylist()
    ['EP1234567A1', 'EP1234567A1; EP1234567B1']
    """
    upper = pc.utf8_upper(texts)
    suspect = pc.fill_null(pc.match_substring_regex(upper, SUSPECT), False)  # noqa: FBT003
    if not any_of(suspect):
        return upper
    some = pc.utf8_upper(pc.utf8_normalize(upper.filter(suspect), "NFKC"))
    for form, by in PUT:
        some = pc.replace_substring_regex(some, form, by)
    return pc.replace_with_mask(upper, suspect, some)
