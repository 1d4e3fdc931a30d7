"""
What lies near what an area holds: density of each field, raw, beside chance and what is left over.

    counts of areas (area x class)  --area_density-->  one row per (area, field)

Density of a field is the mean over its classes, weighted by how many areas hold them.  An area that
holds much is near to everything, and what everybody holds lies near everybody.  So density is held
against draws in which the area holds as many classes, the more often the more areas hold them
(BiCM, `stats.nullmodel`, given the number), and what size and spread explain of it is taken away.

The other areas make phi, and none of the areas looked at is among them.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from studylib.diversify import entry, relatedness
from studylib.ket import fields
from studylib.stats import nullmodel, quotients, sums
from studylib.stats.arrays import Numbers

AGAIN = 500  # draws of the counts of an area
DRAWS = 2_000  # draws of what an area holds by chance
BLOCK = 8_192  # of which so many are made at once
TAILS = (0.025, 0.975)
LEAST = 2  # counts that make a class one of an area's own, as in `entry.held`
COLUMNS = [
    "region", "field_id", "n", "base", "n_classes", "n_held", "p_above", "p_above_low",
    "p_above_high", "density", "density_low", "density_high", "chance", "chance_low",
    "chance_high", "p", "q", "residual", "explained", "flips", "n_regions",
]  # fmt: skip


@dataclass(frozen=True)
class _Others:
    """The areas an area is held against: what they hold, and how near classes are by it."""

    held: Numbers
    share: Numbers
    """Of all their counts, by class."""
    of_fields: Numbers
    """How much of what is near a field each class is: class x field."""
    spread: Numbers
    """Mean number of areas that hold a class of the field."""


def area_density(
    counts: pd.DataFrame, own: list[str], apart: list[str], *, seed: int
) -> pd.DataFrame:
    """
    One row per (area, field), in the order of `own`, then of the field: what lies near.

    Parameters
    ----------
    counts
        Area x class (IPC or CPC subclass), patents or assignments.
    own
        The areas looked at.
    apart
        Areas that are left out of phi and of chance besides (the study's other territories).
    seed
        Of the draws.

    Returns
    -------
    region, field_id; n, base (counts of the field, of the area); n_classes, n_held (classes of the
    field in the corpus, held by the area); p_above (P(RTA > 1), gamma prior fitted to the area's
    fields), p_above_low, p_above_high; density [0..1], density_low, density_high (95 % of 500 draws
    of the counts as Poisson numbers); chance, chance_low, chance_high (mean and 95 % of 2,000 draws
    of what the area holds), p (two-sided), q (Benjamini-Hochberg over the fields of the area);
    residual (density less what size of the area, spread of the field and their product explain
    over all other areas; points of 1), explained (R2 of that); flips (part of the classes held that
    a draw of the counts would not hold); n_regions (other areas).
    """
    groups, member = members(pd.Index(counts.columns))
    parts = []
    for place, name in enumerate(own):
        others = _others(counts.drop(index=[*{*own, *apart}]), member)
        x = counts.loc[name].to_numpy(dtype=float)
        dice = np.random.default_rng([seed, place])
        part = _of_area(x, others, member, dice)
        parts.append(part.assign(region=name, field_id=groups))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def members(classes: pd.Index) -> tuple[list[int], Numbers]:
    """The fields of the corpus, and which class belongs to which (class x field)."""
    rules = fields.rules()
    whole = rules[rules["level"] == "subclass"].drop_duplicates("symbol").set_index("symbol")
    field = whole["field_id"].reindex(classes)
    present = sorted(int(one) for one in field.dropna().unique())
    return present, (field.to_numpy()[:, None] == np.array(present)[None, :]).astype(float)


def _others(counts: pd.DataFrame, member: Numbers) -> _Others:
    """What the other areas say of every class."""
    values = counts.to_numpy(dtype=float)
    held = entry.held(values)
    ubiquity = held.sum(axis=0)
    near = relatedness.conditional(relatedness.cooccurrence(held), ubiquity)
    weight = _over(member * ubiquity[:, None], (member * ubiquity[:, None]).sum(axis=0))
    whole = values.sum(axis=0)
    return _Others(
        held,
        whole / whole.sum(),
        sums.product(weight.T, _over(near, near.sum(axis=0)).T).T,
        _over(ubiquity @ member, member.sum(axis=0)),
    )


def _of_area(
    x: Numbers, others: _Others, member: Numbers, dice: np.random.Generator
) -> pd.DataFrame:
    """The rows of one area."""
    base = float(x.sum())
    own = _held(x, base, others)
    again = dice.poisson(x, size=(AGAIN, len(x))).astype(float)
    held_again = _held(again, again.sum(axis=1, keepdims=True), others)
    density, chances = sums.product(own, others.of_fields), _by_chance(own, others, dice)
    seen_again = sums.product(held_again, others.of_fields)
    residual, explained = _left_over(own.sum(), density, others)
    share = sums.product(member.T, others.share)
    above = _chance_of_more(x @ member, base, share)
    above_again = np.array([_chance_of_more(row @ member, row.sum(), share) for row in again])
    table = pd.DataFrame({"n": x @ member, "n_classes": member.sum(axis=0)}).astype(int)
    table = table.assign(
        base=int(base),
        n_held=(own @ member).astype(int),
        p_above=above,
        density=density,
        **_ends("p_above", above_again),
        **_ends("density", seen_again),
        **_against(density, chances),
        residual=residual,
        explained=explained,
        flips=1 - held_again[:, own > 0].mean() if own.any() else np.nan,
        n_regions=len(others.held),
    )
    return table.assign(q=quotients.false_discovery(table["p"]))


def _held(x: Numbers, base: Numbers | float, others: _Others) -> Numbers:
    """M: at least two counts, and no rarer than in the other areas."""
    return np.asarray((x >= LEAST) & (x >= base * others.share), dtype=float)


def _chance_of_more(x: Numbers, base: float, share: Numbers) -> Numbers:
    """P(RTA > 1) of each field."""
    expected = base * share
    a = quotients.prior(x, expected)
    return quotients.shrunken(x, expected, a)["p_above"].to_numpy(dtype=float)


def _by_chance(own: Numbers, others: _Others, dice: np.random.Generator) -> Numbers:
    """Density of draws in which the area holds as many classes as it does: (draw, field)."""
    matrix = np.vstack([others.held, own]) > 0
    chance = nullmodel.fit(matrix).probabilities()[-1]
    kept: list[Numbers] = []
    while sum(map(len, kept)) < DRAWS:  # about one draw in thirty holds just as many
        drawn = dice.random((BLOCK, len(own)), dtype=np.float32) < chance
        kept.append(sums.product(drawn[drawn.sum(axis=1) == own.sum()], others.of_fields))
    return np.concatenate(kept)[:DRAWS]


def _against(seen: Numbers, drawn: Numbers) -> dict[str, Numbers]:
    """What chance gives, and how often it gives as much or as little."""
    up, down = ((1 + side.sum(axis=0)) / (1 + len(drawn)) for side in (
        drawn >= seen - 1e-12, drawn <= seen + 1e-12))  # fmt: skip
    p = np.minimum(1.0, 2 * np.minimum(up, down))
    return {"chance": drawn.mean(axis=0), **_ends("chance", drawn), "p": p}


def _left_over(size: float, seen: Numbers, others: _Others) -> tuple[Numbers, float]:
    """What size, spread and their product leave of density, and the R2 over all other areas."""
    known = sums.product(others.held, others.of_fields)
    sizes = others.held.sum(axis=1)
    size_of, spread_of = np.repeat(sizes, len(seen)), np.tile(others.spread, len(sizes))
    model = _design(size_of, spread_of)
    weights = sums.least_squares(model, known.ravel())
    rest = known.ravel() - (model * weights).sum(axis=1)
    explained = 1 - float(rest.var() / known.var()) if known.var() else float("nan")
    fitted = (_design(np.full(len(seen), size), others.spread) * weights).sum(axis=1)
    return np.asarray(seen - fitted), explained


def _design(size: Numbers, spread: Numbers) -> Numbers:
    """Constant, size, spread and their product."""
    return np.column_stack([np.ones(len(size)), size, spread, size * spread])


def _ends(name: str, drawn: Numbers) -> dict[str, Numbers]:
    """95 % of draws."""
    low, high = np.quantile(drawn, TAILS, axis=0)
    return {f"{name}_low": low, f"{name}_high": high}


def _over(a: Numbers, b: Numbers) -> Numbers:
    """Ratios, and 0 where nothing is."""
    return np.divide(a, b, out=np.zeros(np.broadcast_shapes(a.shape, np.shape(b))), where=b > 0)
