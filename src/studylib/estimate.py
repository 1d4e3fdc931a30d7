"""Every number that has an error: intervals of shares, exact tests, multiple testing."""

from typing import Literal

import numpy as np
import pandas as pd

Interval = Literal["wilson", "clopper_pearson", "jeffreys", "agresti_coull"]
STATSMODELS_NAME = {
    "wilson": "wilson",
    "clopper_pearson": "beta",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
}


def share(
    k: pd.Series | float,
    n: pd.Series | float,
    *,
    level: float = 0.95,
    method: Interval = "wilson",
) -> pd.DataFrame:
    """
    Shares k of n with their interval: one row per pair, columns share, low, high [0..1].

    A base of 0 has no share: all three are missing.  Fractional k and n (weighted counts) are
    taken as they are, which makes the interval approximate.

    References
    ----------
    Brown, Cai, DasGupta (2001), Interval estimation for a binomial proportion,
    Statistical Science 16(2), doi:10.1214/ss/1009213286.
    """
    from statsmodels.stats.proportion import proportion_confint

    hits, base = np.broadcast_arrays(
        np.atleast_1d(np.asarray(k, dtype=float)), np.atleast_1d(np.asarray(n, dtype=float))
    )
    low, high, value = (np.full(base.shape, np.nan) for _ in range(3))
    known = base > 0
    value[known] = hits[known] / base[known]
    low[known], high[known] = proportion_confint(
        hits[known], base[known], alpha=1 - level, method=STATSMODELS_NAME[method]
    )
    index = next((x.index for x in (k, n) if isinstance(x, pd.Series)), None)
    return pd.DataFrame({"share": value, "low": low, "high": high}, index=index)
