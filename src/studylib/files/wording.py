r"""
Text of an input as it was meant: one rule for every reader, and a count of what it touched.

    "AT&amp;T"              written as HTML by whoever exported it     "AT&T"
    "GarcÃ­a"               UTF-8, read as Windows-1252, saved again   "García"
    "Acme\u202e SA"         direction marks, soft hyphens, zero width  "Acme SA"
    "Acme\x1b[2J"           commands to a terminal, control characters "Acme"

What cannot be undone for certain stays.  Lists are taken apart afterwards: `&amp;` holds a `;`.
"""

import html
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studylib.files.encoding import unmangled
from studylib.language import mark

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

HTML = mark("values written as HTML (&amp;), put back")
UNDONE = mark("values mangled by two encodings, undone")
INVISIBLE = mark("values with invisible or control characters, taken out")
RULES = (HTML, UNDONE, INVISIBLE)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][a-z]{1,7}[0-9]?);")
"""Named as in HTML 4, whose names end in small letters: `AT&T;` and `R&D;` are none."""
TERMINAL = r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])"
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
FORMAT = (
    "[\u00ad\u061c\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
LINE_ENDS = "[\u2028\u2029]"
UNSEEN = re.compile(f"{TERMINAL}|{CONTROL}|{FORMAT}")
MANGLED = "[Â-ô][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
"""How every character of UTF-8 begins that was read as Windows-1252."""
SUSPECT = re.compile(f"&[#A-Za-z]|{MANGLED}|{CONTROL}|{FORMAT}|{LINE_ENDS}")
RE2 = SUSPECT.pattern.encode("ascii", "backslashreplace").decode()
RE2 = re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", lambda m: rf"\x{{{m[1] or m[2]}}}", RE2)
RE2 = re.sub(r"\\x([0-9a-f]{2})", r"\\x{\1}", RE2)
NAMES_OF_FILES = frozenset({"path", "files", "sha256"})
"""Keys below which a sign nobody sees is part of the name of a file."""
MOST_TIMES = 3
"""How often HTML is put back: `&amp;amp;` was escaped twice."""


def text(said: str) -> str:
    r"""
    One text as it was meant.

    >>> text("AT&amp;amp;T, Garc\u00c3\u00ada \x1b[2J\u202eSA")
    'AT&T, García SA'
    """
    return said if SUSPECT.search(said) is None else _told(said)[0]


def bare(said: Any) -> Any:
    r"""
    What a file kept by hand says, tables and lists in it too, without signs that nobody sees.

    >>> bare({"la\u00adbel": ["For\u200bmation", 3]})
    {'label': ['Formation', 3]}
    """
    if isinstance(said, str):
        return UNSEEN.sub("", said)
    if isinstance(said, list):
        return [bare(one) for one in said]
    if isinstance(said, dict):
        return {bare(key): one if key in NAMES_OF_FILES else bare(one) for key, one in said.items()}
    return said


def column(texts: "pa.Array") -> "tuple[pa.Array, Counter[str]]":
    """
    A column of text as it was meant, missing stays missing, and how many values each rule touched.

    Only values that hold something suspect are looked at one by one.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    found: Counter[str] = Counter()
    there = pc.fill_null(pc.match_substring_regex(texts, RE2), False)  # noqa: FBT003
    if not pc.any(there, min_count=0).as_py():
        return texts, found
    new = []
    for said in texts.filter(there).to_pylist():
        meant, rules = _told(said)
        new.append(meant)
        found.update(rules)
    return pc.replace_with_mask(texts, there, pa.array(new, texts.type)), found


def frame(table: "pd.DataFrame", columns: Mapping[str, Any] | tuple[str, ...]) -> Counter[str]:
    """Put the named columns of a table in place as they were meant; how many values changed."""
    import pandas as pd
    import pyarrow as pa

    found: Counter[str] = Counter()
    for name in columns:
        old = pa.array(table[name], pa.large_string(), from_pandas=True)
        old = old.combine_chunks() if isinstance(old, pa.ChunkedArray) else old
        new, counts = column(old)
        if counts:
            found.update(counts)
            table[name] = pd.Series(new.to_pandas(), index=table.index).astype("str")
    return found


def _told(said: str) -> tuple[str, list[str]]:
    """A text as it was meant, and the rules that touched it."""
    rules = []
    meant = said
    for _ in range(MOST_TIMES):
        meant = ENTITY.sub(lambda found: html.unescape(found[0]), meant)
    if meant != said:
        rules.append(HTML)
    if (undone := unmangled(meant)) != meant:
        meant = undone
        rules.append(UNDONE)
    if (seen := UNSEEN.sub("", re.sub(LINE_ENDS, "\n", meant))) != meant:
        meant = seen
        rules.append(INVISIBLE)
    return meant, rules
