"""
Cells of a declared table that hold several numbers or days where one is meant.

    column Filed                 used         rejects
    2003-01-02; 2003-05-06       2003-01-02   filing_date  2003-05-06  further entries of a cell ...

A cell that repeats its first entry holds no other.
"""

import numpy as np
import pandas as pd
import pyarrow as pa

from studylib.language import mark
from studylib.readers.lists import cells, result_list
from studylib.readers.lists.declaration import Declaration
from studylib.readers.lists.sound_rows import LONGEST_VALUE
from studylib.readers.raw import REJECTS, empty

FURTHER = mark("further entries of a cell, of which the first is used")
ONE_EACH = ("application_number", "publication_number", "filing_date", "publication_date",
            "priority_date")  # fmt: skip


def rejects(table: result_list.Table, declaration: Declaration, between: str) -> pd.DataFrame:
    """One row per cell and column (see `raw.REJECTS`), with the entries that are not used."""
    found = [empty(REJECTS)]
    for name in ONE_EACH:
        told = declaration.separators.get(name)
        entries = cells.exploded(table.column(name), told or between, is_literal=told is not None)
        own = pd.DataFrame({"record": entries.record, "value": entries.value.to_pandas()})
        first = own.groupby("record")["value"].transform("first")
        more = own[own["value"] != first].drop_duplicates()
        cell = more.groupby("record")["value"].agg("; ".join)
        at = cell.index.to_numpy(dtype=np.int64)
        frame = pd.DataFrame(
            {"file": table.files.take(pa.array(at)).to_pylist(), "row": table.rows[at],
             "column": name, "value": cell.str[:LONGEST_VALUE].to_numpy(), "reason": FURTHER,
             "n": 1}
        )  # fmt: skip
        found.append(frame[list(REJECTS)].astype(empty(REJECTS).dtypes.to_dict()))
    filled = [frame for frame in found if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else found[0]
