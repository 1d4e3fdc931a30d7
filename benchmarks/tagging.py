"""
How long tagging takes, and how much memory, against one `str.startswith` per rule in pandas.

Synthetic symbols: Zipf over 70,000 distinct ones from the subclasses of the WIPO table, about
four per application, text ids, sorted by application as every table of a study is.  Rules: the
304 of the default scheme, matched by prefix without renamings, so that `startswith` is exactly
what they mean; both ways must give the same tags.  Each measurement has a process of its own.
Seconds are those of the clock, least of several runs, because tagging uses every core: the figures
hold for a machine that does nothing else.
"""

import ctypes
import gc
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

DISTINCT = 70_000
PER_APPLICATION = 4
SIZES = (10**5, 10**6, 10**7)
TARGETS = {
    ("text", 10**6): 20,
    ("text", 10**7): 50,
    ("category", 10**6): 20,
    ("category", 10**7): 100,
}
"""How many times faster than pandas tagging should be, by kind of column and rows."""
MOST_MEMORY = 3
"""Peak while tagging, the frame included, in frames."""


def run() -> list[dict[str, object]]:
    """One row per (rows, way): seconds, nanoseconds per row, ratio to pandas, memory in frames."""
    rows = []
    for n in SIZES:
        pandas, text, category = (measured(way, n) for way in ("pandas", "text", "category"))
        assert pandas["tags"] == text["tags"] == category["tags"], "all ways give the same tags"
        for row in (pandas, text, category):
            row |= {
                "ns_per_row": row["seconds"] / n * 1e9,
                "times_faster": pandas["seconds"] / row["seconds"],
            }
            row["wanted"] = TARGETS.get((row["way"], n), "")
            rows.append({key: value for key, value in row.items() if key != "tags"})
    return rows


def measured(way: str, n: int) -> dict[str, Any]:
    """The answer of one way of tagging, run in its own process."""
    command = [sys.executable, str(Path(__file__).resolve()), way, str(n)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def frame(n: int, kind: str) -> Any:
    """A table of symbols: application_id (text), symbol (text or category)."""
    import numpy as np
    import pandas as pd

    from studylib.ket import fields

    rng = np.random.default_rng(31)
    subclasses = fields.rules().query("level == 'subclass'")["symbol"].unique()
    many = 2 * DISTINCT
    drawn = zip(
        rng.choice(subclasses, many),
        rng.integers(1, 60, many),
        rng.integers(0, 100, many),
        strict=True,
    )
    texts = pd.unique(pd.Series([f"{a} {g}/{s:02d}" for a, g, s in drawn]))[:DISTINCT]
    share = np.cumsum(1 / np.arange(1, DISTINCT + 1))
    codes = np.searchsorted(share / share[-1], rng.random(n)).astype(np.int32)
    sizes = rng.integers(1, 2 * PER_APPLICATION, n // PER_APPLICATION * 2)
    application = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[:n]
    ids = pd.Index([f"EP{i:08d}" for i in range(application[-1] + 1)], dtype="str")
    symbols = pd.Series(pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str")))
    return pd.DataFrame(
        {
            "application_id": ids.take(application).to_series(index=range(n)),
            "symbol": symbols if kind == "category" else symbols.astype("str"),
        }
    )


def with_pandas(symbols: Any, scheme: Any) -> Any:
    """Tags with one `str.startswith` per rule, and sets of applications for vetoes and partners."""
    import numpy as np
    import pandas as pd

    found: dict[tuple[str, str], Any] = {}

    def search(key: tuple[str, str], symbol: str, level: str) -> None:
        prefix = f"{symbol.partition('/')[0]}/" if level == "main group" else symbol
        hit = symbols["symbol"].str.startswith(prefix).to_numpy()
        found[key] = found[key] | hit if key in found else hit

    rules = scheme.rules
    for ket, rule, symbol, level in rules[["ket", "rule", "symbol", "level"]].to_numpy():
        search((ket, rule), symbol, level)
    for ket, partner in (
        rules.loc[rules["rule"] == "only-with", ["ket", "with_symbol"]].drop_duplicates().to_numpy()
    ):
        search((ket, "partner"), partner, "class")
    ids, nothing, parts = symbols["application_id"], np.zeros(len(symbols), dtype=bool), []
    for ket in sorted(set(rules["ket"])):
        of = {
            rule: found.get((ket, rule), nothing)
            for rule in ("include", "exclude", "not-with", "only-with", "partner")
        }
        gives = of["include"] | (of["only-with"] & ids.isin(ids[of["partner"]].unique()).to_numpy())
        gives &= ~of["exclude"]
        if of["not-with"].any():
            gives &= ~ids.isin(ids[of["not-with"]].unique()).to_numpy()
        parts.append(
            symbols[gives]
            .groupby("application_id")["symbol"]
            .nunique()
            .reset_index()
            .assign(ket=ket)
        )
    tags = pd.concat(parts).rename(columns={"symbol": "n_symbols"})
    return tags.sort_values(["application_id", "ket"])[["application_id", "ket", "n_symbols"]]


def peak_of(work: Any) -> int:
    """Bytes that the process held at most while working, above what it held before (Linux)."""
    import pyarrow as pa

    def held(field: str) -> int:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))

    # What making the frame left behind goes back to the system, or it would hide the peak.
    gc.collect()
    pa.default_memory_pool().release_unused()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", "utf-8")
    before = held("VmRSS")
    work()
    return held("VmHWM") - before


def answer(way: str, n: int) -> dict[str, Any]:
    """What one way of tagging takes, and a checksum of its tags."""
    import hashlib

    from studylib import ket

    scheme = ket.load_scheme()
    scheme = replace(scheme, aliases=scheme.aliases[:0], matchers={})
    symbols = frame(n, way)

    def tag(rows: Any) -> Any:
        return (
            with_pandas(rows, scheme) if way == "pandas" else ket.tag(rows, scheme, match="prefix")
        )

    tag(symbols[:1000])
    size = int(symbols.memory_usage(index=False, deep=True).sum())
    peak = peak_of(lambda: tag(symbols))
    seconds = []
    for _ in range({10**5: 9, 10**6: 5}.get(n, 3) if way != "pandas" else 1):
        start = time.perf_counter()
        tags = tag(symbols)
        seconds.append(time.perf_counter() - start)
    text = tags.astype({"ket": "str", "n_symbols": "int64"}).to_csv(index=False)
    return {
        "way": way, "rows": n, "seconds": min(seconds), "memory_in_frames": (size + peak) / size,
        "tags": hashlib.sha256(text.encode()).hexdigest(),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(answer(sys.argv[1], int(sys.argv[2]))))
