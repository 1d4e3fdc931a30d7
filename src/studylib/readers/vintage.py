"""
Which NUTS version a set of region codes is written in, told by codes that came or went.

Each revision of NUTS dropped codes and brought new ones.  `TELLING` lists some of the large
ones per revision; codes that stayed tell nothing.  Source: Commission Regulations (EU)
31/2011, 1319/2013, 2016/2066, 2019/1755 and 2023/674, each amending Regulation (EC) 1059/2003.
"""

from collections.abc import Mapping

VERSIONS = ("2006", "2010", "2013", "2016", "2021", "2024")
KNOWN = VERSIONS[:-1]
TELLING: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # first version without the old codes: (codes dropped, codes brought)
    "2010": (
        ("ITD", "ITE", "FI13", "FI18", "FI1A", "DE41", "DE42", "DED1", "DED3"),
        ("ITH", "ITI", "FI1B", "FI1C", "FI1D", "DE40", "DED4", "DED5"),
    ),
    "2013": (
        ("FR9", "SI01", "SI02", "UKI1", "UKI2"),
        ("FRA", "SI03", "SI04", "UKI3", "UKI4", "UKI5", "UKI6", "UKI7"),
    ),
    "2016": (
        ("FR2", "FR3", "FR4", "FR5", "FR6", "FR7", "FR8", "FRA", "PL1", "PL3", "HU10", "IE01",
         "IE02", "LT00", "UKM2", "UKM3", "DE915", "DE919"),
        ("FRB", "FRC", "FRD", "FRE", "FRF", "FRG", "FRH", "FRI", "FRJ", "FRK", "FRL", "FRM", "FRY",
         "PL7", "PL8", "PL9", "HU11", "HU12", "IE04", "IE05", "IE06", "LT01", "LT02", "UKM7",
         "UKM8", "UKM9", "DE91C"),
    ),
    "2021": (
        ("HR04", "NO01", "NO03", "NO04", "NO05", "EE006", "EE007", "ITG25", "ITG26", "BE321"),
        ("HR02", "HR05", "HR06", "NO08", "NO09", "NO0A", "EE009", "EE00A", "ITG2D", "ITG2E",
         "BE328"),
    ),
    "2024": (("PT16", "PT17", "PT18"), ("PT19", "PT1A", "PT1B", "PT1C", "PT1D")),
}  # fmt: skip
STRAY = 0.01
"""Share of codes on the wrong side of a revision that counts as slips, not as evidence."""


def vintage(codes: Mapping[str, int]) -> str | None:
    """
    The one NUTS version that region codes, with the number of rows of each, can be in.

    None where two versions are possible, the codes contradict each other, or the version is
    newer than those a study knows.

    >>> vintage({"FRI12": 40, "HR041": 3}), vintage({"FR612": 40, "ES213": 9})
    ('2016', None)
    """
    earliest, latest = 0, len(VERSIONS) - 1
    for version, (dropped, brought) in TELLING.items():
        before = sum(n for code, n in codes.items() if code.startswith(dropped))
        after = sum(n for code, n in codes.items() if code.startswith(brought))
        if after * STRAY >= before and after:
            earliest = max(earliest, VERSIONS.index(version))
        elif before * STRAY >= after and before:
            latest = min(latest, VERSIONS.index(version) - 1)
        elif before:
            return None
    found = VERSIONS[earliest] if earliest == latest else None
    return found if found in KNOWN else None
