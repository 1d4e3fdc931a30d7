"""
What the European areas say of nearness: measures compared, density of areas, demanding fields.

    metro_cpc4.parquet, read by `metro`
      --measures-->   measure: agreement with the one used, and how well its density foretells
      --densities-->  area that Eurostat confirms x field: density beside chance
      --movements-->  area that Eurostat confirms: classes taken up and left
      --demanding-->  field: rank by two definitions of complexity

The areas of the study's own territories are out of the space they are read in, and so is the area
looked at.
"""

import pandas as pd

from studylib.diversify import area_density, demanding_fields, entry, relatedness
from studylib.diversify import measures as of_nearness
from studylib.diversify import movements as of_movement
from studylib.reference import metro


def _wide(areas: pd.DataFrame) -> pd.DataFrame:
    """Area x class, assignments of 2000-2012."""
    metros, classes, one, two = metro.counts(areas)
    return pd.DataFrame(one + two, index=metros, columns=classes)


def _own(wide: pd.DataFrame) -> list[str]:
    """Areas of the study's own territories that are large enough to be in the corpus."""
    return [name for name in metro.TERRITORIES if name in wide.index]


def measures(areas: pd.DataFrame) -> pd.DataFrame:
    """
    One row per measure of nearness: see `diversify.measures.agreement`; and auc, seed.

    Column auc is that of density alone, out of sample, as in ``entry.csv``; agreement is told in
    the space of 2000-2012 without the territories.
    """
    wide = _wide(areas)
    held = entry.held(wide.drop(index=_own(wide)).to_numpy())
    table = of_nearness.agreement(relatedness.cooccurrence(held), held.sum(axis=0))
    _metros, _classes, one, two = metro.counts(areas)
    before, after = entry.held(one), entry.held(two)
    known = of_nearness.measures()
    foretold = [
        entry.held_out_density(one, before, after, near=known[name], seed=metro.SEED)
        for name in table["measure"]
    ]
    return table.assign(auc=foretold, n_regions=len(held), seed=metro.SEED).round(6)


def densities(areas: pd.DataFrame, check: pd.DataFrame) -> pd.DataFrame:
    """One row per (area that Eurostat confirms, field): see `diversify.area_density`."""
    wide = _wide(areas)
    good = {name for row in check.loc[check["usable"], "metro"] for name in row.split(" + ")}
    parts = [
        area_density.area_density(
            wide, [name], [other for other in _own(wide) if other != name], seed=metro.SEED
        )
        for name in wide.index
        if name in good
    ]
    return pd.concat(parts, ignore_index=True).assign(seed=metro.SEED).round(6)


def movements(areas: pd.DataFrame, check: pd.DataFrame) -> pd.DataFrame:
    """One row per area that Eurostat confirms: see `diversify.movements`."""
    metros, classes, one, two = metro.counts(areas)
    before, after = (pd.DataFrame(part, index=metros, columns=classes) for part in (one, two))
    good = {name for row in check.loc[check["usable"], "metro"] for name in row.split(" + ")}
    own = [str(name) for name in metros if name in good]
    found = of_movement.movements(before, after, own, seed=metro.SEED)
    return found.assign(seed=metro.SEED).round(6)


def demanding(areas: pd.DataFrame) -> pd.DataFrame:
    """One row per field: see `diversify.demanding_fields`."""
    wide = _wide(areas)
    found = demanding_fields.demanding_fields(wide.drop(index=_own(wide)), seed=metro.SEED)
    return found.assign(seed=metro.SEED).round(6)
