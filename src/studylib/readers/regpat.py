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

import re
from pathlib import Path
from typing import Literal

import pandas as pd

from studylib.errors import DataError, quoted, some
from studylib.readers.bulk import Bulk, opened
from studylib.readers.delimited import Roles
from studylib.readers.early import fate, is_here, literal
from studylib.readers.parts import Part, matching, stem
from studylib.readers.raw import PARTIES, PRIORITIES, RECORDS, SYMBOLS, Keep, RawPatents, empty
from studylib.readers.sniff import Head
from studylib.readers.vintage import vintage

FORMAT = "regpat"
Set = Literal["EPO", "PCT"]
OFFICE: dict[Set, str] = {"EPO": "EP", "PCT": "WO"}
TABLE = r"^(?P<edition>.*?)[_-]?(?P<set>{set})_(?P<table>{table})(?:[_-]?part\d+|[_-]\d+)?$"
ANY = re.compile(TABLE.format(set="EPO|PCT", table="App_reg|Inv_reg|IPC"), re.IGNORECASE)
CPC = re.compile(r"^(.*?)[_-]?CPC_Class(es)?(?:_[A-HY])?(?:[_-]?part\d+|[_-]\d+)?$", re.IGNORECASE)
ARCHIVE = re.compile(r"regpat.*\.zip$", re.IGNORECASE)

IPC_ROLES: Roles = {
    "appln_id": ("appln_id",),
    "prio_year": ("prio_year",),
    "app_year": ("app_year",),
    "symbol": ("ipc", "ipc_class", "ipc_class_symbol"),
}
CPC_ROLES: Roles = {"appln_id": ("appln_id",), "symbol": ("cpc_class", "cpc")}
SHARES = {"App": ("app_share",), "Inv": ("inv_share",)}
NAMES = {"App": ("app_name",), "Inv": ("inv_name",)}
ROLES = {"App": "applicant", "Inv": "inventor"}
# The region is a NUTS 3 code, or letters that end in ZZZ or XXX where the address fits none.
PSEUDO = "length(region) < 3 OR ends_with(region, 'ZZZ') OR ends_with(region, 'XXX')"
COUNTRY_OF_REGION = """
  CASE left(region, 2) WHEN 'EL' THEN 'GR' WHEN 'UK' THEN 'GB' WHEN 'XX' THEN NULL
  WHEN 'ZZ' THEN NULL ELSE left(region, 2) END"""


def recognises(head: Head) -> bool:
    """Whether a folder or zip holds a table of REGPAT, or a file is one (by its name)."""
    return any(ANY.match(stem(name)) or ARCHIVE.search(name) for name in (head.name, *head.members))


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
        Version of the region codes; found from the codes of the whole edition where not given.

    Raises
    ------
    DataError
        A file of the set is missing, two editions are mixed, or a file cannot be read.
    """
    with opened(path) as bulk:
        sets = _tables(bulk, path)
        _seen(bulk, keep)
        records = _records(bulk, sets)
        return RawPatents(
            format=FORMAT,
            records=records,
            symbols=_symbols(bulk),
            parties=_parties(bulk),
            priorities=empty(PRIORITIES),
            nuts_version=nuts_version or _vintage(bulk),
            n_received=bulk.count("SELECT count(*) FROM seen WHERE id IS NOT NULL"),
            rejects=bulk.rejects(),
            newest_year=bulk.newest(
                "SELECT max(greatest(last_filing_year, last_priority_year)) FROM seen"
            ),
            record_is="application",
            date_order="iso",
        )


def _tables(bulk: Bulk, path: Path) -> dict[Set, str]:
    """Make the views `ipc`, `party` and `cpc`; set -> name of its IPC file."""
    found = matching(bulk.parts, ANY)
    editions = sorted({m["edition"] for part in found if (m := ANY.match(part.stem))})
    if len(editions) > 1:
        raise DataError(
            f"{quoted(path.name)} holds {len(editions)} editions of REGPAT: {some(editions)}. "
            "Keep one, or applications are counted twice."
        )
    sets = _sets(path, found)
    for name, tables in sets.items():
        bulk.table(f"ipc_{name}", tables["IPC"], IPC_ROLES)
        for kind in ("App", "Inv"):
            bulk.table(f"{kind}_{name}", tables[kind], _party_roles(kind))
    bulk.table("cpc", matching(bulk.parts, CPC), CPC_ROLES)
    _union(bulk, "ipc", [f"SELECT *, '{OFFICE[s]}' AS office FROM ipc_{s}" for s in sets])
    _union(bulk, "party", [_party(s, kind) for s in sets for kind in ("App", "Inv")])
    return {name: tables["IPC"][0].base for name, tables in sets.items()}


def _sets(path: Path, found: list[Part]) -> dict[Set, dict[str, list[Part]]]:
    """The parts of each table of each set, after checking that none is missing."""
    sets: dict[Set, dict[str, list[Part]]] = {}
    for name in OFFICE:
        tables: dict[str, list[Part]] = {"App": [], "Inv": [], "IPC": []}
        for part in found:
            match = ANY.match(part.stem)
            if match and match["set"].upper() == name:
                key = {"app_reg": "App", "inv_reg": "Inv", "ipc": "IPC"}[match["table"].lower()]
                tables[key].append(part)
        if not any(tables.values()):
            continue
        files = {
            "App": f"{name}_App_reg.txt",
            "Inv": f"{name}_Inv_reg.txt",
            "IPC": f"{name}_IPC.txt",
        }
        if missing := [files[key] for key, group in tables.items() if not group]:
            raise DataError(
                f"{quoted(path.name)} lacks {some(missing)} of the {name} set of REGPAT "
                "(the name may start with the edition). Put it beside the others and name the "
                "folder."
            )
        sets[name] = tables
    if not sets:
        raise DataError(f"{quoted(path.name)} holds no file of REGPAT such as 'EPO_IPC.txt'.")
    return sets


def _party_roles(kind: str) -> Roles:
    return {
        "appln_id": ("appln_id",),
        "application_number?": ("appln_nr", "appln_nbr", "app_nbr", "app_nr"),
        "publication_number?": ("pub_nbr", "pub_nr", "pct_nbr"),
        "person_id?": ("person_id",),
        "raw_name": NAMES[kind],
        "region": ("reg_code",),
        "stated_country": ("ctry_code",),
        "reg_share": ("reg_share",),
        "share": SHARES[kind],
    }


def _party(name: Set, kind: str) -> str:
    """One set's applicants or inventors in the columns both have."""
    return f"""
      SELECT * EXCLUDE (region, stated_country), '{OFFICE[name]}' AS office,
        '{ROLES[kind]}' AS role, coalesce(stated_country, {COUNTRY_OF_REGION}) AS country,
        CASE WHEN NOT ({PSEUDO}) THEN region END AS nuts_id
      FROM {kind}_{name}"""


def _union(bulk: Bulk, view: str, selects: list[str]) -> None:
    bulk.run(f"CREATE TEMP VIEW {view} AS {' UNION ALL '.join(selects)}")


def _seen(bulk: Bulk, keep: Keep | None) -> None:
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
                    f"SELECT coalesce(appln_id, '') || ' (' || count(*) || ' rows)' FROM {view} "
                    f"WHERE file = {literal(str(file))} AND whole(appln_id) IS NULL "
                    "GROUP BY appln_id",
                    str(file), "appln_id", "appln_id is no whole number",
                )  # fmt: skip
    for column, year in (("app_year", "filing"), ("prio_year", "priority")):
        if bulk.count(f"SELECT sum(n_bad_{year}) FROM seen"):
            bulk.leave_values(
                f"SELECT {column} || ' (' || count(*) || ' rows)' FROM ipc "
                f"WHERE {column} IS NOT NULL AND year_of({column}) IS NULL GROUP BY {column}",
                bulk.name, column, "is no year",
            )  # fmt: skip
        bulk.leave_values(
            f"SELECT office || ' ' || id || ': ' || {year}_year || ' to ' || last_{year}_year "
            f"FROM kept WHERE {year}_year < last_{year}_year",
            bulk.name, column, "one application, several years; the earliest is used",
        )  # fmt: skip


def _records(bulk: Bulk, sets: dict[Set, str]) -> pd.DataFrame:
    """One row per application; makes `owned`, the parties of the kept ones."""
    bulk.run("""
      CREATE TEMP TABLE owned AS
      SELECT record, role, raw_name, country, nuts_id, person_id, application_number,
        publication_number, reg_share, share, file
      FROM party JOIN kept ON kept.id = whole(appln_id) AND kept.office = party.office""")
    bulk.run("""
      CREATE TEMP TABLE numbered AS
      SELECT record, min(application_number) AS application_number,
        max(application_number) AS last_application_number,
        min(publication_number) AS publication_number,
        max(publication_number) AS last_publication_number
      FROM owned GROUP BY record""")
    for column in ("application_number", "publication_number"):
        bulk.leave_values(
            f"SELECT {column} || ' to ' || last_{column} FROM numbered "
            f"WHERE {column} < last_{column}",
            bulk.name, column, "one application, several numbers; the first is used",
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


def _symbols(bulk: Bulk) -> pd.DataFrame:
    """One row per symbol; REGPAT gives no order, so positions follow the alphabet."""
    bulk.run("""
      CREATE TEMP TABLE carried AS
      SELECT record, 'ipc' AS scheme, symbol, file
      FROM ipc JOIN kept ON kept.id = whole(appln_id) AND kept.office = ipc.office
      UNION ALL
      SELECT record, 'cpc', symbol, file FROM cpc JOIN kept ON kept.id = whole(appln_id)""")
    for file, scheme, n in bulk.rows("""
      SELECT file, scheme, count(*) FROM carried WHERE symbol IS NULL GROUP BY ALL ORDER BY ALL"""):
        bulk.leave(str(file), str(scheme), n, "rows without a symbol")
    return bulk.fetch(
        """
      SELECT record, scheme, symbol AS raw, NULL::VARCHAR AS version, NULL::VARCHAR AS level,
        NULL::VARCHAR AS value,
        row_number() OVER (PARTITION BY record, scheme ORDER BY symbol) AS position
      FROM carried WHERE symbol IS NOT NULL ORDER BY record, scheme DESC, position""",
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
        bulk.leave(str(file), str(column), f"{value} ({n} rows)", "is no share between 0 and 1")
    return bulk.fetch(
        """
      SELECT record, role, raw_name, country, nuts_id, in_region * of_all AS weight,
        row_number() OVER (PARTITION BY record, role ORDER BY whole(person_id), raw_name, nuts_id,
                           country, in_region, of_all, person_id) AS position
      FROM weighed ORDER BY record, role, position""",
        PARTIES,
    )


def _share(column: str) -> str:
    number = f"TRY_CAST(replace({column}, ',', '.') AS DOUBLE)"
    return f"CASE WHEN {number} BETWEEN 0 AND 1 THEN {number} END"


def _vintage(bulk: Bulk) -> str | None:
    """The NUTS version of the whole edition, also of what is left behind: more codes tell more."""
    rows = bulk.rows("SELECT nuts_id, count(*) FROM party WHERE nuts_id IS NOT NULL GROUP BY ALL")
    return vintage({str(code): int(str(n)) for code, n in rows})
