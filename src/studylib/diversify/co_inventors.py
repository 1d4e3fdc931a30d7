"""
With whom inventors of each territory work: across this border, in their country, with the world.

    parties  --co_inventors-->  territory x partner: families with an inventor of both

What is realised, beside what might be: a link to the neighbour says little until it stands beside
the links to regions that no border of the study touches.
"""

import pandas as pd

from studylib.diversify.border_areas import OWN, sides
from studylib.diversify.co_invention import COUNTRY, inventors, side_of
from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import estimate

IN_COUNTRY, ABROAD = "country", "abroad"
COLUMNS = ["area", "partner", "n", "base", "share", "low", "high"]


@once
def co_inventors(study: Dataset) -> pd.DataFrame:
    """
    One row per (territory, partner), in the study's order: whom its inventors stand beside.

    Returns
    -------
    area, partner (another territory of the study; `country`: elsewhere in the same country, a
    territory that is a country has no such row; `abroad`: in another country, outside the other
    territories), n (units with an inventor of both), base (units with an inventor in the
    territory), share, low, high (95 %, Wilson).  A unit may stand in several rows.  An inventor
    whose region is not known is nowhere in the own country.  Empty where the export does not say
    where inventors live.
    """
    known = sides(study)
    known = known[known["area"] == OWN].reset_index(drop=True)
    people = inventors(study, known)
    if people.empty:
        return pd.DataFrame(columns=COLUMNS)
    people = people.assign(side=side_of(people["nuts_id"], people["country"], known))
    parts = [_of_area(people, known, place) for place in range(len(known))]
    table = pd.concat(parts, ignore_index=True)
    return table.join(estimate.share(table["n"], table["base"]))[COLUMNS]


def _of_area(people: pd.DataFrame, known: pd.DataFrame, place: int) -> pd.DataFrame:
    """The rows of one territory."""
    own = people.loc[people["side"] == place, "unit_id"].unique()
    here = people[people["unit_id"].isin(own)]
    country = known["country"].iloc[place]
    is_outside, is_home = here["side"] < 0, here["country"] == country
    partners = {
        known["side"].iloc[other]: here["side"] == other
        for other in range(len(known))
        if other != place
    }
    if len(known["places"].iloc[place][0]) > COUNTRY:
        partners[IN_COUNTRY] = is_outside & is_home & (here["nuts_id"] != "")
    partners[ABROAD] = is_outside & ~is_home & (here["country"] != "")
    return pd.DataFrame(
        [
            (known["side"].iloc[place], name, here.loc[is_there, "unit_id"].nunique(), len(own))
            for name, is_there in partners.items()
        ],
        columns=COLUMNS[:4],
    )
