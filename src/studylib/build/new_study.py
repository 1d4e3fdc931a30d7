"""
A new study, begun from what somebody has: exports, a survey, a list of organisations to fill in.

    init DIR                                  study.toml to edit, and a folder for the exports
    init DIR --from list.csv                  date, place, years and territories the export knows
    init DIR --survey answers.csv             codebook.toml with the columns and values of the file
    init DIR --clusters                       clusters.csv to fill in

What is proposed works with the export, and is to be looked at: the two countries or regions with
most applications are seldom the two that were meant.
"""

import json
import os
import tomllib
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from studylib import readers
from studylib.build.command import TEMPLATE, id_for
from studylib.build.new_codebook import codebook_for
from studylib.errors import DataError, UsageError, quoted
from studylib.language import languages
from studylib.prepare import Canonical, canonical, known_dates, locate
from studylib.readers import sniff
from studylib.readers.lists import guess
from studylib.study.parts import DateBasis, LocatedBy, Source

BASES: tuple[tuple[LocatedBy, str], ...] = (
    ("inventor", "region"), ("applicant", "region"), ("inventor", "country"),
    ("applicant", "country"), ("priority", "country"), ("office", "country"),
)  # fmt: skip
"""Ways to locate, the one that says most of where people work first."""
ENOUGH = 0.5  # share of the applications that must know the date of filing
LIST_HEAD = "name,territory,place,sectors,website,members,kets,interests,source,evidence"
CODEBOOK, LIST = "codebook.toml", "clusters.csv"


class Proposal(NamedTuple):
    """What a study file says that fits an export."""

    date: DateBasis
    located_by: LocatedBy
    first_year: int
    last_year: int
    level: str
    places: tuple[str, ...]
    """The two regions or countries with most applications."""
    nuts_version: str


def new_study(
    folder: Path,
    exports: tuple[Path, ...] = (),
    survey: Path | None = None,
    *,
    clusters: bool = False,
) -> Path:
    """
    A new folder with a study file to edit and a place for the exports; returns the file.

    Raises
    ------
    UsageError
        There is a study already, or a file is not there.
    DataError
        An export or the survey cannot be read.
    """
    study = folder / "study.toml"
    if study.exists():
        raise UsageError(f"There is a study in {quoted(folder)} already.")
    here = folder / "data"
    if not exports and here.is_dir() and any(here.iterdir()):
        exports = (here,)
    text = TEMPLATE.replace("{id}", id_for(folder.resolve().name))
    text = text.replace("{languages}", ", ".join(languages()))
    if exports:
        blocks, read = _sources(exports, folder)
        text = _filled(text, proposal(read), blocks)
    book = None if survey is None else codebook_for(survey)
    here.mkdir(parents=True, exist_ok=True)
    if survey is not None and book is not None:
        (folder / CODEBOOK).write_text(book, encoding="utf-8")
        path = _relative(survey, folder)
        text += f'\n[survey]\npath = {path}\ncodebook = "{CODEBOOK}"\n'
    if clusters:
        names = [block["name"] for block in tomllib.loads(text)["territories"]]
        rows = [f"Example organisation {n},{json.dumps(name)},,health,,,,,," for n, name
                in enumerate(names, start=1)]  # fmt: skip
        (folder / LIST).write_text("\n".join([LIST_HEAD, *rows, ""]), encoding="utf-8")
        text = text.replace("seed = 1\n", f'seed = 1\n# clusters = "{LIST}" # when it is filled\n')
    study.write_text(text, encoding="utf-8")
    return study


def proposal(read: Canonical) -> Proposal:
    """What fits the applications of exports: a date they know, a way to locate, years, places."""
    applications = read["applications"]
    known = {date: applications[f"{date}_year"].notna().mean() for date in known_dates.DATES}
    date: DateBasis = "filing"
    if not known["filing"] >= ENOUGH:
        date = max(known_dates.DATES, key=lambda other: known[other])
    years = applications[f"{date}_year"].dropna()
    if years.empty:
        raise DataError("The exports know no date of any application, so no study has a period.")
    bases = locate.known_bases(applications, read["parties"])
    basis, level = next(
        (pair for pair in BASES if bases.get(pair[0]) == pair[1]), ("office", "country")
    )
    places = _places(read, basis, level).value_counts()
    most = sorted(places.index, key=lambda place: (-places[place], place))[:2]
    versions = read["parties"]["nuts_version"].dropna()
    version = str(versions.iloc[0]) if len(versions) else "2013"
    return Proposal(date, basis, int(years.min()), int(years.max()), level, tuple(most), version)


def _places(read: Canonical, basis: LocatedBy, level: str) -> pd.Series:
    """One place per application and place: regions of the second NUTS level, or countries."""
    if basis == "office":
        return read["applications"]["office"].dropna().astype("str")
    if basis == "priority":
        office = read["applications"].set_index("application_id")["office"].astype("str")
        told: pd.Series = read.priority_countries.reindex(office.index).fillna(office).dropna()
        claimed: pd.Series = told[told != ""].str.split(" ").explode()
        return claimed
    own = read["parties"][read["parties"]["role"] == basis]
    column = own["nuts_id"].astype("str").str[:4] if level == "region" else own["country"]
    placed = own.assign(place=column.astype("str")).dropna(subset="place")
    placed = placed[placed["place"].str.len() == (4 if level == "region" else 2)]
    return placed.drop_duplicates(["application_id", "place"])["place"]


def _sources(exports: tuple[Path, ...], folder: Path) -> tuple[str, Canonical]:
    """The blocks of the exports, an unknown table with its columns guessed, and what they say."""
    blocks, raws = [], []
    for export in exports:
        block = f"[[sources]]\npath = {_relative(export, folder)}\n"
        try:
            raws += readers.read_all([export])
        except DataError:
            told = guess.block(sniff.head(export)) if export.is_file() else None
            if told is None:
                raise
            source = tomllib.loads(told)["sources"][0]
            raws += readers.read_all([export], "table", None, Source(**source).declaration)
            keys = told.split("\n", 2)[2]
            block += f"# Guessed from the headers: look at every column.\n{keys}\n"
        blocks.append(block)
    return "\n".join(blocks), canonical(raws)


def _relative(path: Path, folder: Path) -> str:
    """A path from the folder of the study, as TOML writes it."""
    told = os.path.relpath(path.resolve(), folder.resolve())
    return json.dumps(Path(told).as_posix(), ensure_ascii=False)


def _filled(text: str, fits: Proposal, blocks: str) -> str:
    """The template with what fits the exports."""
    head, _, rest = text.partition("[period]\n")
    _, _, ket = rest.partition("[ket]\n")
    ket = ket.partition("# A territory has")[0]
    areas = "".join(
        f'[[territories]]\nname = "{_name(place)}"\ncountry = "{_iso(place)}"\n'
        + (f'nuts = ["{place}"]\nnuts_version = "{fits.nuts_version}"\n'
           if fits.level == "region" else "") + "\n"
        for place in fits.places
    )  # fmt: skip
    return (
        f"{head}# Proposed from the exports: look at period, date, located_by and territories.\n"
        f"[period]\nfirst_year = {fits.first_year}\nlast_year = {fits.last_year}\n"
        f'date = "{fits.date}" # filing, priority or publication\n\n'
        f'[counting]\nunit = "family" # family or application\nlocated_by = "{fits.located_by}" '
        "# inventor, applicant, priority or office\n"
        f'weights = "whole" # whole or fractional\n\n[ket]\n{ket}'
        f"# The places with most applications; write those you mean.\n{areas}{blocks}"
    )


def _iso(place: str) -> str:
    """The country of a place, as applications write it."""
    from studylib.clean import region_codes

    return region_codes.iso(place[:2])


def _name(place: str) -> str:
    """What a country is called; a region by its code."""
    from babel import Locale

    return str(Locale("en").territories.get(place, place))
