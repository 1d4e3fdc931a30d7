"""
One identity for records of several exports, where only some know application numbers.

    record of       knows                                      application_id, id_from
    Espacenet       CA 19992270722 A, published as CA2270722   CA19992270722    application
    PATENTSCOPE     published as CA2270722                     CA19992270722    application
    PATENTSCOPE     published as US2008082420,                 US2008082420
                    which is another's application number      (publication)    publication

A publication belongs to the application that another record says it belongs to.  What nobody
says stays on its own: a publication number never makes two inventions one because the number
of an application reads the same.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

MARK = " (publication)"
"""Stands behind a publication number that reads like the number of another application."""


def reconciled(parts: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """
    Records of all exports (see `records.identify`), publications with the id of their application.

    The order of exports and rows does not matter.  A publication that records give to more
    than one application belongs to none of them.
    """
    kinds = {str(kind) for part in parts for kind in part["id_from"].unique()}
    if len(kinds) < 2:  # noqa: PLR2004 - all by application, or all by publication
        return list(parts)
    said = pd.concat([part[["application_id", "publication_id", "id_from"]] for part in parts])
    said = said[said["id_from"] == "application"]
    belongs = said.dropna().drop_duplicates(["application_id", "publication_id"])
    belongs = belongs.drop_duplicates("publication_id", keep=False)
    owner = belongs.set_index("publication_id")["application_id"]
    taken = set(said["application_id"])
    return [_with_owner(part, owner, taken) for part in parts]


def _with_owner(part: pd.DataFrame, owner: pd.Series, taken: set[str]) -> pd.DataFrame:
    """Records of one export: publications with the id of their owner, or one nobody else has."""
    alone = part["id_from"] == "publication"
    found = part["publication_id"].map(owner).astype("str").where(alone)
    own = part["application_id"]
    reads_alike = alone & own.isin(taken)
    return part.assign(
        application_id=found.fillna(own.mask(reads_alike, own + MARK)),
        id_from=np.where(alone & found.isna(), "publication", "application"),
    )
