"""
Joint projects of border areas in the Seventh Framework Programme (FP7, 2007-2013).

    organisations.parquet, edges.parquet, participations.csv
      --pairs-->        pair of regions: joint projects, and how many chance would give
      --choices-->      the same for the territories drawn wider, and province by province
      --projects-->     the projects of both territories: who, programme, topic
      --programmes-->   territory x programme: participations

Participations from CORDIS, (c) European Union, reuse with acknowledgement, through
spaghetti-open-data/eu-research-funding-network and GB1609/Data_Warehousing--CORDIS-dataset.
Regions are told by postcode (``rules/fp7_regions.csv``).  Large institutes count at their seat.
"""

from contextlib import suppress
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from studylib.ket.rules import FOLDER
from studylib.stats import joint_projects, projects_kept
from studylib.stats.joint_projects import Places

DRAWS = 2_000
SEED = 20132014
TAILS = (0.025, 0.975)
TERRITORIES = {"Euskadi": "ES21", "Aquitaine": "FR61"}
WIDER = (("ES21", "ES22"), ("FR61", "FR62"))
"""With Navarre, in the Euroregion since 2016, and Midi-Pyrénées, half of Aerospace Valley."""
PROVINCES = {
    "ES01": "ES211", "ES20": "ES212", "ES48": "ES213", "FR24": "FR611", "FR33": "FR612",
    "FR40": "FR613", "FR47": "FR614", "FR64": "FR615",
}  # fmt: skip
"""Country and first two digits of a postcode: the province or department (NUTS 3, 2010)."""
ELSEWHERE = -1
DIGITS = {"ES": 5, "FR": 5, "DE": 5, "BE": 4, "CH": 4}
"""Length of a postcode in the countries of the rule file."""


def regions() -> pd.DataFrame:
    """One row per (country, first two digits): the region; see the rule file."""
    rules = pd.read_csv(FOLDER / "fp7_regions.csv", dtype="str", keep_default_na=False)
    rules = rules.assign(digits=rules["postcodes"].str.split()).explode("digits")
    return rules[["country", "digits", "region"]].reset_index(drop=True)


def located(folder: Path, rules: pd.DataFrame | None = None) -> pd.DataFrame:
    """
    One row per participation, sorted: project, organisation, country, region ("" elsewhere).

    Participations of the territories whose address contradicts their postcode are elsewhere.
    `rules`: other regions than those of the rule file (country, digits, region).
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
    rules = regions() if rules is None else rules
    region = keys.merge(rules, how="left", on=["country", "digits"])["region"].fillna("")
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
    dealing them inside countries, and with `_kept` where each region is in as many projects as it
    was (`projects_kept`); draws, seed.
    """
    told = pd.read_csv(FOLDER / "fp7_pairs.csv", dtype="str", keep_default_na=False)
    return _beside_chance(participations, told[["region", "other_region"]], ("", "_in_country"))


def choices(folder: Path) -> pd.DataFrame:
    """
    The pair of the territories as other regions: does what is found hang on where they end?

    Returns
    -------
    choice (`wider`: with Navarre and Midi-Pyrénées; `province`: a province of one and a department
    of the other, NUTS 3), then the columns of `pairs` without those inside countries; regions that
    are taken together are joined by a plus.
    """
    known = regions()
    joined = {code: "+".join(codes) for codes in WIDER for code in codes}
    wider = known.assign(region=known["region"].map(joined)).dropna()
    pair = pd.DataFrame([["+".join(codes) for codes in WIDER]], columns=["region", "other_region"])
    parts = known.assign(region=known["country"] + known["digits"]).merge(
        pd.Series(PROVINCES, name="province").rename_axis("region").reset_index()
    )
    parts = parts.drop(columns="region").rename(columns={"province": "region"})
    sides = [sorted(c for c in PROVINCES.values() if c.startswith(t)) for t in TERRITORIES.values()]
    crossed = pd.DataFrame(list(product(*sides)), columns=["region", "other_region"])
    found = [
        _beside_chance(located(folder, rules), told, ("",)).assign(choice=choice)
        for choice, rules, told in (("wider", wider, pair), ("province", parts, crossed))
    ]
    table = pd.concat(found, ignore_index=True)
    return table[["choice", *table.columns.drop("choice")]]


def _beside_chance(
    participations: pd.DataFrame, told: pd.DataFrame, suffixes: tuple[str, ...]
) -> pd.DataFrame:
    """Joint projects of these pairs, and what either kind of chance gives; see `pairs`."""
    asked = {*told["region"], *told["other_region"]}  # some may have no participation
    names = sorted({*participations["region"], *asked} - {""})
    code = participations["region"].map({name: i for i, name in enumerate(names)})
    places = Places(
        pd.factorize(participations["project"])[0],
        code.fillna(ELSEWHERE).to_numpy(dtype=int),
        pd.factorize(participations["country"])[0],
        len(names),
    )
    seen = joint_projects.shared(places)
    i, j = (told[c].map(names.index).to_numpy() for c in ("region", "other_region"))
    table = told.assign(projects=seen[i, i], other_projects=seen[j, j], joint=seen[i, j])
    for suffix in suffixes:
        drawn = joint_projects.shuffled(places, in_country=suffix != "", draws=DRAWS, seed=SEED)
        here = drawn[:, i, j]
        low = np.quantile(here, TAILS[0], axis=0, method="lower")
        high = np.quantile(here, TAILS[1], axis=0, method="higher")
        table[f"expected{suffix}"] = here.mean(axis=0).round(3)
        table[f"low{suffix}"], table[f"high{suffix}"] = low.astype(int), high.astype(int)
    kept = _projects_kept(table, participations.groupby("project").size())
    return table.join(kept).assign(draws=DRAWS, seed=SEED)


def _projects_kept(table: pd.DataFrame, sizes: pd.Series) -> pd.DataFrame:
    """What chance gives each pair if each region is in as many projects as it was."""
    ends = ["expected_kept", "low_kept", "high_kept"]
    kept = [
        projects_kept.shared_by_chance(sizes, n, other)
        for n, other in zip(table["projects"], table["other_projects"], strict=True)
    ]
    return pd.DataFrame(kept, columns=ends, index=table.index).round({"expected_kept": 3})


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
