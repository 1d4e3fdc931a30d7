"""
Records as OECD REGPAT text files: `|` between columns, UTF-8, one line per row.

    DEMO_EPO_App_reg.txt   one row per applicant address of an application
    DEMO_EPO_Inv_reg.txt   one row per inventor address of an application
    DEMO_EPO_IPC.txt       one row per IPC symbol; an unclassified application has one empty row,
                           because REGPAT keeps the years of an application here
    DEMO_REGIONS.txt       one row per NUTS 3 region met

Numbers begin with EPDEMO, which no office uses: no row can be taken for a real application.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from studylib.demo.parties import Share
from studylib.demo.record import Record

FIRST_ID = 900_000_001
PARTY = (
    "appln_id|appln_nr|person_id|{0}_name|address|city|postal_code|reg_code|ctry_code"
    "|reg_share|{0}_share"
)
IPC = "appln_id|prio_year|app_year|IPC"
REGIONS = "ctry_code|reg_code|reg_label|up_reg_code|up_reg_label"
LABELS = {
    "ES211": "Araba/Álava", "ES212": "Gipuzkoa", "ES213": "Bizkaia", "ES21": "País Vasco",
    "FR611": "Dordogne", "FR612": "Gironde", "FR613": "Landes", "FR614": "Lot-et-Garonne",
    "FR615": "Pyrénées-Atlantiques", "FR61": "Aquitaine", "ES220": "Navarra",
    "ES22": "Comunidad Foral de Navarra", "FR42": "Alsace", "FR421": "Bas-Rhin",
    "FR422": "Haut-Rhin", "FR30": "Nord - Pas-de-Calais", "FR301": "Nord",
    "FR302": "Pas-de-Calais", "DE12": "Karlsruhe", "DE13": "Freiburg",
    "DEB3": "Rheinhessen-Pfalz", "CH03": "Nordwestschweiz", "FR10": "Île de France",
    "FR101": "Paris", "ES30": "Comunidad de Madrid", "ES300": "Madrid",
}  # fmt: skip


def write(records: Sequence[Record], folder: Path) -> dict[str, int]:
    """Write the four files; rows per file, without the header."""
    persons = _person_ids(records)
    tables = {
        "DEMO_EPO_App_reg.txt": [
            PARTY.format("app"),
            *_parties(records, "applicants", persons),
        ],
        "DEMO_EPO_Inv_reg.txt": [
            PARTY.format("inv"),
            *_parties(records, "inventors", persons),
        ],
        "DEMO_EPO_IPC.txt": [IPC, *_symbols(records)],
        "DEMO_REGIONS.txt": [REGIONS, *_regions(records)],
    }
    for name, lines in tables.items():
        (folder / name).write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
    return {name: len(lines) - 1 for name, lines in tables.items()}


def _person_ids(records: Sequence[Record]) -> dict[tuple[str, str], int]:
    """One number per spelling and region, as REGPAT numbers persons."""
    keys = {(p.name, p.region) for r in records for p in (*r.inventors, *r.applicants)}
    return {key: 50_000_001 + i for i, key in enumerate(sorted(keys))}


def _parties(
    records: Sequence[Record], role: str, persons: dict[tuple[str, str], int]
) -> Iterable[str]:
    for i, record in enumerate(records):
        parties: list[Share] = getattr(record, role)
        for p in parties:
            yield (
                f"{FIRST_ID + i}|EPDEMO{i + 1:06d}|{persons[p.name, p.region]}|{p.name}|||"
                f"{p.postal_code}|{p.region}|{p.country}|{_number(p.region_share)}|{_number(p.share)}"
            )


def _symbols(records: Sequence[Record]) -> Iterable[str]:
    for i, record in enumerate(records):
        years = f"{FIRST_ID + i}|{record.slot.priority_year}|{record.slot.filing_year}"
        for symbol in record.ipc or [""]:
            yield f"{years}|{symbol}"


def _regions(records: Sequence[Record]) -> Iterable[str]:
    met = {(p.region, p.country) for r in records for p in (*r.inventors, *r.applicants)}
    for region, country in sorted(met):
        if region:
            above = region[:4]
            yield f"{country}|{region}|{LABELS.get(region, '')}|{above}|{LABELS.get(above, '')}"


def _number(share: float) -> str:
    """
    A share as REGPAT writes it.

    >>> _number(1.0), _number(0.5), _number(1 / 3)
    ('1', '0.5', '0.333333333')
    """
    return f"{share:.9f}".rstrip("0").rstrip(".")
