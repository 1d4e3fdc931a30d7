"""
Inventors of two sides of a border on one patent, beside chance, for every border area.

    parties  --co_invention-->  pair of sides: families of both, and how many chance would give
"""

from itertools import combinations

import numpy as np
import pandas as pd

from studylib.diversify.border_areas import sides
from studylib.diversify.framework_projects import against
from studylib.files.answers import once
from studylib.patents import counting
from studylib.patents.dataset import Dataset
from studylib.stats import joint_projects as chance
from studylib.stats import projects_kept, quotients
from studylib.stats.arrays import Numbers

DRAWS = 1_000
TAILS = (0.025, 0.975)
COUNTRY = 2  # letters of a place that is a country
COLUMNS = [
    "area", "side", "other_side", "kind", "n", "n_other", "joint", "expected", "low", "high",
    "expected_kept", "low_kept", "high_kept",
]  # fmt: skip


@once
def co_invention(study: Dataset, *, draws: int = DRAWS) -> pd.DataFrame:
    """
    One row per pair of sides of one border area: families with inventors of both, beside chance.

    Returns
    -------
    area, side, other_side, kind (`border`; `country`: two sides inside one country, which have no
    border between them and are what others are held against), n, n_other (families of each),
    joint, expected, low, high (95 % of the draws, which deal regions anew over all inventors;
    sizes of families and numbers of inventors of regions kept), the same with `_kept` (each side on
    as many families as it was: `stats.projects_kept`), ratio (joint over expected),
    ratio_low, ratio_high (Garwood's interval of joint over expected; all three missing where chance
    gives fewer than one), verdict, verdict_kept (`more`, `fewer`, `not shown`: joint against the
    draws).  Empty where the export does not say where inventors are.
    """
    known = sides(study)
    people = inventors(study, known)
    pairs = pairs_of_sides(known)
    if people.empty or not pairs:
        judged = ["ratio", "ratio_low", "ratio_high", "verdict", "verdict_kept"]
        return pd.DataFrame(columns=[*COLUMNS, *judged])
    places = chance.Places(
        pd.factorize(people["unit_id"])[0],
        side_of(people["nuts_id"], people["country"], known),
        pd.factorize(people["country"])[0],
        len(known),
    )
    seen = chance.shared(places)
    drawn = chance.shuffled(places, in_country=False, draws=draws, seed=study.definition.seed)
    sizes = people.groupby("unit_id").size()
    rows = []
    for i, j in pairs:
        low = int(np.quantile(drawn[:, i, j], TAILS[0], method="lower"))
        high = int(np.quantile(drawn[:, i, j], TAILS[1], method="higher"))
        names = [known[c].iloc[k] for c, k in (("area", i), ("side", i), ("side", j))]
        mean = float(drawn[:, i, j].mean())
        kind = "country" if known["country"].iloc[i] == known["country"].iloc[j] else "border"
        counts = seen[i, i], seen[j, j], seen[i, j]
        kept = projects_kept.shared_by_chance(sizes, int(seen[i, i]), int(seen[j, j]))
        rows.append((*names, kind, *counts, mean, low, high, *kept))
    table = pd.DataFrame(rows, columns=COLUMNS)
    expected = table["expected"].where(table["expected"] >= quotients.LEAST_EXPECTED)
    low_n, high_n = quotients.garwood(table["joint"])
    return table.assign(
        ratio=table["joint"] / expected,
        ratio_low=low_n / expected,
        ratio_high=high_n / expected,
        verdict=against(table, ""),
        verdict_kept=against(table, "_kept"),
    )


def pairs_of_sides(known: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of rows of `border_areas.sides` that lie in one border area."""
    return [
        (i, j)
        for i, j in combinations(range(len(known)), 2)
        if known["area"].iloc[i] == known["area"].iloc[j]
    ]


def inventors(study: Dataset, known: pd.DataFrame) -> pd.DataFrame:
    """One row per counted unit and distinct inventor: unit_id, country, nuts_id; no names."""
    rows = study.parties[study.parties["role"] == "inventor"]
    unit = counting.unit_of(study.applications, study.rule.unit)
    unit = unit.set_axis(study.applications["application_id"])
    people = pd.DataFrame(
        {
            "unit_id": rows["application_id"].map(unit).to_numpy(),
            "name": rows["name"].to_numpy(),
            "country": rows["country"].astype("object").fillna("").to_numpy(),
            "nuts_id": rows["nuts_id"].astype("object").fillna("").to_numpy(),
        }
    ).dropna(subset="unit_id")
    distinct = people.drop_duplicates(["unit_id", "name", "nuts_id"])
    countries = {code for codes in known["places"] for code in codes if len(code) == COUNTRY}
    if not ((distinct["nuts_id"] != "") | distinct["country"].isin(countries)).any():
        return distinct.iloc[:0].drop(columns="name")
    ordered = distinct.sort_values(["unit_id", "nuts_id", "country", "name"], kind="stable")
    return ordered.drop(columns="name").reset_index(drop=True)


def side_of(nuts: pd.Series, country: pd.Series, known: pd.DataFrame) -> Numbers:
    """The number of the side of each inventor; -1 elsewhere.  The longer code wins."""
    found = np.full(len(nuts), -1)
    texts, letters = nuts.astype("str"), country.astype("str")
    order = known["places"].map(lambda codes: len(codes[0])).argsort(kind="stable")
    for place in order:
        codes = known["places"].iloc[place]
        is_here = texts.str.startswith(codes) if len(codes[0]) > COUNTRY else letters.isin(codes)
        found[is_here.to_numpy()] = place
    return found
