"""
The study's territories beside other border areas: their sides, totals and KETs.

    study file  --sides-->        border area: its sides, by code
    Eurostat    --area_totals-->  side: applications, per million inhabitants
    units       --area_kets-->    area x KET: share

A border area is the territories of the study, or a [[comparison]] of the study file; its sides are
the territories, or the regions the comparison names.  Pairs of sides: `co_invention`, `portfolios`.
"""

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.patents import counting, eurostat
from studylib.patents.dataset import Dataset
from studylib.patents.published_totals import NUTS_OF_EUROSTAT, PUBLISHED
from studylib.stats import estimate

OWN = ""  # the border area of the study's own territories


def sides(study: Dataset) -> pd.DataFrame:
    """
    One row per side of a border area: area ("" the study's own), side, places (codes), country.

    The side of the study's own area is a territory, that of a comparison a region of it.
    """
    rows = [
        (OWN, area.id, area.places, area.places[0][:2], area.nuts_version)
        for area in study.definition.territories
    ]
    rows += [
        (area.id, code, (code,), code[:2], area.nuts_version)
        for area in study.definition.comparison
        for code in area.nuts
    ]
    return pd.DataFrame(rows, columns=["area", "side", "places", "country", "nuts_version"])


@once
def area_totals(study: Dataset) -> pd.DataFrame:
    """
    One row per side with published figures: applications in the window, and per million people.

    Columns area, side, applications [EPO, fractional], per_million [per year and million
    inhabitants, mean of the years that have a rate], years (that have one), first_year, last_year
    (of the published figures inside the window).  Sides that Eurostat's table does not
    have, or whose NUTS version it is not in, have no row.
    """
    totals = eurostat.eurostat_totals(PUBLISHED)
    rates = pd.read_csv(PUBLISHED / "eurostat_pat_ep_mhab.csv")
    rows = []
    known = sides(study)
    known = known[known["nuts_version"].isin(NUTS_OF_EUROSTAT)]
    for area, side, places in zip(known["area"], known["side"], known["places"], strict=True):
        here = totals[totals["area"].isin(places) & _inside(study, totals)]
        if set(here["area"]) != set(places):
            continue
        rate = rates[rates["area"].isin(places) & _inside(study, rates)]
        value = rate["value"].mean() if len(places) == 1 else np.nan
        ends = here["year"].min(), here["year"].max()
        rows.append((area, side, here["value"].sum(), value, rate["year"].nunique(), *ends))
    columns = ["area", "side", "applications", "per_million", "years", "first_year", "last_year"]
    return pd.DataFrame(rows, columns=columns)


def _inside(study: Dataset, table: pd.DataFrame) -> pd.Series:
    """Rows of the window."""
    return table["year"].between(study.first_year, study.last_year)


@once
def area_kets(study: Dataset) -> pd.DataFrame:
    """
    One row per (area, KET) of the territories and comparison areas: n, base, share, low, high.

    Whole counts of classified units; Wilson 95 %.
    """
    rule = study.with_rule(weights="whole")
    units = study.units_by(rule)
    units = units[units["area"].isin(study.local_areas)]
    carried = counting.labels_of_units(study.tags, study.applications, rule.unit, "ket")
    counted = counting.count_by(units, carried, "ket").astype({"ket": "object", "area": "object"})
    every = pd.MultiIndex.from_product(
        [list(study.scheme.kets), study.local_areas], names=["ket", "area"]
    )
    base = units[units["has_ipc"].astype(bool)].groupby("area", observed=True).size()
    n = counted.set_index(["ket", "area"])["n_units"].reindex(every).fillna(0).astype(int)
    table = n.rename("n").reset_index()
    table = table.assign(base=table["area"].map(base).fillna(0).astype(int))
    return table.join(estimate.share(table["n"], table["base"]))
