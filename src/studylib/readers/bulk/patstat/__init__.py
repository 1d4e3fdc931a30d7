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

from studylib.language import mark
from studylib.readers.bulk.by_content import holds
from studylib.readers.bulk.damage import take_out
from studylib.readers.bulk.edition import Bulk, opened
from studylib.readers.bulk.parts import stem
from studylib.readers.bulk.patstat.applications import choose, knows_claims, records
from studylib.readers.bulk.patstat.priorities import NO_WHOLE_NUMBER, priorities
from studylib.readers.bulk.patstat.tables import ANY, is_needed, make_views
from studylib.readers.raw import PARTIES, SYMBOLS, Keep, RawPatents
from studylib.readers.sniff import Head

FORMAT = "patstat"


def recognises(head: Head) -> bool:
    """Whether a folder or zip holds a table of PATSTAT, or a file is one, by name or columns."""
    names = (head.name, *head.members)
    return any(ANY.search(stem(name)) for name in names) or holds(head, is_needed)


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
        choose(bulk, keep)
        has_claims = knows_claims(bulk)
        has_docdb = bulk.count("SELECT count(*) FROM chosen WHERE docdb IS NOT NULL") > 0
        return RawPatents(
            format=FORMAT,
            records=records(bulk, "docdb" if has_docdb else "inpadoc"),
            symbols=_symbols(bulk),
            parties=_parties(bulk),
            priorities=priorities(bulk),
            family_is="DOCDB simple" if has_docdb else _inpadoc(bulk),
            nuts_version=nuts_version,
            region_codes=_region_codes(bulk),
            n_received=bulk.count("SELECT count(*) FROM seen WHERE id > 0"),
            rejects=bulk.rejects(),
            repairs=dict(bulk.repairs),
            newest_year=bulk.newest("SELECT max(greatest(filing_year, priority_year)) FROM seen"),
            record_is="application",
            knows_claims=has_claims,
            date_order="iso",
        )


def _inpadoc(bulk: Bulk) -> str:
    """The name of the extended family where an edition without DOCDB families has it."""
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
        bulk.leave(bulk.name, str(scheme), n, mark("rows without a symbol"))
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
        whole(inventor) AS inventor,
        CASE WHEN whole(applicant) IS NULL THEN applicant END AS no_applicant,
        CASE WHEN whole(inventor) IS NULL THEN inventor END AS no_inventor
      FROM tls207 JOIN kept ON kept.id = whole(appln_id)""")
    bulk.run("""
      CREATE TEMP TABLE known AS
      SELECT id, raw_name, country, nuts_id, count(*) OVER (PARTITION BY id) AS n
      FROM person WHERE id > 0 AND id IN (SELECT id FROM owned)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY raw_name, country, nuts_id) = 1""")
    take_out(bulk, "known", {"raw_name": "person_name"}, "tls206")
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
        mark("rows that repeat another row"): listed - bulk.count("SELECT count(*) FROM listed"),
        mark("parties whose person is not in tls206"): bulk.count(
            "SELECT count(*) FROM listed WHERE id IS NULL OR id NOT IN (SELECT id FROM known)"
        ),
        mark("rows that are neither applicant nor inventor"): bulk.count(
            f"{whole} coalesce(applicant, 0) = 0 AND coalesce(inventor, 0) = 0"
        ),
    }
    for reason, n in counts.items():
        if n:
            bulk.leave("tls207", "person_id", n, reason)
    for said, column in (("no_applicant", "applt_seq_nr"), ("no_inventor", "invt_seq_nr")):
        bulk.leave_values(
            f"SELECT {said}, count(*) FROM owned WHERE {said} IS NOT NULL GROUP BY {said}",
            "tls207", column, NO_WHOLE_NUMBER,
        )  # fmt: skip
    bulk.leave_values(
        "SELECT id, n - 1 FROM known WHERE n > 1",
        "tls206", "person_id", mark("person_id occurs more than once; the first by name is used"),
    )  # fmt: skip
    bulk.leave_values(
        "SELECT stated_country, count(*) FROM person "
        "WHERE stated_country IS NOT NULL AND country IS NULL AND id IN (SELECT id FROM known) "
        "GROUP BY stated_country",
        "tls206", "person_ctry_code", mark("is no code of two letters"),
    )  # fmt: skip


def _region_codes(bulk: Bulk) -> dict[str, int]:
    """Region codes of the whole edition with their rows, also of what is left behind."""
    rows = bulk.rows("SELECT nuts_id, count(*) FROM person WHERE nuts_id IS NOT NULL GROUP BY ALL")
    return {str(code): int(str(n)) for code, n in rows}
