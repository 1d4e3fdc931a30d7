"""
The commands that make something of a whole study: build it, begin a new one.

`build_study` hands the tasks of `task_study.py` to pytask, which runs what is stale and no more.
"""

import io
import os
import re
import runpy
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any, NoReturn

from studylib.build.plan import Page, Plan
from studylib.errors import (
    BusyError,
    PagesFailedError,
    RunError,
    StudyError,
    UsageError,
    printable,
    quoted,
    several,
)
from studylib.files import atomic
from studylib.language import languages
from studylib.project import PROJECT
from studylib.runs import publish
from studylib.study.model import Study, load
from studylib.study.parts import with_catalogue
from studylib.study.toml_errors import read_toml

TASKS = PROJECT / "task_study.py"
CONFIG = "pytask.toml"
LONGEST_ID = 61  # characters, as in `study.parts.Slug`


def build_study(
    study_file: Path,
    reports: Path,
    languages: tuple[str, ...] = (),
    *,
    jobs: int = 1,
    force: bool = False,
) -> Path:
    """
    Everything stale of a study, from raw to the index; returns the path of the index.

    So many pages are made at a time as there are `jobs`, each notebook in a process of its own;
    what is built does not depend on it.

    Raises
    ------
    StudyError
        What stopped the build; the last good reports are untouched, and
        ``<study>.last_failure.json`` beside them says why, as it does for any other error.
    """
    study = load(study_file)
    try:
        plan = _planned(study_file, study, reports, languages, jobs)
        with atomic.locked(plan.folder):
            _refuse_to_replace(plan)
            if not _is_published(plan):
                plan.published.unlink(missing_ok=True)
            _ = plan.inputs  # what cannot be reached is said in words, before pytask looks for it
            _run(plan, force=force)
            atomic.replace(plan.built_from, os.fsencode(study_file.absolute()))
            publish.good(reports, study.id)
    except BusyError:
        raise  # the other build will say how it ended
    except Exception as error:
        _tell(reports, study.id, error)
        raise
    return reports / "index.html"


def _is_published(plan: Plan) -> bool:
    """Whether what stands there is what the last good build published, whole."""
    link = plan.reports / plan.study.id
    if not (plan.published.is_file() and publish.is_whole(link)):
        return False
    return (link / publish.MANIFEST).read_bytes() == plan.published.read_bytes()


def _tell(reports: Path, study_id: str, error: Exception) -> None:
    """
    Say in a note why a build failed, and on every page if none could be built again.

    What the command was asked for wrongly concerns no page.  Where neither can be written, the
    error itself is what counts.
    """
    from studylib.build.release import mark_as_failed

    with suppress(OSError, StudyError):
        if not isinstance(error, UsageError | PagesFailedError):
            mark_as_failed(reports, study_id)
    with suppress(OSError):
        publish.failed(reports, study_id, error)


def _planned(
    study_file: Path, study: Study, reports: Path, languages: tuple[str, ...], jobs: int
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
    if jobs < 1:
        raise UsageError(f"{jobs} pages cannot be made at a time; give 1 or more jobs.")
    return Plan(study_file, reports, languages, jobs)


def _refuse_to_replace(plan: Plan) -> None:
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
        return read_toml(study_file).get("id")
    except (OSError, ValueError):
        return None


def _run(plan: Plan, *, force: bool) -> None:
    """
    Run the tasks; the first failure is raised as it was.

    What pytask remembers lies with the study, in the folder of its configuration, so that builds
    of two studies do not write to one file.
    """
    import pytask

    config = plan.folder / CONFIG
    config.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")
    said = io.StringIO()
    with redirect_stdout(said):
        session: Any = pytask.build(
            config=config, tasks=_tasks_of(plan), pages_at_a_time=plan.jobs,
            force=force, verbose=0, capture="no",
        )  # fmt: skip
    reports = [r for r in session.execution_reports if r.exc_info and r.outcome.name == "FAIL"]
    failed = {r.task.signature: (r.task, r.exc_info[1]) for r in reports}
    pages = {page: error for task, error in failed.values() if (page := _page_of(plan, task))}
    if others := [error for task, error in failed.values() if not _page_of(plan, task)]:
        raise others[0]
    if pages:
        _publish_without(plan, pages)
    if session.exit_code != pytask.ExitCode.OK:
        raise RunError(f"The build could not start:\n{said.getvalue()}")


def _page_of(plan: Plan, task: Any) -> Page | None:
    """The page a task makes; None for the tasks of the whole study."""
    products = {node.path for node in task.produces.values() if hasattr(node, "path")}
    return next((page for page in plan.pages if products & {page.executed, page.html}), None)


def _publish_without(plan: Plan, failed: Mapping[Page, Exception]) -> NoReturn:
    """
    Publish what was built; pages that failed stay as they were, and say so.

    Raises
    ------
    PagesFailedError
        Always: which pages failed, and why.
    """
    from studylib.build.release import publish as release

    for error in failed.values():
        if not isinstance(error, StudyError):
            raise error  # a bug, or a disk that is full: nothing is published
    release(plan, failed)
    told = "\n  ".join(f"{page.path}: {error}" for page, error in failed.items())
    kept = next(iter(failed)).failed.parents[1]
    raise PagesFailedError(
        f"{len(failed)} of {several(len(plan.pages), 'page', 'pages')} could not be built and "
        f"{'stays as it was' if len(failed) == 1 else 'stay as they were'}; the others are "
        f"published. What a notebook showed until it failed lies in {quoted(kept)}.\n  {told}"
    ) from next(iter(failed.values()))


def _tasks_of(plan: Plan) -> list[Callable[..., None]]:
    """The tasks of a plan, made by `task_study.py`, which lies beside the package."""
    try:
        made: list[Callable[..., None]] = runpy.run_path(str(TASKS))["tasks_of"](plan)
    except StudyError:
        raise
    except Exception as error:
        raise RunError(f"The build could not start: {TASKS.name}: {error!r}.") from error
    return made


TEMPLATE = """\
# A study of two territories. Every key is explained in the README, section "A study is one file".
# Paths are relative to this file. When it is edited: studylib check study.toml
id = "{id}"
title = "Cooperation between territory A and territory B"
languages = ["en", "fr"] # {languages}
seed = 1

[period]
first_year = 2000
last_year = 2012
date = "filing" # filing, priority or publication; choose one your export knows

[counting]
unit = "family" # family or application
located_by = "inventor" # inventor, applicant, priority or office
weights = "whole" # whole or fractional

[ket]
match = "both" # exact, prefix, or both with the second as sensitivity

# A territory has NUTS codes where the export knows regions (REGPAT, PATSTAT), else a country.
[[territories]]
name = "Alsace"
country = "FR"
nuts = ["FR42"]
nuts_version = "2013"

[[territories]]
name = "Freiburg"
country = "DE"
nuts = ["DE13"]
nuts_version = "2013"

# The larger economy that shares are compared with.
[reference]
name = "France and Germany"
countries = ["DE", "FR"]

# One block per export, or per folder of exports. Put your files into the folder `data`.
[[sources]]
path = "data"
"""


def new_study(folder: Path) -> Path:
    """A new folder with a study file to edit and a place for the exports; returns the file."""
    study = folder / "study.toml"
    if study.exists():
        raise UsageError(f"There is a study in {quoted(folder)} already.")
    (folder / "data").mkdir(parents=True, exist_ok=True)
    text = TEMPLATE.replace("{id}", id_for(folder.resolve().name))
    study.write_text(text.replace("{languages}", ", ".join(languages())), encoding="utf-8")
    return study


def id_for(name: str) -> str:
    """
    The id of a study in a folder of this name: small letters, digits and hyphens.

    >>> id_for("Étude Alsace_2020"), id_for("研究")
    ('etude-alsace-2020', 'my-study')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].rstrip("-") or "my-study"
