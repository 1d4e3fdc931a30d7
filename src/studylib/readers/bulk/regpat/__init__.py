"""
OECD REGPAT: applications at the EPO and under the PCT with the regions of their parties.

    *_EPO_App_reg.txt   one row per application, applicant and region  (also *_PCT_...)
    *_EPO_Inv_reg.txt   one row per application, inventor and region
    *_EPO_IPC.txt       one row per application and IPC symbol, with the years
    *_CPC_Classes.txt   one row per application and CPC symbol (optional)

There is no table of applications: an application is an `appln_id` met in any of the files.
REGPAT knows years and no dates, and no family.  A party's weight is `app_share` (or
`inv_share`) times `reg_share`, because an address may fit several regions.  Columns were
written `Appln_id`, `Reg_code` in editions up to 2018 and in lower case since 2020.

Source: Maraut, Dernis, Webb, Spiezia and Guellec (2008), The OECD REGPAT Database,
OECD Science, Technology and Industry Working Papers 2008/02, doi:10.1787/241437144144.
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

from pathlib import Path

import pandas as pd

from studylib.language import mark
from studylib.readers.bulk.by_content import holds
from studylib.readers.bulk.edition import Bulk, opened
from studylib.readers.bulk.left_behind import literal
from studylib.readers.bulk.parts import stem
from studylib.readers.bulk.regpat.applications import NO_ID, choose, records
from studylib.readers.bulk.regpat.tables import ANY, ARCHIVE, is_needed, make_views
from studylib.readers.raw import PARTIES, PRIORITIES, SYMBOLS, Keep, RawPatents, empty
from studylib.readers.sniff import Head

FORMAT = "regpat"
NO_SHARE = mark("parties without a share, which count nothing beside those with one")


def recognises(head: Head) -> bool:
    """Whether a folder or zip holds a table of REGPAT, or a file is one, by name or columns."""
    names = (head.name, *head.members)
    is_named = any(ANY.match(stem(name)) or ARCHIVE.search(name) for name in names)
    return is_named or holds(head, is_needed)


def read(path: Path, keep: Keep | None = None, nuts_version: str | None = None) -> RawPatents:
    """
    The applications of an edition that a study keeps; records sorted by office and appln_id.

    Parameters
    ----------
    path
        Folder or zip with the files of one edition.
    keep
        Years and areas; what lies outside is counted in the rejects.
    nuts_version
        Version of the region codes; as stated by the study; not guessed here.

    Raises
    ------
    DataError
        A file of the set is missing, two editions are mixed, or a file cannot be read.
    """
    with opened(path) as bulk:
        sets = make_views(bulk, path)
        choose(bulk, keep)
        return RawPatents(
            format=FORMAT,
            records=records(bulk, sets),
            symbols=_symbols(bulk),
            parties=_parties(bulk),
            priorities=empty(PRIORITIES),
            nuts_version=nuts_version,
            region_codes=_region_codes(bulk),
            n_received=bulk.count("SELECT count(*) FROM seen WHERE id IS NOT NULL"),
            rejects=bulk.rejects(),
            repairs=dict(bulk.repairs),
            newest_year=bulk.newest(
                "SELECT max(greatest(last_filing_year, last_priority_year)) FROM seen"
            ),
            record_is="application",
            knows_claims=False,
            date_order="iso",
        )


def _symbols(bulk: Bulk) -> pd.DataFrame:
    """One row per symbol; REGPAT gives no order, so positions follow the alphabet."""
    bulk.run("""
      CREATE TEMP TABLE carried AS
      SELECT record, 'ipc' AS scheme, symbol, file, NULL AS no_id
      FROM ipc JOIN kept ON kept.id = whole(appln_id) AND kept.office = ipc.office
      UNION ALL
      SELECT record, 'cpc', symbol, file, CASE WHEN record IS NULL THEN appln_id END
      FROM cpc LEFT JOIN kept ON kept.id = whole(appln_id)
      WHERE record IS NOT NULL OR whole(appln_id) IS NULL""")
    for (file,) in bulk.rows("SELECT DISTINCT file FROM carried WHERE record IS NULL ORDER BY 1"):
        bulk.leave_values(
            "SELECT coalesce(no_id, ''), count(*) FROM carried "
            f"WHERE record IS NULL AND file = {literal(str(file))} GROUP BY no_id",
            str(file), "appln_id", NO_ID,
        )  # fmt: skip
    for file, scheme, n in bulk.rows("""
      SELECT file, scheme, count(*) FROM carried
      WHERE record IS NOT NULL AND symbol IS NULL GROUP BY ALL ORDER BY ALL"""):
        bulk.leave(str(file), str(scheme), n, mark("rows without a symbol"))
    return bulk.fetch(
        """
      SELECT record, scheme, symbol AS raw, NULL::VARCHAR AS version, NULL::VARCHAR AS level,
        NULL::VARCHAR AS value,
        row_number() OVER (PARTITION BY record, scheme ORDER BY symbol) AS position
      FROM carried WHERE record IS NOT NULL AND symbol IS NOT NULL
      ORDER BY record, scheme DESC, position""",
        SYMBOLS,
    )


def _parties(bulk: Bulk) -> pd.DataFrame:
    """One row per party and region; positions follow person_id and name."""
    bulk.run(f"""
      CREATE TEMP VIEW weighed AS
      SELECT *, {_share("reg_share")} AS in_region, {_share("share")} AS of_all FROM owned""")
    for file, column, value, n in bulk.rows("""
      SELECT file, 'reg_share' AS c, reg_share AS v, count(*) FROM weighed
      WHERE reg_share IS NOT NULL AND in_region IS NULL GROUP BY ALL UNION ALL
      SELECT file, 'share', share, count(*) FROM weighed
      WHERE share IS NOT NULL AND of_all IS NULL GROUP BY ALL ORDER BY ALL LIMIT 100"""):
        bulk.leave(str(file), str(column), n, mark("is no share between 0 and 1"), str(value))
    for file, n in bulk.rows("""
      SELECT file, count(*) FROM weighed WHERE reg_share IS NULL OR share IS NULL
      GROUP BY ALL ORDER BY ALL"""):
        bulk.leave(str(file), "share", n, NO_SHARE)
    return bulk.fetch(
        """
      SELECT record, role, raw_name, country, nuts_id, in_region * of_all AS weight,
        row_number() OVER (PARTITION BY record, role ORDER BY whole(person_id), raw_name, nuts_id,
                           country, in_region, of_all, person_id) AS position
      FROM weighed ORDER BY record, role, position""",
        PARTIES,
    )


def _share(column: str) -> str:
    """SQL for a share in 0..1, with a point or a comma; NULL for anything else."""
    number = f"TRY_CAST(replace({column}, ',', '.') AS DOUBLE)"
    return f"CASE WHEN {number} BETWEEN 0 AND 1 THEN {number} END"


def _region_codes(bulk: Bulk) -> dict[str, int]:
    """Region codes of the whole edition with their rows, also of what is left behind."""
    rows = bulk.rows("SELECT nuts_id, count(*) FROM party WHERE nuts_id IS NOT NULL GROUP BY ALL")
    return {str(code): int(str(n)) for code, n in rows}
