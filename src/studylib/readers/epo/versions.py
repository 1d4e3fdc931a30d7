"""
Several documents on one publication: the one exchanged last counts.

    publication  exchanged  record          record  reason
    EP 1 A1      20100101   0               0       amended by a later document of the export
    EP 1 A1      20120101   3          -->
    EP 2 A1      20100101   1               1       deleted by a later document of the export
    EP 2 A1      20120101   DELETION

DOCDB ships amendments and deletions beside the documents they amend or delete.
"""

import pandas as pd

from studylib.language import mark

REVOKED = mark("deleted by a later document of the export")
REPLACED = mark("amended by a later document of the export")
NO_RECORD, DELETION = -1, -2  # stand for a record in the table of versions


def old_versions(versions: pd.DataFrame) -> dict[int, str]:
    """Records that a later document on the same publication replaced or deleted, and which."""
    known = versions.dropna(subset="publication").sort_values("exchanged", kind="stable")
    last = known.groupby("publication", sort=False)["record"].transform("last")
    old = (known["record"] >= 0) & (known["record"] != last)
    reasons = last[old].eq(DELETION).map({True: REVOKED, False: REPLACED})
    return dict(zip(known["record"][old], reasons, strict=True))


def rejected(records: pd.DataFrame, old: dict[int, str]) -> pd.DataFrame:
    """One row per record that is taken out, with the reason."""
    gone = records.loc[list(old)]
    value = gone["publication_number"] + " " + gone["publication_kind"].fillna("")
    return pd.DataFrame(
        {
            "file": gone["file"],
            "row": gone["row"],
            "column": "document",
            "value": value.str.strip(),
            "reason": pd.Series(old),
            "n": 1,
        }
    ).astype({"column": "str", "reason": "str"})


def without(frame: pd.DataFrame, old: dict[int, str], n_records: int) -> pd.DataFrame:
    """The rows of the other records, numbered as if the old ones had never been."""
    stays = ~pd.Series(range(n_records)).isin(list(old))
    number = stays.cumsum() - 1
    frame = frame[frame["record"].map(stays).astype(bool)]
    return frame.assign(record=frame["record"].map(number).astype("int64")).reset_index(drop=True)
