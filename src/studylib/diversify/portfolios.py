"""
How alike the portfolios of two sides of a border are, what one adds to the other, and their spread.

    units of sides  --portfolio_overlap-->  pair of sides: in the same fields, added, beside chance
    units of areas  --concentration-->      area: over how many fields it spreads

For every border area whose sides the data know.  Chance deals the names of two sides anew over
their units; units of both are left out.
"""

from typing import Any

import numpy as np
import pandas as pd

from studylib.diversify import corpus, own_test, variety
from studylib.diversify.border_areas import OWN, sides
from studylib.diversify.co_invention import pairs_of_sides, side_of
from studylib.diversify.complementarity import sides_of
from studylib.diversify.flags import carried_by, flags_of, outside_shares
from studylib.files.answers import once
from studylib.ket import fields
from studylib.patents import complement, counting
from studylib.patents.dataset import Dataset
from studylib.stats.arrays import Numbers
from studylib.stats.power import LEVEL, NOT_POSSIBLE, NOT_SHOWN, SHOWN

Array = np.ndarray[Any, np.dtype[Any]]
DRAWS = 1_000
TAILS = (0.025, 0.975)
FEWEST = 10  # units of a side below which its portfolio is a list of single patents
COLUMNS = [
    "area", "side", "other_side", "n", "n_other", "overlap", "chance_low", "chance_high", "p",
    "added", "added_low", "added_high", "p_added",
]  # fmt: skip


@once
def portfolio_overlap(study: Dataset) -> pd.DataFrame:
    """
    One row per pair of sides of one border area: how alike, and what each adds to the other.

    Returns
    -------
    area ("" the study's own), side, other_side, n, n_other (units with a field); overlap (1 - half
    the sum of absolute differences of field shares; 1 alike, 0 nothing in common), chance_low,
    chance_high (95 % of 1,000 draws with the names of the two dealt anew), p (as different by
    chance, one-sided); added (what the other side adds to density, mean over fields and both
    directions, see `complementarity`), added_low, added_high, p_added (as much by chance,
    one-sided); missing without a reference outside; verdict (of being unlike: `could not have been
    shown` where chance alone gives no overlap at all in one draw of 40).  A side of fewer than 10
    units has no row, and neither has one the data do not tell apart.
    """
    known = sides(study)
    units = side_units(study)
    carried = counting.labels_of_units(
        study.fields, study.applications, study.rule.unit, "field_id"
    )
    in_fields = pd.crosstab(carried["unit_id"], carried["field_id"].astype(int))
    near = _Near(study)
    rows: list[tuple[object, ...]] = []
    for i, j in pairs_of_sides(known):
        area, one, other = (known[c].iloc[k] for c, k in (("area", i), ("side", i), ("side", j)))
        pair = units[(units["area"] == area) & units["side"].isin([one, other])]
        alone = pair[~pair["unit_id"].duplicated(keep=False)]
        alone = alone[alone["unit_id"].isin(in_fields.index)]
        is_first = (alone["side"] == one).to_numpy()
        sizes = int(is_first.sum()), int((~is_first).sum())
        if min(sizes) < FEWEST:
            continue
        dice = np.random.default_rng([study.definition.seed, len(rows)])
        labels = dice.permuted(np.tile(is_first, (DRAWS, 1)), axis=1)
        labels = np.concatenate([is_first[None], labels])  # the first row is as it is
        alike = _overlap(labels, in_fields.loc[alone["unit_id"]].to_numpy(dtype=float))
        adds = near.added(alone["unit_id"], labels, pair["unit_id"])
        rows.append((area, one, other, *sizes, *_beside(alike, -1), *_beside(adds, 1)))
    table = pd.DataFrame(rows, columns=COLUMNS)
    words = np.where(table["p"] < LEVEL, SHOWN,
                     np.where(table["chance_low"] > 0, NOT_SHOWN, NOT_POSSIBLE))  # fmt: skip
    return table.assign(verdict=pd.Series(words, index=table.index, dtype="object"))


def side_units(study: Dataset) -> pd.DataFrame:
    """
    One row per classified unit and side: area, side, unit_id.

    Territories as the study locates them; regions of other border areas by where inventors live
    (applicants, if the study locates by them), of units the study locates in the border area.
    """
    own = complement.of_territories(study).rename(columns={"area": "side"}).assign(area=OWN)
    role = "applicant" if study.rule.located_by == "applicant" else "inventor"
    people = study.parties[study.parties["role"] == role]
    unit = counting.unit_of(study.applications, study.rule.unit)
    unit = unit.set_axis(study.applications["application_id"])
    told = pd.DataFrame(
        {
            "unit_id": people["application_id"].map(unit).to_numpy(),
            "nuts_id": people["nuts_id"].astype("object").fillna("").to_numpy(),
            "country": people["country"].astype("object").fillna("").to_numpy(),
        }
    )
    here = study.units[study.units["has_ipc"].astype(bool)]
    known, parts = sides(study), [own[["area", "side", "unit_id"]]]
    for area in study.definition.comparison:
        these = known[known["area"] == area.id].reset_index(drop=True)
        inside = told[told["unit_id"].isin(here.loc[here["area"] == area.id, "unit_id"])]
        place = side_of(inside["nuts_id"], inside["country"], these)
        found = inside[place >= 0].assign(
            area=area.id, side=these["side"].to_numpy()[place[place >= 0]]
        )
        parts.append(found[["area", "side", "unit_id"]])
    every = pd.concat(parts, ignore_index=True).drop_duplicates()
    return every.sort_values(["area", "side", "unit_id"], kind="stable", ignore_index=True)


class _Near:
    """What one side adds to the density of another, with names dealt anew."""

    def __init__(self, study: Dataset) -> None:
        self.study, self.space = study, corpus.space(study)
        self.carried = carried_by(study)

    def added(self, units: pd.Series, labels: Array, apart: pd.Series) -> Numbers:
        """Mean added density of both directions, for each labelling; missing without outside."""
        outside = outside_shares(self.study, self.carried, self.space, apart=apart)
        if outside is None or own_test.refused(self.study):
            return np.full(len(labels), np.nan)
        flags, side = flags_of(self.carried, units, self.space), sides_of(outside, self.space)
        first = labels.astype(float) @ flags
        second = flags.sum(axis=0) - first
        sizes = labels[0].sum(), (~labels[0]).sum()
        ways = [
            side.added(n, base, m, other)["added"].mean(axis=1)
            for n, base, m, other in (
                (first, sizes[0], second, sizes[1]), (second, sizes[1], first, sizes[0]),
            )
        ]  # fmt: skip
        return np.asarray(sum(ways) / len(ways))


def _beside(values: Numbers, direction: int) -> tuple[float, float, float, float]:
    """The first value, 95 % of the others, and p (1: as large by chance; -1: as small)."""
    seen, drawn = float(values[0]), values[1:]
    if np.isnan(seen):
        return seen, np.nan, np.nan, np.nan
    low, high = np.quantile(drawn, TAILS)
    as_far = direction * drawn >= direction * seen - 1e-12
    return seen, float(low), float(high), (1 + int(as_far.sum())) / (1 + len(drawn))


def _overlap(labels: Array, matrix: Numbers) -> Numbers:
    """Overlap of the two sides of each labelling."""
    first = labels.astype(float) @ matrix
    second = matrix.sum(axis=0) - first
    shares = [part / part.sum(axis=1, keepdims=True) for part in (first, second)]
    return np.asarray(1 - np.abs(shares[0] - shares[1]).sum(axis=1) / 2)


@once
def concentration(study: Dataset) -> pd.DataFrame:
    """
    One row per territory and comparison area: over how many technologies its units spread.

    Columns area, n (units with a field), fields (effective number, 1 over the Herfindahl index of
    fields), low, high (95 %, from 1,000 draws of units with return), unrelated, related (variety
    between and inside WIPO sectors) [bits].  An area of fewer than 10 units has no row.

    Notes
    -----
    Few units seem to spread over fewer fields than they would in the long run, and draws of them
    over fewer still, so the draws are set right by twice what they lose.  Simulated over 10 to 350
    units the interval then covers the long run in 90 to 100 of 100 cases; the draws as they come,
    in 0 to 92.
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
        if len(own) < FEWEST:
            continue
        matrix = flags.loc[own].to_numpy(dtype=float)
        dice = np.random.default_rng([study.definition.seed, place])
        times = dice.multinomial(len(matrix), np.full(len(matrix), 1 / len(matrix)), size=DRAWS)
        whole = matrix.sum(axis=0)
        low, high = _spread_in_draws(float(variety.herfindahl(whole)), times @ matrix)
        between, inside = variety.varieties(whole[None], sector.astype(int))
        spread = 1 / float(variety.herfindahl(whole))
        rows.append((area, len(own), spread, low, high, float(between[0]), float(inside[0])))
    columns = ["area", "n", "fields", "low", "high", "unrelated", "related"]
    return pd.DataFrame(rows, columns=columns)


def _spread_in_draws(seen: float, drawn: Numbers) -> Numbers:
    """95 % of an effective number of fields: draws of a Herfindahl index, set right twice."""
    again = variety.herfindahl(drawn)
    index = np.clip(again - 2 * (again.mean() - seen), 1 / drawn.shape[1], 1.0)
    return np.asarray(np.quantile(1 / index, TAILS))
