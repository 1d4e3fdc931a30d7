"""
Dates and years of records: as dates tell them, as years stated apart, as the claims say.

    filing_date  filing_year  publication_date  priority_year  claims  -->  dates, years, rejects
"""

import pandas as pd

from studylib.clean import dates
from studylib.language import mark
from studylib.prepare.of_one_kind import joined
from studylib.prepare.reject_rows import rejected
from studylib.readers.raw import RawPatents

NO_YEAR = mark("not a year")
OPEN_CLAIM = mark("claim without a date; the earliest date of the others is used")
YEAR = r"\d{4}"


def dated(known: pd.DataFrame, raw: RawPatents) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The records with their dates and years, and rejects of what is no date and no year."""
    records, rejects, dated = raw.records, [], {}
    for column in ("filing_date", "publication_date"):
        parsed = dates.parse(records[column], raw.date_order)
        dated[column] = parsed["date"]
        dated[column.replace("date", "year")] = parsed["year"]
        rejects.append(rejected(records, column, records[column], parsed["reason"]))
    for column in ("filing_year", "priority_year"):
        stated, bad = _stated_years(records, column)
        dated[column] = dated[column].fillna(stated) if column in dated else stated
        rejects.append(bad)
    claimed, bad = _priority_years(raw)
    rejects.append(bad)
    # Without a claim, the application itself is the first filing; a claim without a date leaves
    # the year unknown, and so does an export that knows no claims.
    claimed = dated["priority_year"].fillna(claimed.reindex(known.index))
    may_claim = known.index.isin(raw.priorities["record"]) | (not raw.knows_claims)
    dated["priority_year"] = claimed.fillna(dated["filing_year"].mask(may_claim))
    return known.assign(**dated), rejects


def _stated_years(records: pd.DataFrame, column: str) -> tuple[pd.Series, pd.DataFrame]:
    """A column of years, and rejects of what is none."""
    text = records[column].astype("str")
    is_year = text.str.fullmatch(YEAR).fillna(value=False).astype(bool)
    reason = pd.Series(NO_YEAR, index=records.index).where(text.notna() & ~is_year)
    years = pd.to_numeric(text.where(is_year)).astype("Int64")
    return years, rejected(records, column, text, reason)


def _priority_years(raw: RawPatents) -> tuple[pd.Series, pd.DataFrame]:
    """Earliest year among the priority claims of each record (index: record), and rejects."""
    claims = raw.priorities
    parsed = dates.parse(claims["date"], raw.date_order)
    places = raw.records[["file", "row"]].take(claims["record"].to_numpy())
    bad = rejected(places, "priority", claims["date"], parsed["reason"])
    known = parsed["year"].groupby(claims["record"].to_numpy())
    open_ones = _without_date(raw, parsed["year"], known.transform("count"))
    return known.min().astype("Int64"), joined([bad, open_ones])


def _without_date(raw: RawPatents, year: pd.Series, n_dated: pd.Series) -> pd.DataFrame:
    """Rejects: claims without a date beside dated ones; the earliest may be one of them."""
    claims = raw.priorities
    own = raw.records["application_number"].reindex(claims["record"]).to_numpy()
    is_own = (claims["number"] == pd.Series(own, claims.index)).fillna(value=False)
    beside = (year.isna() & (n_dated > 0) & ~is_own.astype(bool)).to_numpy()
    places = raw.records[["file", "row"]].take(claims["record"].to_numpy()[beside])
    number = claims["number"][beside]
    reason = pd.Series(OPEN_CLAIM, index=number.index, dtype="str")
    return rejected(places, "priority", number, reason)
