"""
Application and publication numbers in one spelling, so that records of one application meet.

    as exported                    office  number        kind  id
    EP 1 234 567 A1                EP      1234567       A1    EP1234567
    US 2015/0094896 A1             US      20150094896   A1    US20150094896
    98115245.7 (office EP)         EP      98115245            EP98115245
    US 85414310 A                  US      20100854143   A     US20100854143
    US 2015/0026185 W              WO      2015US26185   W     WO2015US26185
    PCT/EP2005/001234              WO      2005EP01234         WO2005EP01234

The spelling is EPODOC's (year of four digits, then seven digits or more), the one Espacenet
searches by; EP keeps its eight digits.  Leading zeros stay: `03008526` is not `3008526`.  What
no rule fits keeps its own letters and digits, so it still identifies.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from studylib.clean.columns import encode
from studylib.clean.number_dirt import plain
from studylib.clean.number_forms import (
    APPLICATION_RULES,
    BARE,
    FILED_AT,
    NUMBER,
    OWN_SERIES,
    PADDED,
    PUBLICATION_RULES,
    US_SERIES,
    Rule,
)
from studylib.clean.texts import TEXT, Array, any_of, chosen, frame, joined, only, parts
from studylib.language import mark

NO_NUMBER = mark("no number")
LATEST_YEAR = 2030  # a two-digit year is the latest one not after this


class Read(NamedTuple):
    """What is shown by each number as it stands, one element per distinct number (Arrow)."""

    text: Array
    """Without noise, the first of several."""
    stated: Array
    """Office stated beside the number."""
    office: Array
    number: Array
    """Letters and digits only, of any script: what tells two numbers apart stays."""
    kind: Array
    others: Array
    """Further numbers of the same value."""


def normalise_publication(values: pd.Series, office: pd.Series | str | None = None) -> pd.DataFrame:
    """
    Office, number, kind and `id` of each publication number.

    Parameters
    ----------
    values
        Text as exported.  Of several (`CA2731260 (A1); CA2731260 (C)`) the first is read.
    office
        Two letters where the number itself has none: one for all, or one per value.

    Returns
    -------
    One row per value, same index: office, number, kind, id, others (further numbers as
    exported), reason (missing where something identifies the value, or nothing was there).

    Notes
    -----
    `id` has no kind, so A1 and B1 of an application meet, except where kinds count in series of
    their own: utility models (U), designs (S), and grants of Japan.
    """
    return _normalise(values, office, _publications)


def normalise_application(values: pd.Series, office: pd.Series | str | None = None) -> pd.DataFrame:
    """
    Office, number, kind and `id` of each application number; see `normalise_publication`.

    `id` leaves out the kind A and keeps others (`KR20130006425U` is not `KR20130006425`).
    An international application has the office WO, wherever it was filed.
    """
    return _normalise(values, office, _applications)


def _normalise(
    values: pd.Series, office: pd.Series | str | None, write: Callable[[Read], dict[str, Array]]
) -> pd.DataFrame:
    """Read each distinct pair of number and office once."""
    codes, texts = encode(values)
    office_codes, offices = encode(pd.Series(office, index=values.index, dtype="str"))
    width = len(offices) + 1
    known = codes >= 0
    place = np.full(len(codes), -1)
    both = codes.astype(np.int64) * width + office_codes + 1
    place[known], pairs = pd.factorize(both[known])
    beside = pairs % width - 1
    text = pc.utf8_trim_whitespace(texts.take(pa.array(pairs // width)))
    stated = pc.utf8_trim_whitespace(offices.take(pa.array(beside, mask=beside < 0)))
    return frame(write(_read(text, stated)), place, values.index)


def _read(texts: Array, stated: Array) -> Read:
    """What each text shows, without noise."""
    upper = pc.replace_substring_regex(plain(texts), r"\s+", " ")
    stated = pc.utf8_upper(stated)
    first = pc.replace_substring_regex(upper, r" *;(?s:.*)$", "")
    others = pc.replace_substring_regex(upper, r"^[^;]*; *", "")
    bare = parts(first, BARE)  # most are: the general form takes six times as long
    read = parts(only(pc.is_null(bare["number"]), first), NUMBER)
    read |= {name: pc.coalesce(bare[name], read[name]) for name in bare}
    american = only(pc.match_substring_regex(first, US_SERIES), "US")
    number = pc.replace_substring_regex(read["number"], r"\.[0-9X](?:-\d\d)?$", "")  # check digit
    return Read(
        text=pc.replace_substring_regex(first, r" \d{8}$", ""),
        stated=stated,
        office=pc.coalesce(read["office"], stated, american),
        number=pc.replace_substring_regex(pc.coalesce(number, first), r"[^\pL\pN]", ""),
        kind=read["kind"],
        others=only(pc.match_substring(upper, ";"), others),
    )


def _applications(read: Read) -> dict[str, Array]:
    read = _own_series(read)
    number, office = _by_rules(read, APPLICATION_RULES), read.office
    has_letters = pc.match_substring_regex(read.text, "^[A-Z]{2}")
    before = chosen(has_letters, chosen(pc.equal(read.stated, "WO"), "PCT", ""), office)
    with_office = joined(before, read.text)  # "US0116846" of the office WO is PCT/US01/16846
    series = pc.fill_null(pc.utf8_slice_codeunits(read.kind, 0, 1), "")
    # A model or a design is no international filing, however its number reads, unless it says so.
    own = pc.and_(
        pc.is_in(series, pa.array(["U", "S", "Y", "F"], TEXT)),
        pc.invert(pc.match_substring_regex(read.text, "^PCT")),
    )
    for form in FILED_AT:
        found = parts(with_office, form)
        there = pc.and_not(pc.is_valid(found["n"]), own)
        if any_of(there):
            n = pc.utf8_lpad(pc.utf8_ltrim(found["n"], "0"), 5, "0")
            number = chosen(there, joined(_full(found["year"]), found["office"], n), number)
            office = chosen(there, "WO", office)
    silent = pc.or_(pc.equal(series, "A"), _is(office, "WO"))
    return _identified(read, office, number, chosen(silent, "", series))


def _own_series(read: Read) -> Read:
    """Numbers without the office's own mark of the series, which is the kind."""
    number, kind = read.number, read.kind
    for office, form, own_kind in OWN_SERIES:
        found = parts(only(_is(read.office, office), read.number), form)["n"]
        number = pc.coalesce(found, number)
        kind = pc.coalesce(kind, only(pc.is_valid(found), own_kind))
    return read._replace(number=number, kind=kind)


def _publications(read: Read) -> dict[str, Array]:
    letter = pc.fill_null(pc.utf8_slice_codeunits(read.kind, 0, 1), "")
    grant = pc.and_(_is(read.office, "JP"), pc.not_equal(letter, "A"))
    apart = pc.or_(pc.is_in(letter, pa.array(["U", "S", "Y"], TEXT)), grant)
    series = chosen(pc.equal(letter, "Y"), "U", chosen(apart, letter, ""))
    bare = parts(read.number, PADDED)["n"]  # DEPATISnet fills every number up to twelve figures
    read = read._replace(number=pc.coalesce(bare, read.number))
    return _identified(read, read.office, _by_rules(read, PUBLICATION_RULES), series)


def _identified(read: Read, office: Array, number: Array, series: Array) -> dict[str, Array]:
    """The columns of the answer; no id where no digit but zero is left."""
    something = pc.match_substring_regex(number, "[1-9]")
    return {
        "office": only(something, office),
        "number": only(something, number),
        "kind": only(something, read.kind),
        "id": only(something, joined(pc.fill_null(office, ""), number, series)),
        "others": read.others,
        "reason": only(pc.invert(something), NO_NUMBER),
    }


def _by_rules(read: Read, rules: tuple[Rule, ...]) -> Array:
    """The number as the first rule that fits spells it; else as it stands."""
    number, unread = read.number, read.number
    for rule in rules:
        fits = _is(read.office, rule.office) if rule.office else pc.invert(_is(read.office, "DE"))
        if rule.needs_kind:
            fits = pc.and_(fits, pc.is_valid(read.kind))
        if not any_of(fits):
            continue
        found = parts(only(fits, unread), rule.form)
        year = _full(found["year"]) if rule.has_century else pc.fill_null(found["year"], "")
        spelled = joined(year, rule.infix, pc.utf8_lpad(found["n"], rule.width, "0"))
        number = pc.coalesce(spelled, number)
        unread = only(pc.is_null(spelled), unread)
    return number


def _is(office: Array, name: str) -> Array:
    """Where the office is known to be this one."""
    return pc.fill_null(pc.equal(office, name), False)  # noqa: FBT003


def _full(year: Array) -> Array:
    """Years of two digits with their century."""
    century, last = divmod(LATEST_YEAR, 100)
    first_two = chosen(pc.less_equal(year, f"{last:02d}"), str(century), str(century - 1))
    return chosen(pc.equal(pc.utf8_length(year), 2), joined(first_two, year), year)
