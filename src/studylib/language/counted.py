"""
Counted nouns: a number with its noun, in the form the language wants.

A sentence that holds several numbers takes them as such phrases, so that every noun agrees with
its own number: "2 of 5 organisations", "1 of 1 organisation".
"""

from studylib.language.words import ngettext


def units(unit: str, n: int) -> str:
    """
    What a study counts: patent families or applications.

    >>> units("family", 1), units("application", 2)
    ('1 family', '2 applications')
    """
    return families(n) if unit == "family" else applications(n)


def families(n: int) -> str:
    """Patent families."""
    return ngettext("{n} family", "{n} families", n)


def applications(n: int) -> str:
    """Patent applications."""
    return ngettext("{n} application", "{n} applications", n)


def documents(kind: str, n: int) -> str:
    """Documents of one kind (see `clean.document_kinds`); "" for those nothing says of."""
    if kind == "patent":
        return ngettext("{n} patent", "{n} patents", n)
    if kind == "utility model":
        return ngettext("{n} utility model", "{n} utility models", n)
    if kind == "design":
        return ngettext("{n} design", "{n} designs", n)
    if kind == "translation":
        return ngettext(
            "{n} translation of a European patent", "{n} translations of European patents", n
        )
    if kind == "other":
        return ngettext("{n} other document", "{n} other documents", n)
    return ngettext(
        "{n} application that does not say what it is",
        "{n} applications that do not say what they are", n,
    )  # fmt: skip


def classified_applications(n: int) -> str:
    """Applications with an IPC symbol."""
    return ngettext("{n} classified application", "{n} classified applications", n)


def organisations(n: int) -> str:
    """Cluster organisations."""
    return ngettext("{n} organisation", "{n} organisations", n)


def respondents(n: int) -> str:
    """Those who answered the survey."""
    return ngettext("{n} respondent", "{n} respondents", n)


def combinations(n: int) -> str:
    """Numbers of respondents of two territories, taken together."""
    return ngettext("{n} combination", "{n} combinations", n)


def points(n: int) -> str:
    """Percentage points between two shares."""
    return ngettext("{n} percentage point", "{n} percentage points", n)


def groups(n: int) -> str:
    """Groups of organisations."""
    return ngettext("{n} group", "{n} groups", n)


def findings(n: int) -> str:
    """Headline findings of the pages."""
    return ngettext("{n} headline finding", "{n} headline findings", n)


def european_projects(n: int) -> str:
    """Joint projects of a European framework programme."""
    return ngettext("{n} joint European project", "{n} joint European projects", n)


def pairs(n: int) -> str:
    """Pairs of anything."""
    return ngettext("{n} pair", "{n} pairs", n)


def links(n: int) -> str:
    """Links of a network."""
    return ngettext("{n} link", "{n} links", n)


def sections(n: int) -> str:
    """Sections of the International Patent Classification."""
    return ngettext("{n} section", "{n} sections", n)


def sectors(n: int) -> str:
    """WIPO's sectors of technology."""
    return ngettext("{n} sector", "{n} sectors", n)


def fields(n: int) -> str:
    """WIPO's fields of technology."""
    return ngettext("{n} field", "{n} fields", n)


def kets(n: int) -> str:
    """Key enabling technologies."""
    return ngettext("{n} key enabling technology", "{n} key enabling technologies", n)


def domains(n: int) -> str:
    """Domains of interest a survey asks about."""
    return ngettext("{n} domain", "{n} domains", n)


def comparisons(n: int) -> str:
    """Two sides held against each other in one respect."""
    return ngettext("{n} comparison", "{n} comparisons", n)


def themes(n: int) -> str:
    """Themes of collaboration."""
    return ngettext("{n} theme", "{n} themes", n)


def classes(n: int) -> str:
    """Subclasses of the International Patent Classification."""
    return ngettext("{n} class", "{n} classes", n)


def metropolitan_areas(n: int) -> str:
    """Metropolitan areas of a wide corpus."""
    return ngettext("{n} metropolitan area", "{n} metropolitan areas", n)


def regions(n: int) -> str:
    """Regions of a study's own corpus."""
    return ngettext("{n} region", "{n} regions", n)


def projects(n: int) -> str:
    """Projects of a framework programme."""
    return ngettext("{n} project", "{n} projects", n)


def ideas(n: int) -> str:
    """Ideas for joint projects."""
    return ngettext("{n} idea", "{n} ideas", n)
