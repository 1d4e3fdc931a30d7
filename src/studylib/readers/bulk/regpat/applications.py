"""
Which applications of a REGPAT edition a study keeps, and what the edition says of each.

    views ipc, party  --choose-->   seen    one row of numbers per application of the edition
                                    kept    those of the study, numbered by `record`
                      --records-->  owned   the parties of the kept ones; and the table of records
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import pandas as pd

from studylib.language import mark
from studylib.readers.bulk.damage import take_out
from studylib.readers.bulk.edition import Bulk
from studylib.readers.bulk.left_behind import fate, is_here, literal
from studylib.readers.bulk.regpat.tables import OFFICE, Set
from studylib.readers.raw import RECORDS, Keep

NO_ID = mark("appln_id is no whole number")
NAMED = ("application_number", "publication_number", "raw_name")


def choose(bulk: Bulk, keep: Keep | None) -> None:
    """
    Make `seen`, one row per application of the edition, and `kept`, numbered by `record`.

    Only numbers are held for what is left behind: about 20 bytes per application.
    """
    bulk.run(f"""
      CREATE TEMP TABLE seen AS
      SELECT office, whole(appln_id) AS id, bool_or(here) AS here,
        min(year_of(app_year)) AS filing_year, max(year_of(app_year)) AS last_filing_year,
        min(year_of(prio_year)) AS priority_year, max(year_of(prio_year)) AS last_priority_year,
        count(*) FILTER (app_year IS NOT NULL AND year_of(app_year) IS NULL) AS n_bad_filing,
        count(*) FILTER (prio_year IS NOT NULL AND year_of(prio_year) IS NULL) AS n_bad_priority
      FROM (SELECT office, appln_id, app_year, prio_year, {is_here(keep, "FALSE")} AS here FROM ipc
            UNION ALL SELECT office, appln_id, NULL, NULL, {is_here(keep)} FROM party)
      GROUP BY ALL""")
    bulk.run(f"""
      CREATE TEMP TABLE kept AS
      SELECT row_number() OVER (ORDER BY office, id) - 1 AS record, office, id, filing_year,
        priority_year, last_filing_year, last_priority_year
      FROM seen WHERE id IS NOT NULL AND ({fate(keep)}) IS NULL""")
    for n, reason in bulk.rows(f"""
      SELECT count(*), {fate(keep)} AS reason FROM seen WHERE id IS NOT NULL
      GROUP BY reason HAVING reason IS NOT NULL ORDER BY reason"""):
        bulk.leave(bulk.name, "appln_id", n, str(reason))
    _bad_values(bulk)


def _bad_values(bulk: Bulk) -> None:
    """Note ids and years that cannot be read, and years that contradict each other."""
    if bulk.count("SELECT count(*) FROM seen WHERE id IS NULL"):
        for view in ("ipc", "party"):
            for (file,) in bulk.rows(f"SELECT DISTINCT file FROM {view} ORDER BY 1"):
                bulk.leave_values(
                    f"SELECT coalesce(appln_id, ''), count(*) FROM {view} "
                    f"WHERE file = {literal(str(file))} AND whole(appln_id) IS NULL "
                    "GROUP BY appln_id",
                    str(file), "appln_id", NO_ID,
                )  # fmt: skip
    for column, year in (("app_year", "filing"), ("prio_year", "priority")):
        if bulk.count(f"SELECT sum(n_bad_{year}) FROM seen"):
            bulk.leave_values(
                f"SELECT {column}, count(*) FROM ipc "
                f"WHERE {column} IS NOT NULL AND year_of({column}) IS NULL GROUP BY {column}",
                bulk.name, column, mark("is no year"),
            )  # fmt: skip
        bulk.leave_values(
            f"SELECT office || ' ' || id || ': ' || {year}_year || ' to ' || last_{year}_year, 1 "
            f"FROM kept WHERE {year}_year < last_{year}_year",
            bulk.name, column, mark("one application, several years; the earliest is used"),
        )  # fmt: skip


def records(bulk: Bulk, sets: dict[Set, str]) -> pd.DataFrame:
    """One row per application; makes `owned`, the parties of the kept ones."""
    bulk.run("""
      CREATE TEMP TABLE owned AS
      SELECT record, role, raw_name, country, nuts_id, person_id, application_number,
        publication_number, reg_share, share, file
      FROM party JOIN kept ON kept.id = whole(appln_id) AND kept.office = party.office""")
    take_out(bulk, "owned", {name: name for name in NAMED})
    bulk.run("""
      CREATE TEMP TABLE numbered AS
      SELECT record, min(application_number) AS application_number,
        max(application_number) AS last_application_number,
        min(publication_number) AS publication_number,
        max(publication_number) AS last_publication_number
      FROM owned GROUP BY record""")
    for column in ("application_number", "publication_number"):
        bulk.leave_values(
            f"SELECT {column} || ' to ' || last_{column}, 1 FROM numbered "
            f"WHERE {column} < last_{column}",
            bulk.name, column, mark("one application, several numbers; the first is used"),
        )  # fmt: skip
    files = " ".join(f"WHEN '{OFFICE[s]}' THEN {literal(file)}" for s, file in sets.items())
    return bulk.fetch(
        f"""
      SELECT CASE office {files} END AS file, NULL::BIGINT AS row, application_number,
        office AS application_office, NULL::VARCHAR AS filing_date,
        filing_year::VARCHAR AS filing_year, publication_number,
        CASE WHEN publication_number IS NOT NULL THEN office END AS publication_office,
        NULL::VARCHAR AS publication_kind, NULL::VARCHAR AS publication_date,
        priority_year::VARCHAR AS priority_year, NULL::VARCHAR AS family_id,
        NULL::VARCHAR AS title, id::VARCHAR AS appln_id
      FROM kept LEFT JOIN numbered USING (record) ORDER BY record""",
        (*RECORDS, "appln_id"),
    )
