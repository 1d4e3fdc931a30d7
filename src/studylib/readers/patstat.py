"""
EPO PATSTAT: the tables of a worldwide edition, or of an extract, as delimited text.

    tls201_appln        one row per application           needed
    tls209_appln_ipc    one row per application and IPC   needed
    tls206_person       one row per person                needed
    tls207_pers_appln   one row per application and person, as applicant, inventor or both; needed
    tls224_appln_cpc, tls202_appln_title, tls204_appln_prior, tls211_pat_publn     optional

Any table may come in numbered parts (`tls201_part01.csv`), zipped or not.  PATSTAT has no
missing values: 9999-12-31, the year 9999, blanks and the number 0 stand for "unknown".  Its
application 0 and person 0 are placeholders.  The same number is given to a patent and a
utility model of one office, so the kind is part of `application_number`, as in DOCDB.
Every party of a role has the same weight: PATSTAT states no shares.

Source: EPO, Data Catalog PATSTAT Global (tables and default values).
"""
# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

from pathlib import Path

import pandas as pd

from studylib.readers.bulk import Bulk, opened
from studylib.readers.early import fate, is_here
from studylib.readers.parts import stem
from studylib.readers.patstat_tables import ANY, make_views
from studylib.readers.raw import PARTIES, PRIORITIES, RECORDS, SYMBOLS, Keep, RawPatents
from studylib.readers.sniff import Head
from studylib.readers.vintage import vintage

FORMAT = "patstat"
NUMBER = "concat_ws(' ', nr, kind, receiving)"
DATE = "nullif({}, '9999-12-31')"


def recognises(head: Head) -> bool:
    """Whether a folder or zip holds a table of PATSTAT, or a file is one (by its name)."""
    return any(ANY.search(stem(name)) for name in (head.name, *head.members))


def read(path: Path, keep: Keep | None = None, nuts_version: str | None = None) -> RawPatents:
    """
    The applications of an edition that a study keeps; records sorted by appln_id.

    Parameters
    ----------
    path
        Folder or zip with the tables.
    keep
        Years and areas; what lies outside is counted in the rejects.
    nuts_version
        Version of the region codes; found from the codes of the persons where not given.

    Raises
    ------
    DataError
        A needed table or column is missing, or a file cannot be read.
    """
    with opened(path) as bulk:
        make_views(bulk, path)
        _seen(bulk, keep)
        _chosen(bulk)
        has_docdb = bulk.count("SELECT count(*) FROM chosen WHERE docdb IS NOT NULL") > 0
        return RawPatents(
            format=FORMAT,
            records=_records(bulk, "docdb" if has_docdb else "inpadoc"),
            symbols=_symbols(bulk),
            parties=_parties(bulk),
            priorities=_priorities(bulk),
            family_is="DOCDB simple" if has_docdb else _inpadoc(bulk),
            nuts_version=nuts_version or _vintage(bulk),
            n_received=bulk.count("SELECT count(*) FROM seen WHERE id > 0"),
            rejects=bulk.rejects(),
            newest_year=bulk.newest("SELECT max(greatest(filing_year, priority_year)) FROM seen"),
            record_is="application",
            date_order="iso",
        )


def _seen(bulk: Bulk, keep: Keep | None) -> None:
    """Make `seen`, one row of numbers per application, and `kept`, numbered by `record`."""
    here = is_here(keep, "id IN (SELECT id FROM here)")
    if here != "TRUE":  # else every person would be held to say nothing
        bulk.run(f"""
          CREATE TEMP TABLE near AS SELECT id FROM person WHERE id > 0 AND {is_here(keep)}""")
        bulk.run("""
          CREATE TEMP TABLE here AS
          SELECT DISTINCT whole(appln_id) AS id FROM tls207
          WHERE (whole(applicant) > 0 OR whole(inventor) > 0)
            AND whole(person_id) IN (SELECT id FROM near)""")
    bulk.run("""
      CREATE TEMP TABLE seen AS
      SELECT whole(appln_id) AS id, count(*) AS n,
        min(coalesce(year_of(filing_year), year_of(left(filing_date, 4)))) AS filing_year,
        min(year_of(earliest_year)) AS priority_year
      FROM tls201 GROUP BY ALL""")
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


def _bad_keys(bulk: Bulk) -> None:
    """Note ids that cannot be read, ids that repeat, and rows whose application is unknown."""
    bulk.leave_values(
        "SELECT coalesce(appln_id, '') || ' (' || count(*) || ' rows)' FROM tls201 "
        "WHERE whole(appln_id) IS NULL GROUP BY appln_id",
        "tls201", "appln_id", "appln_id is no whole number",
    )  # fmt: skip
    if n := bulk.count("SELECT sum(n) FROM seen WHERE id = 0"):
        bulk.leave("tls201", "appln_id", n, "placeholder of PATSTAT, no application")
    bulk.leave_values(
        "SELECT id || ' (' || (n - 1) || ' more rows)' FROM seen WHERE n > 1 AND id > 0",
        "tls201", "appln_id", "appln_id occurs more than once; the first row by year is used",
    )  # fmt: skip
    for table in ("tls207", "tls209", "tls202", "tls204", "tls211", "tls224"):
        n = bulk.count(
            f"SELECT count(*) FROM {table} "
            "WHERE coalesce(whole(appln_id), -1) NOT IN (SELECT id FROM seen WHERE id IS NOT NULL)"
        )
        if n:
            bulk.leave(table, "appln_id", n, "rows of an application that is not in tls201")


def _chosen(bulk: Bulk) -> None:
    """Make `chosen`, the full row of each kept application; the first by year if it repeats."""
    bulk.run(f"""
      CREATE TEMP TABLE chosen AS
      SELECT record, id, auth, {NUMBER} AS number, {DATE.format("filing_date")} AS filing_date,
        kept.filing_year, priority_year, nullif(docdb, '0') AS docdb,
        nullif(inpadoc, '0') AS inpadoc
      FROM tls201 JOIN kept ON kept.id = whole(appln_id)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY
        coalesce(year_of(tls201.filing_year), year_of(left(filing_date, 4))) NULLS LAST,
        filing_date, earliest_year, auth, nr, kind, receiving, docdb, inpadoc) = 1""")


def _records(bulk: Bulk, family: str) -> pd.DataFrame:
    """One row per application with its first title and its first publication."""
    bulk.run("""
      CREATE TEMP TABLE titled AS
      SELECT record, kept.id, min(title) AS title, count(*) AS n
      FROM tls202 JOIN kept ON kept.id = whole(appln_id) GROUP BY ALL""")
    bulk.leave_values(
        "SELECT id || ' (' || (n - 1) || ' more rows)' FROM titled WHERE n > 1",
        "tls202", "appln_id", "appln_id occurs more than once; the first title is used",
    )  # fmt: skip
    bulk.run(f"""
      CREATE TEMP TABLE published AS
      SELECT record, auth, nr, kind, {DATE.format("day")} AS day
      FROM tls211 JOIN kept ON kept.id = whole(appln_id)
      QUALIFY row_number() OVER (PARTITION BY record ORDER BY day, auth, nr, kind) = 1""")
    return bulk.fetch(
        f"""
      SELECT 'tls201' AS file, NULL::BIGINT AS row, number AS application_number,
        chosen.auth AS application_office, filing_date, filing_year::VARCHAR AS filing_year,
        nr AS publication_number, published.auth AS publication_office,
        kind AS publication_kind, day AS publication_date,
        priority_year::VARCHAR AS priority_year, {family} AS family_id, title,
        chosen.id::VARCHAR AS appln_id
      FROM chosen LEFT JOIN titled USING (record) LEFT JOIN published USING (record)
      ORDER BY record""",
        (*RECORDS, "appln_id"),
    )


def _inpadoc(bulk: Bulk) -> str:
    return "INPADOC" if bulk.count("SELECT count(inpadoc) FROM chosen") else ""


def _symbols(bulk: Bulk) -> pd.DataFrame:
    """One row per symbol, in the order of `ipc_position`, then of the alphabet."""
    bulk.run("""
      CREATE TEMP TABLE carried AS
      SELECT record, 'ipc' AS scheme, symbol, level, version, value, position
      FROM tls209 JOIN kept ON kept.id = whole(appln_id)
      UNION ALL
      SELECT record, 'cpc', symbol, NULL, version, value, position
      FROM tls224 JOIN kept ON kept.id = whole(appln_id)""")
    for scheme, n in bulk.rows("""
      SELECT scheme, count(*) FROM carried WHERE symbol IS NULL GROUP BY ALL ORDER BY ALL"""):
        bulk.leave(bulk.name, str(scheme), n, "rows without a symbol")
    return bulk.fetch(
        """
      SELECT record, scheme, symbol AS raw, version, level, value,
        row_number() OVER (PARTITION BY record, scheme ORDER BY whole(position) NULLS LAST,
                           symbol, level, version, value) AS position
      FROM carried WHERE symbol IS NOT NULL ORDER BY record, scheme DESC, position""",
        SYMBOLS,
    )


def _parties(bulk: Bulk) -> pd.DataFrame:
    """One row per application, role and person; weights are equal and sum to 1 per role."""
    bulk.run("""
      CREATE TEMP TABLE owned AS
      SELECT record, whole(person_id) AS id, whole(applicant) AS applicant,
        whole(inventor) AS inventor
      FROM tls207 JOIN kept ON kept.id = whole(appln_id)""")
    bulk.run("""
      CREATE TEMP TABLE known AS
      SELECT id, raw_name, country, nuts_id, count(*) OVER (PARTITION BY id) AS n
      FROM person WHERE id > 0 AND id IN (SELECT id FROM owned)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY raw_name, country, nuts_id) = 1""")
    bulk.run("""
      CREATE TEMP VIEW listed AS
      SELECT record, 'applicant' AS role, applicant AS place, id FROM owned WHERE applicant > 0
      UNION SELECT record, 'inventor', inventor, id FROM owned WHERE inventor > 0""")
    _bad_parties(bulk)
    return bulk.fetch(
        """
      SELECT record, role, raw_name, country, nuts_id,
        1.0::DOUBLE / count(*) OVER (PARTITION BY record, role) AS weight,
        row_number() OVER (PARTITION BY record, role ORDER BY place, id) AS position
      FROM listed JOIN known USING (id) ORDER BY record, role, position""",
        PARTIES,
    )


def _bad_parties(bulk: Bulk) -> None:
    """Note rows that repeat, and rows whose person or sequence number is unknown."""
    whole = "SELECT count(*) FROM owned WHERE "
    listed = bulk.count(f"{whole} applicant > 0") + bulk.count(f"{whole} inventor > 0")
    counts = {
        "rows that repeat another row": listed - bulk.count("SELECT count(*) FROM listed"),
        "parties whose person is not in tls206": bulk.count(
            "SELECT count(*) FROM listed WHERE id IS NULL OR id NOT IN (SELECT id FROM known)"
        ),
        "rows that are neither applicant nor inventor": bulk.count(
            f"{whole} coalesce(applicant, 0) = 0 AND coalesce(inventor, 0) = 0"
        ),
    }
    for reason, n in counts.items():
        if n:
            bulk.leave("tls207", "person_id", n, reason)
    bulk.leave_values(
        "SELECT id || ' (' || (n - 1) || ' more rows)' FROM known WHERE n > 1",
        "tls206", "person_id", "person_id occurs more than once; the first by name is used",
    )  # fmt: skip
    bulk.leave_values(
        "SELECT stated_country || ' (' || count(*) || ' persons)' FROM person "
        "WHERE stated_country IS NOT NULL AND country IS NULL AND id IN (SELECT id FROM known) "
        "GROUP BY stated_country",
        "tls206", "person_ctry_code", "is no code of two letters",
    )  # fmt: skip


def _priorities(bulk: Bulk) -> pd.DataFrame:
    """One row per claim; number, office and date are those of the prior application."""
    bulk.run("""
      CREATE TEMP TABLE claimed AS
      SELECT DISTINCT record, whole(prior_id) AS id, whole(position) AS place
      FROM tls204 JOIN kept ON kept.id = whole(appln_id) WHERE whole(prior_id) > 0""")
    bulk.run(f"""
      CREATE TEMP TABLE prior AS
      SELECT whole(appln_id) AS id, min({NUMBER}) AS number, min(auth) AS country,
        min({DATE.format("filing_date")}) AS date
      FROM tls201 WHERE whole(appln_id) IN (SELECT id FROM claimed) GROUP BY ALL""")
    unknown = "SELECT count(*) FROM claimed WHERE id NOT IN (SELECT id FROM prior)"
    if n := bulk.count(unknown):
        bulk.leave("tls204", "prior_appln_id", n, "priorities that are not in tls201")
    return bulk.fetch(
        """
      SELECT record, number, country, date,
        row_number() OVER (PARTITION BY record ORDER BY place NULLS LAST, id) AS position
      FROM claimed JOIN prior USING (id) ORDER BY record, position""",
        PRIORITIES,
    )


def _vintage(bulk: Bulk) -> str | None:
    """The NUTS version of all persons, also of what is left behind: more codes tell more."""
    rows = bulk.rows("SELECT nuts_id, count(*) FROM person WHERE nuts_id IS NOT NULL GROUP BY ALL")
    return vintage({str(code): int(str(n)) for code, n in rows})
