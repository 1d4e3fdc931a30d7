"""
How often the ledger calls a true claim contradicted: simulated, seeded, over all claims of a page.

Two territories want the same domains in the survey of the text and in that of the user: wishes
are drawn (Dirichlet), 5 and 13 organisations answer the first survey, whose shares are printed
and whose size is not, and n on each side answer the second.  A page is wrong if any of its eight
claims is contradicted.  Beside it the rule it replaced: the printed share taken as exact, against
the 95 % interval of the user's share.  Of 100 pages at each n, 0 to 3 were wrong; by the old rule
84 to 100.

    python -m benchmarks ledger
"""

from functools import cache

import numpy as np
import pandas as pd

from studylib.stats import estimate, profiles
from studylib.survey import printed_samples
from studylib.survey.claim_tests import SIGNIFICANT

SEED = 20132014
OWN = (5, 13, 30, 60, 200)
PUBLISHED = (5, 13)
KNOWN = 26  # organisations there are at most on a side, as a list would say
DOMAINS = 4
PAGES = 100
PROMISED = 0.05


@cache
def _samples(shares: tuple[float, ...], item: int) -> pd.DataFrame:
    """What can lie behind one of the shares printed together."""
    return printed_samples.samples(shares[item], list(shares), KNOWN)


@cache
def _against(k: int, n: int, shares: tuple[float, ...], item: int) -> float:
    """The p of the ledger against one printed share; no p where no result could contradict it."""
    possible = _samples(shares, item)
    if possible.empty or printed_samples.smallest_p(n, possible) >= SIGNIFICANT:
        return float("nan")
    return printed_samples.p_against(k, n, possible)


def run(pages: int = PAGES) -> list[dict[str, object]]:
    """One row per number of own respondents: how often a page is wrong, by the rule and the old."""
    rows = []
    for n in OWN:
        dice = np.random.default_rng(SEED + n)
        wrong = old = 0
        for _page in range(pages):
            against, outside = [], False
            for size in PUBLISHED:
                wish = dice.dirichlet(np.ones(DOMAINS))
                shares = tuple(np.floor(dice.multinomial(size, wish) / size * 100 + 0.5) / 100)
                own = dice.multinomial(n, wish)
                against += [_against(int(k), n, shares, i) for i, k in enumerate(own)]
                ends = estimate.share(own, n)
                outside |= bool(((ends["low"] > shares) | (ends["high"] < shares)).any())
            wrong += bool((profiles.holm(against) < SIGNIFICANT).any())
            old += outside
        row = {"own n": n, "wrong pages": wrong / pages, "share taken as exact": old / pages}
        rows.append(row)
        assert wrong / pages <= PROMISED, f"a true claim is contradicted too often: {row}"
    return rows
