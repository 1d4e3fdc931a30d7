"""
The sectors that rules know, and the WIPO technology fields of each: ``data/raw/rules/sectors.csv``.

    sector       sector_en    sector_fr     field_id   certainty  reason, source
    aeronautics  Aeronautics  Aéronautique  27         likely     aircraft engines (F02C, F02K) ...
    tourism      Tourism      Tourisme                 certain    services: known not to patent

A study may name a file of its own instead (`sectors` in the study file).  A sector of a list that
is not in the file is taken as it is: its fields are not known, which does not make it a service.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, quoted, several, some
from studylib.files import hand_kept
from studylib.ket.rules import FOLDER
from studylib.language import given
from studylib.network.arrays import Flags
from studylib.study.model import Study

SECTORS = FOLDER / "sectors.csv"
FIELDS = range(1, 36)


@dataclass(frozen=True)
class Sectors:
    """What the rules say of sectors; see `read`."""

    file: str
    rules: pd.DataFrame
    """One row per (sector, WIPO field), with names, certainty, reason, source."""

    @cached_property
    def fields(self) -> pd.DataFrame:
        """The rows of sectors in which firms patent: sector, field_id."""
        return self.rules.dropna(subset="field_id")[["sector", "field_id"]]

    @cached_property
    def known(self) -> frozenset[str]:
        """The keys of all sectors of the rules."""
        return frozenset(self.rules["sector"])

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What each sector is called, by language."""
        return given.by_key(self.rules, "sector", "sector")

    @cached_property
    def _fields_of(self) -> dict[str, frozenset[int]]:
        """The fields of each sector that the rules give any."""
        by_sector = self.fields.groupby("sector")["field_id"]
        return {str(key): frozenset(int(field) for field in own) for key, own in by_sector}

    def fields_of(self, sectors: Iterable[str]) -> set[int]:
        """WIPO fields of a set of sectors."""
        return {field for sector in sectors for field in self._fields_of.get(sector, ())}

    def services(self, sectors: Iterable[str]) -> list[str]:
        """Of these sectors, those known not to patent."""
        return [key for key in sectors if key in self.known and not self.fields_of({key})]

    def unknown(self, sectors: Iterable[str]) -> list[str]:
        """Of these sectors, those the rules do not know: whether they patent, nobody has said."""
        return [key for key in sectors if key not in self.known]

    def in_services(self, lists: pd.Series) -> Flags:
        """Whether all sectors of a list (`tourism;sport`) are known not to patent, list by list."""
        return self._asked(lists, lambda keys: len(self.services(keys)) == len(keys))

    def not_told(self, lists: pd.Series) -> Flags:
        """Whether no sector of a list has a field, and one at least is not known, list by list."""
        return self._asked(
            lists, lambda keys: not self.fields_of(keys) and bool(self.unknown(keys))
        )

    @staticmethod
    def _asked(lists: pd.Series, question: Callable[[list[str]], bool]) -> Flags:
        """The answer for each list of sectors, as text separated by semicolons."""
        answers = {text: question(str(text).split(";")) for text in lists.unique()}
        return lists.astype("object").map(answers).to_numpy(dtype=bool)

    def name(self, key: object) -> str:
        """The name of a sector on a page; one without a name as the list writes it."""
        return given.name_of(str(key), self.names)


def of_study(study: Study) -> Sectors:
    """The rules a study names, or those the library ships."""
    return read(study.path(study.sectors) if study.sectors else SECTORS)


def read(path: Path = SECTORS) -> Sectors:
    """
    The rules of a file; a sector whose only row has no field is known not to patent.

    Parameters
    ----------
    path
        CSV or workbook: sector (a key), field_id, and, if known, certainty, reason, source and
        the name in each language (`sector_en`, `sector_fr`), in one row of the sector at least.

    Raises
    ------
    DataError
        See `hand_kept.read`; a row has no sector or a field that does not exist, stands twice, or
        gives a sector a second name.
    """
    said = ("certainty", "reason", "source")
    rules = hand_kept.read(path, ("sector", "field_id"), said, spoken=("sector",))
    hand_kept.filled(rules, ("sector",), path.name)
    written = rules["field_id"]
    rules = rules.assign(
        field_id=hand_kept.whole(written, path.name), sector=rules["sector"].map(hand_kept.key)
    )
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
    for column in given.columns(rules, "sector").values():
        told = rules.groupby("sector")[column].nunique()
        if len(two := told[told > 1]):
            raise DataError(
                f"{quoted(path.name)}: {several(len(two), 'sector has', 'sectors have')} two names "
                f"in `{column}`: {some(two.index)}. Write the name once, or the same in every row."
            )
    return Sectors(path.name, rules.reset_index(drop=True))
