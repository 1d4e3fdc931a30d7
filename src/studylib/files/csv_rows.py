r"""
Every row of a delimited text, quotes read strictly: a line that is broken costs itself alone.

    'a,b\n"c,d\ne,f\n'  --parse-->  [[a, b], [], [e, f]],  {2: ('"c,d', why)}
"""

import csv
import io
from collections.abc import Iterator

from studylib.files import limits
from studylib.language.reasons import TOO_LONG


def parse(text: str, delimiter: str) -> tuple[list[list[str]], dict[int, tuple[str, str]]]:
    """
    Every row of the text; a line whose quotes are broken is an empty row, and named.

    Quotes are read strictly: a quote that never closes would otherwise swallow the records
    after it.  Only its own line is given up; reading goes on with the next.
    """
    csv.field_size_limit(limits.LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)), {}
    except csv.Error:
        return _line_by_line(list(io.StringIO(text, newline="")), delimiter)


def _line_by_line(
    lines: list[str], delimiter: str
) -> tuple[list[list[str]], dict[int, tuple[str, str]]]:
    """
    What `parse` gives, for the rare text with broken quotes.

    The lines that an open quote swallowed are read anew.  In a text of open quotes that would
    take the square of its lines; so they are read anew a few times, and then one by one.
    """
    rows: list[list[str]] = []
    broken: dict[int, tuple[str, str]] = {}
    at = 0
    again = limits.MOST_LINES_AGAIN * len(lines)
    while at < len(lines):
        end = len(lines) if again > 0 else at + 1
        reader = csv.reader(_between(lines, at, end), delimiter=delimiter, strict=True)
        read = 0
        try:
            for row in reader:
                rows.append(row)
                read = reader.line_num
        except csv.Error as error:
            again -= reader.line_num - read
            at += read
            rows.append([])
            broken[len(rows)] = lines[at].strip("\r\n"), _broken(error)
            at += 1
        else:
            at = end
    return rows, broken


def _broken(error: csv.Error) -> str:
    """Why a row cannot be read, in words."""
    if "field limit" in str(error):
        return TOO_LONG.format(most=f"{limits.LONGEST_CELL:,}")
    return f"broken quotes: {error}"


def _between(lines: list[str], at: int, end: int) -> Iterator[str]:
    """The lines from one place to another, without copying them."""
    while at < end:
        yield lines[at]
        at += 1
