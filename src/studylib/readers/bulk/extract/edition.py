"""
Which files of an edition are which table, by their names; of a folder that an engine can list.

    202001/202001_EPO_IPC.txt, EPO_IPC.parquet/part-0.parquet   ->  ipc of the EPO set
    tls209_part01.csv, tls209_appln_ipc/*.parquet               ->  tls209
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from studylib.errors import DataError, quoted, some

PATSTAT = re.compile(r"(?<![a-z0-9])tls(201|202|204|206|207|209|211|224)(?!\d)", re.IGNORECASE)
REGPAT = re.compile(r"(?<![a-z])(EPO|PCT)_(App_reg|Inv_reg|IPC)(?![a-z])", re.IGNORECASE)
CPC = re.compile(r"(?<![a-z])CPC_Class(?:es)?(?![a-z])", re.IGNORECASE)
KINDS = re.compile(r"\.(?:parquet|txt|csv)(?:\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """A table of an edition: its name, its set (REGPAT), its files."""

    name: str
    set: str
    files: tuple[str, ...]

    @property
    def file(self) -> str:
        """What the extract of it is called, by which the readers know it."""
        if self.name.startswith("tls"):
            return f"{self.name}.csv"
        called = {"app_reg": "App_reg", "inv_reg": "Inv_reg", "ipc": "IPC"}
        return f"{self.set}_{called[self.name]}.txt" if self.set else "CPC_Classes.txt"


@dataclass(frozen=True)
class Edition:
    """What was found: `regpat` or `patstat`, and its tables."""

    name: str
    format: str
    tables: tuple[Table, ...]


def edition_of(path: str, names: Iterable[str]) -> Edition:
    """
    The tables of an edition by the names of its files.

    Raises
    ------
    DataError
        No file is of a known table, both kinds of edition lie there, or a file is packed.
    """
    name = path.rstrip("/").rsplit("/", 1)[-1]
    found: dict[tuple[str, str], list[str]] = {}
    packed = []
    for file in sorted(names):
        inside = file.removeprefix(path.rstrip("/"))
        if (key := _key(inside)) is None:
            continue
        if not KINDS.search(inside):
            packed.append(inside)
        found.setdefault(key, []).append(file)
    if packed:
        raise DataError(
            f"{quoted(name)} holds tables that are packed or of another kind: {some(packed)}. "
            "Unpack them to .txt, .csv or .parquet."
        )
    formats = {"patstat" if table.startswith("tls") else "regpat" for table, _ in found}
    if len(formats) != 1:
        what = "tables of both REGPAT and PATSTAT" if formats else "no table of REGPAT or PATSTAT"
        raise DataError(f"{quoted(name)} holds {what}. Name the folder of one edition.")
    tables = tuple(Table(table, of, tuple(files)) for (table, of), files in sorted(found.items()))
    return Edition(name, formats.pop(), tables)


def _key(inside: str) -> tuple[str, str] | None:
    """The table and the set that a file is of; None for what is none, or hidden."""
    if any(part.startswith((".", "_")) for part in inside.split("/")):
        return None
    if match := PATSTAT.search(inside):
        return f"tls{match[1]}", ""
    if match := REGPAT.search(inside):
        return match[2].lower(), match[1].upper()
    return ("cpc_class", "") if CPC.search(inside) else None
