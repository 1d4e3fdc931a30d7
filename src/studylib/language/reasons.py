"""
Why values and records are not used, in the language of the page.

Readers and cleaning give reasons in English, the same in every table, marked where they are
written; pages translate them.  A reason that nobody translated is shown as the reader wrote it,
and the page says so.  Reasons that name a value of the export have their form here.
"""

import re
from functools import cache

from studylib.language import is_translated
from studylib.language.words import _, mark, ngettext

NEITHER_SCHEME = mark("classification that is neither IPC nor CPC: {scheme}")
ANOTHER_WIDTH = "{n} cells instead of {expected}"
BROKEN_PROMISE = mark("the file promises {promised} documents and holds {n}")
TOO_LONG = mark("a cell of more than {most} characters")
NO_SUCH_SHEET = mark("rows of the sheet {sheet}, which has no header of this kind, not read")
HIDDEN_SHEET = mark("rows of the sheet {sheet}, which is hidden, read like the others")
READ_AS = mark("values not in UTF-8, read as {encoding}")
PROMISES = {  # who promises, and whether too few came
    ("file name", True): mark("rows fewer than the file name promises ({promised})"),
    ("file name", False): mark("rows more than the file name promises ({promised})"),
    ("preamble", True): mark("rows fewer than the preamble promises ({promised})"),
    ("preamble", False): mark("rows more than the preamble promises ({promised})"),
}
FORMS = (
    NEITHER_SCHEME,
    ANOTHER_WIDTH,
    BROKEN_PROMISE,
    TOO_LONG,
    NO_SUCH_SHEET,
    HIDDEN_SHEET,
    READ_AS,
    *PROMISES.values(),
)


def in_words(reason: str) -> str:
    """
    A reason of the rejects, translated where it is known.

    >>> in_words("8 cells instead of 12"), in_words("1 cells instead of 5")
    ('8 cells instead of 12', '1 cell instead of 5')
    """
    for form, pattern in _patterns().items():
        if found := pattern.fullmatch(reason):
            return _said(form, found.groupdict())
    return _(reason) if is_translated(reason) else _("as the reader says: {reason}", reason=reason)


def _said(form: str, gaps: dict[str, str]) -> str:
    """A reason of this form in the language of the page; a number of cells in its own plural."""
    if form != ANOTHER_WIDTH or not gaps["n"].isdecimal():
        return _(form, **gaps)
    return ngettext(
        "{n} cell instead of {expected}",
        "{n} cells instead of {expected}",
        int(gaps["n"]),
        expected=gaps["expected"],
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """How the reasons of each form are spelled; a gap holds anything."""
    return {
        form: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(form)), re.DOTALL)
        for form in FORMS
    }
