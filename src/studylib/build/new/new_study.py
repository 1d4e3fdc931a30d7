"""
A new study, begun from what somebody has: exports, a survey, a list of organisations to fill in.

    init DIR                                  study.toml to edit, and a folder for the exports
    init DIR --from list.csv                  date, place, years and territories the export knows
    init DIR --survey answers.csv             codebook.toml with the columns and values of the file
    init DIR --clusters list.csv              the list that is there, or one to fill in

What is proposed works with the export, and is to be looked at; see `proposal`.
"""

import json
import os
import tomllib
from pathlib import Path

from studylib import readers
from studylib.build.new.blank import TEMPLATE, id_for
from studylib.build.new.new_codebook import codebook_for, sides_of
from studylib.build.new.proposal import Proposal, meant, proposal
from studylib.errors import DataError, UsageError, quoted
from studylib.files import sheet
from studylib.language import languages
from studylib.prepare import Canonical, canonical
from studylib.readers import sniff
from studylib.readers.lists import guess
from studylib.study.input_parts import Source

LIST_HEAD = "name,territory,place,sectors,website,members,kets,interests,source,evidence"
COMPARISON = """
# Other border areas to compare with, by regions:
# [[comparison]]
# name = "Upper Rhine"
# nuts = ["FR42", "DE13"]
# nuts_version = "2013"
"""
CODEBOOK, LIST = "codebook.toml", "clusters.csv"


def new_study(
    folder: Path,
    exports: tuple[Path, ...] = (),
    survey: Path | None = None,
    clusters: Path | None = None,
) -> Path:
    """
    A new folder with a study file to edit and a place for the exports; returns the file.

    A list of organisations that is not there is begun where it is to be.

    Raises
    ------
    UsageError
        There is a study already, or a file is not there.
    DataError
        An export, the survey or the list cannot be read.
    """
    study = folder / "study.toml"
    if study.exists():
        raise UsageError(f"There is a study in {quoted(folder)} already.")
    here = folder / "data"
    if not exports and here.is_dir() and any(here.iterdir()):
        exports = (here,)
    text = TEMPLATE.replace("{id}", id_for(folder.resolve().name))
    text = text.replace("{languages}", ", ".join(languages()))
    sides = [] if survey is None else sides_of(survey)
    listed = list_of(clusters) if clusters is not None and clusters.exists() else []
    means = meant(listed or sides)
    if exports:
        blocks, read = _sources(exports, folder)
        text = _filled(text, proposal(read, means), blocks)
    names = [block["name"] for block in tomllib.loads(text)["territories"]]
    book = None if survey is None else codebook_for(survey, _called(sides, names))
    here.mkdir(parents=True, exist_ok=True)
    text = text.replace("seed = 1\n", f"seed = 1\n{_keys(clusters, listed, names, folder)}", 1)
    if survey is not None and book is not None:
        (folder / CODEBOOK).write_text(book, encoding="utf-8")
    text += _survey(survey, _called(sides, names), folder) + COMPARISON
    study.write_text(text, encoding="utf-8")
    return study


def list_of(path: Path) -> list[str]:
    """The territories a list of organisations names, in their order."""
    rows = [[sheet.shown(cell).strip() for cell in row] for row in sheet.read(path).rows]
    head = [cell.casefold() for cell in rows[0]] if rows else []
    if "territory" not in head:
        raise DataError(
            f"{quoted(path.name)} has no column `territory`. A list begins with: {LIST_HEAD}"
        )
    at = head.index("territory")
    return list(dict.fromkeys(row[at] for row in rows[1:] if len(row) > at and row[at]))


def _called(sides: list[str], names: list[str]) -> dict[str, str]:
    """The territory of the study that each side of a survey is, where that is plain."""
    places = {place: name for name, place in meant(names).items()}
    told = {side: places.get(place, "") for side, place in meant(sides).items()}
    told |= {side: side for side in sides if side in names}
    return {side: name for side, name in told.items() if name}


def _keys(clusters: Path | None, listed: list[str], names: list[str], folder: Path) -> str:
    """The keys above the blocks: the list of organisations, begun where it is not there."""
    register = '# register = "sources.toml" # title, producer, licence and date of each file\n'
    if clusters is None:
        return f'# clusters = "{LIST}" # your list of cluster organisations\n{register}'
    told = f"clusters = {_relative(clusters, folder)}"
    if not listed:
        rows = [f"Example organisation {n},{json.dumps(name)},,health,,,,,," for n, name
                in enumerate(names, start=1)]  # fmt: skip
        clusters.parent.mkdir(parents=True, exist_ok=True)
        clusters.write_text("\n".join([LIST_HEAD, *rows, ""]), encoding="utf-8")
        return f"# {told} # when it is filled\n{register}"
    if strange := [name for name in listed if name not in names]:
        wanted = ", ".join(map(json.dumps, strange))
        return f"# {told} # when territories below are called as in it: {wanted}\n{register}"
    return f"{told}\n{register}"


def _survey(survey: Path | None, called: dict[str, str], folder: Path) -> str:
    """The block of the survey; closed until its codebook says which side is which territory."""
    path = '"answers.csv"' if survey is None else _relative(survey, folder)
    keys = [f"path = {path}", f'codebook = "{CODEBOOK}"',
            'confidentiality = "aggregate" # or public, strict: what was promised']  # fmt: skip
    whole = survey is not None and (not sides_of(survey) or len(called) == len(sides_of(survey)))
    why = "\n# Open this block when codebook.toml says which territory each answer is of."
    if whole:
        return "\n".join(["\n[survey]", *keys, ""])
    head = why if survey is not None else "\n# A survey of your own: studylib init --survey FILE"
    return "\n".join([head, "# [survey]", *(f"# {key}" for key in keys), ""])


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
        f"[[territories]]\nname = {json.dumps(called, ensure_ascii=False)}\n"
         f'country = "{_iso(place)}"\n'
        + (f'nuts = ["{place}"]\nnuts_version = "{fits.nuts_version}"\n'
           if fits.level == "region" else "") + "\n"
        for place, called in fits.places.items()
    )  # fmt: skip
    return (
        f"{head}# Proposed from the exports: look at period, date, located_by and territories.\n"
        f"[period]\nfirst_year = {fits.first_year}\nlast_year = {fits.last_year}\n"
        f'date = "{fits.date}" # filing, priority or publication\n\n'
        f'[counting]\nunit = "family" # family or application\nlocated_by = "{fits.located_by}" '
        "# inventor, applicant, priority or office\n"
        f'weights = "whole" # whole or fractional\n\n[ket]\n{ket}'
        f"# Write the places you mean. The exports know, with applications: {fits.known}.\n"
        f"{areas}{blocks}"
    )


def _iso(place: str) -> str:
    """The country of a place, as applications write it."""
    from studylib.clean import region_codes

    return region_codes.iso(place[:2])
