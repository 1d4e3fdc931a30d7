"""
The build of a whole study: begun, run, noted, and told where it failed.

`build_study` hands the tasks of `task_study.py` to pytask, which runs what is stale and no more.
Heavy libraries are loaded when there is something to do (`build.begin`).
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studylib.build import begin
from studylib.build.telling import history
from studylib.errors import PagesFailedError, StudyError, UsageError
from studylib.files import atomic
from studylib.runs.published import last_failure, publish, releases

if TYPE_CHECKING:
    from studylib.build.plan import Plan
    from studylib.runs.progress import Progress

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
    is_one_of_many: bool = False,
) -> Path:
    """
    Everything stale of a study, from raw to the index; returns the path of the index.

    So many pages are made at a time as there are `jobs`, each notebook in a process of its own;
    what is built does not depend on it.  `say` is told each step as it ends, and why it ran.
    One of many waits while another one is published, and leaves the index to who lists them all.

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
        many = is_one_of_many
        return _build(
            study_file, reports, languages, jobs, keep, started, say, force=force, many=many
        )


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
    many: bool,
) -> Path:
    """Build what pytask calls stale, and note how it went."""
    from studylib.build import outside
    from studylib.build.asked import planned
    from studylib.build.stale import of_the_disk
    from studylib.runs.progress import Progress
    from studylib.study.model import load

    study = load(study_file)
    progress = Progress(study.id, say)
    try:
        plan = planned(study_file, study, reports, languages, jobs, keep, is_one_of_many=many)
        _run(plan, progress, force=force)
    except KeyboardInterrupt as pressed:
        history.note(reports, study.id, progress.told(), started, pressed)
        raise
    except Exception as error:
        told = of_the_disk(error) if isinstance(error, OSError) else error
        if isinstance(told, StudyError):
            told = outside.without_content(told, study, study_file)
        _tell(reports, study.id, told, many=many)
        history.note(reports, study.id, progress.told(), started, told)
        if told is error:
            raise
        raise told from error
    history.note(reports, study.id, progress.told(), started)
    if not progress.steps:
        say(f"{study.id}: nothing to do.")
    return reports / "index.html"


def _run(plan: "Plan", progress: "Progress", *, force: bool) -> None:
    """Run what is stale of a plan, and remember what was built of what."""
    from studylib.build.asked import is_published, refuse_to_replace
    from studylib.build.stale import run

    refuse_to_replace(plan)
    if force:
        releases.show_again(plan.reports, plan.study.id)
    if not is_published(plan):
        plan.published.unlink(missing_ok=True)
    _ = plan.inputs  # what cannot be reached is said in words, before pytask looks for it
    _ = plan.seen  # before anything is read
    run(plan, progress, force=force)
    atomic.replace(plan.built_from, os.fsencode(plan.study_file.absolute()))
    last_failure.good(plan.reports, plan.study.id)
    if plan.published.is_file():
        begin.remember(plan)


def _tell(reports: Path, study_id: str, error: Exception, *, many: bool) -> None:
    """
    Say in a note why a build failed, and on every page if none could be built again.

    What the command was asked for wrongly concerns no page.  Where neither can be written, the
    error itself is what counts.
    """
    from studylib.build.published.release import mark_as_failed

    with suppress(OSError, StudyError):
        if not isinstance(error, UsageError | PagesFailedError):
            mark_as_failed(reports, study_id, is_one_of_many=many)
    with suppress(OSError):
        last_failure.failed(reports, study_id, error)
