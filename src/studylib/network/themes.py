"""
Themes of collaboration: those the study's source page names, and those the data support.

    themes.csv   published | own     named by the source page; chosen by this project (or a file
                                     of the study's own: `themes` in the study file)
    the list     list                a sector on both sides; two sectors one organisation joins
    the patents  patents             two sectors whose families meet more often than by chance

A published theme stands as soon as one organisation has its sector; every other one only where
organisations of two territories could take it up.
"""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pandas as pd

from studylib import tables
from studylib.language.words import mark
from studylib.network.theme_rules import COLUMNS, ORIGINS, RULES, pair_of, rules, taken_over

ON_BOTH_SIDES = mark("organisations of this sector on different sides of the border")
JOINED = mark("one organisation works in both sectors")
MEET = mark("families lie in both sectors more often than by chance, in every territory")
MOST_JOINED = 6  # pairs of sectors taken from the list: the tree stays one that is read
THE_LIST = "list of cluster organisations"
THE_PATENTS = "patents of this study"


def themes(
    organisations: pd.DataFrame,
    co_classified: pd.DataFrame,
    path: Path = RULES,
    *,
    theirs: bool = True,
) -> pd.DataFrame:
    """
    Every theme of the study (contract `themes`), published ones first within each axis.

    Parameters
    ----------
    organisations
        Contract `clusters`.
    co_classified
        See `sector_patents.co_classified`.
    theirs
        Whether published themes are the study's; else they are this project's (`are_theirs`).
    """
    places = _places(organisations)
    named = rules(path).astype("object")
    if not theirs:
        named = taken_over(named)
    found = pd.concat(
        [named, _same_sector(places), _joined(organisations), _meeting(co_classified)],
        ignore_index=True,
    )
    found = found[~pair_of(found).duplicated()]
    there = [
        _is_there(places, str(row.sector), row.other_sector, str(row.origin))
        for row in found.itertuples(index=False)
    ]
    found = found[pd.Series(there, index=found.index, dtype=bool)]
    rank = {origin: i for i, origin in enumerate(ORIGINS)}
    axis = found["axis"].map({"same_sector": 0, "cross_sector": 1})
    order = pd.DataFrame({"a": axis, "o": found["origin"].map(rank), "t": found["theme_id"]})
    found = found.loc[order.sort_values(["a", "o", "t"], kind="stable").index]
    return tables.check(found.reset_index(drop=True), "themes")


def pairs(found: pd.DataFrame) -> pd.DataFrame:
    """Themes across sectors, either way round: sector, other_sector, theme_id, origin."""
    across = found[found["axis"] == "cross_sector"].astype("object")
    one = across[["sector", "other_sector", "theme_id", "origin"]]
    other = one.rename(columns={"sector": "other_sector", "other_sector": "sector"})
    return pd.concat([one, other[one.columns]], ignore_index=True)


def _places(organisations: pd.DataFrame) -> dict[str, set[str]]:
    """Sector -> territories that have an organisation of it."""
    stated = organisations[["territory", "sectors"]].astype("object")
    stated = stated.assign(sector=stated["sectors"].str.split(";")).explode("sector")
    return {str(k): set(v) for k, v in stated.groupby("sector", sort=True)["territory"]}


def _is_there(places: dict[str, set[str]], sector: str, other: object, origin: str) -> bool:
    """Whether the theme has an organisation (published), or organisations of two territories."""
    one = places.get(sector, set())
    two = one if pd.isna(other) else places.get(str(other), set())  # type: ignore[call-overload]
    if origin == "published":
        return bool(one or two)
    return bool(one and two) and len(one | two) > 1


def _same_sector(places: dict[str, set[str]]) -> pd.DataFrame:
    """The sectors that organisations of two territories state."""
    rows = [
        {"theme_id": sector, "axis": "same_sector", "sector": sector, "reason": ON_BOTH_SIDES}
        for sector, territories in places.items()
        if len(territories) > 1
    ]
    return _frame(rows, "list", THE_LIST)


def _joined(organisations: pd.DataFrame) -> pd.DataFrame:
    """Two sectors that organisations state together, those most often stated first."""
    lists = organisations["sectors"].astype("object").value_counts()
    n: Counter[tuple[str, str]] = Counter()
    for text, times in lists.items():
        for pair in combinations(str(text).split(";"), 2):
            n[pair] += int(times)
    most = sorted(n, key=lambda pair: (-n[pair], pair))[:MOST_JOINED]
    return _frame([_across(*pair, JOINED) for pair in sorted(most)], "list", THE_LIST)


def _meeting(co_classified: pd.DataFrame) -> pd.DataFrame:
    """Two sectors whose families meet."""
    found = co_classified[co_classified["is_theme"].astype(bool)]
    both = zip(found["sector"], found["other_sector"], strict=True)
    return _frame([_across(*pair, MEET) for pair in both], "patents", THE_PATENTS)


def _across(one: str, other: str, reason: str) -> dict[str, str]:
    """The row of a theme across two sectors."""
    name = "_".join(sorted([one, other]))
    return {
        "theme_id": name, "axis": "cross_sector", "sector": one, "other_sector": other,
        "reason": reason,
    }  # fmt: skip


def _frame(rows: list[dict[str, str]], origin: str, source: str) -> pd.DataFrame:
    """Themes as a table, with who names them and where that stands."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
    return frame.assign(origin=origin, source=source)
