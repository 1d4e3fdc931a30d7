"""
Ideas for joint projects: what speaks for each, what would refute it, and what comes first.

    evidence    one row per theme, one column per kind of evidence; never one score
    ranking     which ideas no other one beats, and how often each is best over all weights
    backtest    whether technology would have foretold joint patents, where the data allow
    baselines   indicators of cross-border programmes and criteria of smart specialisation

The evidence comes from the rooms below: network, patents, diversify.
"""

import pandas as pd

from studylib.files.answers import once
from studylib.network import Network
from studylib.opportunities import evidence, ranking
from studylib.patents.dataset import Dataset


@once
def ranked_ideas(study: Dataset, network: Network) -> pd.DataFrame:
    """
    One row per theme organisations of two territories could take up, those beaten by none first.

    Columns of `evidence.ideas`, then front, in_first, low, high and n_missing (see
    `ranking.ranked`); weights are drawn with the seed of the study.
    """
    found = evidence.ideas(study, network)
    return ranking.ranked(found, evidence.KINDS, seed=study.definition.seed)
