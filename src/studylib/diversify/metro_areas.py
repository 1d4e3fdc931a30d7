"""
The metropolitan areas of the project's corpus: how well nearness foretells, which can be read.

    reference/entry.csv            --entry_test-->     model: how well it foretells
    reference/metro_check.csv      --city_check-->     area: can its profile be read?
    reference/metro_profiles.csv   --city_profiles-->  area x WIPO field: how often, against Europe
"""

import pandas as pd

from studylib.clean import nuts
from studylib.diversify.corpus import REFERENCE
from studylib.files.answers import once
from studylib.ket import fields
from studylib.patents.dataset import Dataset
from studylib.stats import quotients

OF_REGIONS = "2010"  # version of NUTS of the regions of the areas
Place = tuple[str, tuple[str, ...], str]
"""A name, region codes or the letters of a country, and the version of NUTS the codes are in."""
BETWEEN = " + "  # areas that were held against Eurostat together
CITY = [
    "metro", "area", "field_id", "n", "base", "expected", "quotient", "low", "high", "p", "q",
]  # fmt: skip


@once
def entry_test() -> pd.DataFrame:
    """How well each model foretold what the 330 areas took up: see `entry.held_out`."""
    return pd.read_csv(REFERENCE / "entry.csv")


@once
def city_check(study: Dataset) -> pd.DataFrame:
    """
    One row per metropolitan area of the study that was held against Eurostat: can it be read?

    Columns metro, region (province or department, NUTS 2010), area (territory of the study it lies
    in; missing: none), around (of those in none, where else in the study they lie: a comparison
    area, or the code of a region `wider` names), assignments_before, assignments_after (2000-2006,
    2007-2012), distance (part of them in another IPC section than Eurostat's applications), noise
    (what chance alone would give), usable; areas of the territories first.  Areas that lie nowhere
    in the study have no row.
    """
    table = pd.read_csv(REFERENCE / "metro_check.csv")
    study_of = study.definition
    own: list[Place] = [(a.id, a.places, a.nuts_version) for a in study_of.territories]
    near: list[Place] = [
        (code, (code,), a.nuts_version) for a in study_of.territories for code in a.wider
    ]
    near += [(a.id, a.nuts, a.nuts_version) for a in study_of.comparison]
    table.insert(2, "area", _first_of(table["region"], own))
    table.insert(3, "around", _first_of(table["region"], near).where(table["area"].isna()))
    return table.dropna(subset=["area", "around"], how="all").sort_values(
        ["area", "usable", "metro"], ascending=[True, False, True], na_position="last",
        ignore_index=True,
    )  # fmt: skip


def _first_of(regions: pd.Series, places: list[Place]) -> pd.Series:
    """The first of some places each region lies in; missing: none."""
    found = pd.Series(None, index=regions.index, dtype="object")
    for name, codes, version in places:
        here = nuts.in_area(regions, codes, version, OF_REGIONS)
        found = found.where(found.notna() | ~here, name)
    return found


def confirmed(study: Dataset) -> dict[str, str]:
    """The metropolitan areas of the study that can be read, and the territory each lies in."""
    check = city_check(study)
    good = check[check["usable"] & check["area"].notna()]
    return {name: str(area) for row, area in zip(good["metro"], good["area"], strict=True)
            for name in row.split(BETWEEN)}  # fmt: skip


@once
def city_profiles(study: Dataset) -> pd.DataFrame:
    """
    One row per (confirmed metropolitan area of the study, WIPO field): how often, against Europe.

    Columns metro, area, field_id, n (assignments 2000-2012), base, expected, quotient, low, high
    (95 %), p, q (over all rows).  Against all other European areas.  Classes that WIPO splits
    between fields are left out on both sides.  Empty where no area of the study is confirmed.
    """
    home = confirmed(study)
    classes = pd.read_csv(REFERENCE / "technology_classes.csv").set_index("cpc4")["assignments"]
    rows = pd.read_csv(REFERENCE / "metro_profiles.csv")
    rules = fields.rules()
    field = rules[rules["level"] == "subclass"].drop_duplicates("symbol").set_index("symbol")
    field_of = field["field_id"]
    whole = classes.groupby(classes.index.map(field_of.to_dict())).sum()
    parts = []
    for metro in sorted(home):
        own = rows[rows["metro"] == metro].set_index("cpc4")["assignments"]
        n = own.groupby(own.index.map(field_of.to_dict())).sum().reindex(whole.index).fillna(0.0)
        rest = whole - n
        found = quotients.quotients(n, n.sum(), rest, rest.sum()).reset_index(drop=True)
        part = pd.DataFrame(
            {"metro": metro, "area": home[metro], "field_id": whole.index.astype(int),
             "n": n.to_numpy(), "base": n.sum()}
        ).join(found)  # fmt: skip
        parts.append(part)
    if not parts:
        return pd.DataFrame(columns=CITY)
    table = pd.concat(parts, ignore_index=True)
    return table.assign(q=quotients.false_discovery(table["p"]))[CITY]
