"""
Five ways to say that two technologies are near: do they agree, and which foretells more?

    C, ubiquity of a corpus  --agreement-->  one row per measure, beside the one used here

Which measure is taken is a choice nobody else has to share; so it is shown what depends on it.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from studylib.diversify import relatedness
from studylib.stats.arrays import Numbers

USED = "conditional"  # the measure of every density in the study
NEAREST = 10  # neighbours of a class that are compared


def measures() -> dict[str, Callable[[Numbers, Numbers], Numbers]]:
    """Measure -> phi of co-occurrences and ubiquity; the one used here first."""
    return {
        USED: relatedness.conditional,
        "association": lambda together, _ubiquity: relatedness.association(together),
        "probability": lambda together, _ubiquity: relatedness.probability(together),
        "cosine": lambda together, _ubiquity: relatedness.cosine(together),
        "jaccard": lambda together, _ubiquity: relatedness.jaccard(together),
    }


def agreement(together: Numbers, ubiquity: Numbers) -> pd.DataFrame:
    """
    One row per measure: measure; correlation (Spearman's, over all pairs of classes, with the
    measure used here); same_nearest (part of a class's ten nearest that are the same, mean over
    classes); n_classes, n_pairs.

    Classes that nobody holds are left out.
    """
    from scipy.stats import spearmanr

    used = ubiquity > 0
    together, ubiquity = together[np.ix_(used, used)], ubiquity[used]
    n = len(ubiquity)
    upper = np.triu_indices(n, 1)
    known = {name: measure(together, ubiquity) for name, measure in measures().items()}
    own = known[USED]
    nearest = _nearest(own)
    rows = [
        (
            name,
            float(spearmanr(own[upper], phi[upper]).statistic),
            float((nearest & _nearest(phi)).sum() / nearest.sum()),
        )
        for name, phi in known.items()
    ]
    table = pd.DataFrame(rows, columns=["measure", "correlation", "same_nearest"])
    return table.assign(n_classes=n, n_pairs=len(upper[0]))


def _nearest(near: Numbers) -> np.ndarray:
    """Which are the nearest of each class (row); of equals the first."""
    k = min(NEAREST, len(near) - 1)
    order = np.argsort(-near, axis=1, kind="stable")[:, :k]
    found = np.zeros(near.shape, dtype=bool)
    np.put_along_axis(found, order, values=True, axis=1)
    return found
