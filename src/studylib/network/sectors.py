"""
The sectors that rules know, and the patents of each: ``data/raw/rules/sectors.csv``.

    sector       sector_en    ipc      ket        shared_with  certainty  reason, source
    aeronautics  Aeronautics  B64                              certain    aircraft, aviation ...
    photonics    Photonics             photonics               certain    the sector is the KET
    sport        Sport        B63B 32             maritime     likely     surfboards ...
    tourism      Tourism                                       certain    services: do not patent

A symbol is a class (B64), a subclass (F02K) or a main group (B63B 32), and takes what lies below
it.  Two sectors take the same patents only where a row says so (`shared_with`).  A study may name
a file of its own instead (`sectors` in the study file).  A sector of a list that is not in the
file is taken as it is: its patents are not known, which does not make it a service.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from studylib.language import given
from studylib.network import sector_names, sector_rules
from studylib.network.sector_rules import KET, SECTORS, within
from studylib.stats.arrays import Flags
from studylib.study.model import Study


@dataclass(frozen=True)
class Sectors:
    """What the rules say of sectors; see `read`."""

    file: str
    rules: pd.DataFrame
    """One row per (sector, symbol or KET), with names, certainty, reason, source."""

    @cached_property
    def technologies(self) -> pd.DataFrame:
        """The rows of sectors in which firms patent: sector, technology (or `ket:` a KET)."""
        rows = self.rules
        told = rows["ipc"].where(rows["ipc"].notna(), KET + rows["ket"])
        return rows.assign(technology=told).dropna(subset="technology")[["sector", "technology"]]

    @cached_property
    def known(self) -> frozenset[str]:
        """The keys of all sectors of the rules."""
        return frozenset(self.rules["sector"])

    @cached_property
    def spellings(self) -> dict[str, str]:
        """What each way to write a sector means, see `sector_names`."""
        return sector_names.spellings(self.rules)

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What each sector is called, by language."""
        return given.by_key(self.rules, "sector", "sector")

    @cached_property
    def _technologies_of(self) -> dict[str, frozenset[str]]:
        """The symbols and KETs of each sector that has any."""
        by_sector = self.technologies.groupby("sector")["technology"]
        return {str(key): frozenset(map(str, own)) for key, own in by_sector}

    def technologies_of(self, sectors: Iterable[str]) -> set[str]:
        """Symbols (and KETs, as `ket:photonics`) of a set of sectors."""
        return {key for sector in sectors for key in self._technologies_of.get(sector, ())}

    def shared(self, sectors: Iterable[str], others: Iterable[str]) -> list[str]:
        """The symbols of either set of sectors that the other set takes too, sorted."""
        others = list(others)
        pairs = [self._shared.get((one, other), ()) for one in sectors for other in others]
        return sorted(set().union(*pairs))

    @cached_property
    def _shared(self) -> dict[tuple[str, str], frozenset[str]]:
        """What two sectors both take; a sector shares all it has with itself."""
        found: dict[tuple[str, str], set[str]] = {}
        rows = list(self.technologies.itertuples(index=False, name=None))
        for one, mine in rows:
            for other, theirs in rows:
                if within(mine, theirs) or within(theirs, mine):
                    found.setdefault((one, other), set()).update((mine, theirs))
        return {pair: frozenset(symbols) for pair, symbols in found.items()}

    def services(self, sectors: Iterable[str]) -> list[str]:
        """Of these sectors, those known not to patent."""
        return [key for key in sectors if key in self.known and not self.technologies_of({key})]

    def unknown(self, sectors: Iterable[str]) -> list[str]:
        """Of these sectors, those the rules do not know: whether they patent, nobody has said."""
        return [key for key in sectors if key not in self.known]

    def in_services(self, lists: pd.Series) -> Flags:
        """Whether all sectors of a list (`tourism;sport`) are known not to patent, list by list."""
        return self._asked(lists, lambda keys: len(self.services(keys)) == len(keys))

    def not_told(self, lists: pd.Series) -> Flags:
        """Whether no sector of a list has a symbol, and one at least is not known, list by list."""
        return self._asked(
            lists, lambda keys: not self.technologies_of(keys) and bool(self.unknown(keys))
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
    """
    The rules a study names, or those the library ships.

    A sector that is a KET the study's scheme does not have is not known there.
    """
    from studylib import ket
    from studylib.patents.dataset import scheme_path

    path = study.path(study.sectors) if study.sectors else SECTORS
    rules = _read_once(path, path.stat().st_mtime_ns) if path.is_file() else read(path)
    told = rules.rules["ket"].dropna()
    if told.empty:
        return rules
    there = told.isin(ket.load_scheme(scheme_path(study)).kets)
    return Sectors(rules.file, rules.rules.drop(index=there.index[~there]))


@lru_cache(maxsize=4)
def _read_once(path: Path, _changed: int) -> Sectors:
    """The rules of a file as it stands: a page asks for them some fifty times."""
    return read(path)


def read(path: Path = SECTORS) -> Sectors:
    """
    The rules of a file; a sector whose only row has no symbol and no KET is known not to patent.

    Raises
    ------
    DataError
        See `sector_rules.read`.
    """
    return Sectors(path.name, sector_rules.read(path))
