"""
Published totals beside the records of a study: how much of the whole is looked at.

Eurostat counts EPO applications by the inventor's residence and priority year, in shares; the
study counts what its exports hold.  The two stand side by side and are never mixed.
"""

import pandas as pd

from studylib.patents import eurostat
from studylib.patents.dataset import Dataset
from studylib.project import PROJECT

PUBLISHED = PROJECT / "data" / "raw" / "published"
OFFICE = "EP"  # the office whose applications Eurostat counts there
ALL = ""  # the row of all territories together
NUTS_OF_EUROSTAT = {"2010", "2013"}  # unchanged between the two for every region in the table


def published_totals(study: Dataset) -> pd.DataFrame:
    """
    One row per territory with a published total, and one (area "") for all of them together.

    Columns area, published [applications, fractional], n (applications of the study to the
    European Patent Office in the window, each once), share (n over published).  Empty where a
    territory has no published total, the study does not locate by inventor, or it has no
    application to that office: a part of the whole would mislead.
    """
    columns = ["area", "published", "n", "share"]
    nothing = pd.DataFrame(columns=columns).astype(
        {"published": float, "n": "Int64", "share": float}
    )
    if study.rule.located_by != "inventor":
        return nothing
    totals = eurostat.eurostat_totals(PUBLISHED)
    totals = totals[totals["year"].between(study.first_year, study.last_year)]
    own = study.applications
    filed = own.loc[own["office"].astype("object") == OFFICE, "application_id"]
    if filed.empty:
        return nothing
    here = study.locations[study.locations["basis"] == "inventor"]
    here = here[here["application_id"].isin(filed)]
    rows = []
    for territory in study.definition.territories:
        known = totals[totals["area"].isin(territory.nuts)]
        if territory.nuts_version not in NUTS_OF_EUROSTAT or known.empty:
            return nothing
        mine = here.loc[here["area"] == territory.id, "application_id"]
        rows.append((territory.id, known["value"].sum(), mine.nunique()))
    both = here.loc[here["area"].isin(study.territories), "application_id"].nunique()
    rows.append((ALL, sum(row[1] for row in rows), both))
    table = pd.DataFrame(rows, columns=columns[:3]).astype({"n": "Int64"})
    return table.assign(share=table["n"].astype(float) / table["published"])
