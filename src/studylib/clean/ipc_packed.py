"""
Symbols packed without a slash, as WIPO and some products write them.

    digits of the main group   3            4
                               C07D41700    H01S0005000
                               H01J04900    G01N003072
    read as                    C07D 417/00  H01S 5/00
                               H01J 49/00   G01N 30/72

One such symbol has several readings (`C07D 4/1700`, `41/700`); a column of them has one, because
all of its main groups are filled with zeros to one width.  Ten digits are the usual long form,
which needs no such reading.
"""

from typing import Any

import pyarrow.compute as pc

PACKED = r"^ *[A-Ha-h]\d\d[A-Za-z] ?(?P<digits>\d{5,9})(?: .*)?$"
SYMBOL = r"^ *[A-Ha-h]\d\d[A-Za-z][ -]?\d"
UNPACKED = r"^( *[A-Ha-h]\d\d[A-Za-z]) ?(\d{%d})(\d{2,6})( .*)?$"
SHORTEST = 5  # digits: main group and the two every subgroup has


def width(texts: Any) -> int | None:
    """
    How many digits the main groups of a column of distinct symbols (Arrow text) are filled to.

    None where they are not packed, or more than one width would do.

    >>> import pyarrow as pa
    >>> width(pa.array(["C07D41700", "H01J04900"])), width(pa.array(["H01S0005000"]))
    (3, 4)
    """
    symbols = texts.filter(pc.match_substring_regex(texts, SYMBOL))
    digits = pc.struct_field(pc.extract_regex(symbols, PACKED), "digits")
    if digits.null_count or not len(digits):
        return None
    shortest = int(pc.min(pc.utf8_length(digits)).as_py())
    if shortest == SHORTEST:
        return 3
    return 4 if pc.all(pc.starts_with(digits, "0")).as_py() else None


def unpacked(texts: Any, digits: int) -> Any:
    """
    The symbols (Arrow text) with a slash after so many digits; others as they are.

    >>> import pyarrow as pa
    >>> unpacked(pa.array(["G01N03072", "A61K"]), 3).to_pylist()
    ['G01N030/72', 'A61K']
    """
    return pc.replace_substring_regex(texts, UNPACKED % digits, r"\1\2/\3\4")
