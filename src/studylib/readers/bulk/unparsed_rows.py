"""
Rows of a bulk export that the engine could not parse, as rejects.

    path  line  kind of fault    text      -->   file     row  value   reason
    0.txt   17  MISSING COLUMNS  9|2002          IPC.txt   17  9|2002  too few fields in this row

The first hundred per file and reason stand one by one; how many more there are is one row.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from studylib.errors import DataError, quoted
from studylib.language import mark
from studylib.readers.raw import REJECTS

MOST_LISTED = 100
"""Rows listed one by one per reason; how many more there are is one row."""
FOUND = (
    "SELECT file_path, line, error_type::VARCHAR, min(csv_line) FROM fault "
    "JOIN scan USING (scan_id, file_id) GROUP BY ALL ORDER BY 1, 2, 3"
)
"""Query over what the engine noted while it read: path, line, kind, text."""
REASONS = {
    "MISSING COLUMNS": mark("too few fields in this row"),
    "TOO MANY COLUMNS": mark("too many fields in this row"),
    "UNQUOTED VALUE": mark("a quote that is not closed in this row"),
    "LINE SIZE OVER MAXIMUM": mark("a row longer than 2 MB"),
}
UNREAD = mark("the row cannot be parsed")


def rejected(found: Iterable[tuple[object, ...]], names: Mapping[str, str]) -> pd.DataFrame:
    """
    The answer to `FOUND` as rejects.

    Parameters
    ----------
    names
        Path the engine knows -> name of the file inside the export.

    Raises
    ------
    DataError
        A part is not UTF-8: its names would be lost, or wrong.
    """
    listed: list[tuple[object, ...]] = []
    n_found: dict[tuple[str, str], int] = {}
    for path, line, kind, text in found:
        file, value = names[str(path)], str(text).strip()
        if kind == "INVALID ENCODING":
            raise DataError(
                f"{quoted(file)} is not UTF-8 (row {line}: {quoted(value)}). "
                "Export it again as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8."
            )
        reason = REASONS.get(str(kind), UNREAD)
        n_found[file, reason] = n_found.get((file, reason), 0) + 1
        if n_found[file, reason] <= MOST_LISTED:
            listed.append((file, line, None, value[:200], reason, 1))
    listed += [
        (file, None, None, None, reason, n - MOST_LISTED)
        for (file, reason), n in sorted(n_found.items())
        if n > MOST_LISTED
    ]
    return pd.DataFrame(listed, columns=list(REJECTS))
