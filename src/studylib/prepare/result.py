"""Canonical tables by name, as they are handed on and written."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from studylib import tables
from studylib.prepare import of_one_kind


@dataclass(frozen=True)
class Canonical:
    """Canonical tables by name (see `tables.CONTRACTS`), and the priority countries."""

    tables: dict[str, pd.DataFrame]
    priority_countries: pd.Series
    """Countries of the priority claims, joined by a blank (index: application_id)."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def write(self, folder: Path, *, as_csv: bool = False) -> None:
        """
        Write every table into a folder, checked and sorted.

        All are written beside it first: if one cannot be, the folder stays as it was.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".unfinished-", dir=folder) as beside:
            large = max(map(len, self.tables.values())) > of_one_kind.LARGE
            with ThreadPoolExecutor(1 if large else 2) as cores:
                writing = [
                    cores.submit(tables.write, table, name, Path(beside), as_csv=as_csv)
                    for name, table in sorted(self.tables.items())
                ]
            for written in writing:
                written.result()
            for path in sorted(Path(beside).iterdir()):
                path.replace(folder / path.name)
