"""Compute the reference figures again: ``python -m studylib.reference DIR [--out data/raw]``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from studylib.errors import DataError, StudyError, quoted
from studylib.reference import fp7, metro, nearness, portfolios, rates

CITED = {
    "metro_cpc4.parquet": "assignments by metropolitan area, from Straccamore et al. 2023",
    "organisations.parquet": "FP7 organisations, from CORDIS",
    "edges.parquet": "FP7 participations, from CORDIS",
    "participations.csv": "FP7 participations of the territories, from CORDIS",
    "joint_projects.csv": "FP7 projects with both territories, from CORDIS",
    "pat_ep_rtot.csv": "EPO applications by region, table pat_ep_rtot of Eurostat",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Compute every reference file and say how many rows it got."""
    parser = argparse.ArgumentParser(prog="python -m studylib.reference", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the public data sets lie, at any depth")
    parser.add_argument("--out", type=Path, default=Path("data/raw"), help="the folder data/raw")
    asked = parser.parse_args(arguments)
    try:
        written = compute(asked.folder, asked.out)
    except StudyError as error:
        parser.exit(error.exit_code, f"{error}\n")
    sys.stdout.write("".join(f"{name}: {n} rows\n" for name, n in written.items()))


def compute(folder: Path, out: Path) -> dict[str, int]:
    """Write every reference file below `out`; file -> number of rows."""
    areas = metro.read(_found(folder, "metro_cpc4.parquet"))
    space, classes = metro.technology_space(areas)
    check = metro.checked(areas, out / "published")
    people = _found(folder, "organisations.parquet").parent
    for name in ("edges.parquet", "participations.csv", "joint_projects.csv"):
        _found(people, name)
    tables = {
        "reference/technology_space.csv": space,
        "reference/technology_classes.csv": classes,
        "reference/entry.csv": metro.entry(areas),
        "reference/metro_check.csv": check,
        "reference/metro_profiles.csv": metro.profiles(areas, check),
        "reference/nearness_measures.csv": nearness.measures(areas),
        "reference/metro_density.csv": nearness.densities(areas, check),
        "reference/metro_movements.csv": nearness.movements(areas, check),
        "reference/demanding_fields.csv": nearness.demanding(areas),
        "reference/metro_fields.csv": portfolios.by_field(areas),
        "reference/fp7_pairs.csv": fp7.pairs(fp7.located(people)),
        "reference/fp7_choices.csv": fp7.choices(people),
        "published/fp7_joint_projects.csv": fp7.projects(people),
        "published/fp7_programmes.csv": fp7.programmes(people),
        "published/eurostat_pat_ep_mhab.csv": rates.rates(
            _found(folder, "pat_ep_rtot.csv"), out / "published"
        ),
    }
    for name, table in tables.items():
        _write(table, out / name)
    return {name: len(table) for name, table in tables.items()}


def _found(folder: Path, name: str) -> Path:
    """The file of this name in the folder, at any depth."""
    paths = sorted(folder.rglob(name)) if folder.is_dir() else []
    if not paths:
        raise DataError(
            f"There is no {quoted(name)} in {quoted(folder)} ({CITED[name]}). Its source is named "
            "in data/raw/sources.toml."
        )
    return paths[0]


def _write(table: pd.DataFrame, path: Path) -> None:
    """A table as CSV, whole or not at all."""
    from studylib.files import atomic

    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.replace(path, table.to_csv(index=False, lineterminator="\n").encode("utf-8"))


if __name__ == "__main__":
    main()
