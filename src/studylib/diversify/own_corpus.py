"""
A wide corpus out of a study's own records: how many units of each region carry each subclass.

    parties, symbols  --regional_counts-->  region, technology, n: the file [corpus] names

A study of a whole edition of REGPAT makes the corpus for a study of two territories in it.
"""

import pandas as pd

from studylib.diversify.specialisation import subclasses
from studylib.errors import UsageError, quoted
from studylib.patents import counting
from studylib.patents.dataset import Dataset

LETTERS = (2, 3, 4, 5)  # of a NUTS code: country, NUTS 1, 2, 3
REGION = 4


def regional_counts(study: Dataset, *, letters: int = REGION) -> pd.DataFrame:
    """
    One row per (region, subclass), sorted: units of the study's period with an inventor there.

    Parameters
    ----------
    letters
        Length of the region's code: 4 letters are NUTS 2, 5 are NUTS 3.

    Returns
    -------
    region (NUTS code), technology (IPC subclass), n (units; one with inventors in two regions
    counts in both).  Empty where the export does not say in which region inventors live.

    Raises
    ------
    UsageError
        `letters` is no length of a NUTS code.
    """
    if letters not in LETTERS:
        raise UsageError(f"`letters` is {quoted(letters)}; a NUTS code has 2, 3, 4 or 5.")
    rows = study.parties[study.parties["role"] == "inventor"].dropna(subset="nuts_id")
    unit = counting.unit_of(study.applications, study.rule.unit)
    unit = unit.set_axis(study.applications["application_id"])
    places = pd.DataFrame(
        {
            "unit_id": rows["application_id"].map(unit).to_numpy(),
            "region": rows["nuts_id"].astype("str").str[:letters].to_numpy(),
        }
    )
    places = places[places["region"].str.len() == letters].dropna().drop_duplicates()
    counted = set(study.units["unit_id"])
    carried = counting.labels_of_units(
        subclasses(study), study.applications, study.rule.unit, "subclass"
    ).astype({"subclass": "str"})
    both = places[places["unit_id"].isin(counted)].merge(carried, on="unit_id")
    table = both.groupby(["region", "subclass"]).size().rename("n").reset_index()
    return table.rename(columns={"subclass": "technology"})
