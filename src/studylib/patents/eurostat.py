"""
Eurostat's counts of patent applications, as printed: context, never mixed with our data.

    eurostat_totals     one row per (area, year): EPO applications, inventor residence
    eurostat_sections   one row per (area, section, year): the same by IPC section, 2005-2008

Where they come from and under which licence stands in ``data/raw/sources.toml``.
"""

from pathlib import Path

import pandas as pd

from studylib.errors import DataError, quoted, several, some
from studylib.study.model import find

SECTIONS = tuple("ABCDEFGH")


def published_folder(folder: Path | None = None) -> Path:
    """The folder given, else `data/raw/published` beside the nearest study file."""
    return folder if folder is not None else find().parent / "data" / "raw" / "published"


def eurostat_totals(folder: Path | None = None) -> pd.DataFrame:
    """
    Applications to the European Patent Office per area and priority year, by inventor residence.

    Returns
    -------
    One row per (area, year), sorted: area (NUTS 2010 code of any level, or country), year
    (priority, 1990..2012), value [applications, fractional].  A missing row means zero; areas
    ending in ZZZ or XXX are addresses Eurostat could not place.  2012 is truncated.

    References
    ----------
    Eurostat, table pat_ep_rtot, unit NR (number), CC BY 4.0.
    """
    return _table(published_folder(folder) / "eurostat_pat_ep_rtot.csv", ["area", "year"])


def eurostat_sections(folder: Path | None = None) -> pd.DataFrame:
    """
    The same by section of the International Patent Classification, priority years 2005-2008.

    Returns
    -------
    One row per (area, section, year), sorted: area (NUTS 2010), section A..H, year,
    value [applications, fractional], origin ("observed", or "derived: total minus A to G" for
    section H of regions; rounding can make it slightly negative).  A missing row means zero.

    References
    ----------
    Eurostat, table pat_ep_ripc, unit NR (number), CC BY 4.0.
    """
    frame = _table(
        published_folder(folder) / "eurostat_pat_ep_ripc.csv", ["area", "section", "year"]
    )
    if unknown := sorted(set(frame["section"]) - set(SECTIONS)):
        raise DataError(f"eurostat_pat_ep_ripc.csv names unknown IPC sections: {some(unknown)}.")
    return frame


def _table(path: Path, key: list[str]) -> pd.DataFrame:
    """A published table, sorted by its key, held against it."""
    try:
        frame = pd.read_csv(path, encoding="utf-8", keep_default_na=False)
    except FileNotFoundError:
        raise DataError(f"There is no published table {quoted(path.name)}.") from None
    if missing := [column for column in (*key, "value") if column not in frame]:
        raise DataError(f"{quoted(path.name)} lacks the columns {some(missing)}.")
    if frame.duplicated(key).any():
        repeated = frame.loc[frame.duplicated(key), key[0]]
        raise DataError(
            f"{quoted(path.name)} says "
            f"{several(len(repeated), 'value', 'values')} twice: {some(repeated)}."
        )
    return frame.sort_values(key, kind="stable", ignore_index=True)
