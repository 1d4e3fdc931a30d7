"""
Does nearness foretell anything in a study's own corpus?  Asked before density from it is shown.

    [corpus] region, technology, period, n
      --trial-->       before, after; or why it cannot be asked
      --entry_test-->  model: how well it foretells

The same test as that of the project's areas (`entry.held_out`): what regions did not hold in the
first period and held in the second, foretold from other regions.  The territories are not asked.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from studylib.diversify import corpus, entry, metro_areas
from studylib.patents.dataset import Dataset
from studylib.stats.arrays import Numbers

FEWEST = 100  # records of a region in each period, as for the project's areas
FEWEST_ENTRIES = 50  # technologies taken up: five folds of ten
DRAWS = 40  # of regions, while a page is made


@dataclass(frozen=True)
class Trial:
    """What is tried: counts of the first period, M of both; or why nothing can be."""

    reason: str
    """"" it can be tried; `one_period`, `few_regions`, `few_entries`."""
    n_regions: int
    n_entries: int
    counts: Numbers
    before: Numbers
    after: Numbers


def trial(study: Dataset) -> Trial | None:
    """The trial of the study's own corpus; None where it uses the project's areas."""
    own = study.definition.corpus
    if own is None:
        return None
    path = study.definition.path(own.path)
    return _trial(path, frozenset(own.without), path.stat().st_mtime_ns)


def refused(study: Dataset) -> bool:
    """Whether the study's own corpus cannot be tried, so that density is not told from it."""
    asked = trial(study)
    return asked is not None and asked.reason != ""


@lru_cache(maxsize=4)
def _trial(path: Path, without: frozenset[str], _changed: int) -> Trial:
    """The trial of a file as it stands."""
    periods = corpus.periods(path)
    nothing = pd.DataFrame().to_numpy(dtype=float)
    if periods is None:
        return Trial("one_period", 0, 0, nothing, nothing, nothing)
    first, second = (part.drop(index=list(without & set(part.index))) for part in periods)
    large = (first.sum(axis=1) >= FEWEST) & (second.sum(axis=1) >= FEWEST)
    known = (first[large].sum() > 0) & (second[large].sum() > 0)
    one, two = (part.loc[large, known].to_numpy(dtype=float) for part in (first, second))
    before, after = entry.held(one), entry.held(two)
    n = int(((before == 0) & (after > 0)).sum())
    reason = "few_entries" if n < FEWEST_ENTRIES else ""
    reason = "few_regions" if len(one) < corpus.FEWEST else reason
    return Trial(reason, len(one), n, one, before, after)


def entry_test(study: Dataset) -> pd.DataFrame:
    """
    One row per model: how well it foretold what regions took up; see `entry.held_out`.

    Besides: n_classes.  Of the project's 330 areas, or of the study's own corpus without its
    territories; empty where that has one period or is too small to be tried.
    """
    asked = trial(study)
    if asked is None:
        return metro_areas.entry_test()
    if asked.reason:
        return metro_areas.entry_test().iloc[:0]
    found = entry.held_out(
        asked.counts, asked.before, asked.after, seed=study.definition.seed, draws=DRAWS
    )
    return found.assign(n_classes=asked.counts.shape[1], seed=study.definition.seed)
