"""Every coverage that a docstring or a page of the documentation tells, computed again exactly."""

import ast
import re
from functools import cache

import numpy as np
import pytest
from conftest import ROOT
from scipy.stats import beta, binom, hypergeom

from studylib.stats import estimate, exact

EDGE = 1e-12  # an end that is the true share, but for rounding, holds it
FINE = np.linspace(0.001, 0.999, 999)
COARSE = np.linspace(0.01, 0.99, 99)
SIZES = (5, 13, 20, 52)
METHODS = {"Wilson": "wilson", "Jeffreys": "jeffreys", "Agresti-Coull": "agresti_coull",
           "Clopper-Pearson": "clopper_pearson"}  # fmt: skip
INDICATORS = {name: (ROOT / "docs" / "indicators" / name).read_text("utf-8")
              for name in ("shares.md", "claims.md")}  # fmt: skip


def plain(text):
    """A text with its lines joined."""
    return re.sub(r"\s+", " ", text)


@cache
def of_share(method, n):
    """Coverage of the interval of a share at each true share: a sum over all counts."""
    k = np.arange(n + 1)
    ends = estimate.share(k, n, method=method).to_numpy()
    held = (ends[:, 1] <= FINE[:, None] + EDGE) & (FINE[:, None] <= ends[:, 2] + EDGE)
    return (binom.pmf(k, n, FINE[:, None]) * held).sum(axis=1)


@cache
def of_finite(n, asked=40):
    """The same where n of 40 answered, at each number of interested ones."""
    k, interested = np.arange(n + 1), np.arange(asked + 1)[:, None]
    ends = estimate.finite_share(k, n, asked).to_numpy()
    true = interested / asked
    held = (ends[:, 1] <= true + EDGE) & (true <= ends[:, 2] + EDGE)
    return (hypergeom.pmf(k, asked, interested, n) * held).sum(axis=1)


@cache
def of_difference(n, *, near=False, other=13):
    """Coverage of Newcombe's interval at pairs of true shares; `near`: one within 1 % of an end."""
    rim = np.concatenate([FINE[:10], FINE[-10:]])
    grids = [(rim, FINE), (FINE, rim)] if near else [(COARSE, COARSE)]
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(n + 1), np.arange(other + 1)))
    ends = estimate.difference(a, n, b, other).to_numpy()
    found = []
    for first, second in grids:
        of_b = binom.pmf(b, other, second[:, None])
        for share in first:
            true = (share - second)[:, None]
            held = (ends[:, 1] <= true + EDGE) & (true <= ends[:, 2] + EDGE)
            found.append((binom.pmf(a, n, share) * of_b * held).sum(axis=1))
    return np.concatenate(found)


@cache
def of_smallest(n_a, n_b):
    """
    Worst coverage of the smallest of two shares, over pairs of true shares in steps of 0.5 %.

    The ends are written out here: each hangs on one side, and the interval on the smaller of each.
    """
    sides = [(np.arange(n + 1), n) for n in (n_a, n_b)]
    low = [np.where(k > 0, beta.ppf(0.025, k, n - k + 1), 0.0) for k, n in sides]
    high = [np.where(k < n, beta.isf(0.0125, k + 1, n - k), 1.0) for k, n in sides]
    lows, highs = np.minimum.outer(*low), np.minimum.outer(*high)
    worst, shares = 1.0, np.linspace(0.005, 0.995, 199)
    for least in shares:
        held = (lows <= least + EDGE) & (least <= highs + EDGE)
        more = shares[shares >= least - EDGE]
        at_a, at_b = (binom.pmf(k, n, least) for k, n in sides)
        above_a, above_b = (binom.pmf(k, n, more[:, None]) for k, n in sides)
        worst = min(worst, (above_b @ (at_a @ held)).min(), (above_a @ (held @ at_b)).min())
    return worst


@cache
def beside_an_end():
    """The worst of Wilson at n = 5 over every true share: it lies just beside an end."""
    k = np.arange(6)
    ends = estimate.share(k, 5).to_numpy()
    shares = np.clip(np.concatenate([ends[:, 1:] - 1e-9, ends[:, 1:] + 1e-9]).ravel(), 1e-9, 1)
    held = (ends[:, 1] <= shares[:, None]) & (shares[:, None] <= ends[:, 2])
    return float((binom.pmf(k, 5, shares[:, None]) * held).sum(axis=1).min())


def of_all_sizes(method):
    """Smallest and largest mean, and the worst, over the numbers of respondents told."""
    found = [of_share(METHODS[method], n) for n in SIZES]
    means = [own.mean() for own in found]
    return min(means), max(means), min(own.min() for own in found)


def of_some_of_forty(sizes):
    """The same where 40 were asked."""
    found = [of_finite(n) for n in sizes]
    means = [own.mean() for own in found]
    return min(means), max(means), min(own.min() for own in found)


def of_smallest_at_three():
    """At the sizes of METHODS and of the published survey; a promise is rounded down."""
    found = [of_smallest(*sizes) for sizes in ((5, 13), (13, 13), (150, 150))]
    return [np.floor(1000 * one) / 1000 for one in found]


SHARE, FINITE, SMALLEST, DIFFERENCE = (
    plain(one.__doc__)
    for one in (estimate.share, estimate.finite_share, estimate.smallest, estimate.difference)
)
SHARES, CLAIMS = (plain(text) for text in INDICATORS.values())
PERCENT = r"(\d\d\.\d) %"
AT_THREE = rf"{PERCENT} at \(5, 13\), {PERCENT} at \(13, 13\) and {PERCENT} at \(150, 150\)"
TOLD = [
    (
        SHARE,
        rf"Wilson (\d\d\.\d) to {PERCENT} \(worst {PERCENT} at n = 5; .*?, {PERCENT}\)",
        lambda: (*of_all_sizes("Wilson"), beside_an_end()),
    ),
    *(
        (
            SHARE,
            rf"{name} (\d\d\.\d) to {PERCENT} \({PERCENT}\)",
            lambda own=name: of_all_sizes(own),
        )
        for name in list(METHODS)[1:]
    ),
    (
        FINITE,
        rf"exactly: (\d\d\.\d) to {PERCENT} \(worst {PERCENT}\)",
        lambda: of_some_of_forty((5, 13, 20)),
    ),
    (SMALLEST, AT_THREE, of_smallest_at_three),
    (
        DIFFERENCE,
        rf"{PERCENT} on average \(worst {PERCENT} at n = 13, {PERCENT} at n = 5\)",
        lambda: (of_difference(13).mean(), of_difference(13).min(), of_difference(5).min()),
    ),
    (
        DIFFERENCE,
        rf"down to 0\.1 %, it falls to (\d\d\.\d) and {PERCENT}",
        lambda: [of_difference(n, near=True).min() for n in (13, 5)],
    ),
    (SHARES, rf"at a base of 5 it may fall to {PERCENT}", lambda: [of_share("wilson", 5).min()]),
    (
        CLAIMS,
        rf"Wilson {PERCENT} on average and {PERCENT} at worst.*? 13 and 13 {PERCENT} and {PERCENT}",
        lambda: [
            told
            for own in (of_share("wilson", 5), of_difference(13))
            for told in (own.mean(), own.min())
        ],
    ),
    (CLAIMS, AT_THREE, of_smallest_at_three),
]
"""Text, the sentence that tells numbers, and the same computed again."""


@pytest.mark.parametrize(("text", "sentence", "again"), TOLD)
def test_a_coverage_is_what_a_sum_over_all_counts_gives(text, sentence, again):
    """
    To the decimal that is told: binomial (or hypergeometric) sums, no draws.

    Broken once: two pages told the smallest share of two grids.
    """
    found = re.search(sentence, text)
    assert found, sentence
    assert [float(one) for one in found.groups()] == [round(100 * one, 1) for one in again()]


def docstrings(path):
    """Every docstring of a file, lines joined."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            yield plain(ast.get_docstring(node) or "")


def test_no_coverage_is_told_that_is_not_computed_again():
    """A number with a decimal, in a text that speaks of coverage, stands in the list above."""
    texts = [text for path in sorted((ROOT / "src").rglob("*.py")) for text in docstrings(path)]
    texts += [plain(path.read_text("utf-8")) for path in sorted((ROOT / "docs").rglob("*.md"))]
    known = " ".join(found for text, sentence, _again in TOLD
                     for found in re.search(sentence, text).groups())  # fmt: skip
    for text in texts:
        grids_left_out = re.sub(r"from [\d.]+ to [\d.]+ %", "", text)
        for sentence in re.split(r"(?<=[.:]) +(?=[A-Z])", grids_left_out):
            if re.search(r"\bcover(s|age)?\b", sentence, re.IGNORECASE):
                for number in re.findall(r"\b([89]\d\.\d) (?:to [\d.]+ )?%", sentence):
                    assert number in known, sentence


def test_the_p_of_fisher_is_mostly_the_larger_one_as_the_module_says():
    """Of 434 tables in 20 it is the smaller one; 1 of 5 against 0 of 13: .278 and .312."""
    sizes = ((5, 13), (10, 13), (13, 13))
    tables = [(a, n, b, m) for n, m in sizes for a in range(n + 1) for b in range(m + 1)]
    smaller = [t for t in tables if exact.fisher(*t) < exact.boschloo(*t) * (1 - 1e-9)]
    told = plain(exact.__doc__)
    count, few, *p = re.search(
        r"of all (\d+) tables .* smaller one in (\d+) \(1 of 5 against 0 of 13: (\.\d+) and "
        r"(\.\d+)\)", told,
    ).groups()  # fmt: skip
    assert (int(count), int(few)) == (len(tables), len(smaller))
    assert [round(test(1, 5, 0, 13), 3) for test in (exact.fisher, exact.boschloo)] == [
        float(one) for one in p
    ]
