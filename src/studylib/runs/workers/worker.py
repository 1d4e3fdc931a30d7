"""
A process that executes notebooks with papermill, one after another, each in a kernel of its own.

    stdin   one job per line (JSON)    {"notebook", "out", "cell", "parameters", "language", "cwd",
                                         "memory", "answers"}
    stdout  one answer per line        {"failure": null} or {"failure": "...", "traceback": "..."}

Started by `supervise` in the environment of `sandbox`, which is why this module sets nothing of
its own.  Loading papermill costs more than a small notebook, so the process stays for the next
job, and its kernels are forked from one that has loaded what pages use (`warm`).  It ends with the
one who started it: see `watch`.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from studylib.files.answers import KEPT, NEW
from studylib.language import ENVIRONMENT
from studylib.runs.workers import SOON, engine, light, memory, sandbox

KERNEL = "studylib"
PATIENCE = 120  # a loaded machine may take this long to start a kernel or to deliver output [s]
# The last cell: what was loaded.
ASKING = "from studylib.runs.workers import imported\nprint(*imported.loaded())"
LONGEST_FOLDER = 90  # bytes; a socket's path has at most 107, and a name is appended


def main(lifeline: str, *words: str) -> None:
    """
    Answer jobs until there are no more; `lifeline` is a pipe that closes with the builder.

    With the word `soon` all that the first job needs is loaded before it comes.
    """
    sandbox.adopt()
    threading.Thread(target=watch, args=(int(lifeline),), daemon=True).start()
    # What kernels write past Jupyter must not be read as an answer: it goes to the log.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        prepare()
        warm_up(soon=SOON in words)
        if SOON in words:
            load_papermill()
        serve(sys.stdin, answers)


def warm_up(*, soon: bool) -> None:
    """Load what pages use in a process that kernels are forked from."""
    from studylib.runs.workers import provisioner

    provisioner.begin(soon=soon)


def watch(lifeline: int) -> None:
    """End the whole run as soon as the builder is gone, however it went."""
    os.read(lifeline, 1)  # nothing is ever written: this returns when the other end closes
    sandbox.end(os.environ[sandbox.MARK], os.getpid())
    os._exit(1)


def prepare() -> None:
    """Name this interpreter as the kernel, and make the list of fonts before a kernel needs it."""
    from studylib.runs.workers import provisioner

    provisioner.register(KERNEL)
    folder = Path(os.environ["JUPYTER_DATA_DIR"]) / "kernels" / KERNEL
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    command.append("--HistoryManager.enabled=False")
    spec = {
        "argv": command, "display_name": "studylib", "language": "python",
        "metadata": {"kernel_provisioner": {"provisioner_name": KERNEL}},
    }  # fmt: skip
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    if not any(Path(os.environ["MPLCONFIGDIR"]).glob("fontlist-*.json")):
        import matplotlib.font_manager  # noqa: F401 - writes the list


def load_papermill() -> None:
    """What executes notebooks; once."""
    light.load()
    import papermill  # noqa: F401


def serve(jobs: TextIO, answers: TextIO) -> None:
    """Answer each job on one line, in order."""
    for line in jobs:
        answers.write(json.dumps(perform(json.loads(line))) + "\n")
        answers.flush()


def perform(job: Mapping[str, Any]) -> dict[str, str | None]:
    """
    Execute one notebook and write it as it is, with the modules its kernel had loaded in the end;
    the reader of the answer judges what was written.

    The answer says what stopped the execution, if anything did; the file `cell` says where, also
    when there is no answer any more.  What a notebook showed until it was stopped is written, too.
    """
    load_papermill()
    import nbformat
    from papermill.exceptions import PapermillExecutionError, strip_color

    os.environ[ENVIRONMENT] = job["language"]
    for name in (KEPT, NEW):
        os.environ.pop(name, None)
    os.environ.update(job["answers"])
    memory.confine(job["memory"])

    begun: list[Any] = []
    engine.register(KERNEL, begun)
    try:
        notebook = nbformat.read(job["notebook"], as_version=4)  # type: ignore[no-untyped-call]
        asking = nbformat.v4.new_code_cell(ASKING, id="modules")  # type: ignore[no-untyped-call]
        notebook.cells.append(asking)
        executed = _executed(notebook, job)
        answer = executed.cells.pop().outputs
        executed.metadata["modules"] = answer[0].text.split() if answer else []
        nbformat.write(executed, job["out"])  # type: ignore[no-untyped-call]
    except PapermillExecutionError as error:
        begun[0].cells.pop()  # our own question is none of the notebook's cells
        nbformat.write(begun[0], job["out"])  # type: ignore[no-untyped-call]
        told = strip_color("\n".join(error.traceback))
        return {"failure": f"{error.ename}: {error.evalue}", "traceback": told}
    except engine.StoppedError as error:
        begun[0].cells.pop()
        nbformat.write(begun[0], job["out"])  # type: ignore[no-untyped-call]
        return {"failure": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever a library raises is an answer
        return {"failure": f"{type(error).__name__}: {error}"}
    return {"failure": None}


def _executed(notebook: Any, job: Mapping[str, Any]) -> Any:
    """The notebook as papermill leaves it, run by a kernel of ours; raises what stopped it."""
    import papermill
    from traitlets.config import Config

    def started(cell: Any, **_index: Any) -> None:
        """Note which cell runs: where a process dies, the note says in which."""
        Path(job["cell"]).write_text(cell["id"], encoding="utf-8")

    return papermill.execute_notebook(
        notebook,
        None,  # papermill rewrites its output in place, cell by cell
        parameters=job["parameters"],
        cwd=job["cwd"],
        kernel_name=KERNEL,
        engine_name=KERNEL,
        language="python",
        progress_bar=False,
        start_timeout=PATIENCE,
        iopub_timeout=PATIENCE,
        coalesce_streams=True,  # else one print is now and then two outputs
        record_timing=False,
        store_widget_state=False,
        on_cell_start=started,
        shutdown_kernel="immediate",  # all output has arrived; a polite good-bye takes seconds
        config=Config({"KernelManager": transport()}),
    )


def transport() -> dict[str, str]:
    """Sockets in the run's private folder; TCP only where its path is too long for them."""
    folder = os.environ["JUPYTER_RUNTIME_DIR"]
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        return {"transport": "tcp"}
    return {"transport": "ipc", "ip": f"{folder}/kernel"}  # by default in the working folder


if __name__ == "__main__":  # pragma: no cover
    main(*sys.argv[1:])
