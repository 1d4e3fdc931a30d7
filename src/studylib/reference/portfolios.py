"""
Portfolios of the metropolitan areas by WIPO field, for those who group regions at their desk.

    metro, period, cpc4, assignments  --by_field-->  metro | 1 | 2 | ... | 35
"""

import pandas as pd

from studylib.ket import fields
from studylib.reference import metro


def by_field(areas: pd.DataFrame) -> pd.DataFrame:
    """
    One row per area, sorted: metro, then a column per WIPO field, assignments 2000-2012.

    Classes that WIPO splits between fields are left out, as in `city_profiles`.
    """
    metros, classes, before, after = metro.counts(areas)
    rules = fields.rules()
    own = rules[rules["level"] == "subclass"].drop_duplicates("symbol").set_index("symbol")
    field = own["field_id"].reindex(classes)
    whole = pd.DataFrame((before + after).T, index=field.to_numpy(), columns=metros)
    summed = whole[field.notna().to_numpy()].groupby(level=0).sum().T.astype(int)
    return summed.set_axis(summed.columns.astype(int), axis=1).reset_index(names="metro")
