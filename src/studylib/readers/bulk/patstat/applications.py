"""
Which applications of a PATSTAT edition a study keeps, and what the edition says of each.

    tables  --choose-->   seen    one row of numbers per application of the edition
                          kept    those of the study, numbered by `record`
                          chosen  their rows of tls201, one each
            --records-->  the table of records, with the first title and the first publication
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import pandas as pd

from studylib.language import mark
from studylib.readers.bulk.damage import not_fitting, take_out
from studylib.readers.bulk.edition import Bulk
from studylib.readers.bulk.left_behind import fate, is_here
from studylib.readers.raw import RECORDS, Keep

NUMBER = "CASE WHEN {0}.nr <> '' THEN concat_ws(' ', {0}.nr, {0}.kind, {0}.receiving) END"
NO_YEAR = mark("is no year")
UNKNOWN_YEARS = "'9999', '0', '0000'"
"""What PATSTAT writes where it knows no year."""
FILED_IN = "coalesce(year_of(tls201.filing_year), year_of(left(day_of(filing_date), 4)))"
DATE = "day_of({})"
CODED = {"auth": "appln_auth", "kind": "appln_kind", "receiving": "receiving_office"}
NAMED = {"nr": "appln_nr", "docdb": "docdb_family_id", "inpadoc": "inpadoc_family_id"}


def knows_claims(bulk: Bulk) -> bool:
    """Whether the edition has the table of priority claims, with rows."""
    return bulk.count("SELECT count(*) FROM claiming") > 0


def choose(bulk: Bulk, keep: Keep | None) -> None:
    """
    Make `seen`, one row of numbers per application of the edition, `kept`, those of the study
    numbered by `record`, and `chosen`, their full rows.
    """
    bulk.run("""
      CREATE TEMP TABLE claiming AS
      SELECT DISTINCT whole(appln_id) AS id FROM tls204
      WHERE coalesce(whole(prior_id), 1) > 0 AND whole(appln_id) IS NOT NULL""")
    here = is_here(keep, "id IN (SELECT id FROM here)")
    if here != "TRUE":  # else every person would be held to say nothing
        bulk.run(f"""
          CREATE TEMP TABLE near AS SELECT id FROM person WHERE id > 0 AND {is_here(keep)}""")
        bulk.run("""
          CREATE TEMP TABLE here AS
          SELECT DISTINCT whole(appln_id) AS id FROM tls207
          WHERE (whole(applicant) > 0 OR whole(inventor) > 0)
            AND whole(person_id) IN (SELECT id FROM near)""")
    # What claims nothing is its own first filing; where claims are not known, nothing is.
    first = "filing_year" if knows_claims(bulk) else "NULL"
    bulk.run(f"""
      CREATE TEMP TABLE seen AS
      SELECT stated.* REPLACE (
        coalesce(priority_year, CASE WHEN id NOT IN (SELECT id FROM claiming) THEN {first} END)
        AS priority_year)
      FROM (SELECT whole(appln_id) AS id, count(*) AS n, min({FILED_IN}) AS filing_year,
        min(coalesce(year_of(earliest_year), year_of(left(day_of(earliest_date), 4))))
          AS priority_year
        FROM tls201 GROUP BY ALL) AS stated""")
    bulk.run(f"CREATE TEMP VIEW judged AS SELECT *, {here} AS here FROM seen WHERE id > 0")
    bulk.run(f"""
      CREATE TEMP TABLE kept AS
      SELECT row_number() OVER (ORDER BY id) - 1 AS record, id, filing_year, priority_year
      FROM judged WHERE ({fate(keep)}) IS NULL""")
    for n, reason in bulk.rows(f"""
      SELECT count(*), {fate(keep)} AS reason FROM judged
      GROUP BY reason HAVING reason IS NOT NULL ORDER BY reason"""):
        bulk.leave(bulk.name, "appln_id", n, str(reason))
    _bad_keys(bulk)
    _chosen(bulk)


def _bad_keys(bulk: Bulk) -> None:
    """Note ids that cannot be read, ids that repeat, and rows whose application is unknown."""
    bulk.leave_values(
        "SELECT coalesce(appln_id, ''), count(*) FROM tls201 "
        "WHERE whole(appln_id) IS NULL GROUP BY appln_id",
        "tls201", "appln_id", mark("appln_id is no whole number"),
    )  # fmt: skip
    if n := bulk.count("SELECT sum(n) FROM seen WHERE id = 0"):
        bulk.leave("tls201", "appln_id", n, mark("placeholder of PATSTAT, no application"))
    bulk.leave_values(
        "SELECT id, n - 1 FROM seen WHERE n > 1 AND id > 0",
        "tls201", "appln_id", mark("appln_id occurs more than once; the first row by year is used"),
    )  # fmt: skip
    for table in ("tls207", "tls209", "tls202", "tls204", "tls211", "tls224"):
        n = bulk.count(
            f"SELECT count(*) FROM {table} "
            "WHERE coalesce(whole(appln_id), -1) NOT IN (SELECT id FROM seen WHERE id IS NOT NULL)"
        )
        if n:
            bulk.leave(table, "appln_id", n, mark("rows of an application that is not in tls201"))


def _chosen(bulk: Bulk) -> None:
    """Make `chosen`, the full row of each kept application; the first by year if it repeats."""
    bulk.run(f"""
      CREATE TEMP TABLE chosen AS
      SELECT record, id, auth, nr, kind, receiving, {DATE.format("filing_date")} AS filing_date,
        kept.filing_year, priority_year, nullif(docdb, '0') AS docdb,
        nullif(inpadoc, '0') AS inpadoc, tls201.filing_year AS stated_year, earliest_year
      FROM tls201 JOIN kept ON kept.id = whole(appln_id)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY
        {FILED_IN} NULLS LAST,
        filing_date, earliest_year, auth, nr, kind, receiving, docdb, inpadoc) = 1""")
    take_out(bulk, "chosen", NAMED, "tls201")
    not_fitting(bulk, "chosen", CODED, "tls201")
    for stated, column in (
        ("stated_year", "appln_filing_year"), ("earliest_year", "earliest_filing_year"),
    ):  # fmt: skip
        bulk.leave_values(
            f"SELECT {stated}, count(*) FROM chosen WHERE {stated} NOT IN ({UNKNOWN_YEARS}) "
            f"AND year_of({stated}) IS NULL GROUP BY {stated}",
            "tls201", column, NO_YEAR,
        )  # fmt: skip


def records(bulk: Bulk, family: str) -> pd.DataFrame:
    """One row per application with its first title and its first publication."""
    bulk.run("""
      CREATE TEMP TABLE titled AS
      SELECT record, kept.id, min(title) AS title, count(*) AS n
      FROM tls202 JOIN kept ON kept.id = whole(appln_id) GROUP BY ALL""")
    take_out(bulk, "titled", {"title": "appln_title"}, "tls202")
    bulk.leave_values(
        "SELECT id, n - 1 FROM titled WHERE n > 1",
        "tls202", "appln_id", mark("appln_id occurs more than once; the first title is used"),
    )  # fmt: skip
    bulk.run(f"""
      CREATE TEMP TABLE published AS
      SELECT record, auth, nr, kind, {DATE.format("day")} AS day
      FROM tls211 JOIN kept ON kept.id = whole(appln_id)
      QUALIFY row_number() OVER (PARTITION BY record ORDER BY day, auth, nr, kind) = 1""")
    take_out(bulk, "published", {"nr": "publn_nr"}, "tls211")
    not_fitting(bulk, "published", {"auth": "publn_auth", "kind": "publn_kind"}, "tls211")
    return bulk.fetch(
        f"""
      SELECT 'tls201' AS file, NULL::BIGINT AS row, {NUMBER.format("chosen")} AS application_number,
        chosen.auth AS application_office, filing_date, filing_year::VARCHAR AS filing_year,
        published.nr AS publication_number, published.auth AS publication_office,
        published.kind AS publication_kind, day AS publication_date,
        priority_year::VARCHAR AS priority_year, {family} AS family_id, title,
        chosen.id::VARCHAR AS appln_id
      FROM chosen LEFT JOIN titled USING (record) LEFT JOIN published USING (record)
      ORDER BY record""",
        (*RECORDS, "appln_id"),
    )
