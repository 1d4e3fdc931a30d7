"""
How offices and exports write patent numbers: forms to find, and what each is rewritten to.

Recalled from the practice of DOCDB, EPODOC and the offices, then held against the applications
an OPS export states in two spellings (422 of 439 agree) and against the priority numbers of
PATENTSCOPE.  A form that could mean two things has no rule, and no number fits two rules.
"""

from typing import NamedTuple

BARE = r"^(?P<office>[A-Z]{2})?(?P<number>[0-9]+)$"
# Office; number with check digit; kind in brackets, behind a sign or glued to a digit; date.
NUMBER = (
    r"^(?:(?P<office>[A-Z]{2})[ ._/-]*)?(?P<number>.*?[0-9](?:\.[0-9X](?:-[0-9]{2})?|[DT] )?)"
    r"(?:[ ._/-]*\(?(?P<kind>[A-Z][0-9]?)\)?)?(?: +[0-9]{4}-?[0-9]{2}-?[0-9]{2})?[*.? ]*$"
)
PADDED = r"^00(?:0*)(?P<n>[1-9][0-9]{4,9})$"  # EP000001357540: twelve figures
NO_SLASH = "CA|CH|CN|DE|DK|EP|ES|FI|FR|GB|IB|IL|IT|JP|KR|NL|RU|SE|US"
NO_TEN = "DE|EP|ES|FR|GB|IB|US"
FILED_AT = (  # international applications; `office` is where they were filed
    r"^(?:PCT)+[ /]*(?P<office>[A-Z]{2})[ /]*(?P<year>(?:19|20)\d\d|\d\d)[ /]*(?P<n>\d{5,7})$",
    r"^WO ?(?P<year>(?:19|20)\d\d)(?P<office>[A-Z]{2})(?P<n>\d{1,6})(?: ?W)?$",
    r"^(?P<office>[A-Z]{2}) ?(?P<year>(?:19|20)\d\d)[ /]?(?P<n>\d{5,7}) ?W$",
    r"^(?P<office>[A-Z]{2}) ?(?P<year>\d\d)(?P<n>\d{5}) ?W$",
    # Without a word that says so: offices whose own numbers have no slash, or never ten digits.
    rf"^(?P<office>{NO_SLASH}) ?(?P<year>(?:19|20)\d\d)/(?P<n>\d{{5,7}})$",
    rf"^(?P<office>{NO_TEN}) ?(?P<year>(?:19|20)\d\d)(?P<n>\d{{6}})$",
)


class Rule(NamedTuple):
    """An office's form with groups `year` and `n`: written year, infix, `n` padded to a width."""

    office: str  # "": every office but Germany, where such numbers are no years
    form: str
    infix: str = ""
    width: int = 7
    needs_kind: bool = False
    """DOCDB says the kind and puts the year last; the bare digits could be the office's own."""
    has_century: bool = True
    """Whether the year is written with its century."""


OWN_SERIES = (  # office, form of its own series with a letter or figure for utility models, kind
    ("ES", r"^P(?P<n>\d{7,9})$", None),
    ("ES", r"^U(?P<n>\d{7,9})$", "U"),
    ("KR", r"^10(?P<n>\d{11})$", None),
    ("KR", r"^20(?P<n>\d{11})$", "U"),
)
US_SERIES = r"^\d\d/\d{3},\d{3}$"  # 11/360,015: only one office writes so
APPLICATION_RULES = (
    Rule("EP", r"^(?:19|20)(?P<year>\d\d)0(?P<n>\d{6})$", width=6, has_century=False),
    Rule("US", r"^(?P<n>\d{1,6})(?P<year>\d\d)$", needs_kind=True),
    Rule("JP", r"^(?P<n>\d{1,6})(?P<year>\d\d)$", needs_kind=True),
    Rule("FR", r"^(?P<year>\d\d)0?(?P<n>\d{5})$"),
    Rule("ES", r"^(?P<year>\d\d)(?P<n>\d{5})$"),
    # Before 1978 the year came last; serial numbers never reached the figures asked for here.
    Rule("GB", r"^(?P<year>[012]\d|7[89]|[89]\d)(?P<n>\d{5})$"),
    # The first figure, or the first two, say patent (1) or utility model (2).
    Rule("DE", r"^1(?P<year>\d\d)(?P<n>\d{5})\d?$", infix="10", width=5),
    Rule("DE", r"^2(?P<year>\d\d)(?P<n>\d{5})$", infix="20", width=5),
    Rule("DE", r"^10(?P<year>20\d\d)(?P<n>\d{6})$", infix="10", width=6),
    Rule("DE", r"^20(?P<year>20\d\d)(?P<n>\d{6})$", infix="20", width=6),
    # EPODOC leaves out a zero in the seventh place; `year` takes the two figures before it.
    Rule("CN", r"^(?P<year>20\d{4})(?P<n>\d{5})$", width=6),
    Rule("IT", r"^10(?P<year>20\d\d)0*(?P<n>\d{1,9})$"),
    Rule("", r"^(?P<year>19\d\d|20[0-2]\d)(?P<n>\d{5,6})$"),
)
PUBLICATION_RULES = (
    Rule("EP", r"^0?(?P<year>)(?P<n>\d{1,7})$", has_century=False),
    Rule("WO", r"^(?P<year>(?:19|20)\d\d)(?P<n>\d{5,6})$", width=6),
    Rule("WO", r"^(?P<year>\d\d)(?P<n>\d{5,6})$", width=6),
    Rule("US", r"^(?P<year>20\d\d)(?P<n>\d{6})$"),
    Rule("US", r"^0(?P<year>)(?P<n>[1-9]\d{6})$", has_century=False),
)
