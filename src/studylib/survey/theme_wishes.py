"""
Which themes respondents would work on, where a survey asks by theme: totals per territory.

    [themes] of the codebook, theme_... of respondents  --theme_wishes-->  theme x territory

Totals only, as of the domains: under `strict` those that tell of a few, of all but a few or of
everybody are held back.
"""

import pandas as pd

from studylib import survey
from studylib.patents.dataset import Dataset
from studylib.survey import disclosure

COLUMNS = ["theme", "area", "n", "base", "share"]


def theme_wishes(study: Dataset) -> pd.DataFrame:
    """
    One row per (theme or sector asked for, territory), in the codebook's order.

    Columns theme, area, n, base (respondents who answered the question), share [0..1].  A total
    that is held back has no row.  Empty without a survey, or where it does not ask by theme.
    """
    if study.definition.survey is None:
        return pd.DataFrame(columns=COLUMNS)
    people = study.table("respondents")
    is_strict = disclosure.level(study) == "strict"
    rows = []
    for theme in survey.book_of(study).themes:
        column = f"theme_{theme}"
        for area in study.territories:
            if column not in people:
                continue
            said = people.loc[people["territory"] == area, column].dropna().astype(bool)
            n, base = int(said.sum()), len(said)
            if base and not (is_strict and disclosure.sensitive(n, base)):
                rows.append((theme, area, n, base, n / base))
    return pd.DataFrame(rows, columns=COLUMNS)
