"""
A wide corpus out of a study's own records: how many units of each region carry each subclass.

    parties, symbols  --regional_counts-->  region, technology, period, n: the file [corpus] names

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
    One row per (region, subclass, period), sorted: units of the study with an inventor there.

    Parameters
    ----------
    letters
        Length of the region's code: 4 letters are NUTS 2, 5 are NUTS 3.

    Returns
    -------
    region (NUTS code), technology (IPC subclass), period (the earlier and the later half of the
    study's years, so that what nearness foretells can be tried), n (units; one with inventors in
    two regions counts in both).  Empty where the export does not say in which region inventors
    live.

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
    both = both.assign(period=both["unit_id"].map(_halves(study)))
    table = both.groupby(["region", "subclass", "period"]).size().rename("n").reset_index()
    return table.rename(columns={"subclass": "technology"})


def _halves(study: Dataset) -> pd.Series:
    """Of each unit the half of the window its year lies in, as years."""
    middle = (study.first_year + study.last_year) // 2
    year = study.units.drop_duplicates("unit_id").set_index("unit_id")["year"].astype(int)
    early = f"{study.first_year}-{middle}"
    return year.le(middle).map({True: early, False: f"{middle + 1}-{study.last_year}"})
