"""
What of a survey export was not used, and what respondents wrote, as far as it may be published.

    survey_notes, survey_texts  --published_notes, published_texts-->  what the pages show

Unless a survey is public (`survey.disclosure`) nothing that a respondent typed is told, nor where
it stood, nor how often where that is a few.
"""

import pandas as pd

from studylib.patents.dataset import Dataset
from studylib.survey import notes
from studylib.survey.disclosure import FEWEST, is_public, level

TOLD = (notes.PERSONAL, notes.NOT_NAMED, notes.NOT_THERE, notes.UNUSED_TERRITORY)
"""What these notes name stands in the header or in the codebook, and nobody typed it."""


def published_notes(table: pd.DataFrame, study: Dataset) -> pd.DataFrame:
    """
    What of the export was not used, without what a respondent typed or where it stood.

    A name typed into a column of answers would be printed as an answer that is not in the
    codebook; of such notes the value is missing, equal ones are counted together, and how many
    there are is missing where they are a few, and always under `strict`.  That nobody chose an
    option is left out: of a domain with several it tells more than the total.
    """
    if is_public(study):
        return table
    table = table[table["what"].astype("str") != notes.UNUSED_LABEL]
    told = table["what"].astype("str").isin(TOLD)
    kept = table.assign(value=table["value"].where(told))
    keys = ["kind", "what", "value"]
    plain = kept.astype(dict.fromkeys(keys, "object"))
    summed = plain.groupby(keys, as_index=False, dropna=False, sort=True)[["n"]].sum()
    hidden = summed["value"].isna() & ((summed["n"] < FEWEST) | (level(study) == "strict"))
    return summed.assign(n=summed["n"].astype("Int64").mask(hidden))[list(table.columns)]


def published_texts(table: pd.DataFrame, study: Dataset) -> pd.DataFrame:
    """
    What respondents wrote; elsewhere than under `public` only how many texts there are.

    Under `strict` not even that: one from each of five would tell that everybody wrote.
    """
    if is_public(study):
        return table
    n = len(table)
    counted = pd.DataFrame({"n": pd.array([pd.NA if n < FEWEST else n], dtype="Int64")})
    return counted.head(0 if level(study) == "strict" else min(n, 1))
