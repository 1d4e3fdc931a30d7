"""
Which exchange documents lie outside the years and places a study keeps, and why.

    application 2003, claims 2002, parties FR      reason     None, or why it is left behind
"""

from studylib.readers.epo.exchange import Reference
from studylib.readers.raw import NO_PLACE, NO_YEAR, OTHER_PLACE, OTHER_YEAR, Keep

FIRST_YEAR, LAST_YEAR = 1850, 2100
"""Other years are none, as everywhere (`clean.dates`): 0000 and 9999 stand for unknown."""


def reason(
    keep: Keep, application: Reference, claims: list[Reference], countries: set[str | None]
) -> str | None:
    """Why a document with parties of these countries lies outside `keep`, or None."""
    if keep.first_year is not None or keep.last_year is not None:
        # As everywhere: the priority of what claims none is its own filing, and claims without
        # a date leave the year unknown.
        asked = claims if claims and keep.date == "priority" else [application]
        years = [year for claim in asked if (year := _year(claim.date)) is not None]
        if not years:
            return NO_YEAR[keep.date]
        if not (keep.first_year or 0) <= min(years) <= (keep.last_year or 9999):
            return OTHER_YEAR
    # These formats know no regions: the country a NUTS code begins with is the nearest.
    wanted = keep.letters | keep.letters_of_regions
    if wanted and not wanted & countries:
        return OTHER_PLACE if countries - {None} else NO_PLACE
    return None


def _year(date: str | None) -> int | None:
    """The year a date begins with, where it does and can be one."""
    digits = (date or "")[:4]
    if len(digits) < 4 or not digits.isdecimal():  # noqa: PLR2004 - digits of a year
        return None
    return year if FIRST_YEAR <= (year := int(digits)) <= LAST_YEAR else None
