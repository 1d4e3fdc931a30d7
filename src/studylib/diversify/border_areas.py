"""
The study's territories beside other border areas: totals, co-invention, portfolios.

    Eurostat    --area_totals-->         border area: applications, per million inhabitants
    parties     --co_invention-->        pair of sides: families of both, beside chance
    units       --portfolio_overlap-->   pair of sides: how alike their fields are, beside chance
                --concentration-->       area: over how many fields it spreads

A border area is the territories of the study, or a [[comparison]] of the study file; its sides are
the territories, or the regions the comparison names.
"""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from studylib.diversify import variety
from studylib.ket import fields
from studylib.patents import complement, counting, eurostat
from studylib.patents.dataset import Dataset
from studylib.patents.published_totals import NUTS_OF_EUROSTAT, PUBLISHED
from studylib.stats import estimate
from studylib.stats import joint_projects as chance
from studylib.stats.arrays import Numbers

Array = np.ndarray[Any, np.dtype[Any]]
DRAWS = 1_000
TAILS = (0.025, 0.975)
OWN = ""  # the border area of the study's own territories
FEWEST = 10  # units of a side below which its portfolio is a list of single patents


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


def area_totals(study: Dataset) -> pd.DataFrame:
    """
    One row per side with published figures: applications in the window, and per million people.

    Columns area, side, applications [EPO, fractional], per_million [per year and million
    inhabitants, mean of the years that have a rate], years.  Sides that Eurostat's table does not
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
        rows.append((area, side, here["value"].sum(), value, rate["year"].nunique()))
    return pd.DataFrame(rows, columns=["area", "side", "applications", "per_million", "years"])


def _inside(study: Dataset, table: pd.DataFrame) -> pd.Series:
    """Rows of the window."""
    return table["year"].between(study.first_year, study.last_year)


def co_invention(study: Dataset) -> pd.DataFrame:
    """
    One row per pair of sides of one border area: families with inventors of both, beside chance.

    Returns
    -------
    area, side, other_side, n, n_other (families of each), joint, expected, low, high (95 % of 1,000
    draws that deal regions anew over all inventors; sizes of families and numbers of inventors of
    regions kept), ratio.  Empty where the export does not say where inventors are.
    """
    known = sides(study)
    people = _inventors(study)
    columns = ["area", "side", "other_side", "n", "n_other", "joint", "expected", "low", "high"]
    pairs = [
        (i, j)
        for i, j in combinations(range(len(known)), 2)
        if known["area"].iloc[i] == known["area"].iloc[j]
    ]
    if people.empty or not pairs:
        return pd.DataFrame(columns=[*columns, "ratio"])
    places = chance.Places(
        pd.factorize(people["unit_id"])[0],
        _side_of(people["nuts_id"], people["country"], known),
        pd.factorize(people["country"])[0],
        len(known),
    )
    seen = chance.shared(places)
    drawn = chance.shuffled(places, in_country=False, draws=DRAWS, seed=study.definition.seed)
    rows = []
    for i, j in pairs:
        low = int(np.quantile(drawn[:, i, j], TAILS[0], method="lower"))
        high = int(np.quantile(drawn[:, i, j], TAILS[1], method="higher"))
        names = [known[c].iloc[k] for c, k in (("area", i), ("side", i), ("side", j))]
        mean = float(drawn[:, i, j].mean())
        rows.append((*names, seen[i, i], seen[j, j], seen[i, j], mean, low, high))
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(ratio=table["joint"] / table["expected"].where(table["expected"] > 0))


def _inventors(study: Dataset) -> pd.DataFrame:
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
    if not (distinct["nuts_id"] != "").any():
        return distinct.iloc[:0].drop(columns="name")
    ordered = distinct.sort_values(["unit_id", "nuts_id", "country", "name"], kind="stable")
    return ordered.drop(columns="name").reset_index(drop=True)


def _side_of(nuts: pd.Series, country: pd.Series, known: pd.DataFrame) -> Numbers:
    """The number of the side of each inventor; -1 elsewhere.  The longer code wins."""
    found = np.full(len(nuts), -1)
    texts, letters = nuts.astype("str"), country.astype("str")
    order = known["places"].map(lambda codes: len(codes[0])).argsort(kind="stable")
    for place in order:
        codes = known["places"].iloc[place]
        is_here = texts.str.startswith(codes) if len(codes[0]) > 2 else letters.isin(codes)  # noqa: PLR2004
        found[is_here.to_numpy()] = place
    return found


def portfolio_overlap(study: Dataset) -> pd.DataFrame:
    """
    One row per pair of territories: how much of their portfolios lies in the same fields.

    Columns area, other, overlap (1 - half the sum of absolute differences of field shares; 1 alike,
    0 nothing in common), chance_low, chance_high (95 % with labels dealt anew), p (as different by
    chance, one-sided), n_area, n_other.  Units of both territories are left out; a side of fewer
    than 10 units has no row.
    """
    units = complement.of_territories(study)
    alone = units[~units["unit_id"].duplicated(keep=False)]
    carried = counting.labels_of_units(
        study.fields, study.applications, study.rule.unit, "field_id"
    )
    flags = pd.crosstab(carried["unit_id"], carried["field_id"].astype(int))
    rows: list[tuple[object, ...]] = []
    for first, second in combinations(study.territories, 2):
        pair = alone[alone["area"].isin([first, second])]
        pair = pair[pair["unit_id"].isin(flags.index)]
        matrix = flags.loc[pair["unit_id"]].to_numpy(dtype=float)
        is_first = (pair["area"] == first).to_numpy()
        sizes = int(is_first.sum()), int((~is_first).sum())
        if min(sizes) < FEWEST:
            continue
        dice = np.random.default_rng([study.definition.seed, len(rows)])
        labels = dice.permuted(np.tile(is_first, (DRAWS, 1)), axis=1)
        drawn = _overlap(labels, matrix)
        seen = _overlap(is_first[None], matrix)[0]
        p = (1 + int((drawn <= seen + 1e-12).sum())) / (1 + DRAWS)
        low, high = np.quantile(drawn, TAILS)
        rows.append((first, second, seen, low, high, p, *sizes))
    columns = ["area", "other", "overlap", "chance_low", "chance_high", "p", "n_area", "n_other"]
    return pd.DataFrame(rows, columns=columns)


def _overlap(labels: Array, matrix: Numbers) -> Numbers:
    """Overlap of the two sides of each labelling."""
    first = labels.astype(float) @ matrix
    second = matrix.sum(axis=0) - first
    shares = [part / part.sum(axis=1, keepdims=True) for part in (first, second)]
    return np.asarray(1 - np.abs(shares[0] - shares[1]).sum(axis=1) / 2)


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


def concentration(study: Dataset) -> pd.DataFrame:
    """
    One row per territory and comparison area: over how many technologies its units spread.

    Columns area, n (units with a field), fields (effective number, 1 over the Herfindahl index of
    fields), low, high (95 % of 1,000 draws of units with return), unrelated, related (variety
    between and inside WIPO sectors) [bits].
    """
    units = study.units[study.units["area"].isin(study.local_areas)]
    carried = counting.labels_of_units(
        study.fields, study.applications, study.rule.unit, "field_id"
    )
    flags = pd.crosstab(carried["unit_id"], carried["field_id"].astype(int))
    flags = flags.reindex(columns=range(1, 36), fill_value=0)
    sector = fields.table().set_index("field_id")["sector_id"].reindex(flags.columns).to_numpy() - 1
    rows = []
    for place, area in enumerate(study.local_areas):
        own = units.loc[(units["area"] == area) & units["unit_id"].isin(flags.index), "unit_id"]
        if own.empty:
            continue
        matrix = flags.loc[own].to_numpy(dtype=float)
        dice = np.random.default_rng([study.definition.seed, place])
        times = dice.multinomial(len(matrix), np.full(len(matrix), 1 / len(matrix)), size=DRAWS)
        low, high = np.quantile(1 / variety.herfindahl(times @ matrix), TAILS)
        whole = matrix.sum(axis=0)
        between, inside = variety.varieties(whole[None], sector.astype(int))
        spread = 1 / float(variety.herfindahl(whole))
        rows.append((area, len(own), spread, low, high, float(between[0]), float(inside[0])))
    columns = ["area", "n", "fields", "low", "high", "unrelated", "related"]
    return pd.DataFrame(rows, columns=columns)
