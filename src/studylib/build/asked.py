"""What a build was asked for: its plan, or why there is none, and if it is published already."""

import os
from pathlib import Path

from studylib.build.plan import Plan
from studylib.errors import DataError, UsageError, printable, quoted
from studylib.files import toml
from studylib.runs.published import releases
from studylib.study.model import Study
from studylib.study.value_types import with_catalogue


def planned(
    study_file: Path,
    study: Study,
    reports: Path,
    languages: tuple[str, ...],
    jobs: int,
    keep: int,
    *,
    is_one_of_many: bool = False,
) -> Plan:
    """The plan of a build, or what of it is not possible."""
    try:
        for language in languages:
            with_catalogue(language)
    except ValueError as error:
        raise UsageError(f"`--language`: {error}.") from None
    if unknown := sorted(set(languages) - set(study.languages)):
        raise UsageError(
            f"The study has no pages in {', '.join(map(quoted, unknown))}; "
            f"its languages are {', '.join(study.languages)}."
        )
    return Plan(study_file, reports, languages, jobs, keep, is_one_of_many)


def is_published(plan: Plan) -> bool:
    """Whether what stands there is what the last good build published, whole, or in its place."""
    if not plan.published.is_file():
        return False
    name = releases.name_of(plan.published.read_bytes())
    return releases.is_shown(plan.reports, plan.study.id, name)


def refuse_to_replace(plan: Plan) -> None:
    """
    Raise where the pages that stand there were built from another study file of the same id.

    A file that is gone, or has another id by now, has moved or made room: nothing is lost.
    """
    if not ((plan.reports / plan.study.id).is_symlink() and plan.built_from.is_file()):
        return
    other = Path(os.fsdecode(plan.built_from.read_bytes()))
    if _id_of(other) == plan.study.id and not other.samefile(plan.study_file):
        raise UsageError(
            f"The pages of {quoted(plan.study.id)} in {quoted(plan.reports)} were built from "
            f"another study file, '{printable(str(other))}'. Give one of the two another `id`, or "
            "build with another --reports; if this file has taken its place, remove the other."
        )


def _id_of(study_file: Path) -> object:
    """What a study file says as its id; None where it is not there or cannot be read."""
    try:
        return toml.read(study_file).get("id")
    except (OSError, ValueError, DataError):
        return None
