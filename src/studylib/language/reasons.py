"""
Why values and records are not used, in the language of the page.

Readers and cleaning give reasons in English, the same in every table; pages translate the ones
that stand here.  A reason that does not is shown as the reader wrote it, and the page says so.
"""

import re
from functools import cache

from studylib.language.words import _, mark

REASONS = (
    mark("no export of a known format"),
    mark("a quote that is not closed in this row"),
    mark("a row longer than 2 MB"),
    mark("the row cannot be parsed"),
    mark("too few fields in this row"),
    mark("too many fields in this row"),
    mark("the header again"),
    mark("the office deleted the publication (status D)"),
    mark("deleted by a later document of the export"),
    mark("amended by a later document of the export"),
    mark("not an exchange document"),
    mark("no bibliographic data"),
    mark("outside the study's years"),
    mark("outside the study's areas"),
    mark("country of all parties unknown"),
    mark("year of filing unknown"),
    mark("year of priority unknown"),
    mark("the year is not known on the study's date"),
    mark("no publication number"),
    mark("priority claim without number and country"),
    mark("appln_id is no whole number"),
    mark("placeholder of PATSTAT, no application"),
    mark("appln_id occurs more than once; the first row by year is used"),
    mark("rows of an application that is not in tls201"),
    mark("appln_id occurs more than once; the first title is used"),
    mark("rows without a symbol"),
    mark("rows that repeat another row"),
    mark("rows that are neither applicant nor inventor"),
    mark("parties whose person is not in tls206"),
    mark("person_id occurs more than once; the first by name is used"),
    mark("is no code of two letters"),
    mark("priorities that are not in tls201"),
    mark("is no year"),
    mark("one application, several years; the earliest is used"),
    mark("one application, several numbers; the first is used"),
    mark("is no share between 0 and 1"),
    mark("another encoding than the rest of the file"),
    mark("no application and no publication number"),
    mark("not a year"),
    mark("another record of the application says an earlier year"),
    mark("reviewed name that no party of the exports bears"),
    mark("no number"),
    mark("no date"),
    mark("not a date"),
    mark("no such day"),
    mark("year outside 1850 to 2100"),
    mark("NUL character"),
    mark("day and month cannot be told apart"),
    mark("only the year is known"),
    mark("spreadsheet day number among other dates"),
    mark("CPC combination set, whose symbols mean something only together"),
    mark("not a classification symbol"),
    mark("several symbols in one value"),
    mark("one digit after the slash: cut off, as 5/0 for 5/04 or 5/00"),
    mark("nothing before the slash"),
    mark("a pattern for several main groups"),
    mark("class 00 does not exist"),
    mark("main group 0 does not exist"),
    mark("more than 6 digits after the slash"),
    mark("text after the symbol that is no version, level or value"),
    mark("section Y exists in the CPC only"),
    mark("main groups from 2000 on exist in the CPC only"),
    mark("the region was split or merged between the versions"),
    mark("only the larger region is known in that version"),
)
FORMS = (
    mark("classification that is neither IPC nor CPC: {scheme}"),
    mark("{n} cells instead of {expected}"),
    mark("the file promises {promised} documents and holds {n}"),
)
"""Reasons that name a value of the export."""


def in_words(reason: str) -> str:
    """
    A reason of the rejects, translated where it is known.

    >>> in_words("8 cells instead of 12")
    '8 cells instead of 12'
    """
    if reason in REASONS:
        return _(reason)
    for form, pattern in _patterns().items():
        if found := pattern.fullmatch(reason):
            return _(form, **found.groupdict())
    return _("as the reader says: {reason}", reason=reason)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """How the reasons of each form are spelled; a gap holds anything."""
    return {
        form: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(form)), re.DOTALL)
        for form in FORMS
    }
