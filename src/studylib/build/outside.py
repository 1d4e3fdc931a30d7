"""
Inputs that lie outside the folder of the study: nothing of what stands in them is quoted.

    path = "/etc/passwd"   'passwd' cannot be used as the study names it.  It lies outside the
                           folder of the study, so nothing of what stands in it is shown.

A study file may come from somebody else, and a sentence about an input may be published: it must
not become a way to read what the machine holds.  Of files in the study's own folder, and of those
of the library, errors quote what helps to mend them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from studylib.errors import StudyError, quoted
from studylib.files import toml
from studylib.project import PROJECT
from studylib.study.model import Study

QUOTED = re.compile(r"(?<!\w)'(.*?)'(?!\w)|\"(.*?)\"", re.DOTALL)
OUR_OWN = frozenset({"table", "..."})
"""What sentences of the library put in quotes themselves, to be typed."""


def without_content(error: StudyError, study: Study, study_file: Path) -> StudyError:
    """The error; of an input outside the study's folder, one of its kind that quotes nothing."""
    told = str(error)
    named = [path for path in _inputs(study) if _is_outside(path, study) and _is_named(path, told)]
    if not named:
        return error
    said = {one or other for one, other in QUOTED.findall(told)}
    names = {name for path in named for name in (str(path), *_names(path))}
    is_toml = any(path.suffix.lower() == ".toml" for path in named)  # its keys are quoted otherwise
    if not is_toml and said <= {*_texts(toml.read(study_file)), *names, *OUR_OWN}:
        return error
    return type(error)(
        f"{quoted(named[0].name)} cannot be used as the study names it. It lies outside the folder "
        "of the study, so nothing of what stands in it is shown. To see what is wrong, copy it "
        "into that folder, or ask `studylib read` about it."
    )


def _inputs(study: Study) -> Iterator[Path]:
    """Every file and folder the study file names."""
    own = [study.ket.scheme, study.register_file, study.clusters, study.sectors, study.themes,
           study.claims, study.corpus.path if study.corpus else None]  # fmt: skip
    if study.survey:
        own += [study.survey.path, study.survey.codebook]
    yield from (study.path(path) for path in own if path)
    yield from (study.path(source.path) for source in study.sources)


def _texts(told: object) -> Iterator[str]:
    """Every text a study file says, keys included."""
    if isinstance(told, dict):
        yield from told
        told = list(told.values())
    if isinstance(told, list):
        for part in told:
            yield from _texts(part)
    elif isinstance(told, str):
        yield told


def _is_outside(path: Path, study: Study) -> bool:
    """Whether a path, links followed, leads out of the study's folder and of the library."""
    there = path.resolve()
    homes = (study.root.resolve(), PROJECT.resolve())
    return not any(there.is_relative_to(home) for home in homes)


def _names(path: Path) -> Iterator[str]:
    """The name of an input, and those of the files of a folder."""
    yield path.name
    if path.is_dir():
        yield from (found.name for found in path.rglob("*"))


def _is_named(path: Path, told: str) -> bool:
    return any(name in told for name in _names(path) if name)
