"""
The tables of REGPAT that a study needs or can use, found by the names of their files.

    ipc      one row per application and IPC symbol, of both sets, with `office`
    party    one row per application, applicant or inventor, and region, of both sets
    cpc      one row per application and CPC symbol; empty where the edition has none

Columns go by name, because their order and their capitals vary over the editions.
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import re
from pathlib import Path
from typing import Literal

from studylib.errors import DataError, quoted, some
from studylib.readers.bulk.edition import Bulk
from studylib.readers.bulk.header import Roles
from studylib.readers.bulk.parts import Part, matching

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


def make_views(bulk: Bulk, path: Path) -> dict[Set, str]:
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
    """The columns of a file of applicants or inventors, as they were called over the editions."""
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
    """Make a view of all rows of several queries with the same columns."""
    bulk.run(f"CREATE TEMP VIEW {view} AS {' UNION ALL '.join(selects)}")
