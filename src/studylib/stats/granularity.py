"""
What a published percentage allows: the sample sizes behind printed shares.

    60 %, 20 %                --sample_sizes-->  n = 5, 10, 15, ...     (k of n must round to both)
    60 %, 20 % | 31 %, 23 %   --pairs--------->  every (n, k) of both sides, ready to compare

Counts that round to a share are an interval of whole numbers, computed in integers: no float
decides whether 12.5 rounds up.  After the GRIM test for means (Brown, Heathers 2017).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from studylib.errors import UsageError, quoted
from studylib.stats import exact

Rounding = Literal["half_up", "half_even", "half_down", "floor", "ceil"]
Choice = Literal["single", "multiple"]
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
MOST_PAIRS = 20_000
Array = np.ndarray[Any, np.dtype[np.int64]]


def counts_behind(
    share: float, n: Array, rounding: Rounding = "half_up", digits: int = 0
) -> tuple[Array, Array]:
    """
    Fewest and most answers k of n that are printed as this share, per n; none where fewest > most.

    Parameters
    ----------
    share
        As printed, in 0..1.
    n
        Sample sizes.
    rounding, digits
        How percentages were rounded, to how many decimals.

    Raises
    ------
    UsageError
        The share has more decimals than were printed, or lies outside 0..1.
    """
    whole = 100 * 10**digits  # a share of 1 in printed units
    printed = Decimal(str(share)) * whole
    if printed != printed.to_integral_value() or not 0 <= printed <= whole:
        raise UsageError(
            f"{quoted(share)} is no share in 0..1 printed with {digits} decimals of a percent."
        )
    # Bounds on 2 * whole * k: the printed value and half a unit below and above it.
    below, exactly, above = (n * (2 * int(printed) + d) for d in (-1, 0, 1))
    unit = 2 * whole
    even = int(printed) % 2 == 0
    match rounding:
        case "floor":
            first, last = _ceil(exactly, unit), _before(n * (2 * int(printed) + 2), unit)
        case "ceil":
            first, last = _after(n * (2 * int(printed) - 2), unit), exactly // unit
        case "half_up":
            first, last = _ceil(below, unit), _before(above, unit)
        case "half_down":
            first, last = _after(below, unit), above // unit
        case _:
            first = _ceil(below, unit) if even else _after(below, unit)
            last = above // unit if even else _before(above, unit)
    return np.maximum(first, 0), np.minimum(last, n)


def _ceil(a: Array, unit: int) -> Array:
    """Smallest k with k * unit >= a."""
    return -(-a // unit)


def _after(a: Array, unit: int) -> Array:
    """Smallest k with k * unit > a."""
    return a // unit + 1


def _before(a: Array, unit: int) -> Array:
    """Largest k with k * unit < a."""
    return _ceil(a, unit) - 1


def sample_sizes(
    shares: Sequence[float],
    *,
    max_n: int = 60,
    rounding: Rounding = "half_up",
    choice: Choice = "multiple",
    digits: int = 0,
    rest: Sequence[float] | None = None,
    rest_from: int = 0,
    rest_is_smallest: bool = False,
) -> pd.DataFrame:
    """
    The sample sizes up to `max_n` that can have been printed as these shares.

    Parameters
    ----------
    shares
        As printed, in 0..1.
    choice
        `single`: one answer each (or shares of all mentions), so the counts add up to n with a
        rest that was not printed.  `multiple`: each share stands alone.
    rest
        Shares the rest may round to (single choice); None: any.
    rest_from, rest_is_smallest
        At least this many answers in the rest; no more than in the smallest printed share.

    Returns
    -------
    One row per n that fits, ascending: n, rest_low, rest_high [answers not printed; missing
    under multiple choice].
    """
    n = np.arange(1, max_n + 1)
    ends = [counts_behind(share, n, rounding, digits) for share in shares]
    fits = np.logical_and.reduce([low <= high for low, high in ends])
    if choice == "multiple":
        return pd.DataFrame({"n": n[fits], "rest_low": pd.NA, "rest_high": pd.NA}).astype("Int64")
    low, high = (np.stack(side, axis=1) for side in zip(*ends, strict=True))
    first = np.maximum(n - high.sum(axis=1), rest_from)
    last = n - low.sum(axis=1)
    allowed = [counts_behind(share, n, rounding, digits) for share in rest or ()]
    rest_low, rest_high = np.full(len(n), -1), np.full(len(n), -1)
    for more in range(int(np.max(last - first, initial=-1, where=fits)) + 1):
        r = first + more
        possible = fits & (r <= last) & _shareable(low, high, r, n, smallest=rest_is_smallest)
        if rest is not None:
            possible &= np.logical_or.reduce([(a <= r) & (r <= b) for a, b in allowed])
        rest_low = np.where(possible & (rest_low < 0), r, rest_low)
        rest_high = np.where(possible, r, rest_high)
    found = rest_low >= 0
    sizes = pd.DataFrame({"n": n, "rest_low": rest_low, "rest_high": rest_high})[found]
    return sizes.astype("Int64").reset_index(drop=True)


def _shareable(low: Array, high: Array, rest: Array, n: Array, *, smallest: bool) -> Any:
    """Whether n - rest answers fit into the printed counts; if asked, none below the rest."""
    floor = np.maximum(low, rest[:, None]) if smallest else low
    return (
        (floor <= high).all(axis=1)
        & (floor.sum(axis=1) <= n - rest)
        & (n - rest <= high.sum(axis=1))
    )


def counts(
    shares: Sequence[float], sizes: Sequence[int], rounding: Rounding = "half_up", digits: int = 0
) -> pd.DataFrame:
    """One row per (n, item): k_low, k_high, the answers that print as the item's share."""
    n = np.asarray(sizes, dtype=np.int64)
    parts = []
    for item, share in enumerate(shares):
        low, high = counts_behind(share, n, rounding, digits)
        parts.append(pd.DataFrame({"n": n, "item": item, "k_low": low, "k_high": high}))
    return pd.concat(parts, ignore_index=True).sort_values(["n", "item"], ignore_index=True)


def pairs(
    share_a: float,
    sizes_a: Sequence[int],
    share_b: float,
    sizes_b: Sequence[int],
    rounding: Rounding = "half_up",
    digits: int = 0,
) -> pd.DataFrame:
    """
    Whether share a differs from share b, for every sample size and count the printing allows.

    Returns
    -------
    One row per (n_a, n_b, k_a, k_b), sorted: those, and the columns of `exact.compare`.

    Raises
    ------
    UsageError
        There are more than 20,000 pairs.
    """
    sides = [_every_count(share_a, sizes_a, rounding, digits)]
    sides.append(_every_count(share_b, sizes_b, rounding, digits))
    if (n := len(sides[0]) * len(sides[1])) > MOST_PAIRS:
        raise UsageError(
            f"{n:,} pairs of sample sizes would be compared; at most {MOST_PAIRS:,} can be. "
            "Lower `max_n`: there are not that many cluster organisations."
        )
    both = sides[0].merge(sides[1], how="cross", suffixes=("_a", "_b"))
    both = both.sort_values(["n_a", "n_b", "k_a", "k_b"], ignore_index=True)
    return both.join(exact.compare(both["k_a"], both["n_a"], both["k_b"], both["n_b"]))


def _every_count(
    share: float, sizes: Sequence[int], rounding: Rounding, digits: int
) -> pd.DataFrame:
    """One row per sample size and count that prints as the share."""
    ends = counts([share], sizes, rounding, digits)
    width = (ends["k_high"] - ends["k_low"] + 1).to_numpy()
    steps = np.arange(width.sum()) - np.repeat(width.cumsum() - width, width)
    spread = ends.loc[ends.index.repeat(width)].reset_index(drop=True)
    return pd.DataFrame({"n": spread["n"], "k": spread["k_low"] + steps})
