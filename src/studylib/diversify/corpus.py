"""
The wide corpus that says how near technologies are: the project's own, or one a study names.

    technology_space.csv   class x class, areas that hold both   --space-->  Space: phi, ubiquity
    [corpus] in the study file: region, technology, n            --space-->  the same

phi of two territories would be their own portfolios once more; so it comes from many regions, and
the territories are not among them.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from studylib.diversify import entry, relatedness
from studylib.diversify.unnamed_regions import refuse_unnamed
from studylib.errors import DataError, quoted, several, some
from studylib.files import limits, wording
from studylib.patents.dataset import Dataset
from studylib.project import PROJECT
from studylib.stats.arrays import Numbers
from studylib.study.model import Study
from studylib.study.parts import Corpus

REFERENCE = PROJECT / "data" / "raw" / "reference"
COLUMNS = ("region", "technology", "n")
TWO = 2  # periods of a corpus that can be tried
FEWEST = 30  # regions below which phi says how they were chosen


@dataclass(frozen=True)
class Space:
    """Technologies of the corpus (IPC subclasses, sorted) and how near they are."""

    technologies: pd.Index
    near: Numbers
    """phi by conditional probability, diagonal 0."""
    association: Numbers
    """phi by association strength, diagonal 0: a second normalisation."""
    ubiquity: Numbers
    """Regions that hold each technology."""
    n_regions: int


def space(study: Dataset | None = None) -> Space:
    """
    The space of the study's own corpus, else of the 330 European areas of the project.

    Raises
    ------
    DataError
        The corpus lacks a column, holds what is no count, or fewer than 30 regions.
    """
    own = study.definition.corpus if study else None
    if study is None or own is None:
        return _published(REFERENCE)
    return of_counts(besides(study.definition, own))


def besides(study: Study, own: Corpus) -> pd.DataFrame:
    """The own corpus of a study without its territories, as a matrix; see `counts`."""
    wide = counts(study.path(own.path), frozenset(own.without))
    refuse_unnamed(study, own, wide.index)
    return wide


@cache
def _published(folder: Path) -> Space:
    """The project's space, from its co-occurrences."""
    table = pd.read_csv(folder / "technology_space.csv", index_col=0)
    lower = table.fillna(0).to_numpy(dtype=float)
    ubiquity = np.diag(lower).copy()
    together = lower + lower.T
    np.fill_diagonal(together, 0.0)
    n_regions = int(pd.read_csv(folder / "entry.csv")["n_regions"].iloc[0])
    return _space(pd.Index(table.index), together, ubiquity, n_regions)


def counts(path: Path, without: frozenset[str]) -> pd.DataFrame:
    """The corpus as a matrix without the regions named: those of the territories; see `whole`."""
    wide = whole(path)
    unknown = sorted(without - set(wide.index))
    if unknown:
        raise DataError(
            f"The corpus {quoted(path.name)} has no region {some(unknown)} (`without` in [corpus])."
        )
    wide = wide.drop(index=list(without))
    if len(wide) < FEWEST:
        raise DataError(
            f"The corpus {quoted(path.name)} has {several(len(wide), 'region', 'regions')} besides "
            f"the territories; how near technologies are needs at least {FEWEST}."
        )
    return wide


def whole(path: Path) -> pd.DataFrame:
    """
    A corpus as a matrix: region x technology, patents, both sorted.

    Parameters
    ----------
    path
        CSV or Parquet with the columns region, technology (IPC subclass), n; rows of one pair add
        up, those of its periods too.
    """
    return matrix(_read(path))


def periods(path: Path) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """
    The earlier and the later period of a corpus as matrices of the same regions and technologies.

    None where it has no column `period`.  Periods are told in the order of their names: write them
    as years (`2000-2006`, `2007-2012`).

    Raises
    ------
    DataError
        There are not two.
    """
    table = _read(path)
    if "period" not in table:
        return None
    named = table["period"].astype("str")
    names = sorted(named.unique())
    if len(names) != TWO:
        raise DataError(
            f"The corpus {quoted(path.name)} has {several(len(names), 'period', 'periods')} "
            f"({some(names)}); to try what nearness foretells it needs two, an earlier and a later."
        )
    parts = [table.assign(n=table["n"].where(named == name, 0.0)) for name in names]
    first, second = (matrix(part) for part in parts)
    return first, second


def _read(path: Path) -> pd.DataFrame:
    """The rows of a corpus, checked."""
    try:
        limits.check_size(path, limits.MOST_TEXT, "corpus", "Leave out regions and years.")
        table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise DataError(f"The corpus {quoted(path.name)} cannot be read: {error}.") from None
    if lacking := [column for column in COLUMNS if column not in table]:
        raise DataError(
            f"The corpus {quoted(path.name)} lacks the columns {some(lacking)}; it needs "
            f"{some(COLUMNS)}: one row per region and IPC subclass."
        )
    n = pd.to_numeric(table["n"], errors="coerce")
    if (wrong := n.isna() | (n < 0)).any():
        raise DataError(
            f"The corpus {quoted(path.name)} has {several(int(wrong.sum()), 'row', 'rows')} whose "
            f"`n` is no count: {some(table.loc[wrong, 'n'].astype('str'))}."
        )
    named = table["region"].astype("str")
    seen = {name: wording.bare(name) for name in named.unique()}
    return table.assign(n=n, region=named.map(seen))


def matrix(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of region, technology, n as a matrix, both sorted; rows of one pair add up."""
    row, regions = pd.factorize(table["region"].astype("str"), sort=True)
    column, technologies = pd.factorize(table["technology"].astype("str"), sort=True)
    shape = len(regions), len(technologies)
    n = np.bincount(row * shape[1] + column, table["n"].to_numpy(dtype=float), shape[0] * shape[1])
    return pd.DataFrame(
        n.reshape(shape),
        pd.Index(regions, name="region"),
        pd.Index(technologies, name="technology"),
    )


def of_counts(wide: pd.DataFrame) -> Space:
    """The space of a matrix of patents (region x technology)."""
    held = entry.held(wide.to_numpy(dtype=float))
    return _space(
        pd.Index(wide.columns), relatedness.cooccurrence(held), held.sum(axis=0), len(wide)
    )


def _space(technologies: pd.Index, together: Numbers, ubiquity: Numbers, n_regions: int) -> Space:
    """Both measures of nearness from co-occurrences."""
    near = relatedness.conditional(together, ubiquity)
    return Space(technologies, near, relatedness.association(together), ubiquity, n_regions)
