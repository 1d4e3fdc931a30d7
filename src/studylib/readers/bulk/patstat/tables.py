"""
The tables of PATSTAT that a study needs or can use, found by the names or columns of their files.

Column names are those of the EPO's Data Catalog; a column with a question mark may be absent.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from studylib.errors import DataError, quoted, some
from studylib.readers.bulk.by_content import called, told_by
from studylib.readers.bulk.edition import Bulk
from studylib.readers.bulk.header import Roles
from studylib.readers.bulk.parts import matching
from studylib.readers.bulk.patstat import days

NAMED = r"(?:^|[_-]){table}(?:_[a-z_]+?)?(?:[_-]?part\d+|[_-]\d+)?$"
ANY = re.compile(NAMED.format(table="tls20[1679]"), re.IGNORECASE)
ALL = re.compile(NAMED.format(table=r"tls2\d\d"), re.IGNORECASE)
NEEDED: dict[str, Roles] = {
    "tls201": {
        "appln_id": ("appln_id",),
        "auth": ("appln_auth",),
        "nr": ("appln_nr",),
        "kind?": ("appln_kind",),
        "receiving?": ("receiving_office",),
        "filing_date?": ("appln_filing_date",),
        "filing_year?": ("appln_filing_year",),
        "earliest_year?": ("earliest_filing_year",),
        "earliest_date?": ("earliest_filing_date",),
        "docdb?": ("docdb_family_id",),
        "inpadoc?": ("inpadoc_family_id",),
    },
    "tls206": {
        "person_id": ("person_id",),
        "raw_name": ("person_name",),
        "stated_country": ("person_ctry_code",),
        "nuts?": ("nuts",),
        "nuts_level?": ("nuts_level",),
    },
    "tls207": {
        "appln_id": ("appln_id",),
        "person_id": ("person_id",),
        "applicant": ("applt_seq_nr",),
        "inventor": ("invt_seq_nr",),
    },
    "tls209": {
        "appln_id": ("appln_id",),
        "symbol": ("ipc_class_symbol",),
        "level?": ("ipc_class_level",),
        "version?": ("ipc_version",),
        "value?": ("ipc_value",),
        "position?": ("ipc_position",),
    },
}
OPTIONAL: dict[str, Roles] = {
    "tls202": {"appln_id": ("appln_id",), "title": ("appln_title",)},
    "tls204": {
        "appln_id": ("appln_id",),
        "prior_id": ("prior_appln_id",),
        "position?": ("prior_appln_seq_nr",),
    },
    "tls211": {
        "appln_id": ("appln_id",),
        "auth": ("publn_auth",),
        "nr": ("publn_nr",),
        "kind?": ("publn_kind",),
        "day?": ("publn_date",),
    },
    "tls224": {
        "appln_id": ("appln_id",),
        "symbol": ("cpc_class_symbol",),
        "version?": ("cpc_version",),
        "value?": ("cpc_value",),
        "position?": ("cpc_position",),
    },
}


MARKS = {
    "tls201": "appln_auth",
    "tls206": "person_name",
    "tls207": "applt_seq_nr",
    "tls209": "ipc_class_symbol",
    "tls202": "appln_title",
    "tls204": "prior_appln_id",
    "tls211": "publn_auth",
    "tls224": "cpc_class_symbol",
}
"""The column no other table of an edition has."""
NEEDS = {
    table: frozenset(names[0] for role, names in roles.items() if not role.endswith("?"))
    for table, roles in {**NEEDED, **OPTIONAL}.items()
}


def table_of(columns: Sequence[str]) -> str | None:
    """The table of PATSTAT that columns are of."""
    name = told_by(columns, NEEDS, MARKS)
    names = {column.strip().lower() for column in columns}
    joins = (name == "tls206" and "appln_id" in names) or (name != "tls201" and "appln_nr" in names)
    return None if joins else name


def is_needed(columns: Sequence[str]) -> bool:
    """Whether columns are of a table without which there is no edition."""
    return table_of(columns) in NEEDED


def make_views(bulk: Bulk, path: Path) -> None:
    """Make a view per table, named like it, and `person` with country and region."""
    bulk.parts = called(bulk.parts, ALL, lambda _, columns: table_of(columns))
    missing = []
    for name, roles in {**NEEDED, **OPTIONAL}.items():
        pattern = re.compile(NAMED.format(table=name), re.IGNORECASE)
        files = matching(bulk.parts, pattern)
        if not files and name in NEEDED:
            missing.append(name)
        bulk.table(name, files, roles)
    if missing:
        raise DataError(
            f"{quoted(path.name)} lacks the PATSTAT table {some(missing)}. Put its file (such as "
            f"'{missing[0]}_part01.csv') beside the others and name the folder."
        )
    days.make_macro(bulk)
    # Level 0 is the country alone, 9 an address that fits no region; "EL" is Greece in NUTS.
    bulk.run("""
      CREATE TEMP VIEW person AS
      SELECT whole(person_id) AS id, raw_name,
        CASE WHEN regexp_full_match(stated_country, '[A-Za-z]{2}') THEN stated_country END
          AS country,
        CASE WHEN length(nuts) > 2 AND coalesce(nuts_level, '') NOT IN ('0', '9')
          THEN nuts END AS nuts_id, file, stated_country
      FROM tls206""")
