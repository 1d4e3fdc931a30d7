"""
What came in and what did not: the tables of the data page.

    sources   rejects by reason   repairs   completeness of each field   depth of the IPC symbols
"""

import pandas as pd

from studylib.files.answers import once
from studylib.patents.dataset import Dataset
from studylib.stats import estimate

MOST_EXAMPLES = 3


def rejects_by_reason(study: Dataset) -> pd.DataFrame:
    """
    One row per (reason, column), most frequent first: n, examples (untrusted text).

    A reject may stand for many (a bulk file's years outside the study); those have no example.
    """
    rejects = study.table("rejects")
    grouped = rejects.groupby(["reason", "column"], observed=True, dropna=False)
    table = grouped.agg(
        n=("n", "sum"), examples=("value", lambda v: sorted(v.dropna().unique())[:MOST_EXAMPLES])
    ).reset_index()
    table["examples"] = table["examples"].str.join(" | ")
    return table.sort_values(
        ["n", "reason", "column"], ascending=[False, True, True], kind="stable", ignore_index=True
    )


def repairs(study: Dataset) -> pd.DataFrame:
    """
    One row per file and kind of repair, and per promise of a file that it does not keep.

    Columns file (missing where several of one export were read together), what, n (values or
    rows), sorted by file.
    """
    return study.table("repairs")


@once
def coverage_by_year(study: Dataset) -> pd.DataFrame:
    """
    One row per (area, year), every year of the window: area, year, n (applications, each once).

    Areas are all of the study, on its basis of location; the reference is left out, as its
    height would flatten the others.
    """
    here = study.locations[study.locations["basis"] == study.rule.located_by]
    here = here[here["kind"].isin(["territory", "comparison"])]
    dated = study.applications.set_index("application_id")[f"{study.rule.date}_year"]
    counted = here.assign(year=here["application_id"].map(dated)).groupby(
        ["area", "year"], observed=True
    )["application_id"]
    years = range(study.first_year, study.last_year + 1)
    every = pd.MultiIndex.from_product([study.local_areas, years], names=["area", "year"])
    return counted.nunique().reindex(every, fill_value=0).rename("n").reset_index()


@once
def completeness(study: Dataset) -> pd.DataFrame:
    """
    One row per field, in the order of the record: how many applications know it.

    Columns column, n, base, share, low, high; the base is every application in the window.
    """
    applications, parties = study.applications, study.parties
    ids = applications["application_id"]

    def having(rows: pd.DataFrame) -> int:
        """How many applications have one of these rows."""
        return int(ids.isin(rows["application_id"]).sum())

    def of(role: str) -> pd.DataFrame:
        """The parties of one role."""
        return parties[parties["role"] == role]

    known = {
        column: int(applications[column].notna().sum())
        for column in ("filing_date", "filing_year", "priority_year", "publication_year", "title")
    }
    known["ipc"] = int(ids.isin(study.with_ipc).sum())
    for role in ("applicant", "inventor"):
        known[role] = having(of(role))
        known[f"{role}_country"] = having(of(role).dropna(subset="country"))
    known["region"] = having(parties.dropna(subset="nuts_id"))
    known["exported_family"] = int((applications["family_from"] == "exported").sum())
    table = pd.DataFrame({"column": list(known), "n": list(known.values()), "base": len(ids)})
    return table.join(estimate.share(table["n"], table["base"]))


@once
def ipc_depth(study: Dataset) -> pd.DataFrame:
    """
    One row per depth: applications whose deepest IPC symbol is that deep.

    Columns level, n, base, share, low, high.  Rules on subgroups can never match an
    application that knows main groups only: these are hidden false negatives.
    """
    levels = ["subgroup", "main group", "subclass", "class"]
    ipc = study.symbols[study.symbols["scheme"] == "ipc"]
    rank = ipc["level"].astype(str).map({level: i for i, level in enumerate(levels)})
    deepest = rank.groupby(ipc["application_id"]).min()
    counts = deepest.value_counts().reindex(range(len(levels)), fill_value=0)
    table = pd.DataFrame({"level": levels, "n": counts.to_numpy(), "base": len(deepest)})
    return table.join(estimate.share(table["n"], table["base"]))
