"""
What a contract is: the columns of a table, which of them tell its rows apart, in which order.

    "filing_year? : integer : year of filing"  --Column-->  name, kind, meaning, may be missing
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "label", "integer", "number", "date", "flag"]
DTYPES: dict[str, str] = {
    "text": "str",
    "label": "category",  # few distinct values
    "integer": "Int64",
    "number": "float64",
    "date": "datetime64[ms]",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column: its kind, its meaning, whether it may be missing, which values are allowed."""

    name: str
    kind: Kind
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """One table: its grain in words, its key (also its order), its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in the order they are written."""
        return [column.name for column in self.columns]


def _column(spec: str) -> Column:
    """`name? : kind : meaning : a|b`: the question mark says the value may be missing."""
    name, kind, meaning, *allowed = (part.strip() for part in spec.split(":"))
    values = tuple(allowed[0].split("|")) if allowed else ()
    if kind not in DTYPES:
        raise ValueError(spec)
    return Column(name.rstrip("?"), kind, meaning, not name.endswith("?"), values)  # type: ignore[arg-type]


def contract(name: str, grain: str, key: str, *columns: str) -> Contract:
    """A contract from its words; the names of the key are separated by blanks."""
    return Contract(name, grain, tuple(key.split()), tuple(_column(c) for c in columns))
