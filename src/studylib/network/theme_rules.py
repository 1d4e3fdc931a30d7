"""
The file of themes: those the source page names, and those this project chose; ``themes.csv``.

    theme_id  axis          sector  other_sector  origin     subject, reason, source
    ...       same_sector   ...                   published  named by the source page
    ...       cross_sector  ...     ...           own        chosen by this project

A study may name a file of its own (`themes` in the study file).
"""

from functools import cache
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
    pairs = pair_of(frame)
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


def taken_over(named: pd.DataFrame) -> pd.DataFrame:
    """The themes the library ships, for a study that has no source page to have named them."""
    published = named["origin"] == "published"
    said = {c: named[c].mask(published) for c in given.columns(named, "reason").values()}
    return named.assign(
        origin=named["origin"].replace("published", "own"),
        reason=named["reason"].mask(published, TAKEN_OVER),
        **said,
    )


def pair_of(frame: pd.DataFrame) -> pd.Series:
    """Both sectors in alphabetical order: the same for a theme named either way round."""
    filled = frame["other_sector"].astype("object").fillna("")
    both = zip(frame["sector"].astype("object"), filled, strict=True)
    return pd.Series([" x ".join(sorted(pair)) for pair in both], index=frame.index, dtype="object")
