"""
Why values and records are not used, in the language of the page.

Readers and cleaning give reasons in English, the same in every table; pages translate the ones
that stand here.  A reason that does not is shown as the reader wrote it, and the page says so.
"""

from studylib.language.words import _, mark

REASONS = (
    mark("no export of a known format"),
    mark("a quote that is not closed in this row"),
    mark("the row cannot be parsed"),
    mark("the office deleted the publication (status D)"),
    mark("deleted by a later document of the export"),
    mark("amended by a later document of the export"),
    mark("not an exchange document"),
    mark("no bibliographic data"),
    mark("outside the study's years"),
    mark("outside the study's areas"),
    mark("country of all parties unknown"),
    mark("no publication number"),
    mark("priority claim without number and country"),
    mark("appln_id is no whole number"),
    mark("placeholder of PATSTAT, no application"),
    mark("appln_id occurs more than once; the first row by year is used"),
    mark("rows of an application that is not in tls201"),
    mark("appln_id occurs more than once; the first title is used"),
    mark("rows without a symbol"),
    mark("rows that repeat another row"),
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
    mark("day and month cannot be told apart"),
    mark("only the year is known"),
    mark("spreadsheet day number among other dates"),
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


def in_words(reason: str) -> str:
    """A reason of the rejects, translated where it is known."""
    return _(reason) if reason in REASONS else _("as the reader says: {reason}", reason=reason)
