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

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, quoted, several, some
from studylib.files import hand_kept, hand_kept_columns
from studylib.ket.rules import FOLDER
from studylib.language import given
from studylib.network import sector_names
from studylib.stats.arrays import Flags
from studylib.study.model import Study

SECTORS = FOLDER / "sectors.csv"
SYMBOL = re.compile(r"([A-H][0-9]{2})(?:([A-Z])(?: ?([0-9]{1,4}))?)?")
KET = "ket:"  # before the KET a sector is, where it is told by no symbol


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

    Parameters
    ----------
    path
        CSV or workbook: sector (a key), ipc, and, if known, ket, shared_with (other sectors,
        separated by semicolons), also (other ways to write it, separated by |), certainty,
        reason, source and the name in each language (`sector_en`, `sector_fr`), in one row of the
        sector at least.

    Raises
    ------
    DataError
        See `hand_kept.read`; a row has no sector, what is no IPC class, subclass or main group,
        or both a symbol and a KET, stands twice, gives a sector a second name, or takes patents of
        another sector without saying so.
    """
    said = ("ket", "shared_with", "also", "certainty", "reason", "source")
    rules = hand_kept.read(path, ("sector", "ipc"), said, spoken=("sector",))
    hand_kept_columns.filled(rules, ("sector",), path.name)
    written = rules["ipc"].dropna()
    if len(wrong := written[~written.str.fullmatch(SYMBOL)]):
        raise DataError(
            f"{quoted(path.name)}: `ipc` is no class (B64), subclass (F02K) or main group "
            f"(B63B 32) of the IPC in {several(len(wrong), 'row', 'rows')}: "
            f"{hand_kept.at_rows(dict(wrong))}."
        )
    if len(both := rules[rules["ipc"].notna() & rules["ket"].notna()]):
        raise DataError(
            f"{quoted(path.name)}: {several(len(both), 'row has', 'rows have')} an `ipc` and a "
            f"`ket`: {hand_kept.at_rows(dict(both['ipc']))}. Give each a row of its own."
        )
    rules = rules.assign(
        sector=rules["sector"].map(hand_kept.key), ipc=rules["ipc"].map(_symbol, na_action="ignore")
    )
    if len(twice := rules[rules.duplicated(["sector", "ipc", "ket"])]):
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
    _shares_are_said(rules, path.name)
    return Sectors(path.name, rules.reset_index(drop=True))


def _symbol(text: str) -> str:
    """A symbol as tables write it: `B63B32` is `B63B 32`."""
    parts = SYMBOL.fullmatch(text)
    assert parts is not None
    group = f" {int(parts[3])}" if parts[3] else ""
    return f"{parts[1]}{parts[2] or ''}{group}"


def within(symbol: str, wider: str) -> bool:
    """
    Whether a class, subclass or main group is another, or lies below it.

    >>> within("B63B 32", "B63"), within("B63B 32", "B63B 3")
    (True, False)
    """
    return symbol == wider or (symbol.startswith(wider) and " " not in wider)


def _shares_are_said(rules: pd.DataFrame, name: str) -> None:
    """Raise if two sectors take the same patents and no row of either says so."""
    told = rules.dropna(subset="ipc")
    said = {
        frozenset((sector, hand_kept.key(other)))
        for sector, others in zip(told["sector"], told["shared_with"], strict=True)
        if isinstance(others, str)
        for other in others.split(";")
    }
    rows = list(zip(told["sector"], told["ipc"], strict=True))
    silent = [
        f"{one} {mine} and {other} {theirs}"
        for place, (one, mine) in enumerate(rows)
        for other, theirs in rows[place + 1 :]
        if one != other
        and frozenset((one, other)) not in said
        and (within(mine, theirs) or within(theirs, mine))
    ]
    if silent:
        raise DataError(
            f"{quoted(name)}: {several(len(silent), 'pair', 'pairs')} of sectors would count the "
            f"same patents: {some(silent)}. Give them different symbols, or name the other "
            "sector in `shared_with`."
        )
