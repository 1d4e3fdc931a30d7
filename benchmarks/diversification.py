"""
The technology space of 1,400 regions and 650 technologies: ours beside the package ecomplexity.

Both get the same table (region, technology, n) in the same run and give relatedness, density and
complexity; ecomplexity is installed for the measurement alone (`pip install ecomplexity`), and
without it only our seconds are told.  Both are called once before, so that what they import (SciPy
among it) counts for neither; both get one thread, as a build gives its pages; of three runs each
the shortest counts.  Then what is large or repeated: a sparse corpus of 5,000
regions and 10,000 technologies, and 1,000 draws of what a neighbour adds; of these, processor
seconds beside the clock, since a machine is rarely idle: a minute on two cores is two of them.
"""

import contextlib
import io
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd

from studylib.diversify import complexity, corpus, density, entry, relatedness

REGIONS, TECHNOLOGIES = 1_400, 650
TIMES = 3
MANY_REGIONS, MANY_TECHNOLOGIES, PER_REGION = 5_000, 10_000, 60


def made(seed: int = 1) -> pd.DataFrame:
    """Counts of patents: regions of unequal size, technologies of unequal spread."""
    dice = np.random.default_rng(seed)
    size = dice.lognormal(0, 1.2, REGIONS)
    spread = dice.lognormal(0, 1.2, TECHNOLOGIES)
    taste = dice.gamma(0.5, 2.0, (REGIONS, TECHNOLOGIES))
    n = dice.poisson(0.6 * np.outer(size, spread) * taste)
    wide = pd.DataFrame(n, index=range(REGIONS), columns=range(TECHNOLOGIES))
    long = wide.stack().rename("n").rename_axis(["region", "technology"]).reset_index()
    return long[long["n"] > 0].astype({"region": str, "technology": str})


def ours(table: pd.DataFrame) -> None:
    """Relatedness, density and complexity from the table."""
    wide = corpus.matrix(table)
    held = entry.held(wide.to_numpy(dtype=float))
    space = corpus.of_counts(wide)
    density.density(held, space.near)
    inside = held[:, held.sum(axis=0) > 0]
    complexity.complexity(inside[inside.sum(axis=1) > 0])


def _seconds(table: pd.DataFrame) -> float:
    """Of ours."""
    start = time.perf_counter()
    ours(table)
    return time.perf_counter() - start


def theirs(table: pd.DataFrame) -> float | None:
    """Seconds of ecomplexity for the same; None where it is not installed."""
    try:
        from ecomplexity import ecomplexity
    except ImportError:
        return None
    columns = {"time": "year", "loc": "region", "prod": "technology", "val": "n"}
    start = time.perf_counter()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        ecomplexity(table.assign(year=2000), columns)
    return time.perf_counter() - start


def large() -> float:
    """Seconds for the relatedness of a sparse corpus."""
    from scipy.sparse import csr_array

    dice = np.random.default_rng(2)
    rows = np.repeat(np.arange(MANY_REGIONS), PER_REGION)
    columns = dice.integers(0, MANY_TECHNOLOGIES, len(rows))
    held = csr_array((np.ones(len(rows)), (rows, columns)), (MANY_REGIONS, MANY_TECHNOLOGIES))
    held.data[:] = 1
    start = time.perf_counter()
    relatedness.conditional(relatedness.cooccurrence(held), np.asarray(held.sum(axis=0)))
    return time.perf_counter() - start


def draws() -> list[dict[str, object]]:
    """Seconds for 1,000 draws of what a neighbour adds, by field (as pages do) and by class."""
    dice = np.random.default_rng(3)
    held = (dice.random((330, 634)) < 0.15).astype(float)
    near = relatedness.conditional(relatedness.cooccurrence(held), held.sum(axis=0))
    fields = near / near.sum(axis=0) @ np.repeat(np.eye(32), 20, axis=0)[:634] / 20
    rows = []
    for what, add in (
        ("added to fields, 1,000 draws", lambda other: ((1 - held) * other) @ fields),
        ("added to classes, 1,000 draws", lambda other: density.added(held, other, near)),
    ):
        start, worked = time.perf_counter(), time.process_time()
        for _draw in range(1_000):
            add(held[dice.permutation(330)])
        rows.append(
            {
                "what": what,
                "size": "330 x 634",
                "seconds": time.perf_counter() - start,
                "processor_seconds": time.process_time() - worked,
            }
        )
    return rows


def run() -> list[dict[str, object]]:
    """Seconds and the ratio to ecomplexity; seconds and memory of what is large."""
    from threadpoolctl import threadpool_limits

    table = made()
    with threadpool_limits(1):
        ours(table)
        theirs(table.head(20_000))
        times = [(_seconds(table), theirs(table)) for _time in range(TIMES)]
    mine = min(one for one, _other in times)
    other = min((two for _one, two in times if two is not None), default=None)
    size = f"{REGIONS} x {TECHNOLOGIES}"
    first = {"what": "relatedness, density, complexity", "size": size, "seconds": mine}
    if other is not None:
        first |= {"ecomplexity_seconds": other, "ratio": mine / other}
    sparse = {
        "what": "relatedness, sparse", "size": f"{MANY_REGIONS} x {MANY_TECHNOLOGIES}",
        "seconds": large(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    return [first, *draws(), sparse]


if __name__ == "__main__":
    for row in run():
        sys.stdout.write(f"{row}\n")
