"""
How often the 95 % intervals of small shares hold the true one: simulated, seeded, reproducible.

For each number of respondents, 200 true shares between 0.02 and 0.98 are drawn and 2,000 surveys
for each.  Mean is over the true shares; worst is the true share covered least often.  The finite
intervals are of 40 organisations of which n answered.

    python -m benchmarks coverage
"""

import numpy as np

from studylib.stats import estimate, exact

SEED = 20132014
SIZES = (5, 13, 20, 52)
SHARES = 200
SURVEYS = 2000
ASKED = 40
METHODS = ("wilson", "clopper_pearson", "jeffreys", "agresti_coull")
PROMISED = {  # least mean and least worst coverage that the docstrings of `estimate` allow
    "wilson": (0.945, 0.85),
    "clopper_pearson": (0.95, 0.945),
    "jeffreys": (0.94, 0.86),
    "agresti_coull": (0.95, 0.88),
    "finite": (0.95, 0.945),
    "newcombe": (0.945, 0.85),
    "boschloo": (0.95, 0.945),
}


def run(shares: int = SHARES, surveys: int = SURVEYS) -> list[dict[str, object]]:
    """One row per method and number of respondents: mean and worst coverage; asserts both."""
    rows = []
    for n in SIZES:
        dice = np.random.default_rng(SEED + n)
        true = dice.uniform(0.02, 0.98, shares)
        k = dice.binomial(n, true[:, None], (shares, surveys))
        for method in METHODS:
            ends = estimate.share(np.arange(n + 1), n, method=method).to_numpy()
            rows.append(_row(method, n, _holds(ends[k], true[:, None])))
        if n < ASKED:
            rows.append(_row("finite", n, _finite(n, shares, surveys, dice)))
        rows.append(_row("newcombe", n, _difference(n, k, true, dice)))
        rows.append(_row("boschloo", n, _boschloo(n, shares, surveys, dice)))
    assert not (bad := broken(rows)), f"promises broken: {bad}"
    return rows


def _holds(ends: "np.ndarray", true: "np.ndarray") -> "np.ndarray":
    return (ends[..., 1] <= true + 1e-12) & (true <= ends[..., 2] + 1e-12)


def _finite(n: int, shares: int, surveys: int, dice: np.random.Generator) -> "np.ndarray":
    """Of 40 asked, n answered, drawn without replacement."""
    interested = dice.integers(0, ASKED + 1, shares)
    k = dice.hypergeometric(interested[:, None], ASKED - interested[:, None], n, (shares, surveys))
    possible = [estimate.finite_share(i, n, ASKED).to_numpy()[0] for i in range(n + 1)]
    return _holds(np.array(possible)[k], interested[:, None] / ASKED)


def _difference(
    n: int, k: "np.ndarray", true: "np.ndarray", dice: np.random.Generator
) -> "np.ndarray":
    """Against a second territory of 13 with another true share."""
    second = dice.uniform(0.02, 0.98, len(true))
    k_b = dice.binomial(13, second[:, None], k.shape)
    pairs = [(a, b) for a in range(n + 1) for b in range(14)]
    a, b = np.array(pairs).T
    ends = estimate.difference(a, n, b, 13).to_numpy()[k * 14 + k_b]
    return _holds(ends, (true - second)[:, None])


def _boschloo(n: int, shares: int, surveys: int, dice: np.random.Generator) -> "np.ndarray":
    """How often p stays above 0.05 where both sides are alike: the test's own promise."""
    same = dice.uniform(0.02, 0.98, shares)
    k_a = dice.binomial(n, same[:, None], (shares, surveys))
    k_b = dice.binomial(13, same[:, None], (shares, surveys))
    p = np.array([[exact.boschloo(a, n, b, 13) for b in range(14)] for a in range(n + 1)])
    return p[k_a, k_b] > 0.05


def _row(method: str, n: int, holds: "np.ndarray") -> dict[str, object]:
    by_share = holds.mean(axis=1)
    mean, worst = float(by_share.mean()), float(by_share.min())
    return {"method": method, "n": n, "mean": round(mean, 4), "worst": round(worst, 4)}


def broken(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows below what `estimate` promises, beyond the error of 2,000 simulated surveys."""
    return [
        row
        for row in rows
        if row["mean"] < PROMISED[row["method"]][0] - 0.002
        or row["worst"] < PROMISED[row["method"]][1] - 0.012
    ]
