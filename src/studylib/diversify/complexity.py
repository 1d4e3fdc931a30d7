"""
How rare and how demanding what a region holds is: only from a wide corpus, in two definitions.

    complexity   second eigenvector of D^-1 M U^-1 M', standardised (ECI; KCI is the same vector)
    fitness      Tacchella et al., as ranks: its values do not settle

With two regions the eigenvector is always (+1, -1): nothing is measured.  So it is refused where
regions are few, where the second eigenvalue is not alone, or where the matrix falls apart.

Where the packages differ: EconGeo rounds the matrix to four decimals and divides the vector by its
sum, with the sign of the method of reflections; ecomplexity takes the sign of the correlation with
diversity and standardises with ddof 0, as here.  On nearly nested matrices the two signs disagree,
so the correlation behind the sign is returned.

References: Hidalgo, Hausmann (2009), doi:10.1073/pnas.0900943106; Tacchella, Cristelli, Caldarelli,
Gabrielli, Pietronero (2012), doi:10.1038/srep00723.
"""

from dataclasses import dataclass

import numpy as np

from studylib.errors import DataError
from studylib.stats import sums
from studylib.stats.arrays import Numbers

FEWEST = 10  # regions below which the vector says how they were chosen, not what they can do
GAP = 1e-6  # between the second and third eigenvalue
ROUNDS = 200


@dataclass(frozen=True)
class Complexity:
    """Complexity of regions and technologies (mean 0, standard deviation 1 over regions)."""

    regions: Numbers
    technologies: Numbers
    sign: float
    """Correlation of the regions' values with their diversity: the sign hangs on it."""
    gap: float
    """Second minus third eigenvalue."""


def complexity(held: Numbers, *, fewest: int = FEWEST) -> Complexity:
    """
    The index of economic complexity of a 0-1 matrix (regions x technologies).

    Raises
    ------
    DataError
        Fewer regions than `fewest`; an empty row or column; a second eigenvalue that is repeated,
        or as large as the first (the matrix falls into parts that share nothing).
    """
    held = np.asarray(held, dtype=float)
    if len(held) < max(fewest, 3):
        raise DataError(
            f"Complexity of {len(held)} regions would measure which were chosen and not what they "
            f"can do; it needs at least {fewest}. Take it from a wide corpus."
        )
    diversity, ubiquity = held.sum(axis=1), held.sum(axis=0)
    if not (diversity.all() and ubiquity.all()):
        raise DataError("A region or a technology of the matrix is empty; leave it out first.")
    # The symmetric form has real eigenvalues in a fixed order; the other one need not.
    scaled = held / np.sqrt(np.outer(diversity, ubiquity))
    values, vector = _largest(scaled)
    if values[-2] > 1 - GAP:
        raise DataError("The matrix falls into parts that share no technology; take one of them.")
    if values[-2] - values[-3] < GAP:
        raise DataError("The second eigenvalue is repeated, so complexity is not defined.")
    regions = vector / np.sqrt(diversity)
    sign = float(np.corrcoef(diversity, regions)[0, 1])
    if sign < 0:
        regions, sign = -regions, -sign
    technologies = (held.T @ regions) / ubiquity / values[-2]
    mean, spread = regions.mean(), regions.std()
    return Complexity(
        (regions - mean) / spread,
        (technologies - mean) / spread,
        sign,
        float(values[-2] - values[-3]),
    )


def _largest(scaled: Numbers) -> tuple[Numbers, Numbers]:
    """
    The three largest eigenvalues of S S', in rising order, and the vector of the second largest.

    Taken from the smaller of S S' and S' S, whose eigenvalues other than 0 are the same.
    """
    from scipy.linalg import eigh

    is_tall = scaled.shape[0] > scaled.shape[1]
    gram = scaled.T @ scaled if is_tall else scaled @ scaled.T
    n = len(gram)
    ends = [max(0, n - 3), n - 1]
    values, vectors = eigh(gram, subset_by_index=ends, overwrite_a=True)
    values = np.concatenate([np.zeros(3 - len(values)), values])
    second = vectors[:, -2] if n > 1 else np.zeros(1)
    return values, np.asarray(scaled @ second if is_tall else second)


def fitness_ranks(held: Numbers, *, rounds: int = ROUNDS) -> tuple[Numbers, Numbers]:
    """
    Ranks by fitness of regions and by complexity of technologies, 1 the highest; equals share.

    Notes
    -----
    F = M Q and Q = 1 / (M' (1/F)), each over its mean; stopped after a fixed number of rounds.
    Values of nearly nested matrices sink to 0 and never settle, so only ranks are given.
    """
    from scipy.sparse import csr_array
    from scipy.stats import rankdata

    held = np.asarray(held, dtype=float)
    rows, columns = csr_array(held), csr_array(held.T)
    fit, hard = np.ones(len(held)), np.ones(held.shape[1])
    for _round in range(rounds):
        next_fit = sums.product(rows, hard)
        next_hard = 1 / sums.product(columns, 1 / np.maximum(fit, np.finfo(float).tiny))
        fit, hard = next_fit / next_fit.mean(), next_hard / next_hard.mean()
    return rankdata(-fit, method="min"), rankdata(-hard, method="min")


def agreement(held: Numbers) -> float:
    """Rank correlation (Spearman) of the two definitions over regions."""
    from scipy.stats import spearmanr

    by_fitness, _hard = fitness_ranks(held)
    return float(spearmanr(complexity(held).regions, -by_fitness).statistic)
