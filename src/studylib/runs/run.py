"""
Notebooks executed: parameters checked, a clean process, and a result that is verified or not there.

    notebook, parameters  --check, translate-->  worker (papermill, own kernel)  --verify-->  out

papermill's word is not taken for it: it reports success after `sys.exit()` in a cell and after a
killed kernel.  A result counts when every code cell ran, none failed, none wrote to stderr, and
no output shows an address in memory.  Anything else is a `RunError` that names the notebook, the
cell and the first line of what happened, and leaves no file.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studylib.errors import RunError, UsageError, printable, quoted
from studylib.files import atomic
from studylib.runs import libraries, notebooks, translation, verify
from studylib.runs.answers import Answers
from studylib.runs.parameters import checked, declared
from studylib.runs.verify import one_line
from studylib.runs.workers import memory
from studylib.runs.workers.supervise import borrowed

LONGEST_RUN = 1800.0  # [s]
OWN_FOLDER = 0o700
log = logging.getLogger(__name__)


def execute(
    notebook: Path,
    out: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    language: str = "en",
    workdir: Path | None = None,
    timeout: float = LONGEST_RUN,
    most: int | None = None,
    title: str | None = None,
    kept: Path | None = None,
    answers: Path | None = None,
) -> Path:
    """
    The executed notebook, at `out`: translated, with its parameters, verified, the same each time.

    Its metadata name under `libraries` those whose code computed what it shows.

    Parameters
    ----------
    workdir
        Folder the notebook runs in; a private empty one by default.
    timeout
        The whole notebook may take this long [s].
    most
        It may take so much memory [MB]; half of the machine's by default.
    title
        Title of the page; that of the notebook, translated, by default.
    kept
        Where what a failed notebook showed and its traceback are kept, as `.ipynb` and `.txt`.
    answers
        Folder of this build in which answers are kept for the same notebook in other languages.

    Raises
    ------
    UsageError
        The notebook or a parameter is not what it should be; nothing was started.
    RunError
        The notebook failed; there is no new file at `out`.
    """
    name = notebook.stem
    source = notebooks.read(notebook)
    given = checked(declared(source, notebook.name), parameters or {}, notebook.name)
    if workdir is not None and not workdir.is_dir():
        raise UsageError(f"There is no folder {quoted(workdir)} to run {quoted(name)} in.")
    translated = translation.translate_notebook(source, language)
    lent = Answers(answers, name, language)
    with borrowed() as worker:
        executed = worker.execute(
            translated, given, language=language, cwd=workdir, timeout=timeout,
            most=memory.allowed(most), answers=lent.environment,
        )  # fmt: skip
    failure = verify.problem(executed) if isinstance(executed, dict) else executed
    if failure:
        lent.failed()
        told = f"{_place(name, source, failure.cell)}: {one_line(failure.what)}"
        if kept:
            _keep(failure, kept, told)
        raise RunError(told)
    assert isinstance(executed, dict)
    settled = verify.settled(executed, translated, title=title)
    cells = [cell["source"] for cell in translated["cells"] if cell["cell_type"] == "code"]
    if not (modules := executed["metadata"]["modules"]):
        raise RunError(
            f"Notebook {quoted(name)} failed: it cannot say which libraries it had loaded. Leave "
            "`sys.stdout` as it is."
        )
    settled["metadata"]["libraries"] = lent.ran(libraries.computing(modules, cells))
    out.parent.mkdir(parents=True, exist_ok=True)
    log.info("executed %s (%s)", name, language)
    return atomic.replace(out, notebooks.as_bytes(settled))


def _keep(failure: verify.Failure, kept: Path, told: str) -> None:
    """What a failed notebook showed, and what went wrong in whole: for the person who mends it."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.parent.chmod(OWN_FOLDER)  # a cell may have shown what a respondent said
    text = f"{told}\n\n{failure.traceback or failure.what}\n"
    atomic.replace(kept.with_name(f"{kept.name}.txt"), printable(text).encode())
    if failure.shown:
        atomic.replace(kept.with_name(f"{kept.name}.ipynb"), notebooks.as_bytes(failure.shown))


def forget(kept: Path) -> None:
    """What was kept of a failed notebook goes when it ran."""
    for suffix in (".txt", ".ipynb"):
        kept.with_name(f"{kept.name}{suffix}").unlink(missing_ok=True)


def _place(name: str, source: notebooks.Notebook, cell: str | None) -> str:
    """Where it happened, in words a person finds in JupyterLab: the notebook and its cell."""
    ids = [c["id"] for c in source["cells"]]
    if cell in ids:
        return f"Notebook {quoted(name)} failed in cell {ids.index(cell) + 1} ({quoted(cell)})"
    return f"Notebook {quoted(name)} failed"
