"""
Run the benchmarks: `python -m benchmarks [NAME ...]`, all of them without a name.

Every module of this folder has `run() -> list[dict]`: one row per measurement.  Ratios travel
between machines, seconds do not; both are printed and written to `results.json`.
"""

import importlib
import json
import os
import platform
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"


def names() -> list[str]:
    """The benchmarks of this folder."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def shown(value: object) -> str:
    """A cell: four significant digits, thousands apart."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def table(rows: list[dict[str, object]]) -> str:
    """Rows as aligned text."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [columns, *([shown(row.get(column, "")) for column in columns] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    return "\n".join(
        "  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in cells
    )


def main(chosen: list[str]) -> int:
    """Run the chosen benchmarks and keep the results of the others."""
    if unknown := sorted(set(chosen) - set(names())):
        print(
            f"No benchmark {', '.join(unknown)}. There are: {', '.join(names())}.", file=sys.stderr
        )
        return 2
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    for name in chosen or names():
        print(f"\n{name}")
        rows = importlib.import_module(f"benchmarks.{name}").run()
        print(table(rows))
        results[name] = {
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
            "python": platform.python_version(),
            "rows": rows,
        }
        RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
