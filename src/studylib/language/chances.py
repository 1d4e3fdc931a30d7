"""Chances, and parts of draws: what is possible is not printed as never, nor as always."""

from studylib.language.words import is_missing, percent

RARE = 0.005  # below it no decimals read 0%


def in_whole_percent(chance: float) -> str:
    """
    A chance in 0..1 in whole percent; a dash where there is none.

    >>> [in_whole_percent(p) for p in (0, 0.004, 0.5, 0.996, 1)]
    ['0%', '< 1%', '50%', '> 99%', '100%']
    """
    if is_missing(chance):
        return "–"
    if 0 < chance < RARE:
        return f"< {percent(2 * RARE, 0)}"
    if 1 - RARE <= chance < 1:
        return f"> {percent(1 - 2 * RARE, 0)}"
    return percent(chance, 0)
