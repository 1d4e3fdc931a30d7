"""
Priority claims of a PATSTAT edition: what tls204 names, with number and day as tls201 states them.

    tls204  appln_id  prior_appln_id          record  number       country  date
            5         7                -->    0       200300017 U  ES       2003-02-12
            5         400, not in tls201      0       #400
            5         #REF!                   0       missing, and a reject
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import pandas as pd

from studylib.language import mark
from studylib.readers.bulk.damage import not_fitting, take_out
from studylib.readers.bulk.edition import Bulk
from studylib.readers.bulk.patstat.applications import CODED, DATE, NUMBER
from studylib.readers.raw import PRIORITIES

NO_WHOLE_NUMBER = mark("is no whole number")


def priorities(bulk: Bulk) -> pd.DataFrame:
    """One row per claim; number, office and date are those of the prior application."""
    bulk.run("""
      CREATE TEMP TABLE named AS
      SELECT record, prior_id, whole(prior_id) AS id, whole(position) AS place
      FROM tls204 JOIN kept ON kept.id = whole(appln_id)""")
    bulk.leave_values(
        "SELECT coalesce(prior_id, ''), count(*) FROM named WHERE id IS NULL GROUP BY prior_id",
        "tls204", "prior_appln_id", NO_WHOLE_NUMBER,
    )  # fmt: skip
    bulk.run("""
      CREATE TEMP TABLE claimed AS
      SELECT DISTINCT record, id, place FROM named WHERE coalesce(id, 1) > 0""")
    bulk.run(f"""
      CREATE TEMP TABLE stated AS
      SELECT whole(appln_id) AS id, auth, nr, kind, receiving,
        {DATE.format("filing_date")} AS date
      FROM tls201 WHERE whole(appln_id) IN (SELECT id FROM claimed)""")
    take_out(bulk, "stated", {"nr": "appln_nr of a priority"}, "tls201")
    coded = {column: f"{name} of a priority" for column, name in CODED.items()}
    not_fitting(bulk, "stated", coded, "tls201")
    bulk.run(f"""
      CREATE TEMP TABLE prior AS
      SELECT id, min({NUMBER.format("stated")}) AS number, min(auth) AS country, min(date) AS date
      FROM stated GROUP BY id""")
    unknown = "SELECT count(*) FROM claimed WHERE id NOT IN (SELECT id FROM prior)"
    if n := bulk.count(unknown):
        bulk.leave("tls204", "prior_appln_id", n, mark("priorities that are not in tls201"))
    # What is claimed there is not known; that something is claimed, is.
    bulk.run("""
      CREATE TEMP VIEW told AS
      SELECT record, claimed.id, place, coalesce(number, '#' || claimed.id) AS number, country, date
      FROM claimed LEFT JOIN prior USING (id)""")
    return bulk.fetch(
        """
      SELECT record, number, country, date,
        row_number() OVER (PARTITION BY record ORDER BY place NULLS LAST, id) AS position
      FROM told ORDER BY record, position""",
        PRIORITIES,
    )
