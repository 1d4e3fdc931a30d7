"""
Would shared technology have foretold who files together?  Links up to a year against later ones.

    applicants up to the year --pairs across the border--> shared fields | how much each files
    applicants after it       --new links-------------->  hits of each ranking

Ranked by how alike two applicants' fields are, and, for comparison, by how much they file: who
files much meets many, whatever the field.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from studylib.files.answers import once
from studylib.network import copatents
from studylib.patents import counting
from studylib.patents.dataset import Dataset
from studylib.stats import estimate

FEWEST = 5  # new links below which a ranking cannot be tested


@dataclass(frozen=True)
class Backtest:
    """The result; `table` is empty where it could not be tested."""

    year: int
    n_links: int
    """New links after the year between applicants known before it."""
    n_pairs: int
    """Pairs across the border that could have formed one."""
    table: pd.DataFrame
    """One row per ranking: ranking (`technology`, `size`), hits, n, precision, low, high."""


@once
def backtest(study: Dataset) -> Backtest:
    """
    How many new links stand among as many first pairs, by technology and by size alone.

    The year is the middle of the window.  Precision is over the n first pairs, n the number of new
    links; pairs that rank alike at the cut share their hits evenly.
    """
    year = (study.first_year + study.last_year) // 2
    when = study.units.drop_duplicates("unit_id").set_index("unit_id")["year"]
    people = copatents.parties(study, "applicant")
    people = people.assign(year=people["unit_id"].map(when)).dropna(subset="year")
    early, late = (people[people["year"].le(year) == is_early] for is_early in (True, False))
    before, after = _links(early, study.territories), _links(late, study.territories)
    nodes = {area: sorted(early.loc[early["territory"] == area, "node"].unique())
             for area in study.territories}  # fmt: skip
    pairs = [
        (a, b)
        for i, one in enumerate(study.territories)
        for other in study.territories[i + 1 :]
        for a in nodes[one]
        for b in nodes[other]
        if (a, b) not in before
    ]
    is_link = np.array([pair in after for pair in pairs], dtype=bool)
    n = int(is_link.sum())
    if n < FEWEST:
        return Backtest(year, n, len(pairs), pd.DataFrame())
    profile, size = _profiles(study, early)
    rankings = {
        "technology": np.array([_cosine(profile, a, b) for a, b in pairs]),
        "size": np.array([size[a] * size[b] for a, b in pairs], dtype=float),
    }
    rows = [(name, _hits(score, is_link, n), n) for name, score in rankings.items()]
    table = pd.DataFrame(rows, columns=["ranking", "hits", "n"])
    ends = estimate.share(table["hits"], table["n"])
    return Backtest(year, n, len(pairs), table.join(ends.rename(columns={"share": "precision"})))


def _links(people: pd.DataFrame, territories: list[str]) -> set[tuple[str, str]]:
    """Pairs of applicants of two territories on one unit, the earlier territory first."""
    order = {name: place for place, name in enumerate(territories)}
    rows = people.assign(place=people["territory"].map(order))
    both = rows.merge(rows, on="unit_id", suffixes=("", "_other"))
    both = both[both["place"] < both["place_other"]]
    return set(zip(both["node"], both["node_other"], strict=True))


def _profiles(study: Dataset, people: pd.DataFrame) -> tuple[dict[str, pd.Series], dict[str, int]]:
    """The fields of each applicant, and how many units it has."""
    carried = counting.labels_of_units(
        study.fields, study.applications, study.rule.unit, "field_id"
    )
    both = people[["unit_id", "node"]].drop_duplicates().merge(carried, on="unit_id", how="left")
    profile = {str(node): own["field_id"].value_counts() for node, own in both.groupby("node")}
    size = people.groupby("node")["unit_id"].nunique()
    return profile, {str(node): int(n) for node, n in size.items()}


def _cosine(profile: dict[str, pd.Series], a: str, b: str) -> float:
    """How alike the fields of two applicants are: 0 nothing shared, 1 the same proportions."""
    one, two = profile[a], profile[b]
    together = float((one * two.reindex(one.index).fillna(0)).sum())
    length = float(np.sqrt((one**2).sum() * (two**2).sum()))
    return together / length if length else 0.0


def _hits(score: np.ndarray, is_link: np.ndarray, n: int) -> float:
    """
    Links among the n first pairs; those that rank alike at the cut share the places left.

    >>> _hits(np.array([3.0, 2, 2, 1]), np.array([True, True, False, False]), 2)
    1.5
    """
    cut = np.sort(score)[-n]
    above, level = score > cut, score == cut
    return float(is_link[above].sum() + is_link[level].mean() * (n - above.sum()))
