"""The words of the front page itself, the same on the screen and on paper."""

from studylib.language.words import _


def words() -> dict[str, str]:
    """The headings of the front page in the language in use."""
    return {
        "colon": colon(),
        "question": _("The question"),
        "findings": _("What we found"),
        "numbers": _("In numbers"),
        "map": _("On the map"),
        "calls": _("First calls to make"),
        "where": _("Where to reach them"),
        "no_seat": _("seat not known"),
        "no_web": _("web page not known"),
        "why": _("Why"),
        "against": _("What speaks against it"),
        "of_all": _("What speaks against each of them"),
        "first_step": _("First step"),
        "limits": _("What could not be shown"),
        "study": _("This study"),
        "pages": _("The evidence, page by page"),
        "all_calls": _("The whole call list (XLSX)"),
        "pdf": _("This page as PDF"),
        "codebook": _("What each column means (CSV)"),
        "dataset": _("Description of the data for machines (schema.org)"),
        "zip": _("The whole study to take along (ZIP)"),
    }


def colon() -> str:
    """What stands between a name and its words, as the language in use sets it."""
    return _("{name}: {values}", name="", values="")


def made_up() -> str:
    """The mark of a finding that was counted on made-up records alone."""
    return _("made-up data")


def made_up_in_part() -> str:
    """The mark of a finding that rests on made-up records beside real figures."""
    return _("made-up data in part")


def headed(finding: str, made_up: str) -> str:
    """A finding as a title, with its mark of made-up data; as it is where `made_up` is ""."""
    return _("{text} ({mark})", text=finding, mark=made_up) if made_up else finding
