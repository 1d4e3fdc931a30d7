"""
Whether an extract grows with the edition and no faster, in little memory: 10^6 to 10^8 symbol rows.

Synthetic editions like PATSTAT Global are written as Parquet to a temporary folder, one after the
other, and removed; each extract runs in a process of its own.  Seconds are of the processor, so
that other work on the machine does not count.  STUDYLIB_ROWS names other sizes, as
`STUDYLIB_ROWS=1000000,10000000`.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (10**6, 10**7, 10**8)
NONE = 1000  # an edition of next to nothing: what an extract costs before the first row
MOST_MEMORY = 2 * 10**9
"""What an extract may take at most [bytes]."""
PARTS = {"tls201": 4, "tls206": 10, "tls207": 2, "tls209": 1}
"""Symbol rows for one row of a table."""


def run() -> list[dict[str, object]]:
    """One row per size: seconds of processor, what a million rows add, peak memory, rows kept."""
    told = os.environ.get("STUDYLIB_ROWS")
    rows = []
    for size in (NONE, *([int(n) for n in told.split(",")] if told else SIZES)):
        with tempfile.TemporaryDirectory(prefix="studylib-bench-") as made:
            folder = Path(made) / "patstat"
            folder.mkdir()
            write_edition(folder, size)
            command = [sys.executable, str(Path(__file__).resolve()), str(folder)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            row = {"rows": size, **json.loads(done.stdout)}
            row["bytes"] = sum(file.stat().st_size for file in folder.iterdir())
        assert row["peak_bytes"] < MOST_MEMORY, "an extract fits in 2 GB"
        rows.append(row)
    nothing, *rows = rows
    for row in rows:
        row["per_million"] = (row["processor"] - nothing["processor"]) / row["rows"] * 10**6
    for row in rows:
        row["to_last"] = row["per_million"] / rows[-1]["per_million"]
    return rows


def write_edition(folder: Path, size: int) -> None:
    """Four tables of Parquet: a fiftieth of the persons live in the two countries of the study."""
    import duckdb

    n = {table: size // part for table, part in PARTS.items()}
    queries = {
        "tls201": f"""SELECT 1 + i AS appln_id, 'EP' AS appln_auth, lpad(i::VARCHAR, 9, '0')
            AS appln_nr, 'A' AS appln_kind, 1980 + hash(i) % 43 AS appln_filing_year,
            1980 + hash(i) % 43 AS earliest_filing_year, i // 2 AS docdb_family_id
            FROM range({n["tls201"]}) t(i)""",
        "tls206": f"""SELECT 1 + i AS person_id, 'NAME ' || i AS person_name,
            CASE WHEN hash(i) % 100 = 0 THEN 'FR' WHEN hash(i) % 100 = 1 THEN 'ES' ELSE 'US' END
            AS person_ctry_code, CASE WHEN hash(i) % 100 = 0 THEN 'FR612'
            WHEN hash(i) % 100 = 1 THEN 'ES213' ELSE '' END AS nuts, '3' AS nuts_level
            FROM range({n["tls206"]}) t(i)""",
        "tls207": f"""SELECT 1 + hash(i) % {n["tls206"]} AS person_id, 1 + i // 2 AS appln_id,
            i % 2 AS applt_seq_nr, 1 - i % 2 AS invt_seq_nr FROM range({n["tls207"]}) t(i)""",
        "tls209": f"""SELECT 1 + i // 4 AS appln_id, 'H01L  ' || (i % 90) || '/042'
            AS ipc_class_symbol FROM range({n["tls209"]}) t(i)""",
    }
    with duckdb.connect(":memory:", config={"memory_limit": "1GB", "threads": 2}) as engine:
        engine.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
        for table, query in queries.items():
            engine.execute(f"COPY ({query}) TO '{folder / table}.parquet'")


if __name__ == "__main__":
    from studylib.readers.bulk.extract import extract
    from studylib.readers.raw import Keep

    edition = Path(sys.argv[1])
    import pyarrow as pa  # noqa: F401 - what loading costs is no part of it

    begun, start = time.process_time(), time.perf_counter()
    kept = extract(str(edition), edition.parent / "out", [Keep(2000, 2012, "filing", ("FR", "ES"))])
    print(
        json.dumps(
            {
                "processor": time.process_time() - begun,
                "seconds": time.perf_counter() - start,
                "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "kept": kept["tls209.csv"],
            }
        )
    )
