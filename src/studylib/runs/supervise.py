"""
The builder's side of a worker: start it, ask it, lose patience with it, leave nothing behind.

A worker stays for the next notebook (`borrowed` hands out idle ones), because loading papermill
takes longer than a small notebook.  It ends with this process, however this process ends: the
worker holds one end of a pipe, and the other end closes with us.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from studylib.runs import notebooks, sandbox
from studylib.runs.notebooks import Notebook
from studylib.runs.verify import Failure

LONGEST_LOG = 100_000  # bytes of it that are kept
_idle: list["Worker"] = []
_busy: list["Worker"] = []
_lock = threading.Lock()


class Worker:
    """A running `studylib.runs.worker`, its private folder, and everything it started."""

    def __init__(self) -> None:
        sandbox.end_leftovers()
        self.run = sandbox.new_run()
        self._is_well = True
        self.folder = Path(tempfile.mkdtemp(prefix="sl-")).resolve()
        environment = sandbox.environment(self.folder, self.run)
        held_there, self._held_here = os.pipe()
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [sys.executable, "-m", "studylib.runs.worker", str(held_there)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                cwd=self.folder,
                pass_fds=[held_there],
                start_new_session=True,
                text=True,
            )
        os.close(held_there)

    def execute(
        self,
        notebook: Notebook,
        parameters: Mapping[str, Any],
        *,
        language: str,
        cwd: Path | None,
        timeout: float,
    ) -> Notebook | Failure:
        """The executed notebook as the worker wrote it, or what stopped it where."""
        names = ("source", "executed", "cell", "cwd")
        source, out, cell, empty = (self.folder / name for name in names)
        for old in (source, out, cell):
            old.unlink(missing_ok=True)
        shutil.rmtree(empty, ignore_errors=True)
        empty.mkdir()
        source.write_bytes(notebooks.as_bytes(notebook))
        job = {
            "notebook": str(source),
            "out": str(out),
            "cell": str(cell),
            "parameters": dict(parameters),
            "language": language,
            "cwd": str((cwd or empty).resolve()),
        }
        what, traceback = self._ask(job, timeout)
        if what:
            where = cell.read_text(encoding="utf-8") if cell.is_file() else None
            shown = notebooks.read(out) if out.is_file() else None
            return Failure(what, where, shown, traceback or self._log())
        return notebooks.read(out)

    def _ask(self, job: Mapping[str, Any], timeout: float) -> tuple[str | None, str]:
        """
        What went wrong and where in the code; None when the notebook was written.

        It is killed when time is over.
        """
        assert self._process.stdin
        assert self._process.stdout
        late = threading.Event()

        def give_up() -> None:
            """Time is over: say so, and stop the process."""
            late.set()
            self.stop()

        timer = threading.Timer(timeout, give_up)
        timer.start()
        try:
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        # A process that was killed may seem to live for a moment.
        self._is_well = bool(line) and not late.is_set()
        if late.is_set():
            return f"it took longer than {timeout:g} s and was stopped", ""
        if not line:
            lines = reversed(self._log().split("\n"))
            last_words = next((line for line in lines if line.strip()), "it said nothing")
            return f"the process that ran it died: {last_words}", ""
        answer = json.loads(line)
        return answer["failure"], answer.get("traceback", "")

    def _log(self) -> str:
        """The end of what the worker wrote past its answers."""
        with (self.folder / "log").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - LONGEST_LOG))
            return log.read().decode(errors="replace")

    @property
    def is_alive(self) -> bool:
        """Whether the worker can take a job."""
        return self._is_well and self._process.poll() is None

    def stop(self) -> None:
        """Kill what runs, so that the thread that waits for it goes on and ends the worker."""
        sandbox.end(self.run)
        self._process.kill()

    def end(self) -> None:
        """End the worker and all it started, and remove its folder."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.kill()
        self._process.wait()
        sandbox.end(self.run)
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
        os.close(self._held_here)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def borrowed() -> Iterator[Worker]:
    """A worker for one notebook, kept for the next one if it is still well after it."""
    worker = _idle_one() or Worker()
    with _lock:
        _busy.append(worker)
    try:
        yield worker
    except BaseException:
        _returned(worker)
        worker.end()
        raise
    _returned(worker)
    if worker.is_alive:
        with _lock:
            _idle.append(worker)
    else:
        worker.end()


def _idle_one() -> Worker | None:
    """A worker without work that is still well, taken out of the list; None if there is none."""
    while True:
        with _lock:
            if not _idle:
                return None
            worker = _idle.pop()
        if worker.is_alive:
            return worker
        worker.end()


def _returned(worker: Worker) -> None:
    """The worker is not busy any more."""
    with _lock:
        _busy.remove(worker)


def stop_busy() -> None:
    """Stop the notebooks that other threads wait for; each fails in its thread."""
    with _lock:
        workers = list(_busy)
    for worker in workers:
        worker.stop()


@atexit.register
def end_idle() -> None:
    """End the workers nobody uses."""
    with _lock:
        workers = [_idle.pop() for _ in range(len(_idle))]
    for worker in workers:
        worker.end()
