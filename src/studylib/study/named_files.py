"""
The files a study names: there, no addresses, one file where one is meant, none inside another.

    sources[0].path = "data"    sources[1].path = "data/list.csv"    ->    named twice
"""

from pathlib import Path
from typing import TYPE_CHECKING

from studylib.errors import UsageError, quoted
from studylib.files import plain

if TYPE_CHECKING:
    from studylib.study.model import Study

OWN_FILES = ("clusters", "sectors", "themes", "claims", "boundaries")
"""Keys that each name one file."""


def check(study: "Study", path: Path) -> None:
    """Raise UsageError where a file the study at this path names cannot be read as it is meant."""
    _are_there(study, path)
    _stand_apart(study, path)


def _are_there(study: "Study", path: Path) -> None:
    """Raise unless every file the study names is there and is no address."""
    named = [(f"sources[{i}].path", source.path) for i, source in enumerate(study.sources)]
    named += [("ket.scheme", study.ket.scheme), ("register", study.register_file)]  # type: ignore[list-item]
    named += [(key, getattr(study, key)) for key in OWN_FILES]
    if study.corpus:
        named.append(("corpus.path", study.corpus.path))
    if study.survey:
        named += [("survey.path", study.survey.path), ("survey.codebook", study.survey.codebook)]
    for key, value in named:
        if value is None:
            continue
        if ":/" in value.as_posix():
            raise UsageError(
                f"{path.name}: `{key}` is an address ({quoted(value)}). "
                "Download the file first and name it by its path."
            )
        if not study.path(value).exists():
            raise UsageError(
                f"{path.name}: `{key}` names {quoted(value)}, which is not in the folder of the "
                "study file. Correct the path or put the file there."
            )
        if study.path(value).is_dir() and not key.startswith("sources"):
            raise UsageError(
                f"{path.name}: `{key}` names {quoted(value)}, which is a folder. Name one file."
            )
        if kind := plain.kind(study.path(value)):
            raise UsageError(
                f"{path.name}: `{key}` names {quoted(value)}, which is {kind}. Save what comes out "
                "of it as a file and name that."
            )


def _stand_apart(study: "Study", path: Path) -> None:
    """Raise where a source is, or lies in, another one."""
    places = [study.path(source.path).resolve() for source in study.sources]
    first = {place: i for i, place in reversed([*enumerate(places)])}
    for j, place in enumerate(places):
        around = [first[p] for p in (place, *place.parents) if first.get(p, j) != j]
        if around:
            raise UsageError(
                f"{path.name}: `sources[{j}].path` is or lies in `sources[{min(around)}].path`; "
                "its records would count double. Name it once."
            )
