"""
Real specialisation of the territories: Eurostat's counts by section of the IPC, 2005-2008.

All applications to the EPO, not the records of a study: the section is coarse, and the finding is
real.  Shown as published and never mixed with a study's own records.
"""

import pandas as pd

from studylib.diversify.specialisation import verdicts
from studylib.files.answers import once
from studylib.patents import eurostat
from studylib.patents.dataset import Dataset
from studylib.patents.published_totals import NUTS_OF_EUROSTAT, PUBLISHED
from studylib.stats import quotients

COLUMNS = [
    "area", "section", "n", "base", "n_outside", "base_outside", "quotient", "low", "high",
    "quotient_whole", "p", "q", "detectable", "verdict",
]  # fmt: skip
YEARS = 2005, 2008
"""First and last priority year of the published counts."""
NUTS3 = 5  # letters of a province or department


@once
def section_specialisation(study: Dataset) -> pd.DataFrame:
    """
    One row per (territory, section A..H): published applications against the rest of the reference.

    Returns
    -------
    area, section, n, base [applications, fractional, priority years 2005-2008, residence of the
    inventor], n_outside, base_outside (the reference without the territories), quotient, low, high
    (95 %), quotient_whole (against the reference with the territories in it), p, q, detectable,
    verdict as in `specialisation`.  No row where Eurostat's table lacks a territory or a country of
    the reference: half a comparison would mislead.

    Notes
    -----
    Fractional counts vary less than the whole ones the interval is made for: it is too wide.
    """
    nothing = pd.DataFrame(columns=COLUMNS)
    definition = study.definition
    if definition.reference is None:
        return nothing
    sections = eurostat.eurostat_sections(PUBLISHED)
    wide = sections.groupby(["area", "section"])["value"].sum().unstack(fill_value=0)
    countries = [code for code in definition.reference.countries if code in wide.index]
    provinces = [code for code in wide.index if len(code) == NUTS3]
    own = {
        area.id: [code for code in provinces if code.startswith(area.nuts)]
        for area in definition.territories
        if area.nuts
        and area.nuts_version in NUTS_OF_EUROSTAT
        and all(any(code.startswith(place) for code in provinces) for place in area.nuts)
    }
    is_whole = len(countries) == len(definition.reference.countries)
    if not is_whole or len(own) < len(definition.territories) or not all(own.values()):
        return nothing
    whole = wide.loc[countries].sum()
    inside = sorted({code for codes in own.values() for code in codes if code[:2] in countries})
    outside = whole - wide.loc[inside].sum()
    rows = []
    for area, codes in own.items():
        n = wide.loc[codes].sum()
        found = quotients.quotients(n, n.sum(), outside, outside.sum())
        part = pd.DataFrame({"area": area, "section": wide.columns, "n": n.to_numpy()}).join(found)
        rows.append(
            part.assign(
                base=n.sum(),
                n_outside=outside.to_numpy(),
                base_outside=outside.sum(),
                quotient_whole=(n / n.sum() / (whole / whole.sum())).to_numpy(),
            )
        )
    table = pd.concat(rows, ignore_index=True)
    q, far = quotients.false_discovery(table["p"]), quotients.detectable(table["expected"])
    return table.assign(q=q, detectable=far, verdict=verdicts(q, far))[COLUMNS]
