"""
The errors a user can act on, and how offenders are quoted.

`StudyError` is shown as one message without a traceback, and ends the command with its
`exit_code`.  Anything that is not a `StudyError` is a bug and crashes.

    0 built   1 bug   2 usage   10 data   11 run failed   12 the rebuilt report differs
    75 another build of the same reports is running: try again later
"""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import ClassVar

MOST_EXAMPLES = 5
LONGEST_QUOTE = 80


class StudyError(Exception):
    """What went wrong, where, how many, what to do.  Shown without a traceback."""

    exit_code: ClassVar[int] = 1

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the sentence, not the way the library took to it."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(StudyError):
    """The command or the study file asks for something that does not exist."""

    exit_code = 2


class DataError(StudyError):
    """An input cannot be used as it is."""

    exit_code = 10


class RunError(StudyError):
    """A notebook failed: its name, the cell, and the first line of the error."""

    exit_code = 11


class PagesFailedError(RunError):
    """Some pages could not be built; the others were, and are published."""


class DiffersError(StudyError):
    """A rebuilt report differs from the one it was compared with."""

    exit_code = 12


class BusyError(StudyError):
    """Another build writes to the same reports folder."""

    exit_code = 75


def quoted(value: object) -> str:
    r"""
    One offender in quotes, safe to show: control characters escaped, long text cut.

    >>> quoted("H01L\x1b[2J")
    "'H01L\\x1b[2J'"
    """
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST_QUOTE:  # of a path the end tells what it is
        is_path = isinstance(value, PurePath)
        text = "…" + text[1 - LONGEST_QUOTE :] if is_path else text[: LONGEST_QUOTE - 1] + "…"
    shown = "".join(c if is_printable(c) else _escaped(c) for c in text)
    return f"'{shown}'"


def printable(text: str) -> str:
    r"""
    A text of several lines, safe to show: everything but line ends is escaped as in `quoted`.

    >>> printable("a\x1b[2J\nb")
    'a\\x1b[2J\nb'
    """
    return "".join(c if c == "\n" or is_printable(c) else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    """A character that must not be shown, by its number; a byte of a file name as that byte."""
    number = ord(character)
    return f"\\x{number - 0xDC00 if 0xDC80 <= number <= 0xDCFF else number:02x}"  # noqa: PLR2004


def is_printable(character: str) -> bool:
    """Whether a character shows as itself in a terminal: no control, format or bidi character."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def several(n: int, one: str, many: str) -> str:
    """
    A number with the words that agree with it.

    >>> several(1, "row stands", "rows stand"), several(1200, "row stands", "rows stand")
    ('1 row stands', '1,200 rows stand')
    """
    return f"{n:,} {one if n == 1 else many}"


def some(values: Iterable[object], most: int = MOST_EXAMPLES) -> str:
    """
    At most five examples in quotes, and how many more there are.

    >>> some(["a", "b"])
    "'a', 'b'"
    >>> some(range(7))
    "'0', '1', '2', '3', '4' and 2 more"
    """
    return listed([quoted(value) for value in values], most)


def listed(texts: Sequence[str], most: int = MOST_EXAMPLES) -> str:
    """At most five texts as they are, and how many more there are."""
    shown = ", ".join(texts[:most])
    more = len(texts) - most
    return f"{shown} and {more} more" if more > 0 else shown
