"""
IPC symbols of one application: a theme of its section, and symbols that go together in it.

`data/raw/demo/themes.csv` holds the themes: real symbols, weights of our own.  Spellings are
those of bulk exports: 14 characters (`H01L0031042000`), padded (`H01L  31/042`), compact.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from studylib.demo.draw import Dice

MORE_SYMBOLS = {0: 0.16, 1: 0.28, 2: 0.27, 3: 0.19, 4: 0.10}
FROM_ELSEWHERE = 0.05  # applications that carry a symbol of an unrelated theme
SPELLINGS = {"full": 0.87, "padded": 0.11, "compact": 0.02}
FLAVOURS = {"Aquitaine": "aquitaine", "Euskadi": "euskadi"}


@dataclass(frozen=True)
class Theme:
    """What inventors work on: where it is frequent, its first symbols, what comes with them."""

    name: str
    section: str
    weights: dict[str, float]
    first: tuple[str, ...]
    more: tuple[str, ...]


def load_themes(path: Path) -> list[Theme]:
    """The themes, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Theme(
                row["theme"],
                row["section"],
                {k: float(row[k]) for k in ("aquitaine", "euskadi", "elsewhere")},
                tuple(row["first"].split(";")),
                tuple(row["more"].split(";")),
            )
            for row in csv.DictReader(file)
        ]


def draw_symbols(group: str, section: str, themes: list[Theme], dice: Dice) -> list[str]:
    """One to six different symbols in normal form; the first one lies in the section."""
    own = [theme for theme in themes if theme.section == section]
    flavour = FLAVOURS.get(group, "elsewhere")
    theme = dice.pick(own, [theme.weights[flavour] for theme in own])
    n_more = dice.pick(list(MORE_SYMBOLS), list(MORE_SYMBOLS.values()))
    symbols = [dice.pick(theme.first), *dice.some(theme.more, n_more)]
    if dice.chance(FROM_ELSEWHERE):
        symbols.append(dice.pick(dice.pick(themes).first))
    return list(dict.fromkeys(symbols))


def spell(symbol: str, dice: Dice) -> str:
    """The symbol in one of the spellings of bulk exports."""
    return spelled(symbol, dice.pick(list(SPELLINGS), list(SPELLINGS.values())))


def spelled(symbol: str, how: str) -> str:
    """
    The symbol in a given spelling.

    >>> [spelled("H01L 31/042", how) for how in SPELLINGS]
    ['H01L0031042000', 'H01L  31/042', 'H01L31/042']
    """
    subclass, _, group = symbol.partition(" ")
    if not group:
        return subclass
    main, _, sub = group.partition("/")
    if how == "full":
        return f"{subclass}{main:0>4}{sub:0<6}"
    return f"{subclass}{main:>4}/{sub}" if how == "padded" else f"{subclass}{main}/{sub}"
