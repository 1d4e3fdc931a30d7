"""Write the synthetic records again: ``python -m studylib.demo [--raw data/raw] [--out DIR]``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from studylib.demo.generate import SEED, generate


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate the demonstration files and say how many rows each got."""
    parser = argparse.ArgumentParser(prog="python -m studylib.demo", description=__doc__)
    parser.add_argument("--raw", type=Path, default=Path("data/raw"), help="the folder data/raw")
    parser.add_argument("--out", type=Path, help="default: demo/regpat in the raw folder")
    parser.add_argument("--seed", type=int, default=SEED, help=f"default: {SEED}")
    asked = parser.parse_args(arguments)
    rows = generate(asked.raw, asked.out or asked.raw / "demo" / "regpat", asked.seed)
    sys.stdout.write("".join(f"{name}: {n} rows\n" for name, n in rows.items()))


if __name__ == "__main__":
    main()
