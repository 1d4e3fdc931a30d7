"""
Read one spelling of a classification symbol: what it says, or why it cannot be read.

    "H01L0031042000"                            H01L 31/042   subgroup
    "C02F   3/34"                               C02F 3/34     subgroup
    "F02M  41/12        20060101A I20051008RMEP" F02M 41/12   subgroup  2006.01  A  I
    "7A 61K   9/16   A"                         A61K 9/16     subgroup  edition 7
    "h01l31"                                    H01L 31       main group
    "G01N3353"                                  -             no slash: 3/353 or 33/53

Spellings are those met in OPS, DOCDB, PATENTSCOPE, Espacenet, Lens, PATSTAT and REGPAT exports
and in published code lists.  Nothing is guessed: a spelling with two readings has none.
"""

import re
from typing import Literal, NamedTuple

from studylib.language import mark

Classification = Literal["ipc", "cpc"]
Level = Literal["subgroup", "main group", "subclass", "class"]

LIST = re.compile(r"[;|,\t\r\n]+|//\s*(?=\(?\s*[A-HYa-hy] ?[0-9]{2})")
"""What stands between symbols of one cell; `//` only where a new symbol follows."""

NOT_A_SYMBOL = mark("not a classification symbol")
SEVERAL = mark("several symbols in one value")
CUT = mark("one digit after the slash: cut off, as 5/0 for 5/04 or 5/00")
NO_GROUP = mark("nothing before the slash")
PATTERN = mark("a pattern for several main groups")
NO_CLASS = mark("class 00 does not exist")
NO_MAIN_GROUP = mark("main group 0 does not exist")
LONG = mark("more than 6 digits after the slash")
TAIL_UNREAD = mark("text after the symbol that is no version, level or value")
CPC_SECTION = mark("section Y exists in the CPC only")
CPC_GROUP = mark("main groups from 2000 on exist in the CPC only")


class Spelling(NamedTuple):
    """What one spelling says; `symbol` is None exactly where `reason` is not."""

    symbol: str | None = None
    ipc_level: Level | None = None
    version: str | None = None
    level: str | None = None
    value: str | None = None
    reason: str | None = None


# Exports use the signs of many alphabets for one thing; letters are ASCII or they are not ours.
CLEAN = (
    {0xFF01 + i: 0x21 + i for i in range(94)}  # full-width forms of Asian exports
    | dict.fromkeys(map(ord, "\u00a0\u1680\u202f\u205f\u3000\t\r\n"), " ")
    | dict.fromkeys(range(0x2000, 0x200B), " ")
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))  # show as nothing
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
    | dict.fromkeys(map(ord, "\u2044\u2215"), "/")
    | {ord(sup): str(digit) for digit, sup in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
    | {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
)
BLANKS = re.compile(" {2,}")
ANNOUNCED = re.compile(
    r"\(?(?:INT\.? ?CL\.?|IPC) ?([1-8](?:-[1-8])?)? ?\)? ?[:.]? ?(?=[A-HY] ?[0-9])"
)
EDITION = re.compile(r"([1-8]) ?(?=[A-H] ?[0-9]{2} ?[A-Z])")
HEAD = re.compile(r"([A-HY]) ?([0-9]{2})(?: ?([A-Z])(.*)|([#%]?))")
SLASHED = re.compile(r"[ -]*([0-9]*) ?[/:]{1,2} ?([0-9]*)%?(.*)")
SPACED = re.compile(r"[ -]*([0-9]{1,4}) ([0-9]{2,6})(?![0-9])(.*)")
GLUED = re.compile(r"([ -]*)([0-9]+)(.*)")
TAIL = re.compile(
    r" ?(?:\(?((?:19|20)[0-9]{2})[.-]?(0[1-9]|1[0-2])(?:[.-]?[0-9]{2})?\)?)?"  # edition
    r" ?([ACS]?) ?[FL]? ?([IN]?)"  # level, first or later, inventive or additional
    r"(?: ?[0-9]{8} ?[A-Z]{0,4})?"  # day of the action; status, source, office
)
LONE_LETTER = re.compile(r" ?[A-Z]")  # Japanese file discriminator, as in "A23B 5/00 A"
FIRST_CPC_GROUP = 2000
LAST_GROUP = 9999
SUBGROUP_DIGITS = 6  # width of the field in WIPO ST.8
CANONICAL = 10  # digits of main group and subgroup in the 14-character form
VERSION = 8  # digits of a version, as in 20060101


class _UnreadableError(Exception):
    """Why a spelling has no symbol."""


def read(text: str, scheme: Classification = "ipc") -> Spelling:
    """What one spelling says: normal form, depth and what was glued to it, or why not."""
    try:
        return _read(text, scheme)
    except _UnreadableError as reason:
        return Spelling(reason=str(reason))


def _read(text: str, scheme: Classification) -> Spelling:
    """As `read`, from the left to the subclass letter."""
    if LIST.search(text.strip(" ;,|\t\r\n")):
        raise _UnreadableError(SEVERAL)
    clean = BLANKS.sub(" ", text.translate(CLEAN)).strip(" ;,|-")
    edition = None
    if found := ANNOUNCED.match(clean) or EDITION.match(clean):
        edition, clean = found[1], clean[found.end() :]
    elif clean.startswith("("):
        clean = clean[1:].lstrip()
    if clean.endswith(")") and "(" not in clean:
        clean = clean[:-1].rstrip()
    head = HEAD.fullmatch(clean)
    if not head:
        raise _UnreadableError(NOT_A_SYMBOL)
    section, ipc_class, letter, rest = head[1], head[2], head[3], head[4]
    if ipc_class == "00":
        raise _UnreadableError(NO_CLASS)
    if section == "Y" and scheme == "ipc":
        raise _UnreadableError(CPC_SECTION)
    if not letter:
        return Spelling(section + ipc_class, "class", edition)
    return _below_subclass(section + ipc_class + letter, rest, edition, scheme)


def _below_subclass(
    subclass: str, rest: str, edition: str | None, scheme: Classification
) -> Spelling:
    """The reading of what follows the subclass letter: groups first, then version and the rest."""
    main_group, subgroup, tail = _groups(subclass, rest)
    glued = TAIL.fullmatch("" if LONE_LETTER.fullmatch(tail) else tail)
    if not glued:
        raise _UnreadableError(TAIL_UNREAD)
    year, month, level, value = glued.groups()
    said = (f"{year}.{month}" if year else edition, level or None, value or None)
    if not main_group:
        return Spelling(subclass, "subclass", *said)
    number = _main_group(main_group, scheme)
    if not subgroup:
        return Spelling(f"{subclass} {number}", "main group", *said)
    if scheme == "ipc" or len(subgroup) == SUBGROUP_DIGITS:
        subgroup = subgroup.rstrip("0").ljust(2, "0")  # later digits are decimals: 042000 is 042
    depth: Level = "subgroup" if subgroup.strip("0") else "main group"
    return Spelling(f"{subclass} {number}/{subgroup}", depth, *said)


def _main_group(digits: str, scheme: Classification) -> int:
    """The number of a main group that can exist in the scheme."""
    number = int(digits)
    if number == 0:
        raise _UnreadableError(NO_MAIN_GROUP)
    if number > LAST_GROUP:
        raise _UnreadableError(NOT_A_SYMBOL)
    if number >= FIRST_CPC_GROUP and scheme == "ipc":
        raise _UnreadableError(CPC_GROUP)
    return number


def _groups(subclass: str, rest: str) -> tuple[str, str, str]:
    """Main group, subgroup and tail as they stand."""
    if slashed := SLASHED.match(rest):
        main_group, subgroup, tail = slashed.groups()
        if not main_group:
            raise _UnreadableError(NO_GROUP)
        if len(subgroup) == 1:
            raise _UnreadableError(CUT)
        if len(subgroup) > SUBGROUP_DIGITS:
            raise _UnreadableError(LONG)
        return main_group, subgroup, tail
    if spaced := SPACED.match(rest):
        return spaced[1], spaced[2], spaced[3]
    if glued := GLUED.match(rest):
        return _without_slash(subclass, *glued.groups())
    return "", "", rest.removeprefix("%").removeprefix("#")


def _without_slash(subclass: str, between: str, digits: str, tail: str) -> tuple[str, str, str]:
    """
    As `_groups`, for digits in one piece.

    The main group has one digit or more and the subgroup two or more, so up to two digits are a
    main group.  Three after a blank are one too ("C07D 475"); so are digits with a leading zero
    ("H04N-003"), because there is no main group 0.  Ten are the 14-character form, eight after a
    blank a version.  All else has several readings and is refused.
    """
    if tail.startswith(("#", "?", "*")):
        raise _UnreadableError(PATTERN)
    if len(digits) == CANONICAL:
        return digits[:4], digits[4:], tail
    if len(digits) <= (3 if between else 2) or (len(digits) <= 4 and digits[0] == "0"):  # noqa: PLR2004
        return digits, "", tail
    if len(digits) == VERSION and between:
        return "", "", f" {digits}{tail}"
    readings = [
        f"{subclass} {digits[:cut]}/{digits[cut:]}"
        for cut in (1, 2, 3)
        if cut + 2 <= len(digits) <= cut + SUBGROUP_DIGITS
    ]
    raise _UnreadableError(f"no slash: {' or '.join([*readings, 'a main group'][:3])}?")
