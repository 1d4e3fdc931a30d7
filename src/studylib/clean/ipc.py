"""
Classification symbols in one normal form: `H01L 31/042`, `H01L 31/00`, `H01L 31`, `H01L`, `H01`.

    raw column --parse--> Parsed.spellings (one row per distinct spelling) + codes (one per row)
    symbols --sort_key--> 14 characters, H01L0031042000: order, not hierarchy
    symbols --keys------> the same order as 64-bit integers, for searching

Each distinct spelling is read once, however many rows repeat it.  A main group written without
slash (`H01L 31`) keeps saying so; it has the same key as `H01L 31/00`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean.columns import encode
from studylib.clean.ipc_packed import unpacked
from studylib.clean.ipc_spelling import LIST, SUBGROUP_DIGITS, Classification, Spelling, read
from studylib.errors import DataError, several, some

SPAN = {"class": 27 * 10**10, "subclass": 10**10, "main group": 10**6}
"""How many keys lie in a class, a subclass, a main group."""
PLAIN = r"^[A-H](?:0[1-9]|[1-9]\d)[A-Z] ?(?:[1-9]\d{0,2}|1\d{3})/(?:\d\d|\d{2,5}[1-9])$"
"""Groups that exist in both schemes in normal form, with or without its blank."""
GROUP_ALONE = r"[0-9]{1,4} ?/ ?[0-9]{2,6}"
SUBCLASS_BEFORE = r"^(?:[1-8] )?([A-H] ?[0-9]{2} ?[A-Z])"
LONGEST = 16  # "H01L 2224/123456"
UNREADABLE = -1

TEN = np.uint8(10)
LETTERS = np.uint8(26)

Integers = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Parsed:
    """A column of spellings, read once per distinct spelling."""

    spellings: pd.DataFrame
    """One row per distinct spelling, in order of appearance: raw, symbol, ipc_level, version,
    level, value, reason.  `reason` says why there is no symbol; exactly one of the two is there."""
    codes: Integers
    """Row of `spellings` for each row of the column; -1 where the column is missing."""
    index: pd.Index
    """Index of the column."""

    def column(self, name: str) -> pd.Series:
        """A column of `spellings` laid out over the rows, as a category; missing stays missing."""
        codes, labels = pd.factorize(self.spellings[name])
        spread = np.append(codes, -1)[self.codes]
        return pd.Series(pd.Categorical.from_codes(spread, pd.Index(labels)), self.index, name=name)

    def rows(self) -> pd.DataFrame:
        """All columns of `spellings`, one row per row of the column."""
        return pd.DataFrame({str(name): self.column(str(name)) for name in self.spellings})


def parse(raw: pd.Series, scheme: Classification = "ipc", packed: int | None = None) -> Parsed:
    """
    The normal form of every symbol of a column, or the reason why it has none.

    Parameters
    ----------
    raw
        Text, category or Arrow dictionary; one symbol per row (`split_lists` for cells with more).
    scheme
        `cpc` also allows section Y and main groups from 2000 on.
    packed
        Digits of the main group in symbols without a slash, where that is known (`ipc_packed`).

    Raises
    ------
    DataError
        The column holds numbers: `12E4` read as a number cannot be told from `120000` any more.
    """
    codes, texts = encode(raw)
    as_it_stands = pd.Series(texts, dtype="str")
    if packed is not None:
        texts = unpacked(texts, packed)
    spelled = pd.Series(texts, dtype="str")
    # Most spellings are the normal form, or lack its blank, and say nothing else: only the rest
    # is taken apart.
    plain = pc.match_substring_regex(texts, PLAIN).to_numpy(zero_copy_only=False)
    rest = spelled[~plain]
    table = pd.DataFrame([read(text, scheme) for text in rest], rest.index, Spelling._fields)
    table = table.astype("str").reindex(spelled.index)
    depth = spelled.str.endswith("/00").map({True: "main group", False: "subgroup"})
    normal = spelled.str[:4] + " " + spelled.str[4:].str.removeprefix(" ")
    table["symbol"] = table["symbol"].mask(plain, normal)
    table["ipc_level"] = table["ipc_level"].mask(plain, depth)
    table.insert(0, "raw", as_it_stands)
    return Parsed(table, codes, raw.index)


def split_lists(cells: pd.Series) -> pd.Series:
    """
    One row per symbol of a cell that holds several, index repeated; missing cells have no row.

    Splits at `;`, `,`, `|`, tabs, line ends, and at `//` before a further symbol.  A group that
    stands alone is one of the subclass before it: `A 23 C 19/00, 19/08` is A23C 19/08 too.
    """
    parts = cells.dropna().astype("str").str.split(LIST.pattern, regex=True).explode()
    parts = parts.str.strip()
    parts = parts[parts != ""]
    is_group = parts.str.fullmatch(GROUP_ALONE)
    if not is_group.any():
        return parts
    subclass = parts.str.extract(SUBCLASS_BEFORE, expand=False).groupby(level=0).ffill()
    return parts.mask(is_group & subclass.notna(), subclass + " " + parts)


def sort_key(symbols: pd.Series) -> pd.Series:
    """
    The 14-character key of each symbol in normal form, as an ordered category.

    Classes and subclasses are filled with zeros, so that they sort before what they contain.

    >>> list(sort_key(pd.Series(["H01L 31/042", "H01L"])))
    ['H01L0031042000', 'H01L0000000000']

    Raises
    ------
    DataError
        A symbol is not in normal form.
    """
    codes, texts = encode(symbols)
    numbers = checked_keys(texts)
    distinct, place = np.unique(numbers, return_inverse=True)
    written = [_written(int(number)) for number in distinct]
    spread = np.append(place, -1)[codes]
    categories = pd.Categorical.from_codes(spread, pd.Index(written, dtype="str"), ordered=True)
    return pd.Series(categories, symbols.index, name="key")


def _written(key: int) -> str:
    """The 14 characters of one integer key."""
    rest, subgroup = divmod(key, 10**6)
    rest, main_group = divmod(rest, 10**4)
    rest, letter = divmod(rest, 27)
    section, ipc_class = divmod(rest, 100)
    subclass = chr(ord("A") - 1 + letter) if letter else "0"
    return f"{chr(ord('A') + section)}{ipc_class:02d}{subclass}{main_group:04d}{subgroup:06d}"


def checked_keys(texts: Any) -> Integers:
    """`keys`, or a DataError that quotes the symbols that are not in normal form."""
    numbers = keys(texts)
    if len(wrong := np.flatnonzero(numbers == UNREADABLE)):
        raise DataError(
            f"{several(len(wrong), 'symbol is', 'symbols are')} not in normal form (H01L 31/042): "
            f"{some(texts[int(i)].as_py() for i in wrong)}. Read them with ipc.parse first."
        )
    return numbers


def keys(texts: Any) -> Integers:
    """
    Symbols in normal form (Arrow text) as integers that sort like their 14-character keys.

    Section, class, subclass, main group and subgroup are digits of one number, so that a class,
    a subclass, a main group and the subgroups `31/04...` are intervals.  What is not in normal
    form is -1.
    """
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    if len(texts) == 0:
        return np.zeros(0, dtype=np.int64)
    too_long = lengths > LONGEST
    if too_long.any():
        texts = pc.if_else(pa.array(too_long), "", texts)
    padded = pc.ascii_rpad(texts, LONGEST + 1).buffers()[2]
    table = np.frombuffer(padded, dtype=np.uint8)[: len(texts) * (LONGEST + 1)]
    # One contiguous row per place in the symbol: what follows is arithmetic on bytes.
    numbers, width = _read_bytes(np.ascontiguousarray(table.reshape(-1, LONGEST + 1).T))
    return np.where(width == lengths, numbers, UNREADABLE)


def _read_bytes(place: Bytes) -> tuple[Integers, Integers]:
    """Keys of blank-padded symbols, and how many characters of each were understood."""
    letter, digit = place - np.uint8(ord("A")), place - np.uint8(ord("0"))
    is_section = (letter[0] < len("ABCDEFGH")) | (place[0] == ord("Y"))
    is_class = is_section & (digit[1] < TEN) & (digit[2] < TEN)
    number = (letter[0].astype(np.int64) * 100 + digit[1] * TEN + digit[2]) * 27
    has_letter = is_class & (letter[3] < LETTERS)
    number = (number + np.where(has_letter, letter[3] + 1, 0)) * 10**4
    main_group, digits = _digits(digit[5:9])
    has_group = has_letter & (place[4] == ord(" ")) & (digit[5] != 0) & (digits > 0)
    number = (number + np.where(has_group, main_group, 0)) * 10**6
    # The main group has one to four digits; what follows stands that much further right.
    shifts = (1, 2, 3)
    follows = np.select(
        [digits == n for n in shifts], [place[5 + n : 12 + n] for n in shifts], place[9:16]
    )
    subgroup, decimals = _digits(follows[1:] - np.uint8(ord("0")))
    has_subgroup = has_group & (follows[0] == ord("/")) & (decimals >= len("00"))
    number += np.where(has_subgroup, subgroup * 10 ** (SUBGROUP_DIGITS - decimals), 0)
    width = np.where(has_letter, 4, 3) + np.where(has_group, digits + 1, 0)
    width += np.where(has_subgroup, decimals + 1, 0)
    return number, np.where(is_class, width, -1)


def _digits(digit: Bytes) -> tuple[Integers, Integers]:
    """The number at the beginning of each column of digits, and how many digits it has."""
    value = np.zeros(digit.shape[1], dtype=np.int32)
    count = np.zeros(digit.shape[1], dtype=np.int32)
    going = np.ones(digit.shape[1], dtype=bool)
    for here in digit:
        going &= here < TEN
        value = np.where(going, value * 10 + here, value)
        count += going
    return value, count
