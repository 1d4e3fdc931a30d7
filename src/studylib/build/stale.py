"""
What is stale run by pytask, and what became of it: published, published without the pages that
failed, or told.
"""

import errno
import io
import os
import runpy
import shutil
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from studylib.errors import PagesFailedError, RunError, StudyError, quoted, several
from studylib.project import PROJECT

if TYPE_CHECKING:
    from studylib.build.plan import Plan
    from studylib.build.published.page import Page

TASKS = PROJECT / "task_study.py"
CONFIG = "pytask.toml"
OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG, errno.EACCES)


def of_the_disk(error: OSError) -> Exception:
    """What a disk that is full, gone or read-only did, in a sentence; any other error as it is."""
    if error.errno not in OF_THE_DISK:
        return error
    where = quoted(Path(error.filename)) if error.filename else "a file of the build"
    why = os.strerror(error.errno or 0)
    return RunError(
        f"{where} could not be written: {why}. Nothing was published; the pages that were there "
        "stay. Make room, or build elsewhere with --work and --reports."
    )


def session(plan: "Plan", plugin: Any = None, **asked: Any) -> tuple[Any, str]:
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
        made: Any = pytask.build(
            config=config, tasks=_tasks_of(plan), verbose=0, capture="no", watched_by=plugin,
            remembered_in=str(plan.folder.absolute() / ".pytask" / "pytask.sqlite3"), **asked,
        )  # fmt: skip
    return made, said.getvalue()


def run(plan: "Plan", progress: Any, *, force: bool) -> None:
    """Run the tasks; the first failure of a step of the whole study is raised as it was."""
    import pytask

    answers = plan.answers
    try:
        made, said = session(plan, progress, force=force, pages_at_a_time=plan.jobs)
    finally:
        shutil.rmtree(answers, ignore_errors=True)
    reports = [r for r in made.execution_reports if r.exc_info and r.outcome.name == "FAIL"]
    failed = {r.task.signature: (r.task, r.exc_info[1]) for r in reports}
    pages = {page: error for task, error in failed.values() if (page := _page_of(plan, task))}
    if others := [error for task, error in failed.values() if not _page_of(plan, task)]:
        raise others[0]
    if pages:
        _publish_without(plan, pages)
    if made.exit_code != pytask.ExitCode.OK:
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
    from studylib.build.published.release import publish as release

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
