"""
What a spreadsheet did to values of exchange documents on their way: told and not used, as in lists.

    family-id "1,23457E+11"   doc-number "#REF!"   name "=A1"     why it is none
    doc-number '="03008526"'                                      03008526

Answers that were put together by hand went through spreadsheets, too.  The kinds are those of
`lists.damage`.
"""

import re

from studylib.language import mark
from studylib.readers.lists.damage import GUARDED, KINDS, SUSPECT

BEGINS = frozenset("#=+-0123456789E")
"""What any of these begins with."""
LOOKS, PROTECTION = re.compile(SUSPECT), re.compile(GUARDED)
PARTS = {
    "country": (re.compile("[A-Za-z]{2}"), mark("is no code of two letters")),
    "kind": (re.compile("[A-Za-z][0-9A-Za-z]?"), mark("is no kind of a document")),
}
"""How an office and a kind are written."""
FORMS = tuple((re.compile(form), reason) for form, reason in KINDS)


def unguarded(value: str) -> str | None:
    """
    What stands in a value that was protected from a spreadsheet; None where it was not.

    >>> unguarded('="03008526"')
    '03008526'
    """
    found = PROTECTION.match(value)
    return found[1] if found else None


def fault(value: str) -> str | None:
    """
    Why a value is none; None where it is one, as nearly all are.

    >>> fault("#REF!"), fault("12345")
    ('an error of a spreadsheet instead of a value', None)
    """
    if LOOKS.match(value) is None:
        return None
    return next((reason for form, reason in FORMS if form.search(value)), None)
