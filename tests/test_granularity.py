"""Sample sizes behind printed shares: the reference sets, the definition, the limits."""

import json
import time
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
)
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studylib.errors import UsageError
from studylib.stats import granularity

SHARES = {"Aquitaine_60_20": [0.60, 0.20], "Euskadi_31_23_15_15": [0.31, 0.23, 0.15, 0.15]}
READINGS = {
    "multi(each share attainable)": {"choice": "multiple"},
    "single(sum<=n, any remainder)": {"choice": "single"},
    "single, remainder rounds to 20": {"choice": "single", "rest": [0.20]},
    "single, remainder rounds to 20 and third<=second (listed in descending order)": {
        "choice": "single", "rest": [0.20], "rest_is_smallest": True,
    },
    "single, remainder rounds to 16": {"choice": "single", "rest": [0.16]},
    "single, remainder rounds to 15 or 16": {"choice": "single", "rest": [0.15, 0.16]},
    'single, remainder <= smallest listed count (a single "other" item below the list)': {
        "choice": "single", "rest_is_smallest": True,
    },
    "single, remainder>0": {"choice": "single", "rest_from": 1},
}  # fmt: skip
DECIMAL = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "half_down": ROUND_HALF_DOWN,
           "floor": ROUND_DOWN, "ceil": ROUND_CEILING}  # fmt: skip


@pytest.mark.shared
def test_sample_sizes_are_the_reference_ones(shared):
    """All 50 sets of reference/grim.json: five rules of rounding, every reading, n to 60."""
    rows = json.loads((shared / "reference" / "grim.json").read_text("utf-8"))
    for row in rows:
        sizes = granularity.sample_sizes(
            SHARES[row["territory"]], rounding=row["rounding"], **READINGS[row["reading"]]
        )
        assert sizes["n"].tolist() == row["n"], (row["territory"], row["rounding"], row["reading"])


def test_published_shares_of_both_sides():
    """METHODS 4.1: multiples of 5 for Aquitaine; 13, 26, 39, 48, 52 for Euskadi."""
    assert granularity.sample_sizes([0.6, 0.2])["n"].tolist() == list(range(5, 61, 5))
    assert granularity.sample_sizes(SHARES["Euskadi_31_23_15_15"])["n"].tolist() == [
        13,
        26,
        39,
        48,
        52,
    ]


def test_counts_and_rest_behind_the_shares_of_euskadi():
    """METHODS 4.1: 13 is 4, 3, 2, 2 and 2 more; 48 is 15, 11, 7, 7 and 8 more."""
    behind = granularity.counts(SHARES["Euskadi_31_23_15_15"], [13, 48])
    assert behind["k_low"].tolist() == behind["k_high"].tolist() == [4, 3, 2, 2, 15, 11, 7, 7]
    sizes = granularity.sample_sizes(SHARES["Euskadi_31_23_15_15"], choice="single", max_n=48)
    assert sizes.to_numpy().tolist() == [[13, 2, 2], [26, 4, 4], [39, 6, 6], [48, 8, 8]]


@given(
    st.sampled_from(granularity.ROUNDINGS),
    st.integers(0, 1000),
    st.integers(1, 80),
    st.integers(0, 1),
)
def test_counts_are_those_that_round_to_the_share(rounding, printed, n, digits):
    """One by one with decimal arithmetic: exactly these k of n print as the share."""
    units = 100 * 10**digits
    printed %= units + 1
    share = float(Decimal(printed) / units)
    low, high = granularity.counts_behind(share, np.array([n]), rounding, digits)

    def prints(k):
        value = Fraction(k * units, n)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return int(exact.quantize(Decimal(1), DECIMAL[rounding])) == printed

    assert list(range(int(low[0]), int(high[0]) + 1)) == [k for k in range(n + 1) if prints(k)]


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=3), st.sampled_from(granularity.ROUNDINGS),
    st.integers(0, 3), st.booleans(), st.sampled_from([None, [0.2], [0.1, 0.33]]),
)  # fmt: skip
def test_single_choice_is_its_definition(printed, rounding, rest_from, smallest, rest):
    """All counts tried one by one for n up to 12 give the same sizes and the same rests."""
    shares = [p / 100 for p in printed]
    sizes = granularity.sample_sizes(
        shares, max_n=12, choice="single", rounding=rounding, rest=rest, rest_from=rest_from,
        rest_is_smallest=smallest,
    )  # fmt: skip
    found = []
    for n in range(1, 13):
        ends = [
            granularity.counts_behind(s, np.array([n]), rounding) for s in (*shares, *(rest or ()))
        ]
        ranges = [range(int(low[0]), int(high[0]) + 1) for low, high in ends]
        own, allowed = ranges[: len(shares)], ranges[len(shares) :]
        rests = set()
        for counts in (
            np.array(np.meshgrid(*own)).T.reshape(-1, len(own)).tolist() if all(own) else []
        ):
            r = n - sum(counts)
            fits = rest is None or any(r in options for options in allowed)
            if r >= rest_from and fits and (not smallest or r <= min(counts)):
                rests.add(r)
        if rests:
            found.append([n, min(rests), max(rests)])
    assert sizes.to_numpy().tolist() == found


def test_sizes_to_five_thousand_come_while_one_waits():
    """The longest search of a page takes well under a second."""
    start = time.perf_counter()
    sizes = granularity.sample_sizes(
        SHARES["Euskadi_31_23_15_15"], max_n=5000, choice="single", rest_is_smallest=True
    )
    assert time.perf_counter() - start < 2
    assert sizes["n"].max() == 5000


def test_the_gap_depends_on_numbers_nobody_printed():
    """60 pairs fit; the difference is shown (p < 0.05) in some and not in others (METHODS 4.2)."""
    sizes = [granularity.sample_sizes(shares)["n"].tolist() for shares in SHARES.values()]
    pairs = granularity.pairs(0.60, sizes[0], 0.31, sizes[1])
    assert len(pairs) == 60
    assert (pairs["p_boschloo"] < 0.05).sum() == 36
    first, last = pairs.iloc[0], pairs.iloc[-1]
    assert first[["n_a", "k_a", "n_b", "k_b"]].tolist() == [5, 3, 13, 4]
    assert first["p_fisher"] == pytest.approx(0.326, abs=5e-4)
    assert last["p_boschloo"] == pytest.approx(0.00231, abs=5e-6)


def test_a_size_with_several_counts_gives_several_pairs():
    """Above 100 answers, more than one count prints alike: 60 % of 200 is 119, 120 or 121..."""
    pairs = granularity.pairs(0.60, [200], 0.31, [13])
    assert pairs["k_a"].tolist() == [119, 120]
    assert pairs["k_b"].tolist() == [4, 4]


def test_too_many_pairs_are_refused():
    """Nobody has thousands of cluster organisations; the message says what to lower."""
    sizes = list(range(100, 400))
    with pytest.raises(UsageError, match="Lower `max_n`"):
        granularity.pairs(0.5, sizes, 0.5, sizes)


@pytest.mark.parametrize("share", [0.605, 1.2, -0.1])
def test_a_share_that_was_not_printed_so_is_refused(share):
    """More decimals than printed, or outside 0..1."""
    with pytest.raises(UsageError, match=r"is no share in 0\.\.1 printed with 0 decimals"):
        granularity.sample_sizes([share])


def test_decimals_narrow_what_fits():
    """30.8 % fits 13 and 26 (and 39) but no longer 48."""
    assert granularity.sample_sizes([0.308], digits=1)["n"].tolist() == [13, 26, 39, 52]
