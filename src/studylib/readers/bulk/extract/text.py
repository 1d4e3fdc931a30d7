"""
Rows of any engine as text, the same bytes for the same rows: sorted, numbers spelled in one place.

    Arrow table  --of-->  header, then a row per line, as the edition writes them
"""

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def of(table: "pa.Table", delimiter: str) -> tuple[bytes, int]:
    """
    The text of a table, and how many rows it has.

    Between bars nothing is quoted, because REGPAT writes quotes as letters; what is missing and
    what is empty are the same to its readers.
    """
    import pyarrow as pa

    columns = [column.cast(pa.string()) for column in table.columns]
    plain = pa.table(columns, names=table.column_names)
    plain = plain.sort_by([(name, "ascending") for name in plain.column_names])
    out = io.StringIO(newline="")
    bare = delimiter == "|"
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator="\n",
        quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL, quotechar=None if bare else '"',
    )  # fmt: skip
    writer.writerow(plain.column_names)
    for batch in plain.to_batches(max_chunksize=10_000):
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    return out.getvalue().encode(), plain.num_rows
