"""
The commands that make something of a whole study: build it, look at it, begin a new one.

`build_study` hands the tasks of `task_study.py` to pytask, which runs what is stale and no more.
Heavy libraries are loaded when there is something to do (`build.begin`).
"""

import errno
import io
import os
import re
import runpy
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from studylib.build import begin, history, outside
from studylib.errors import (
    PagesFailedError,
    RunError,
    StudyError,
    UsageError,
    printable,
    quoted,
    several,
)
from studylib.files import atomic
from studylib.project import PROJECT
from studylib.runs import publish

if TYPE_CHECKING:
    from studylib.build.plan import Page, Plan
    from studylib.study.model import Study

TASKS = PROJECT / "task_study.py"
CONFIG = "pytask.toml"
OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG, errno.EACCES)
LONGEST_ID = 61  # characters, as in `study.parts.Slug`
Say = Callable[[str], None]


def build_study(
    study_file: Path,
    reports: Path,
    languages: tuple[str, ...] = (),
    *,
    jobs: int = 1,
    force: bool = False,
    keep: int = publish.KEPT,
    say: Say = lambda _line: None,
) -> Path:
    """
    Everything stale of a study, from raw to the index; returns the path of the index.

    So many pages are made at a time as there are `jobs`, each notebook in a process of its own;
    what is built does not depend on it.  `say` is told each step as it ends, and why it ran.

    Raises
    ------
    StudyError
        What stopped the build; the last good reports are untouched, and
        ``<study>.last_failure.json`` beside them says why, as it does for any other error.
    """
    started = time.time()
    if jobs < 1:
        raise UsageError(f"{jobs} pages cannot be made at a time; give 1 or more jobs.")
    if keep < 1:
        raise UsageError(f"{keep} releases cannot be kept; the one that is shown is the first.")
    with begin.alone(study_file, reports) as study_id:
        if not force and begin.nothing_to_do(study_file, reports, languages):
            say(f"{study_id}: nothing to do.")
            history.note(reports, str(study_id), [], started)
            return reports / "index.html"
        return _build(study_file, reports, languages, jobs, keep, started, say, force=force)


def _build(
    study_file: Path,
    reports: Path,
    languages: tuple[str, ...],
    jobs: int,
    keep: int,
    started: float,
    say: Say,
    *,
    force: bool,
) -> Path:
    """Build what pytask calls stale, and note how it went."""
    from studylib.runs.progress import Progress
    from studylib.study.model import load

    study = load(study_file)
    progress = Progress(study.id, say)
    try:
        plan = _planned(study_file, study, reports, languages, jobs, keep)
        _refuse_to_replace(plan)
        if force:
            publish.show_again(reports, study.id)
        if not _is_published(plan):
            plan.published.unlink(missing_ok=True)
        _ = plan.inputs  # what cannot be reached is said in words, before pytask looks for it
        _ = plan.seen  # before anything is read
        _run(plan, progress, force=force)
        atomic.replace(plan.built_from, os.fsencode(study_file.absolute()))
        publish.good(reports, study.id)
        if plan.published.is_file():
            begin.remember(plan)
    except KeyboardInterrupt as pressed:
        history.note(reports, study.id, progress.told(), started, pressed)
        raise
    except Exception as error:
        told = _of_the_disk(error) if isinstance(error, OSError) else error
        if isinstance(told, StudyError):
            told = outside.without_content(told, study, study_file)
        _tell(reports, study.id, told)
        history.note(reports, study.id, progress.told(), started, told)
        if told is error:
            raise
        raise told from error
    history.note(reports, study.id, progress.told(), started)
    if not progress.steps:
        say(f"{study.id}: nothing to do.")
    return reports / "index.html"


def _of_the_disk(error: OSError) -> Exception:
    """What a disk that is full, gone or read-only did, in a sentence; any other error as it is."""
    if error.errno not in OF_THE_DISK:
        return error
    where = quoted(Path(error.filename)) if error.filename else "a file of the build"
    why = os.strerror(error.errno or 0)
    return RunError(
        f"{where} could not be written: {why}. Nothing was published; the pages that were there "
        "stay. Make room, or build elsewhere with --work and --reports."
    )


def what_would_run(
    study_file: Path,
    reports: Path,
    languages: tuple[str, ...] = (),
    *,
    force: bool = False,
) -> list[tuple[str, str]]:
    """The steps a build would run, and why each; none where everything is fresh."""
    from studylib.runs.progress import step_name, why
    from studylib.study.model import load

    with begin.alone(study_file, reports):
        if not force and begin.nothing_to_do(study_file, reports, languages):
            return []
        study = load(study_file)
        plan = _planned(study_file, study, reports, languages, 1, publish.KEPT)
        _ = plan.inputs
        session, said = _session(plan, explain=True, force=force)
        found = []
        for report in session.execution_reports:
            if report.outcome.name == "FAIL" and report.exc_info:
                raise RunError(f"The build could not start:\n{said}")
            if report.outcome.name == "WOULD_BE_EXECUTED":
                name = step_name(report.task.name, study.id)
                found.append((name, why(report.task, study.id)))
        if not found and not _is_published(plan):
            found.append(("publish", "what stands there is not what was built"))
        return found


def status(study_file: Path, reports: Path) -> Iterator[str]:
    """What is fresh or stale, how the last builds ended, and which releases there are."""
    from studylib.study.model import load

    study = load(study_file)
    stale = what_would_run(study_file, reports)
    yield f"{study.id}: {'stale' if stale else 'fresh'}."
    for name, why in stale:
        yield f"  {name:<28}{why}"
    runs = history.runs(reports, study.id)
    for what, is_meant in (("Last build", history.BUILT), ("Last failure", history.FAILED)):
        run = next((run for run in runs if run["outcome"] == is_meant), None)
        when = "none known" if run is None else f"{run['time']}, {run['seconds']} s"
        yield f"{what}: {when}."
        if run and "message" in run:
            yield f"  {run['message']}"
    for told in publish.releases(reports, study.id):
        shown = ", shown" if told.is_shown else ""
        yield f"Release {told.name} of {told.made:%Y-%m-%d %H:%M} UTC{shown}."


def _planned(
    study_file: Path,
    study: "Study",
    reports: Path,
    languages: tuple[str, ...],
    jobs: int,
    keep: int,
) -> "Plan":
    """The plan of a build, or what of it is not possible."""
    from studylib.build.plan import Plan
    from studylib.study.parts import with_catalogue

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
    return Plan(study_file, reports, languages, jobs, keep)


def _is_published(plan: "Plan") -> bool:
    """Whether what stands there is what the last good build published, whole, or in its place."""
    if not plan.published.is_file():
        return False
    name = publish.name_of(plan.published.read_bytes())
    return publish.is_shown(plan.reports, plan.study.id, name)


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


def _refuse_to_replace(plan: "Plan") -> None:
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
    from studylib.errors import DataError
    from studylib.files import toml

    try:
        return toml.read(study_file).get("id")
    except (OSError, ValueError, DataError):
        return None


def _session(plan: "Plan", plugin: Any = None, **asked: Any) -> tuple[Any, str]:
    """
    A run of pytask over the tasks of a plan, and what it said.

    What pytask remembers lies with the study, in the folder of its configuration, so that builds
    of two studies do not write to one file.
    """
    import pytask

    pytask.console.is_jupyter = False  # in a notebook it would show its lines, not print them
    config = plan.folder / CONFIG
    config.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")
    said = io.StringIO()
    with redirect_stdout(said):
        session: Any = pytask.build(
            config=config, tasks=_tasks_of(plan), verbose=0, capture="no", watched_by=plugin,
            remembered_in=str(plan.folder.absolute() / ".pytask" / "pytask.sqlite3"), **asked,
        )  # fmt: skip
    return session, said.getvalue()


def _run(plan: "Plan", progress: Any, *, force: bool) -> None:
    """Run the tasks; the first failure of a step of the whole study is raised as it was."""
    import pytask

    session, said = _session(plan, progress, force=force, pages_at_a_time=plan.jobs)
    reports = [r for r in session.execution_reports if r.exc_info and r.outcome.name == "FAIL"]
    failed = {r.task.signature: (r.task, r.exc_info[1]) for r in reports}
    pages = {page: error for task, error in failed.values() if (page := _page_of(plan, task))}
    if others := [error for task, error in failed.values() if not _page_of(plan, task)]:
        raise others[0]
    if pages:
        _publish_without(plan, pages)
    if session.exit_code != pytask.ExitCode.OK:
        if full := next((code for code in OF_THE_DISK if os.strerror(code) in said), None):
            raise OSError(full, os.strerror(full), str(plan.folder))  # pytask keeps its notes there
        raise RunError(f"The build could not start:\n{said}")


def _page_of(plan: "Plan", task: Any) -> "Page | None":
    """The page a task makes; None for the tasks of the whole study."""
    products = {node.path for node in task.produces.values() if hasattr(node, "path")}
    return next((page for page in plan.pages if products & {page.executed, page.html}), None)


def _publish_without(plan: "Plan", failed: "Mapping[Page, Exception]") -> NoReturn:
    """
    Publish what was built; pages that failed stay as they were, and say so.

    Raises
    ------
    PagesFailedError
        Always: which pages failed, and why.
    """
    from studylib.build.release import publish as release

    for error in failed.values():
        if not isinstance(error, RunError):
            raise error  # a bug, a full disk, an input that changed: nothing is published
    release(plan, failed)
    told = "\n  ".join(f"{page.path}: {error}" for page, error in failed.items())
    kept = next(iter(failed)).failed.parents[1]
    raise PagesFailedError(
        f"{len(failed)} of {several(len(plan.pages), 'page', 'pages')} could not be built and "
        f"{'stays as it was' if len(failed) == 1 else 'stay as they were'}; the others are "
        f"published. What a notebook showed until it failed lies in {quoted(kept)}.\n  {told}"
    ) from next(iter(failed.values()))


def _tasks_of(plan: "Plan") -> list[Callable[..., None]]:
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
kinds = ["patent"] # also "utility model", "design", "translation" (of a European patent), "other"

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


def id_for(name: str) -> str:
    """
    The id of a study in a folder of this name: small letters, digits and hyphens.

    >>> id_for("Étude Alsace_2020"), id_for("研究")
    ('etude-alsace-2020', 'my-study')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].rstrip("-") or "my-study"
