"""
The file that says which patents are those of a sector, held against what it can say.

    sectors.csv   sector, ipc, ket, shared_with, also, certainty, reason, source, sector_en ...
        --read-->  the same rows; sectors as keys, symbols as `B63B 32`

A symbol is a class (B64), a subclass (F02K) or a main group (B63B 32), and takes what lies below
it.  Two sectors take the same patents only where a row says so (`shared_with`).
"""

import re
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, quoted, several, some
from studylib.files import hand_kept, hand_kept_columns
from studylib.ket.rules import FOLDER
from studylib.language import given

SECTORS = FOLDER / "sectors.csv"
SYMBOL = re.compile(r"([A-H][0-9]{2})(?:([A-Z])(?: ?([0-9]{1,4}))?)?")
KET = "ket:"  # before the KET a sector is, where it is told by no symbol


def read(path: Path = SECTORS) -> pd.DataFrame:
    """
    One row per (sector, symbol or KET); one with neither says of a sector that it does not patent.

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
    return rules.reset_index(drop=True)


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
