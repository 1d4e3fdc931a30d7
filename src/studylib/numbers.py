"""
Application and publication numbers in one spelling, so that records of one application meet.

    as exported                    office  number        kind  id
    EP 1 234 567 A1                EP      1234567       A1    EP1234567
    US 2015/0094896 A1             US      20150094896   A1    US20150094896
    98115245.3 (office EP)         EP      98115245            EP98115245
    US 85414310 A                  US      20100854143   A     US20100854143
    US 2015/0026185 W              WO      2015US26185   W     WO2015US26185
    PCT/EP2005/001234              WO      2005EP01234         WO2005EP01234

The spelling is EPODOC's (year of four digits, then seven digits or more), the one Espacenet
searches by; EP keeps its eight digits.  Leading zeros stay: `03008526` is not `3008526`.  What
no rule fits keeps its own letters and digits, so it still identifies.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from studylib.distinct import distinct, groups, spread
from studylib.number_forms import (
    APPLICATION_RULES,
    FILED_AT,
    NUMBER,
    OWN_SERIES,
    PUBLICATION_RULES,
    US_SERIES,
    Rule,
)

NO_NUMBER = "no number"
LATEST_YEAR = 2030  # a two-digit year is the latest one not after this


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
    values: pd.Series,
    office: pd.Series | str | None,
    write: Callable[[pd.DataFrame], pd.DataFrame],
) -> pd.DataFrame:
    """Read each distinct pair of number and office once."""
    codes, texts = distinct(values)
    office_codes, offices = distinct(pd.Series(office, index=values.index, dtype="str"))
    width = len(offices) + 1
    known = codes >= 0
    place = np.full(len(codes), -1)
    place[known], pairs = pd.factorize((codes * width + office_codes + 1)[known])
    text = texts.take(pairs // width).reset_index(drop=True)
    beside = spread(offices.to_frame("office"), pairs % width - 1, text.index)["office"]
    return spread(write(_read(text, beside)), place, values.index)


def _read(texts: pd.Series, known: pd.Series) -> pd.DataFrame:
    """Text without noise, and office, number (letters and digits), kind as far as shown."""
    upper = texts.str.upper().str.replace(r"\s+", " ", regex=True)
    listed = upper.str.split(r" *; *", n=1, regex=True, expand=True).reindex(columns=[0, 1])
    first = listed[0].astype("str")  # an empty column splits into floats
    read = groups(first, NUMBER)
    read["text"] = first.str.replace(r" \d{8}$", "", regex=True)
    read["stated"] = known.str.upper()
    read["others"] = listed[1].astype("str")
    american = pd.Series("US", first.index).where(first.str.match(US_SERIES))
    read["office"] = read["office"].fillna(read["stated"]).fillna(american).astype("str")
    bare = read["number"].str.replace(r"\.[0-9X](?:-\d\d)?$", "", regex=True)  # check digit
    bare = bare.str.replace(r"[^A-Z0-9]", "", regex=True)
    read["number"] = bare.fillna(first.str.replace(r"[^0-9A-Z]", "", regex=True))
    return read


def _applications(read: pd.DataFrame) -> pd.DataFrame:
    read = _own_series(read)
    number, office = _by_rules(read, APPLICATION_RULES), read["office"]
    has_letters = read["text"].str.match("[A-Z]{2}").astype(bool)
    before = office.where(~has_letters, "").mask(has_letters & (read["stated"] == "WO"), "PCT")
    with_office = before + read["text"]  # "US0116846" of the office WO is PCT/US01/16846
    for form in FILED_AT:
        found = groups(with_office, form)
        there = found["n"].notna()
        filed = _full(found["year"]) + found["office"] + found["n"].str.lstrip("0").str.zfill(5)
        number, office = number.mask(there, filed), office.mask(there, "WO")
    series = read["kind"].str[0].where(read["kind"].notna() & (office != "WO"), "")
    return _identified(read, office, number, series.mask(series == "A", ""))


def _own_series(read: pd.DataFrame) -> pd.DataFrame:
    """Numbers without the office's own mark of the series, which is the kind."""
    number, kind = read["number"].copy(), read["kind"].copy()
    for office, form, own_kind in OWN_SERIES:
        found = groups(read["number"], form)["n"].where(read["office"] == office)
        number = found.fillna(number)
        kind = kind.mask(found.notna() & kind.isna(), own_kind)
    return read.assign(number=number, kind=kind)


def _publications(read: pd.DataFrame) -> pd.DataFrame:
    letter = read["kind"].str[0].fillna("")
    apart = letter.isin(["U", "S"]) | (letter == "Y") | ((read["office"] == "JP") & (letter != "A"))
    series = letter.where(apart, "").mask(letter == "Y", "U")
    return _identified(read, read["office"], _by_rules(read, PUBLICATION_RULES), series)


def _identified(
    read: pd.DataFrame, office: pd.Series, number: pd.Series, series: pd.Series
) -> pd.DataFrame:
    """The columns of the answer; no id where no digit but zero is left."""
    nothing = ~number.str.contains("[1-9]", regex=True).astype(bool)
    return pd.DataFrame(
        {
            "office": office.mask(nothing),
            "number": number.mask(nothing),
            "kind": read["kind"].mask(nothing),
            "id": (office.fillna("") + number + series).mask(nothing),
            "others": read["others"],
            "reason": pd.Series(NO_NUMBER, read.index, dtype="str").where(nothing),
        }
    )


def _by_rules(read: pd.DataFrame, rules: tuple[Rule, ...]) -> pd.Series:
    """The number as the first rule that fits spells it; else as it stands."""
    number = read["number"].copy()
    open_ = pd.Series(data=True, index=read.index)
    for rule in rules:
        found = groups(read["number"], rule.form)
        fits = open_ & found["n"].notna()
        fits &= (read["office"] == rule.office) if rule.office else (read["office"] != "DE")
        if rule.needs_kind:
            fits &= read["kind"].notna()
        year = _full(found["year"]) if rule.has_century else found["year"].fillna("")
        number = number.mask(fits, year + rule.infix + found["n"].str.zfill(rule.width))
        open_ &= ~fits
    return number


def _full(year: pd.Series) -> pd.Series:
    """Years of two digits with their century."""
    number = pd.to_numeric(year, errors="coerce")
    number = number.where(number >= 100, LATEST_YEAR - (LATEST_YEAR - number) % 100)  # noqa: PLR2004
    return number.astype("Int64").astype("str")
