"""
How long and how much memory a full REGPAT edition takes, against pandas on the same files.

A synthetic edition (10 million IPC rows, 4 million applications, 5 and 9 million party rows,
about 1.3 GB of text) is written to a temporary folder and removed.  Each way of reading runs in a
process of its own, so that its peak of memory is its own; `tables` goes on to canonical tables on
disk.  The synthetic names mean nothing.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MILLION = 1_000_000
APPLICATIONS = 4 * MILLION
IPC_ROWS = 10 * MILLION
PARTY_ROWS = {"App": 5 * MILLION, "Inv": 9 * MILLION}
MOST_MEMORY = 4 * 2**30
"""What reading an edition may take at most [bytes]."""
YEARS = (2000, 2012)
COUNTRIES = ("ES", "FR")
REGIONS = ("FR61", "ES21")
CODES = ("FR615", "ES213", "FR101", "ES300", "DE212", "ITC4C", "UKI11", "US06037", "JPD14", "KR011")


def run() -> list[dict[str, object]]:
    """One row per way of reading: seconds, peak memory [bytes], applications kept, ratio."""
    with tempfile.TemporaryDirectory(prefix="studylib-bench-") as made:
        folder = Path(made) / "regpat"
        folder.mkdir()
        write_edition(folder)
        size = sum(file.stat().st_size for file in folder.iterdir())
        ours, whole, pandas = (measured(way, folder) for way in ("studylib", "tables", "pandas"))
    assert ours["kept"] == pandas["kept"], "both ways keep the same applications"
    assert ours["peak_bytes"] < MOST_MEMORY, "an edition fits in 4 GB"
    assert whole["peak_bytes"] < MOST_MEMORY, "and so do the canonical tables made of it"
    for row in (ours, whole, pandas):
        row |= {"rows": IPC_ROWS + sum(PARTY_ROWS.values()), "bytes": size}
        row["time_to_pandas"] = round(row["seconds"] / pandas["seconds"], 3)
        row["memory_to_pandas"] = round(row["peak_bytes"] / pandas["peak_bytes"], 3)
        print(
            f"{row['way']:10}{row['seconds']:8.1f} s  {row['peak_bytes'] / 2**30:5.2f} GB  "
            f"{row['kept']:,} applications  time {row['time_to_pandas']:.2f}  "
            f"memory {row['memory_to_pandas']:.2f} of pandas"
        )
    return [ours, whole, pandas]


def write_edition(folder: Path) -> None:
    """The six columns a study needs and those it does not, as an edition of 2020 has them."""
    import duckdb

    codes = "[" + ", ".join(f"'{code}'" for code in CODES) + "]"
    with duckdb.connect(":memory:", config={"memory_limit": "2GB", "threads": 2}) as engine:
        engine.execute("SET enable_progress_bar = false")

        def write(name: str, query: str) -> None:
            engine.execute(
                f"COPY ({query}) TO '{folder / name}' (DELIMITER '|', HEADER, QUOTE '', ESCAPE '')"
            )

        write("202001_EPO_IPC.txt", f"""
          SELECT 1 + hash(i) % {APPLICATIONS} AS appln_id,
            1978 + hash(1 + hash(i) % {APPLICATIONS}) % 40 AS prio_year,
            1979 + hash(1 + hash(i) % {APPLICATIONS}) % 40 AS app_year,
            'ABCDEFGH'[1 + i % 8] || '01L' || lpad((i % 90)::VARCHAR, 4, '0') || '042000' AS "IPC"
          FROM range({IPC_ROWS}) t(i)""")  # fmt: skip
        for kind, n in PARTY_ROWS.items():
            lower = kind.lower()
            write(f"202001_EPO_{kind}_reg.txt", f"""
              WITH p AS (SELECT i, 1 + hash(i + {n}) % {APPLICATIONS} AS id,
                           {codes}[(1 + hash(i, 7) % {len(CODES)})::BIGINT] AS code
                         FROM range({n}) t(i))
              SELECT id AS appln_id, lpad(id::VARCHAR, 8, '0') AS appln_nr, 'EP' || id AS pub_nbr,
                i AS person_id, 'NAME ' || i AS {lower}_name, i || ' Example Street' AS address,
                'Town ' || i % 9999 AS city, i % 99999 AS postal_code, code AS reg_code,
                CASE left(code, 2) WHEN 'UK' THEN 'GB' ELSE left(code, 2) END AS ctry_code,
                1 AS reg_share, 0.5 AS {lower}_share
              FROM p""")  # fmt: skip


def measured(way: str, folder: Path) -> dict[str, object]:
    """The answer of one way of reading, run in its own process."""
    command = [sys.executable, str(Path(__file__).resolve()), way, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def read_with_studylib(folder: Path) -> int:
    """Applications that the reader keeps."""
    from studylib.readers.bulk import regpat
    from studylib.readers.raw import Keep

    return len(regpat.read(folder, Keep(*YEARS, "filing", COUNTRIES, REGIONS)).records)


def read_to_tables(folder: Path) -> int:
    """Applications that `studylib read` would write, cleaned, as canonical tables."""
    from studylib.prepare import canonical
    from studylib.readers.bulk import regpat
    from studylib.readers.raw import Keep

    tables = canonical([regpat.read(folder, Keep(*YEARS, "filing", COUNTRIES, REGIONS))])
    tables.write(folder.parent / "tables")
    return len(tables["applications"])


def read_with_pandas(folder: Path) -> int:
    """Applications kept by reading everything as text, then filtering."""
    import pandas as pd

    def table(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"202001_EPO_{name}.txt", sep="|", dtype="str", na_values=[""],
                           keep_default_na=False, quoting=3)  # fmt: skip

    parties = pd.concat([table("App_reg"), table("Inv_reg")])
    here = parties["ctry_code"].isin(COUNTRIES) | parties["reg_code"].str.startswith(REGIONS)
    symbols = table("IPC")
    in_time = symbols["app_year"].astype("int64").between(*YEARS)
    wanted = symbols[in_time & symbols["appln_id"].isin(parties.loc[here, "appln_id"])]
    kept = parties[parties["appln_id"].isin(wanted["appln_id"])]
    return kept["appln_id"].nunique()


if __name__ == "__main__":
    way, folder = sys.argv[1], Path(sys.argv[2])
    start = time.perf_counter()
    ways = {"studylib": read_with_studylib, "tables": read_to_tables, "pandas": read_with_pandas}
    n = ways[way](folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"way": way, "seconds": seconds, "peak_bytes": peak, "kept": n}))
