"""
Joint projects of border areas in the Seventh Framework Programme (FP7, 2007-2013).

    organisations.parquet, edges.parquet, participations.csv
      --pairs-->        pair of regions: joint projects, and how many chance would give
      --projects-->     the projects of both territories: who, programme, topic
      --programmes-->   territory x programme: participations

Participations from CORDIS, (c) European Union, reuse with acknowledgement, through
spaghetti-open-data/eu-research-funding-network and GB1609/Data_Warehousing--CORDIS-dataset.
Regions are told by postcode (``rules/fp7_regions.csv``).  Large institutes count at their seat.
"""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from studylib.ket.rules import FOLDER
from studylib.stats import joint_projects
from studylib.stats.joint_projects import Places

DRAWS = 2_000
SEED = 20132014
TAILS = (0.025, 0.975)
TERRITORIES = {"Euskadi": "ES21", "Aquitaine": "FR61"}
ELSEWHERE = -1
DIGITS = {"ES": 5, "FR": 5, "DE": 5, "BE": 4, "CH": 4}
"""Length of a postcode in the countries of the rule file."""


def regions() -> pd.DataFrame:
    """One row per (country, first two digits): the region; see the rule file."""
    rules = pd.read_csv(FOLDER / "fp7_regions.csv", dtype="str", keep_default_na=False)
    rules = rules.assign(digits=rules["postcodes"].str.split()).explode("digits")
    return rules[["country", "digits", "region"]].reset_index(drop=True)


def located(folder: Path) -> pd.DataFrame:
    """
    One row per participation, sorted: project, organisation, country, region ("" elsewhere).

    Participations of the territories whose address contradicts their postcode are elsewhere.
    """
    organisations = pd.read_parquet(folder / "organisations.parquet")
    organisations = organisations.sort_values(["new_org_id", "postcode"]).drop_duplicates(
        "new_org_id",
        keep="last",  # of two addresses the one with a postcode
    )
    edges = pd.read_parquet(folder / "edges.parquet").drop_duplicates()
    postcode = organisations["postcode"].astype("str").str.replace(r"\D", "", regex=True)
    keys = pd.DataFrame(
        {"country": organisations["country"].to_numpy(), "digits": _padded(organisations, postcode)}
    )
    region = keys.merge(regions(), how="left", on=["country", "digits"])["region"].fillna("")
    known = organisations[["new_org_id", "country"]].assign(region=region.to_numpy())
    here = edges.merge(known, on="new_org_id", how="left")
    own = pd.read_csv(folder / "participations.csv", dtype={"projectRcn": "str"})
    doubted = own.loc[own["suspect"], ["projectRcn", "new_org_id"]]
    doubted = doubted.set_axis(["project", "new_org_id"], axis=1).assign(doubted=True)
    here = here.merge(doubted.drop_duplicates(), how="left", on=["project", "new_org_id"])
    here["region"] = here["region"].where(here["doubted"].isna(), "").fillna("")
    here = here.rename(columns={"new_org_id": "organisation"}).fillna({"country": ""})
    columns = ["project", "organisation", "country", "region"]
    return here[columns].sort_values(columns[:2], ignore_index=True)


def _padded(organisations: pd.DataFrame, postcode: pd.Series) -> list[str]:
    """The first two digits, where a spreadsheet took leading zeros away put back."""
    width = organisations["country"].map(DIGITS).fillna(0).astype(int)
    return [p.zfill(w)[:2] if p else "" for p, w in zip(postcode, width, strict=True)]


def pairs(participations: pd.DataFrame) -> pd.DataFrame:
    """
    One row per pair of regions of ``rules/fp7_pairs.csv``: observed beside chance.

    Returns
    -------
    region, other_region; projects, other_projects (of each); joint (with both); then for dealing
    regions over all places: expected, low, high (95 % of draws); the same with `_in_country` for
    dealing them inside countries; draws, seed.
    """
    names = sorted(set(participations["region"]) - {""})
    code = participations["region"].map({name: i for i, name in enumerate(names)})
    places = Places(
        pd.factorize(participations["project"])[0],
        code.fillna(ELSEWHERE).to_numpy(dtype=int),
        pd.factorize(participations["country"])[0],
        len(names),
    )
    seen = joint_projects.shared(places)
    told = pd.read_csv(FOLDER / "fp7_pairs.csv", dtype="str", keep_default_na=False)
    i, j = (told[c].map(names.index).to_numpy() for c in ("region", "other_region"))
    table = told[["region", "other_region"]].assign(
        projects=seen[i, i], other_projects=seen[j, j], joint=seen[i, j]
    )
    for suffix, in_country in (("", False), ("_in_country", True)):
        drawn = joint_projects.shuffled(places, in_country=in_country, draws=DRAWS, seed=SEED)
        here = drawn[:, i, j]
        low = np.quantile(here, TAILS[0], axis=0, method="lower")
        high = np.quantile(here, TAILS[1], axis=0, method="higher")
        table[f"expected{suffix}"] = here.mean(axis=0).round(3)
        table[f"low{suffix}"], table[f"high{suffix}"] = low.astype(int), high.astype(int)
    return table.assign(draws=DRAWS, seed=SEED)


def projects(folder: Path) -> pd.DataFrame:
    """
    One row per organisation in a project of both territories, without doubted addresses.

    Columns project (CORDIS number), programme, topic (empty: the data have none), territory,
    nuts_id, place, name.
    """
    rows = pd.read_csv(folder / "joint_projects.csv", dtype="str", keep_default_na=False)
    rows = rows[rows["suspect"] != "True"]
    both = rows.groupby("projectRcn")["territory"].transform("nunique") == len(TERRITORIES)
    rows = rows[both]
    table = pd.DataFrame(
        {
            "project": rows["projectRcn"].astype(int),
            "programme": rows["programme"],
            "topic": rows["topic"],
            "territory": rows["territory"],
            "nuts_id": rows["nuts3"],
            "place": rows["city"].map(_mended).str.title(),
            "name": rows["organisationName"].map(_mended),
        }
    )
    return table.sort_values(["project", "territory", "name"], ignore_index=True)


def programmes(folder: Path) -> pd.DataFrame:
    """One row per (territory, programme), sorted: participations, projects; "" where not told."""
    rows = pd.read_csv(folder / "participations.csv", dtype="str", keep_default_na=False)
    rows = rows[rows["suspect"] != "True"]
    grouped = rows.groupby(["territory", "programme"], as_index=False)
    return grouped.agg(
        participations=("new_org_id", "size"), projects=("projectRcn", "nunique")
    ).sort_values(["territory", "programme"], ignore_index=True)


def _mended(text: str) -> str:
    """A name that was read in the wrong encoding, read in the right one; blanks as one."""
    with suppress(UnicodeError):  # it was read right
        text = text.encode("cp1252").decode("utf-8")
    return " ".join(text.split())
