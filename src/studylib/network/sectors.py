"""
The sectors that rules know, and the WIPO technology fields of each: ``data/raw/rules/sectors.csv``.

    sector       field_id   certainty  reason, source
    aeronautics  27         likely     aircraft engines (F02C, F02K) are in field 27
    tourism                 certain    services: known not to patent

A sector of a list that is not in the file is taken as it is: its fields are not known.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, quoted, several, some
from studylib.files import hand_kept
from studylib.ket.rules import FOLDER

SECTORS = FOLDER / "sectors.csv"
FIELDS = range(1, 36)


@cache
def sector_fields(path: Path = SECTORS) -> pd.DataFrame:
    """
    The rule file: one row per (sector, WIPO field), with certainty, reason, source.

    A sector whose only row has no field is known not to patent.

    Raises
    ------
    DataError
        See `by_hand.read`; a row has no sector or a field that does not exist, or stands twice.
    """
    rules = hand_kept.read(path, ("sector", "field_id"), ("certainty", "reason", "source"))
    hand_kept.filled(rules, ("sector",), path.name)
    written = rules["field_id"]
    rules = rules.assign(field_id=hand_kept.whole(written, path.name))
    if len(wrong := written[written.notna() & ~rules["field_id"].isin(FIELDS)]):
        raise DataError(
            f"{quoted(path.name)}: there is no such WIPO field (they are 1 to 35): "
            f"{hand_kept.at_rows(dict(wrong))}."
        )
    if len(twice := rules[rules.duplicated(["sector", "field_id"])]):
        raise DataError(
            f"{quoted(path.name)}: "
            f"{several(len(twice), 'row stands', 'rows stand')} twice: {some(twice['sector'])}."
        )
    return rules.reset_index(drop=True)


def without_field(sectors: list[str]) -> tuple[list[str], list[str]]:
    """Of these sectors, those known not to patent, and those the rules do not know."""
    rules = sector_fields()
    silent = set(rules["sector"]) - set(rules.dropna(subset="field_id")["sector"])
    known = set(rules["sector"])
    return [s for s in sectors if s in silent], [s for s in sectors if s not in known]
