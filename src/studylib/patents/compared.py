"""
Why two numbers differ: the applications that are behind one of them alone.

    by inventor  n = 12   by applicant  n = 9    --compare-->   found_in  title   file      row
                                                                first     Laser   list.csv   17
"""

import pandas as pd

from studylib.patents.behind import COLUMNS, applications
from studylib.patents.dataset import Dataset

KEY = ["area", "application_id"]
FOUND = ["found_in", "area", "application_id", "weight", "other_weight"]


def compare(
    one: Dataset, other: Dataset, *, area: str = "", ket: str = "", field: int | str = ""
) -> pd.DataFrame:
    """
    The applications behind a count of one opened study and not of another, or by another weight.

    The two may be one study opened by other choices (another window, another way to locate), or
    two studies whose areas are called the same.

    Parameters
    ----------
    area, ket, field
        Of which count; see `applications`.

    Returns
    -------
    One row per application and area that differs, sorted: found_in (`first`, `second`, or `both`
    where the weights differ), area, application_id, weight in the first, other_weight in the
    second, then what `applications` says of it, with file and row.  No row: the same applications.
    Units may differ all the same, where families are counted.

    Raises
    ------
    UsageError
        One of them has no such area, technology or field.
    """
    first = applications(one, area=area, ket=ket, field=field)
    second = applications(other, area=area, ket=ket, field=field)
    weights = first[[*KEY, "weight"]].merge(
        second[[*KEY, "weight"]].rename(columns={"weight": "other_weight"}), on=KEY, how="outer",
        indicator="found_in",
    )  # fmt: skip
    names = {"left_only": "first", "right_only": "second", "both": "both"}
    weights["found_in"] = weights["found_in"].astype("str").map(names)
    same = (weights["found_in"] == "both") & (weights["weight"] == weights["other_weight"])
    told = pd.concat([first, second]).drop_duplicates(KEY).drop(columns="weight")
    rest = [column for column in COLUMNS if column not in {*KEY, "weight"}]
    found = weights[~same].merge(told, on=KEY)[[*FOUND, *rest]]
    return found.sort_values(["found_in", *KEY], ignore_index=True)
