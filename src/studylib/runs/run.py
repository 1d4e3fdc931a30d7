"""
Notebooks executed: parameters checked, a clean process, and a result that is verified or not there.

    notebook, parameters  --check, translate-->  worker (papermill, own kernel)  --verify-->  out

papermill's word is not taken for it: it reports success after `sys.exit()` in a cell and after a
killed kernel.  A result counts when every code cell ran, none failed, none wrote to stderr, and
no output shows an address in memory.  Anything else is a `RunError` that names the notebook, the
cell and the first line of what happened, and leaves no file.
"""

import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studylib.errors import RunError, StudyError, UsageError, quoted
from studylib.language import catalogues
from studylib.runs import files, notebooks, parameters, verify
from studylib.runs.supervise import borrowed
from studylib.runs.verify import one_line

LONGEST_RUN = 1800.0  # [s]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One notebook to execute: what, where to, with which parameters, in which language."""

    notebook: Path
    out: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    workdir: Path | None = None
    """Folder the notebook runs in; a private empty one by default."""
    timeout: float = LONGEST_RUN
    """The whole notebook may take this long [s]."""
    title: str | None = None
    """Title of the page; that of the notebook, translated, by default."""


def execute(
    notebook: Path,
    out: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    language: str = "en",
    workdir: Path | None = None,
    timeout: float = LONGEST_RUN,
    title: str | None = None,
) -> Path:
    """
    The executed notebook, at `out`: translated, with its parameters, verified, the same each time.

    Raises
    ------
    UsageError
        The notebook or a parameter is not what it should be; nothing was started.
    RunError
        The notebook failed; there is no new file at `out`.
    """
    return perform(Job(notebook, out, parameters or {}, language, workdir, timeout, title))


def execute_many(jobs: Iterable[Job], n_jobs: int = 1) -> list[Path]:
    """
    Execute notebooks, so many at a time; all of them, also when some fail.

    Raises
    ------
    RunError
        Some failed: every failure is in the message.  The others are at their `out`.
    """
    listed = list(jobs)
    with ThreadPoolExecutor(max_workers=max(1, n_jobs)) as pool:
        results = list(pool.map(_attempt, listed))
    if failures := [result for result in results if isinstance(result, StudyError)]:
        if len(failures) == 1:
            raise failures[0]
        told = "\n  ".join(str(failure) for failure in failures)
        raise RunError(f"{len(failures)} of {len(listed)} notebooks failed:\n  {told}")
    return [job.out for job in listed]


def _attempt(job: Job) -> Path | StudyError:
    """The result or the error of a job, so that one failure does not hide another."""
    try:
        return perform(job)
    except StudyError as error:
        return error


def perform(job: Job) -> Path:
    """See `execute`."""
    name = job.notebook.stem
    source = notebooks.read(job.notebook)
    known = parameters.declared(source, job.notebook.name)
    given = parameters.checked(known, job.parameters, job.notebook.name)
    if job.workdir is not None and not job.workdir.is_dir():
        raise UsageError(f"There is no folder {quoted(job.workdir)} to run {quoted(name)} in.")
    translated = catalogues.translate_notebook(source, job.language)
    with borrowed() as worker:
        executed = worker.execute(
            translated, given, language=job.language, cwd=job.workdir, timeout=job.timeout
        )
    if failure := verify.problem(executed) if isinstance(executed, dict) else executed:
        raise RunError(f"{_place(name, source, failure.cell)}: {one_line(failure.what)}")
    assert isinstance(executed, dict)
    settled = verify.settled(executed, translated, title=job.title)
    job.out.parent.mkdir(parents=True, exist_ok=True)
    log.info("executed %s (%s)", name, job.language)
    return files.replace(job.out, notebooks.as_bytes(settled))


def _place(name: str, source: notebooks.Notebook, cell: str | None) -> str:
    """Where it happened, in words a person finds in JupyterLab: the notebook and its cell."""
    ids = [c["id"] for c in source["cells"]]
    if cell in ids:
        return f"Notebook {quoted(name)} failed in cell {ids.index(cell) + 1} ({quoted(cell)})"
    return f"Notebook {quoted(name)} failed"
