"""
The same numbers on every processor: what is ranked, drawn against or solved has no last digit.

Two processes compute the same from small made data, one with the instructions of a processor of
2013 and one with those of 2004 (`OPENBLAS_CORETYPE`), and every byte of the answers is compared.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from studylib.stats import sums

CORES = ("Haswell", "Prescott")
CODES = [
    "A01B", "A21D", "A47B", "A61B", "A61K", "B01D", "B23K", "B60K", "B62D", "C07C", "C08L", "C12N",
    "C22B", "D21H", "E04B", "E05B", "F02M", "F16H", "G01N", "G02B", "G06F", "H01L", "H04L", "H04W",
    "H05B", "B65D",
]  # fmt: skip


def counts(seed):
    """Sixty regions of unequal size, one of them twice under two names."""
    dice = np.random.default_rng(seed)
    size, spread = dice.lognormal(1, 1, 60), dice.lognormal(0, 1, len(CODES))
    n = dice.poisson(np.outer(size, spread) * dice.gamma(0.5, 2.0, (60, len(CODES))))
    n[41] = n[40]
    n[:, 5] = n[:, 6]  # two technologies that are the same
    return pd.DataFrame(n.astype(float), [f"R{k:02}" for k in range(60)], CODES)


def of_regions(told):
    """Nearness, density, what is added, complexity, the test of entry."""
    from studylib.diversify import (
        area_density,
        complementarity,
        corpus,
        demanding_fields,
        density,
        entry,
    )  # fmt: skip

    one, two = counts(1), counts(2)
    space = corpus.of_counts(one)
    held = entry.held(one.to_numpy())
    told["density"] = density.density(held, space.near)
    told["added"] = density.added(held[0], held[1], space.near)
    sides = complementarity.sides_of(np.full(len(CODES), 0.05), space)
    told["sides"] = sides.added(one.to_numpy()[:5], 30, two.to_numpy()[:5], 40)
    told["area density"] = area_density.area_density(one, ["R00", "R40"], [], seed=1)
    told["demanding"] = demanding_fields.demanding_fields(one, seed=1, draws=5)
    told["entry"] = entry.held_out(
        one.to_numpy(), held, entry.held(two.to_numpy()), seed=1, draws=5
    )


def of_pages(told):
    """Chance, ranks, groups, power: what other pages rest on."""
    from studylib import network
    from studylib.opportunities import ranking
    from studylib.stats import nullmodel, power

    dice = np.random.default_rng(3)
    stated = dice.random((25, 12)) < dice.uniform(0.1, 0.6, (25, 1))
    told["null"] = nullmodel.fit(stated).probabilities()
    kinship = dice.random((12, 12))
    told["near"] = network.proximity(stated, np.maximum(kinship, kinship.T))
    ideas = pd.DataFrame(dice.integers(0, 4, (9, 6)).astype(float), columns=list("abcdef"))
    told["ideas"] = ranking.ranked(ideas, list("abcdef"), seed=1)
    told["power"] = power.detectable(4, 17, 3, 23, test="boschloo")
    told["weights"] = sums.product(stated.T, dice.random(25))
    told["fit"] = sums.least_squares(dice.random((300, 4)), dice.random(300))


def main():
    """Checksums of every answer."""
    told = {}
    of_regions(told)
    of_pages(told)
    sys.stdout.write(json.dumps({name: checksum(value) for name, value in told.items()}))


def checksum(value):
    """Of all digits of a table, an array or a number."""
    if isinstance(value, pd.DataFrame):
        value = {name: value[name].tolist() for name in value}
    text = repr({k: np.asarray(v).tolist() for k, v in value.items()}
                if isinstance(value, dict) else np.asarray(value).tolist())  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()


def computed(core):
    """The checksums as a process with the instructions of this core finds them."""
    done = subprocess.run(
        [sys.executable, __file__], env={**os.environ, "OPENBLAS_CORETYPE": core},
        capture_output=True, text=True, check=True, cwd=Path(__file__).parent, timeout=300,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="cores of other names")
def test_every_answer_has_the_same_bytes_on_two_cores():
    """With the products of NumPy instead of ours the nearness and what is added differ, for two."""
    one, other = map(computed, CORES)
    assert {name for name in one if one[name] != other[name]} == set()


def test_a_product_is_that_of_numpy():
    """Of flags, of fractions, of a vector, of a sparse matrix; to the last digits that hold."""
    dice = np.random.default_rng(4)
    a, b = dice.random((6, 50)) * (dice.random((6, 50)) < 0.3), dice.random((50, 7))
    assert sums.product(a, b) == pytest.approx(a @ b, abs=1e-14)
    assert sums.product(a[0] > 0, b) == pytest.approx((a[0] > 0) @ b, abs=1e-14)
    assert sums.product(a, b[:, 0]).shape == (6,)
    assert sums.product(a[:0], b).shape == (0, 7)
    assert sums.weighed(a[:, 0], a) == pytest.approx(a[:, 0] @ a, abs=1e-14)


def test_a_solution_is_that_of_numpy_and_what_others_explain_is_left_out():
    """A matrix of full rank, and one whose third row is the sum of the first two."""
    half = np.random.default_rng(5).random((8, 5))
    matrix = half.T @ half
    right = matrix @ np.arange(5.0)
    assert sums.solved(matrix, right) == pytest.approx(np.arange(5.0), abs=1e-9)
    rows = np.array([[1.0, 0, 1], [0, 1, 1]])
    lower = rows.T @ rows
    found = sums.solved(lower, lower @ np.ones(3))
    assert found[2] == 0
    assert lower @ found == pytest.approx(lower @ np.ones(3))


def test_a_fit_is_that_of_numpy():
    """Three columns; a fourth that is twice the first changes nothing and weighs nothing."""
    dice = np.random.default_rng(6)
    model, seen = dice.random((40, 3)), dice.random(40)
    known = np.linalg.lstsq(model, seen, rcond=None)[0]
    assert sums.least_squares(model, seen) == pytest.approx(known)
    more = np.column_stack([model, 2 * model[:, 0]])
    assert sums.least_squares(more, seen) == pytest.approx([*known, 0])


def test_values_that_are_alike_are_one_before_they_are_ranked():
    """A row of near ones takes the first of them; missing and infinite ones stay."""
    values = np.array([3.0, 1 + 2e-10, np.nan, 1.0, np.inf, 1 + 1e-10, np.inf])
    assert sums.levelled(values)[[0, 1, 3, 4, 5, 6]].tolist() == [3, 1, 1, np.inf, 1, np.inf]
    assert np.isnan(sums.levelled(values)[2])
    assert sums.levelled(np.array([1.0, 1.1])).tolist() == [1.0, 1.1]


if __name__ == "__main__":
    main()
