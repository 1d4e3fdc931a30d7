"""
Figures printed in public sources, as small tables: context and claims, never mixed with our data.

    eurostat_totals     one row per (area, year): EPO applications, inventor residence
    eurostat_sections   one row per (area, section, year): the same by IPC section, 2005-2008
    claims              one row per claim of the study's source page

Where they come from and under which licence stands in ``data/raw/sources.toml``.
"""

from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from studylib.errors import DataError, quoted, several, some
from studylib.study.model import find
from studylib.study.toml_errors import load_toml

SECTIONS = tuple("ABCDEFGH")
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Claim(BaseModel):
    """One claim of a public text; see `claims`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    kind: Literal["share", "count", "statement"]
    topic: Literal["survey", "patents", "collaboration", "cooperation"]
    territory: Line = "both"
    """A territory of the study, or "both" for all of them."""
    domain: Line | None = None
    value: float | None = Field(default=None, ge=0)
    digits: int = Field(default=0, ge=0, le=4)
    """Decimals as printed; of a percentage for shares."""
    test: Line | None = None
    """How a statement is tested: a name in `survey.claims.TESTS`; without one it is not."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "fr"
    wording: Line
    in_en: Line | None = None
    """The wording in another language, for its pages: `in_en`, `in_fr`, `in_es`, `in_eu`."""
    in_fr: Line | None = None
    in_es: Line | None = None
    in_eu: Line | None = None
    citation: Line


class Claims(BaseModel):
    """The claims of a file, in its order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: tuple[Claim, ...] = ()


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


def claims(path: Path | None = None) -> pd.DataFrame:
    """
    What the study's source page says, to be re-checked.

    Returns
    -------
    One row per claim, in the order of the page: id, kind (share | count | statement), topic,
    territory, domain (of interest, for survey shares), value (shares in 0..1; missing for
    statements and for the share the page does not print), digits (printed decimals), test,
    language, wording (quoted), in_en, in_fr, in_es, in_eu (the same in that language), citation.

    Raises
    ------
    DataError
        The file is missing, is not TOML, an entry is not a claim, or two claims share an id.
    """
    path = path if path is not None else published_folder() / "claims.toml"
    listed = load_toml(path, Claims, "file of claims").claim
    if not listed:
        raise DataError(f"{quoted(path.name)} holds no [[claim]].")
    names = [claim.id for claim in listed]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise DataError(f"{quoted(path.name)} has claims with the same id: {some(twice)}.")
    return pd.DataFrame([claim.model_dump() for claim in listed], columns=[*Claim.model_fields])


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
