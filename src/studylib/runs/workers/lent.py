"""
A worker as the builder sees it: started, asked, stopped when its time or its memory is over.

    job  --ask-->  executed notebook, or what stopped it where
                   late, or more memory than the study allows: everything of the run is killed

It ends with this process, however this process ends: the worker holds one end of a pipe, and the
other end closes with us.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from studylib.runs import notebooks
from studylib.runs.notebooks import Notebook
from studylib.runs.verify import Failure
from studylib.runs.workers import SOON, control_group, last_words, memory, sandbox, scratch

LOOK = 0.3  # between two looks at what a run takes [s]
LAST_WORDS = 10.0  # for a worker to tell what was shown until the system ended a process [s]


class Worker:
    """A running `studylib.runs.workers.worker`, its private folder, and everything it started."""

    def __init__(self, *, soon: bool = False) -> None:
        sandbox.end_leftovers()
        scratch.sweep()
        self.run = sandbox.new_run()
        self._is_well = True
        self._known: dict[int, str] = {}  # every process seen below it, and when it started
        self.folder = scratch.folder()
        environment = sandbox.environment(self.folder, self.run)
        held_there, self._held_here = os.pipe()
        command = [sys.executable, "-m", "studylib.runs.workers.worker", str(held_there)]
        # Before the worker, which soon starts others: what it starts is where it is.
        self._group = control_group.new()
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                command + [SOON] * soon,
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
        if self._group and not self._group.admit(self._process.pid):
            self._group.end()
            self._group = None

    def execute(
        self,
        notebook: Notebook,
        parameters: Mapping[str, Any],
        *,
        language: str,
        cwd: Path | None,
        timeout: float,
        most: int,
        answers: Mapping[str, str] | None = None,
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
            "memory": most,
            "answers": dict(answers or {}),
        }
        what, traceback = self._ask(job, timeout, most)
        if what:
            where = cell.read_text(encoding="utf-8") if cell.is_file() else None
            shown = notebooks.read(out) if out.is_file() else None
            return Failure(what, where, shown, traceback or last_words.end_of(self.folder / "log"))
        return notebooks.read(out)

    def _ask(self, job: Mapping[str, Any], timeout: float, most: int) -> tuple[str | None, str]:
        """
        What went wrong and where in the code; None when the notebook was written.

        It is killed when its time [s] is over, or when it holds more than this [MB].
        """
        assert self._process.stdin
        assert self._process.stdout
        if self._group:
            self._group.limit(most)
        answered, over = threading.Event(), list[str]()
        watching = threading.Thread(target=self._watch, args=(answered, over, timeout, most))
        watching.start()
        try:
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            answered.set()
            watching.join()
        if self._group and self._group.ended_by_limit():
            over[:] = [memory.sentence(most)]
        # A process that was killed may seem to live for a moment.
        self._is_well = bool(line) and not over
        if over:
            return over[0], ""
        if not line:
            return self._last_words(), ""
        answer = json.loads(line)
        what = answer["failure"]
        if what and memory.is_short(what):
            self._is_well = False
            what = memory.sentence(most)
        return what, answer.get("traceback", "")

    def _watch(self, answered: threading.Event, over: list[str], timeout: float, most: int) -> None:
        """Until there is an answer: stop the run that takes too long or too much, and say why."""
        until = time.monotonic() + timeout
        while not answered.wait(max(0.0, min(LOOK, until - time.monotonic()))):
            if time.monotonic() >= until:
                over.append(f"it took longer than {timeout:g} s and was stopped")
            elif self._takes() > most * memory.MB:
                over.append(memory.sentence(most))
            elif self._group and self._group.ended_by_limit():
                until = min(until, time.monotonic() + LAST_WORDS)
            if over:
                self.stop()
                return

    def _takes(self) -> int:
        """Bytes that all processes of the run hold; of a control group the system looks itself."""
        processes = self._processes()
        return 0 if self._group else memory.used(processes)

    def _processes(self) -> set[int]:
        """The worker and all below it, which are remembered: who kills it sets them free."""
        found = {self._process.pid, *sandbox.below([self._process.pid])}
        for pid in found - self._known.keys():
            self._known[pid] = sandbox.started(pid)
        return found

    def _last_words(self) -> str:
        """How the worker ended that was not asked to."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(sandbox.PAUSE * sandbox.LOOKS)
        return last_words.of(self._process.returncode, self.folder / "log")

    @property
    def is_alive(self) -> bool:
        """Whether the worker can take a job."""
        return self._is_well and self._process.poll() is None

    def stop(self) -> None:
        """Kill what runs, so that the thread that waits for it goes on and ends the worker."""
        sandbox.end(self.run, self._process.pid)
        self._process.kill()

    def end(self) -> None:
        """End the worker and all it started, and remove its folder."""
        assert self._process.stdin
        assert self._process.stdout
        self.stop()
        self._process.wait()
        sandbox.end(self.run)
        for pid, started in self._known.items():
            if pid != self._process.pid and sandbox.started(pid) == started:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
        if self._group:
            self._group.end()
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
        os.close(self._held_here)
        shutil.rmtree(self.folder, ignore_errors=True)
