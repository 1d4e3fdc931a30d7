"""
What a study leaves behind early, as SQL: years and areas of a `Keep`.

The words of a study file pass through `literal`, so that no name can become a statement.
"""

from studylib.readers.raw import NO_YEAR, OTHER_PLACE, OTHER_YEAR, Keep


def literal(text: str) -> str:
    """
    A text as SQL writes it.

    >>> literal("l'Adour")
    "'l''Adour'"
    """
    return "'" + text.replace("'", "''") + "'"


def is_here(keep: Keep | None, rest: str | None = None) -> str:
    """
    SQL over columns `country` and `nuts_id`: whether a party lies in the study's areas.

    `rest` is the answer for rows that are no party, unless the study keeps every place.
    """
    if keep is None or not (keep.countries or keep.nuts_prefixes):
        return "TRUE"
    if rest:
        return rest
    tests = [f"starts_with(upper(nuts_id), {literal(prefix)})" for prefix in keep.nuts_prefixes]
    if keep.countries:
        tests.append(f"upper(country) IN ({', '.join(map(literal, sorted(keep.letters)))})")
    return "(" + " OR ".join(f"coalesce({test}, FALSE)" for test in tests) + ")"


def fate(keep: Keep | None) -> str:
    """
    SQL over `filing_year`, `priority_year` and `here`: why an application is left behind.

    NULL where it is kept.  `priority_year` is NULL where the year is not known, and is that of
    filing where no priority is claimed: whoever makes the column knows the claims.
    """
    years = []
    if keep is not None and not (keep.first_year is None and keep.last_year is None):
        year = "priority_year" if keep.date == "priority" else "filing_year"
        first, last = keep.first_year or 0, keep.last_year or 9998
        years = [
            f"WHEN {year} IS NULL THEN {literal(NO_YEAR[keep.date])}",
            f"WHEN {year} NOT BETWEEN {first} AND {last} THEN {literal(OTHER_YEAR)}",
        ]
    return " ".join(["CASE", *years, f"WHEN NOT here THEN {literal(OTHER_PLACE)} END"])
