"""
Which kinds of document a study counts, and how many of each the exports hold.

    documents   document       n    is_counted
                patent         484  True
                utility model   31  False
                translation      7  False
                missing         12  True        nothing says what they are: counted as patents
"""

from typing import TYPE_CHECKING

import pandas as pd

from studylib.clean.document_kinds import DOCUMENTS

if TYPE_CHECKING:  # what checks study files takes a tenth of the time of reading
    from studylib.study.model import Study


def counted(applications: pd.DataFrame, study: "Study") -> pd.DataFrame:
    """The applications of the kinds that a study counts, numbered anew."""
    return applications[_is_counted(applications["document"], study)].reset_index(drop=True)


def table(applications: pd.DataFrame, study: "Study") -> pd.DataFrame:
    """One row per kind that is there (contract `documents`), those nothing says of last."""
    n = applications["document"].value_counts(dropna=False)
    order = [document for document in DOCUMENTS if document in n.index]
    silent = int(applications["document"].isna().sum())
    told = pd.DataFrame(
        {
            "document": pd.Series([*order, *([None] if silent else [])], dtype="str"),
            "n": [*(int(n[document]) for document in order), *([silent] if silent else [])],
        }
    ).astype({"n": "int64"})
    return told.assign(is_counted=_is_counted(told["document"], study))


def _is_counted(document: pd.Series, study: "Study") -> "pd.Series[bool]":
    """What says nothing of itself counts as a patent does."""
    kinds = study.counting.kinds
    found: pd.Series[bool] = document.isin(kinds) | (document.isna() & ("patent" in kinds))
    return found
