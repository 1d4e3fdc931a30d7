"""
What the other side of the border adds: density of each field, apart and together.

    units of two territories  --held-->  M (territory x subclass)
      --complementarity-->  per direction and field: density, added by the other side, chance

The question behind every ranked list is whether anything stands out.  So the labels of the two
territories are dealt anew over their units many times.  A territory that holds more adds more
everywhere; that is its size and no field, so what is added to a field is held against the mean of
its direction.  A field stands out only if it would among all fields of such draws (the largest of
all, after Westfall and Young 1993).
"""

from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd

from studylib.diversify import corpus, own_test
from studylib.diversify.flags import carried_by, fields_of, flags_of, outside_shares
from studylib.files.answers import once
from studylib.patents import complement, counting
from studylib.patents.dataset import Dataset
from studylib.stats import sums
from studylib.stats.arrays import Flags, Numbers
from studylib.stats.power import LEVEL

DRAWS = 1_000
BLOCK = 100  # draws held at once
LEAST = 2  # units that make a subclass one of a territory's own
TAILS = (0.025, 0.975)
COLUMNS = [
    "area", "other", "field_id", "n_held", "density", "added", "together", "chance", "chance_low",
    "chance_high", "needed", "p", "joint",
]  # fmt: skip


@once
def complementarity(study: Dataset) -> pd.DataFrame:
    """
    One row per (territory, other territory, field), in the study's order: what the other adds.

    Returns
    -------
    area, other, field_id; n_held (subclasses of the field the area is specialised in: at least 2
    units, and no rarer than outside), density [0..1], added [0..1], together (density of both as
    one: density + added); chance, chance_low, chance_high (added, with the labels of the two dealt
    anew and the mean over fields as it is; 95 % of 1,000 draws), needed (what would have stood
    out), p (of the largest over all fields of the direction), joint (units located in both).
    Fields none of whose subclasses is in the corpus have no row; a study without reference or
    neighbour has none, nor one whose own corpus cannot be tried (`own_test`).

    Notes
    -----
    Densities of subclasses are averaged over their field, weighted by how many regions hold them.
    """
    alone = len(study.territories) < 2  # noqa: PLR2004 - a border has two sides
    if alone or own_test.refused(study):
        return pd.DataFrame(columns=COLUMNS)
    units, space, carried = complement.of_territories(study), corpus.space(study), carried_by(study)
    outside = outside_shares(study, carried, space)
    if outside is None:
        return pd.DataFrame(columns=COLUMNS)
    flags = flags_of(carried, units["unit_id"], space)
    groups, side = fields_of(space)[0], sides_of(outside, space)
    rows = []
    for area, other in permutations(study.territories, 2):
        own, theirs = (flags[(units["area"] == name).to_numpy()] for name in (area, other))
        both = np.concatenate([own, theirs])
        seen = side.added(own.sum(0), len(own), theirs.sum(0), len(theirs))
        drawn = _drawn(study, both, len(own), (area, other), side)
        rows.append(_rows(study, area, other, groups, seen, drawn))
    return pd.concat(rows, ignore_index=True)[COLUMNS]


@dataclass(frozen=True)
class Sides:
    """What two sides are held against: subclasses outside, and how near each is to a field."""

    outside: Numbers
    """Share of the units outside that carry each subclass."""
    near: Numbers
    """How much of what is near a field each subclass is (see `near_fields`)."""
    inside: Flags
    """Which subclass belongs to which field."""

    def added(self, n: Numbers, base: int, n_other: Numbers, base_other: int) -> dict[str, Numbers]:
        """
        Density, what the other side adds and what is held, per field.

        Both are sums over what is held, so that the mean over a field is one too; a thousand draws
        (rows of counts) need no matrix of subclasses each.
        """
        own, theirs = self._held(n, base), self._held(n_other, base_other)
        return {
            "density": sums.product(own, self.near),
            "added": sums.product((1 - own) * theirs, self.near),
            "n_held": own @ self.inside,
        }

    def _held(self, n: Numbers, base: int) -> Numbers:
        """M: at least two units, and no rarer than outside."""
        return np.asarray((n >= LEAST) & (n >= base * self.outside), dtype=float)


def sides_of(outside: Numbers, space: corpus.Space) -> Sides:
    """What the sides of a border are held against, over the fields of the corpus."""
    weight = fields_of(space)[1]
    return Sides(outside, near_fields(space, weight), weight > 0)


def near_fields(space: corpus.Space, weight: Numbers) -> Numbers:
    """How much of what is near a field each subclass is: technology x field."""
    whole = space.near.sum(axis=0)
    part = np.divide(space.near, whole, out=np.zeros_like(space.near), where=whole > 0)
    return sums.product(weight.T, part.T).T


def _drawn(
    study: Dataset,
    both: Numbers,
    n_own: int,
    pair: tuple[str, str],
    side: Sides,
) -> Numbers:
    """What is added with labels dealt anew: (draw, field)."""
    seed = [study.definition.seed, *(study.territories.index(name) for name in pair)]
    dice = np.random.default_rng(seed)
    labels = np.zeros((BLOCK, len(both)), dtype=bool)
    labels[:, :n_own] = True
    parts = []
    for _block in range(DRAWS // BLOCK):
        mine = dice.permuted(labels, axis=1).astype(float)
        n = mine @ both
        rest = both.sum(axis=0) - n
        parts.append(side.added(n, n_own, rest, len(both) - n_own)["added"])
    return np.concatenate(parts)


def _rows(
    study: Dataset,
    area: str,
    other: str,
    groups: list[int],
    seen: dict[str, Numbers],
    drawn: Numbers,
) -> pd.DataFrame:
    """One direction as a table."""
    level = seen["added"].mean()
    of_draw = drawn.mean(axis=1, keepdims=True)
    drawn = level * np.divide(drawn, of_draw, out=np.ones_like(drawn), where=of_draw > 0)
    mean, spread = drawn.mean(axis=0), drawn.std(axis=0)
    safe = np.where(spread > 0, spread, np.inf)  # a field that never moves never stands out
    largest = ((drawn - mean) / safe).max(axis=1)
    z = (seen["added"] - mean) / safe
    p = (1 + (largest[:, None] >= z - 1e-12).sum(axis=0)) / (1 + len(drawn))
    low, high = np.quantile(drawn, TAILS, axis=0)
    table = pd.DataFrame({"field_id": groups, **seen}).assign(
        area=area, other=other, together=seen["density"] + seen["added"], chance=mean,
        chance_low=low, chance_high=high, p=p,
        needed=mean + np.quantile(largest, 1 - LEVEL) * spread,
    )  # fmt: skip
    joint = _joint(study, area, other)
    return table.assign(joint=[joint.get(field, 0) for field in groups]).astype({"n_held": int})


def _joint(study: Dataset, area: str, other: str) -> dict[int, int]:
    """Units located in both territories, by field: what is realised already."""
    units = complement.of_territories(study)
    inside = units.groupby("unit_id")["area"].agg(set)
    both = inside.index[[{area, other} <= names for names in inside]]
    carried = counting.labels_of_units(
        study.fields, study.applications, study.rule.unit, "field_id"
    )
    n = carried[carried["unit_id"].isin(both)].groupby("field_id").size()
    return {int(str(field)): int(count) for field, count in n.items()}
