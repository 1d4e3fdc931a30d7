"""
The tables of REGPAT that a study needs or can use, found by the names or columns of their files.

    ipc      one row per application and IPC symbol, of both sets, with `office`
    party    one row per application, applicant or inventor, and region, of both sets
    cpc      one row per application and CPC symbol; empty where the edition has none

Columns go by name, because their order and their capitals vary over the editions.
"""

# ruff: noqa: S608 - SQL is put together from this project's own words; values pass through `literal`

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from studylib.errors import DataError, quoted, some
from studylib.readers.bulk.by_content import called, columns_of_file
from studylib.readers.bulk.edition import Bulk
from studylib.readers.bulk.header import Roles
from studylib.readers.bulk.parts import Part, matching

Set = Literal["EPO", "PCT"]
OFFICE: dict[Set, str] = {"EPO": "EP", "PCT": "WO"}
TABLE = r"^(?P<edition>.*?)[_-]?(?P<set>{set})_(?P<table>{table})(?:[_-]?part\d+|[_-]\d+)?$"
ANY = re.compile(TABLE.format(set="EPO|PCT", table="App_reg|Inv_reg|IPC"), re.IGNORECASE)
CPC = re.compile(r"^(.*?)[_-]?CPC_Class(es)?(?:_[A-HY])?(?:[_-]?part\d+|[_-]\d+)?$", re.IGNORECASE)
ARCHIVE = re.compile(r"regpat.*\.zip$", re.IGNORECASE)

SET = re.compile(r"(?<![a-z])(?:EPO|PCT)(?![a-z])", re.IGNORECASE)
MARKS = {
    "App_reg": {"app_name"},
    "Inv_reg": {"inv_name"},
    "IPC": {"app_year"},
    "CPC_Class": {"cpc_class", "cpc"},
}
"""Columns that no other table of an edition has."""
MOST_OF_CPC = 3
NEEDS: dict[str, set[str]] = {
    "App_reg": {"reg_code", "app_share"},
    "Inv_reg": {"reg_code", "inv_share"},
    "IPC": {"prio_year"},
    "CPC_Class": set(),
}

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
    bulk.parts = _called(bulk.parts)
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


def table_of(columns: Sequence[str]) -> str | None:
    """The table of REGPAT that columns are of: App_reg, Inv_reg, IPC or CPC_Class."""
    names = {column.strip().lower() for column in columns}
    if not names & set().union(*MARKS.values()) or "appln_id" not in names:
        return None
    held = [table for table, mark in MARKS.items() if mark & names]
    if held == ["CPC_Class"] and len(names) > MOST_OF_CPC:
        return None
    return held[0] if len(held) == 1 and NEEDS[held[0]] <= names else None


def is_needed(columns: Sequence[str]) -> bool:
    """Whether columns are of a table without which there is no edition."""
    return table_of(columns) in ("App_reg", "Inv_reg", "IPC")


def _called(found: list[Part]) -> list[Part]:
    """The parts under the names of REGPAT, those with strange names by their columns."""
    editions = {m["edition"] for part in found if (m := ANY.match(part.stem))}
    sets = {m["set"].upper() for part in found if (m := ANY.match(part.stem))}
    columns = {part: columns_of_file(part) for part in found}
    sets |= {_set_of(part, names) or "" for part, names in columns.items()
             if table_of(names) in ("App_reg", "Inv_reg")}  # fmt: skip
    sets -= {""}
    edition = editions.pop() if len(editions) == 1 else ""

    def name_of(part: Part, columns: Sequence[str]) -> str | None:
        """The name of the table that a part is."""
        table = table_of(columns)
        if table is None or table == "CPC_Class":
            return table
        told = _set_of(part, columns) or (min(sets) if len(sets) == 1 else "")
        if not told:
            raise DataError(
                f"{quoted(part.name)} is a table of REGPAT ({table}), but neither its name nor its "
                f"columns say whether of the EPO or the PCT set. Call it 'EPO_{table}.txt' or "
                f"'PCT_{table}.txt'."
            )
        return f"{edition}_{told}_{table}".removeprefix("_")

    return called(found, re.compile(f"{ANY.pattern}|{CPC.pattern}", re.IGNORECASE), name_of)


def _set_of(part: Part, columns: Sequence[str]) -> str | None:
    """The set a part is of: as its name says, as its columns say; None where neither does."""
    if named := SET.search(part.name):
        return named[0].upper()
    names = {column.strip().lower() for column in columns}
    if "pct_nbr" in names:
        return "PCT"
    return "EPO" if names & {"app_nbr", "app_name", "inv_name"} else None


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
