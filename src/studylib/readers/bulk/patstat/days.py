"""
Dates of PATSTAT in one form: extracts pass through spreadsheets, which write them their own way.

    2003-02-11   2003-02-11 00:00:00   20030211   2003/02/11   11/02/2003   11.02.2003
        --day_of-->   2003-02-11

Which of day and month comes first is told by the columns of dates together: what is read for one
is read for all.  Where they do not tell, or contradict each other, the edition is refused:
text in another order would be compared as if it were in this one.
"""
# ruff: noqa: S608 - SQL is put together from this project's own words

from typing import TYPE_CHECKING

from studylib.errors import DataError, quoted, some

if TYPE_CHECKING:
    from studylib.readers.bulk.edition import Bulk

YEAR_LAST = "^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})(?:[ T].*)?$"
COLUMNS = {"tls201": ("filing_date", "earliest_date"), "tls211": ("day",)}
MONTHS = 12
MACRO = """
CREATE TEMP MACRO day_of(x) AS nullif(CASE
  WHEN regexp_full_match(x, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') THEN x
  WHEN regexp_full_match(x, '[0-9]{{8}}')
    THEN left(x, 4) || '-' || substr(x, 5, 2) || '-' || right(x, 2)
  WHEN regexp_matches(x, '^[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?:[ T].*)?$')
    THEN regexp_extract(x, '^[0-9]{{4}}') || '-'
      || lpad(regexp_extract(x, '^[0-9]{{4}}[-/.]([0-9]{{1,2}})', 1), 2, '0') || '-'
      || lpad(regexp_extract(x, '^[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.]([0-9]{{1,2}})', 1), 2, '0')
  WHEN regexp_matches(x, '{form}')
    THEN regexp_extract(x, '{form}', 3) || '-'
      || lpad(regexp_extract(x, '{form}', {month}), 2, '0') || '-'
      || lpad(regexp_extract(x, '{form}', {day}), 2, '0')
  ELSE x END, '9999-12-31')"""


def make_macro(bulk: "Bulk") -> None:
    """
    Make the macro `day_of(text)` for the tables of an edition: ISO, or missing for 9999-12-31.

    Raises
    ------
    DataError
        Day and month of dates with the year last cannot be told apart.
    """
    whole = " UNION ALL ".join(
        f"SELECT {column} AS x FROM {table}" for table, columns in COLUMNS.items()
        for column in columns
    )  # fmt: skip
    ((n, first, second, examples),) = bulk.rows(f"""
      SELECT count(*), max(regexp_extract(x, '{YEAR_LAST}', 1)::INT),
        max(regexp_extract(x, '{YEAR_LAST}', 2)::INT), list(x ORDER BY x)[:3]
      FROM (SELECT DISTINCT x FROM ({whole})
        WHERE regexp_matches(x, '{YEAR_LAST}') AND NOT contains(x, '9999'))""")
    is_day_first = n == 0 or int(str(first)) > MONTHS
    is_month_first = n != 0 and int(str(second)) > MONTHS
    if is_day_first == is_month_first:
        assert isinstance(examples, list)
        why = "name days above 12 in both places" if is_day_first else "could be either"
        raise DataError(
            f"{quoted(bulk.name)}: which of day and month comes first in dates such as "
            f"{some(examples)} cannot be told: they {why}. Export the dates as 2003-02-11."
        )
    month, day = (2, 1) if is_day_first else (1, 2)
    bulk.run(MACRO.format(form=YEAR_LAST, month=month, day=day))
