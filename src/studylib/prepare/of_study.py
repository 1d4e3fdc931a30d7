"""
What of the exports a study counts: of its kinds of document, in its period, located and tagged.

    Canonical --kinds, window, locate, tag--> + documents locations tags fields, and the funnel
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from studylib.prepare import families, kinds, locate
from studylib.prepare.adding_up import UNKNOWN_YEAR
from studylib.prepare.funnel import Funnel
from studylib.prepare.of_one_kind import joined
from studylib.prepare.result import Canonical

if TYPE_CHECKING:
    from studylib import ket
    from studylib.study.model import Study


def for_study(read: Canonical, study: "Study", scheme: "ket.Scheme") -> Canonical:
    """
    The canonical tables of a study: what lies in its period, located, tagged.

    Applications outside the areas stay (they are nobody's in `locations`); applications of kinds
    that the study does not count, outside the period, or without a year on the study's date, are
    left out and counted.
    """
    from studylib import ket  # exports are read without it
    from studylib.ket import fields

    everything = kinds.counted(read["applications"], study)
    year = everything[f"{study.period.date}_year"]
    inside = year.between(study.period.first_year, study.period.last_year).fillna(value=False)
    applications = everything[inside.astype(bool)].reset_index(drop=True)
    ids = applications["application_id"]
    kept = {
        name: table[table["application_id"].isin(ids)]
        for name, table in read.tables.items()
        if name in {"symbols", "parties", "origins"}
    }
    symbols = kept["symbols"]
    with_ipc = symbols.loc[symbols["scheme"] == "ipc", "application_id"].drop_duplicates()
    locations, parties = locate.locations(
        applications, kept["parties"], read.priority_countries, study
    )
    match: ket.Match = "prefix" if study.ket.match == "prefix" else "exact"
    result = {
        "applications": applications,
        "symbols": symbols,
        "parties": parties,
        "families": families.table(applications, with_ipc),
        "locations": locations,
        "tags": ket.tag(symbols, scheme, match=match),
        "fields": fields.assign(symbols),
        "documents": kinds.table(read["applications"], study),
        "years": read["years"],
        "origins": kept["origins"],
        "repairs": read["repairs"],
        "rejects": _with_unknown_year(read["rejects"], year, f"{study.period.date}_year"),
        "funnel": _funnel_of_study(read, len(everything), applications, locations, with_ipc, study),
    }
    return replace(read, tables=result)


def _with_unknown_year(rejects: pd.DataFrame, year: pd.Series, column: str) -> pd.DataFrame:
    """The rejects and, in one row, the applications that no window can hold."""
    n = int(year.isna().sum())
    if not n:
        return rejects
    row = {"column": column, "reason": UNKNOWN_YEAR, "n": n}
    return joined([rejects, pd.DataFrame([row], columns=rejects.columns)])


def _funnel_of_study(
    read: Canonical,
    n_counted: int,
    applications: pd.DataFrame,
    locations: pd.DataFrame,
    with_ipc: pd.Series,
    study: "Study",
) -> pd.DataFrame:
    """The funnel of the exports, continued through period and areas to families with IPC."""
    here = locations[locations["basis"] == study.counting.located_by]
    in_territory = here[here["kind"] == "territory"]["application_id"].unique()
    mine = applications[applications["application_id"].isin(in_territory)]
    classified = mine[mine["application_id"].isin(with_ipc)]
    funnel = Funnel.of(read["funnel"])
    funnel.add("of_kinds", "application", n_counted)
    funnel.add("in_period", "application", len(applications))
    funnel.add("in_areas", "application", here["application_id"].nunique())
    funnel.add("in_territories", "application", len(mine))
    funnel.add("families", "family", mine["family_id"].nunique())
    funnel.add("classified", "family", classified["family_id"].nunique())
    return funnel.table()
