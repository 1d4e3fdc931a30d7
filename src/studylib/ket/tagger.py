"""
The search behind `ket.tag`: codes of symbols, bits of codes, groups of rows, counts.

    symbol  --encode-->  code  --matcher-->  bits   (once per distinct symbol)
    rows whose bits are not 0  --grouped by application-->  triggers, partners, vetoes  -->  tags

Rows that no rule speaks of are left behind before any application_id is looked at.  Nothing
here loops over rows; the cost is one pass per column and a few passes over the rows that count.
"""

import numpy as np
import pandas as pd
import pyarrow as pa

from studylib.clean import ipc
from studylib.clean.columns import Array, Groups, by_pieces, encode, grouped
from studylib.errors import DataError, some
from studylib.ket.intervals import Match
from studylib.ket.match import Matcher, matcher
from studylib.ket.rules import Scheme

MANY = 10  # rows per distinct symbol, above which it is dearer to look which ones are used
FEW = 64  # symbols of one application, above which comparing each with each is slow


def tag(symbols: pd.DataFrame, scheme: Scheme, *, match: Match = "exact") -> pd.DataFrame:
    """
    Say which KETs each application carries, and on how many distinct symbols that rests.

    Parameters
    ----------
    symbols
        One row per (application_id, scheme, symbol), symbols in normal form; repeated rows count
        once.  Without a column `scheme`, all rows are IPC.
    scheme
        The rules, from `load_scheme`.
    match
        How a rule on a subgroup covers symbols: see `ket.intervals`.  Rules on classes, subclasses
        and main groups cover all below them under each.

    Returns
    -------
    One row per (application_id, ket), sorted: application_id, ket, n_symbols >= 1.  Symbols that
    only allow or forbid a tag (partners of only-with rules, vetoes) are not in `n_symbols`.

    Raises
    ------
    DataError
        A column is missing, a symbol is not in normal form, an application_id is missing.
    """
    rules = matcher(scheme, match)
    codes, masks = _masks(symbols, rules)
    rows, bits = _rows_that_count(codes, masks)
    groups = grouped(symbols["application_id"], rows)
    if groups.rows is not rows:  # the applications do not stand together
        bits = masks[codes[groups.rows]]

    def found(start: int, stop: int) -> pd.DataFrame:
        """The tags of a piece of the applications."""
        here, some_groups = groups.between(start, stop)
        return _tags(some_groups, bits[here], codes, rules)

    return pd.concat(by_pieces(found, len(groups.starts)), ignore_index=True)


def _tags(groups: Groups, bits: Array, codes: Array, rules: Matcher) -> pd.DataFrame:
    """The tags of some applications; `bits`: those of each of their rows."""
    number = groups.number()
    gives = _gives(bits, groups.any_bits(bits), number, rules)
    counted = np.flatnonzero(gives != 0)
    number, gives, codes = number[counted], gives[counted], codes[groups.rows[counted]]
    first = _first_of_each(number, codes)
    return _table(number[first], gives[first], groups, rules.kets)


def _masks(symbols: pd.DataFrame, rules: Matcher) -> tuple[Array, Array]:
    """The code of each row's symbol, and the bits of each code; the last one does nothing."""
    if missing := [c for c in ("application_id", "symbol") if c not in symbols]:
        raise DataError(f"The symbols lack the columns {some(missing)}.")
    codes, texts = encode(symbols["symbol"])
    if "scheme" in symbols:
        is_ipc = (symbols["scheme"] == "ipc").to_numpy()
        if not is_ipc.all():
            codes = np.where(is_ipc, codes, -1)
    masks = np.zeros(len(texts) + 1, dtype=rules.bits.dtype)
    used = np.arange(len(texts)) if len(texts) * MANY < len(codes) else _used(codes, len(texts))
    keys = ipc.keys(texts.take(pa.array(used)))
    if (keys == ipc.UNREADABLE).any():
        ipc.checked_keys(texts.take(pa.array(_used(codes, len(texts)))))
    masks[used] = rules.masks(keys)
    return codes, masks


def _rows_that_count(codes: Array, masks: Array) -> tuple[Array, Array]:
    """The rows whose symbol does anything, and the bits of each of them."""

    def that_count(start: int, stop: int) -> tuple[Array, Array]:
        """The rows of a piece that count, and their bits."""
        bits = masks.take(codes[start:stop], mode="wrap")
        rows = np.flatnonzero(bits != 0)
        return rows + start, bits[rows]

    rows, bits = zip(*by_pieces(that_count, len(codes)), strict=True)
    return np.concatenate(rows), np.concatenate(bits)


def _used(codes: Array, n_texts: int) -> Array:
    """The texts that some row has: a category may list more."""
    in_use = np.zeros(n_texts + 1, dtype=bool)
    in_use[codes] = True
    return np.flatnonzero(in_use[:-1])


def _gives(bits: Array, together: Array, number: Array, rules: Matcher) -> Array:
    """For each row, the bits of the KETs that its symbol gives to its application."""
    kind = bits.dtype.type
    gives: Array = bits & kind(rules.triggers)
    for pair in rules.pairs:
        has_partner = (together & kind(pair.partner)) != 0
        listed = _having(bits, pair.listed)
        gives[listed[has_partner[number[listed]]]] |= kind(pair.ket)
    for ket, veto in rules.vetoes.items():
        is_vetoed = (together & kind(veto)) != 0
        given = _having(gives, ket)
        gives[given[is_vetoed[number[given]]]] &= ~kind(ket)
    return gives


def _having(bits: Array, bit: int) -> Array:
    """Rows in which a bit is set; the comparison makes the search many times faster."""
    return np.flatnonzero((bits & bits.dtype.type(bit)) != 0)


def _first_of_each(number: Array, codes: Array) -> Array:
    """Which rows are the first of their (group, symbol), groups together: repeats count once."""
    first = np.ones(len(number), dtype=bool)
    rows = np.flatnonzero(number[1:] == number[:-1])
    for lag in range(1, FEW):  # each row with the next, the one after ... of its group
        first[rows[codes[rows] == codes[rows + lag]] + lag] = False
        rows = rows[: np.searchsorted(rows, len(number) - lag - 1)]
        rows = rows[number[rows] == number[rows + lag + 1]]
        if len(rows) == 0:
            return first
    by_symbol = np.lexsort((codes, number))
    number, codes = number[by_symbol], codes[by_symbol]
    repeated = (number[1:] == number[:-1]) & (codes[1:] == codes[:-1])
    first[by_symbol[1:][repeated]] = False
    return first


def _table(number: Array, gives: Array, groups: Groups, kets: tuple[str, ...]) -> pd.DataFrame:
    """Tags from the group of each row and the KETs its symbol gives, groups together."""
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    group = number[starts]
    of_group = np.bitwise_or.reduceat(gives, starts) if len(gives) else gives
    n_kets = np.bitwise_count(of_group)
    begin = np.cumsum(n_kets, dtype=np.int64) - n_kets
    ket = np.empty(int(n_kets.sum()), dtype=np.int8)
    n_symbols = np.empty(len(ket), dtype=np.int64)
    for place in range(len(kets)):
        bit = gives.dtype.type(1 << place)
        mine = _having(of_group, bit)
        at = begin[mine] + np.bitwise_count(of_group[mine] & (bit - 1))  # after the KETs before it
        ket[at] = place
        rows = number[_having(gives, bit)]
        n_symbols[at] = np.diff(np.flatnonzero(np.diff(rows, prepend=-1)), append=len(rows))
    return pd.DataFrame(
        {
            "application_id": groups.named(np.repeat(group, n_kets)),
            "ket": pd.Categorical.from_codes(ket, pd.Index(kets)),
            "n_symbols": pd.array(n_symbols, dtype="Int64"),
        }
    )
