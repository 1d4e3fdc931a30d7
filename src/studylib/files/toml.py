"""
TOML files as people write them: small, and nested as deep as a person can follow.

    study.toml  --size, nesting, numbers-->  its text  --tomllib-->  what it says

The library reads a text of brackets within brackets by calling itself, and takes longer than
proportional over chains of keys; both are looked for before it begins.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from studylib.errors import DataError, quoted
from studylib.files import limits, plain

# No part is tried twice (`++`, `*+`) and a text that never closes ends with its line or the file:
# so that looking takes a time proportional to the file.
PART = r"""(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
CHAIN = re.compile(rf"{PART}(?:[ \t]*\.[ \t]*{PART}){{{limits.DEEPEST}}}")
NUMBER = re.compile(rf"[0-9_]{{{limits.LONGEST_NUMBER + 1}}}")
TEXTS = re.compile(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?|#[^\n]*+",
    re.DOTALL,
)
"""Quoted texts and comments, which may hold any brackets and digits."""
BRACKET = re.compile(r"[\[\]{}]")


def read(path: Path) -> dict[str, Any]:
    """
    What a TOML file says; the mark that Windows editors put before a text is no part of it.

    Raises
    ------
    DataError
        It is no file, is too large, or nests deeper than anybody can follow.
    OSError, UnicodeDecodeError, tomllib.TOMLDecodeError
        It cannot be opened, is no UTF-8 text, or no TOML.
    """
    plain.check(path)
    limits.check_size(path, limits.MOST_TOML, "file of settings", "Nobody writes one by hand.")
    text = path.read_text(encoding="utf-8-sig")
    bare = TEXTS.sub('""', text)
    if CHAIN.search(text) or _depth(bare) > limits.DEEPEST:
        raise DataError(
            f"{quoted(path.name)} nests brackets or keys more than {limits.DEEPEST} levels deep. "
            "Close the brackets that were left open."
        )
    if NUMBER.search(bare):
        raise DataError(
            f"{quoted(path.name)} holds a number of more than {limits.LONGEST_NUMBER} digits. "
            "Put it in quotes if it is a text."
        )
    return tomllib.loads(text)


def _depth(text: str) -> int:
    """The most brackets that are open at once."""
    deepest = now = 0
    for bracket in BRACKET.findall(text):
        now = now + 1 if bracket in "[{" else max(0, now - 1)
        deepest = max(deepest, now)
    return deepest
