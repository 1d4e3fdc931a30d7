"""
What a study costs in a farm of 3 and in one of 30: studies of one notebook, two workers.

Seconds of the clock per study, the workers started and gone included, and of 30 over those of 3.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (3, 30)
PATCH = "from pathlib import Path\nfrom studylib.build import plan\nplan.NOTEBOOKS = Path({!r})\n"
BASE = """id = "base"
title = "A tiny study"
languages = ["en"]
[period]
first_year = 2000
last_year = 2012
[[territories]]
name = "Aquitaine"
nuts = ["FR61"]
[[territories]]
name = "Euskadi"
nuts = ["ES21"]
[[sources]]
path = "{data}"
nuts_version = "2013"
"""


def run() -> list[dict[str, object]]:
    """One row per size: seconds, seconds per study, and that over the smallest farm's."""
    rows: list[dict[str, object]] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="studylib-bench-") as made:
            seconds = _farmed(Path(made), size)
        rows.append({"studies": size, "seconds": seconds, "per_study": seconds / size})
    for row in rows:
        row["to_smallest"] = row["per_study"] / rows[0]["per_study"]
    return rows


def _farmed(folder: Path, size: int) -> float:
    """How long a farm of so many studies takes [s]."""
    data = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "regpat"
    (folder / "base.toml").write_text(BASE.format(data=data), encoding="utf-8")
    areas = "".join(f'[[area]]\nid = "s{n}"\nseed = {n}\n' for n in range(size))
    (folder / "matrix.toml").write_text(f'base = "base.toml"\n{areas}', encoding="utf-8")
    project = Path(__file__).resolve().parents[1]
    (folder / "notebooks").mkdir()
    first = min(project.glob("notebooks/[0-9]*.ipynb"))
    (folder / "notebooks" / first.name).write_bytes(first.read_bytes())
    patch = folder / "patch.py"  # what workers load first
    patch.write_text(PATCH.format(str(folder / "notebooks")), encoding="utf-8")
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__PRELOAD": json.dumps([str(patch)])}
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "studylib", "farm", str(folder / "matrix.toml"), "--quiet",
         "--reports", str(folder / "reports"), "--work", str(folder / "work")],
        check=True, stdout=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    return time.monotonic() - started
