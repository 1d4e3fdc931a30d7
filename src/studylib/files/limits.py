"""
How much of an input is read at most: every limit that bounds time and memory, in one place.

Each lies far above what real exports, lists and study files hold, and low enough that what goes
beyond it is refused before it fills the memory.  `benchmarks/bounds.py` measures what inputs at
and beyond the limits cost.  Limits of one format alone stand with its reader.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TypeVar

from studylib.errors import DataError, quoted

Named = TypeVar("Named", bound=Hashable)

# Archives and workbooks
MOST_RATIO = 100
"""Unpacked over packed size; tables and documents pack 3 to 20 times, a bomb a thousand times."""
HARMLESS = 2**24
"""Size up to which the ratio does not matter [bytes]: 16 MB."""
MOST_UNPACKED = 2**29
"""Largest size of all files of one archive together, unpacked [bytes]: 512 MB."""
MOST_MEMBERS = 100_000
"""Most files in one archive."""
MOST_EXPORTS = 1_000
"""Most files in a folder or archive that are exports of their own, each read by itself."""
MOST_SHEETS = 100
"""Most sheets of one workbook."""

# Tables of text
MOST_TEXT = 2**29
"""Largest table of text [bytes]: 512 MB; bulk editions are queried where they lie."""
LONGEST_CELL = 2**20
"""Longest cell [characters]; longer ones come from a quote that never closes."""
MOST_SHORT_LINES = 100_000
"""Most lines of a text whose lines hold fewer than `SHORT_LINE` characters each."""
SHORT_LINE = 4
MOST_LINES_AGAIN = 4
"""How many times the lines of a text may be read anew after quotes that never close."""

# What people keep by hand
MOST_TOML = 2**20
"""Largest study file, codebook, register or head of rules [bytes]: 1 MB."""
DEEPEST = 50
"""Deepest nesting of brackets, and longest chain of keys, in such a file."""
LONGEST_NUMBER = 100
"""Digits of a number in such a file."""
MOST_BY_HAND = 2**23
"""Largest list or file of rules kept by hand [bytes]: 8 MB."""
MOST_ROWS_BY_HAND = 5_000
"""Most rows of a list of organisations, sectors or themes; those of organisations meet in pairs."""
MOST_MAP = 2**26
"""Largest file of outlines [bytes]: 64 MB; a map of all regions of Europe has a tenth of it."""
MOST_RULES = 50_000
"""Most rows of a KET scheme."""


def is_bomb(size: int, packed: int) -> bool:
    """Whether something of this size packs more than any table or document does."""
    return size > HARMLESS and size > MOST_RATIO * max(packed, 1)


def check_size(path: Path, most: int, called: str, remedy: str) -> None:
    """
    Raise where a file is larger than allowed, before anything of it is read.

    Raises
    ------
    DataError
        It has more bytes than `most`; `remedy` says what to do.
    """
    if (size := path.stat().st_size) > most:
        raise DataError(
            f"{quoted(path.name)} holds {-(-size // 2**20):,} MB, more than the {most // 2**20:,} "
            f"MB of the largest {called} that is read. {remedy}"
        )


def twice(values: Iterable[Named]) -> list[Named]:
    """What stands there more than once, each once, in the order of its first time."""
    return [value for value, n in Counter(values).items() if n > 1]
