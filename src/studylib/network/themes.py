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
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd

from studylib import tables
from studylib.errors import DataError, quoted, several, some
from studylib.files import hand_kept, hand_kept_columns
from studylib.ket.rules import FOLDER
from studylib.language import given
from studylib.language.words import mark
from studylib.study.model import Study

RULES = FOLDER / "themes.csv"
ORIGINS = ("published", "own", "list", "patents")  # of two reasons for a theme the first counts
ON_BOTH_SIDES = mark("organisations of this sector on different sides of the border")
JOINED = mark("one organisation works in both sectors")
MEET = mark("families lie in both sectors more often than by chance, in every territory")
MOST_JOINED = 6  # pairs of sectors taken from the list: the tree stays one that is read
THE_LIST = "list of cluster organisations"
THE_PATENTS = "patents of this study"
COLUMNS = (
    "theme_id", "axis", "sector", "other_sector", "origin", "subject", "reason", "source",
)  # fmt: skip
MAY_BE_BLANK = ("other_sector", "subject")
TAKEN_OVER = mark("an example of collaboration, taken over by this project")
SPOKEN = ("subject", "reason")
"""In English; `subject_fr`, `reason_fr` say the same in French and stay columns of the table."""
AXES = ("same_sector", "cross_sector")


@cache
def rules(path: Path = RULES) -> pd.DataFrame:
    """
    The rule file: one row per theme (contract `themes`).

    Raises
    ------
    DataError
        See `hand_kept.read`; a cell is blank or holds a word that is not known, a theme across
        sectors lacks one, a theme within a sector has two, or a theme or a pair stands twice.
    """
    frame = hand_kept.read(path, COLUMNS, spoken=SPOKEN)
    hand_kept_columns.filled(
        frame, [column for column in COLUMNS if column not in MAY_BE_BLANK], path.name
    )
    hand_kept_columns.one_of(frame["axis"], AXES, path.name)
    hand_kept_columns.one_of(frame["origin"], ORIGINS, path.name)
    both = {c: frame[c].map(hand_kept.key, na_action="ignore") for c in ("sector", "other_sector")}
    frame = frame.assign(**both)
    across = frame["axis"] == "cross_sector"
    if len(wrong := frame[across != frame["other_sector"].notna()]):
        raise DataError(
            f"{quoted(path.name)}: "
            f"{several(len(wrong), 'theme does', 'themes do')} not fit the axis: "
            f"{some(wrong['theme_id'])}. "
            "A theme across sectors has two, one within a sector has one."
        )
    pairs = _pair(frame)
    if len(twice := frame[pairs.duplicated(keep=False)]):
        raise DataError(
            f"{quoted(path.name)}: "
            f"{several(len(twice), 'theme joins', 'themes join')} the sectors of another: "
            f"{some(twice['theme_id'])}."
        )
    if len(again := frame.loc[frame["theme_id"].duplicated(), "theme_id"]):
        raise DataError(
            f"{quoted(path.name)}: "
            f"{several(len(again), 'theme has', 'themes have')} the id of another: "
            f"{hand_kept.at_rows(dict(again))}."
        )
    return tables.check(frame, "themes")


def path_of(study: Study) -> Path:
    """The file of themes a study names, or the one the library ships."""
    return study.path(study.themes) if study.themes else RULES


def are_theirs(study: Study) -> bool:
    """
    Whether the themes called published are of the study's own source page.

    Those the library ships are of the page whose claims the default study re-checks; for a study
    of other territories they are examples this project took over, and no source page of its own.
    """
    return study.themes is not None or study.claims is not None


def _taken_over(named: pd.DataFrame) -> pd.DataFrame:
    """The themes the library ships, for a study that has no source page to have named them."""
    published = named["origin"] == "published"
    said = {c: named[c].mask(published) for c in given.columns(named, "reason").values()}
    return named.assign(
        origin=named["origin"].replace("published", "own"),
        reason=named["reason"].mask(published, TAKEN_OVER),
        **said,
    )


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
        named = _taken_over(named)
    found = pd.concat(
        [named, _same_sector(places), _joined(organisations), _meeting(co_classified)],
        ignore_index=True,
    )
    found = found[~_pair(found).duplicated()]
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


def _pair(frame: pd.DataFrame) -> pd.Series:
    """Both sectors in alphabetical order: the same for a theme named either way round."""
    filled = frame["other_sector"].astype("object").fillna("")
    both = zip(frame["sector"].astype("object"), filled, strict=True)
    return pd.Series([" x ".join(sorted(pair)) for pair in both], index=frame.index, dtype="object")


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
