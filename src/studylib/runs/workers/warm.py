"""
A process that has loaded what pages use, and becomes their kernels: forked, not started.

    worker  --arguments, environment, folder-->  warm process  --fork-->  kernel
            <--number of the process; later how it ended--

To start a kernel and to load pandas, matplotlib and scipy takes two seconds of processor, a fork
some milliseconds.  The libraries are loaded one after another; between two of them a kernel is
forked if one is asked for, so that nobody waits for all.  Nothing is computed here, and no thread
may run (a lock that one holds would be held in the fork for ever): else no kernel is forked, and
the worker starts one.  The process ends with the worker.
"""

import builtins
import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import studylib
from studylib import language
from studylib.runs.workers import SOON, imported

LONGEST = 1_000_000  # bytes of a request
THREADS = Path("/proc/self/task")
LIBRARIES = (
    "ipykernel.kernelapp", "numpy", "pandas", "pyarrow.parquet", "matplotlib.figure",
    "matplotlib.backends.backend_svg", "scipy.stats", "seaborn.objects", "networkx",
    "statsmodels.stats.proportion", "babel.messages.pofile", "xlsxwriter",
)  # fmt: skip
# Threads: none of the memory pools of Arrow. Figures: as a kernel sets it before matplotlib is
# loaded, which reads it once.
SETTINGS = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}


def main(channel: str, *words: str) -> None:
    """
    Load what pages use, and serve the worker at the other end of the channel.

    With the word `soon` everything is loaded at once: kernels will be asked for.
    """
    imported.note()
    vars(builtins)["get_ipython"] = in_a_kernel
    request = Warm(socket.socket(fileno=int(channel))).serve(at_once=SOON in words)
    become(request)


def in_a_kernel() -> SimpleNamespace:
    """What pandas asks when it is loaded: whether tables are shown in a notebook; they are."""
    return SimpleNamespace(kernel=True)


def modules() -> Iterator[str]:
    """What pages use: libraries first, then the modules of notebooks' questions and words."""
    yield from LIBRARIES
    yield from sorted({f"studylib.{name}" for name in studylib.NAMES.values()})
    for name in ("say", "show"):
        room = importlib.import_module(f"studylib.{name}")
        found = pkgutil.walk_packages(room.__path__, f"studylib.{name}.")
        yield from (module.name for module in found)


class Warm:
    """The channel to the worker, and the kernels that run."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self._running: dict[int, int] = {}  # file of a process, its number

    def serve(self, *, at_once: bool = False) -> dict[str, Any]:
        """Fork when asked to, and tell how each kernel ended; returns in a kernel alone."""
        for place, name in enumerate(modules()):
            with suppress(ImportError):  # a notebook that needs it says so
                importlib.import_module(name)
            # Who runs nothing loads nothing: the rest waits for the first kernel.
            if request := self._turn(0 if place or at_once else None):
                return request
        language.read_all()  # every study is held against every catalogue
        gc.collect()
        gc.freeze()  # else the first collection of a kernel would copy all of it
        while True:
            if request := self._turn(None):
                return request

    def _turn(self, seconds: float | None) -> dict[str, Any] | None:
        """One look at the channel and at the kernels; the request in a kernel."""
        for ready in select.select([self.channel.fileno(), *self._running], [], [], seconds)[0]:
            if ready in self._running:
                self._ended(ready)
            elif (said := self.channel.recv(LONGEST)) and (request := self._forked(said)):
                return request
            elif not said:
                self._end()
        return None

    def _forked(self, said: bytes) -> dict[str, Any] | None:
        """Fork a kernel and tell its number; 0 where a thread runs. The request in the kernel."""
        request: dict[str, Any] = json.loads(said)
        pid = 0
        if len(list(THREADS.iterdir())) == 1:
            if not (pid := os.fork()):
                self.channel.close()
                for file in self._running:
                    os.close(file)
                return request
            self._running[os.pidfd_open(pid)] = pid
        self.channel.send(json.dumps({"pid": pid}).encode())
        return None

    def _ended(self, file: int) -> None:
        """Tell that a kernel ended, and how."""
        _pid, status = os.waitpid(self._running[file], 0)
        code = os.waitstatus_to_exitcode(status)
        self.channel.send(json.dumps({"ended": self._running.pop(file), "code": code}).encode())
        os.close(file)

    def _end(self) -> None:
        """The worker is gone: so are its kernels and this process."""
        for pid in self._running.values():
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        os._exit(0)


def become(request: Mapping[str, Any]) -> None:
    """Be the kernel of a request, as if it had been started so."""
    os.setsid()
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"], JPY_PARENT_PID=str(os.getppid()))
    resource.setrlimit(resource.RLIMIT_DATA, request["memory"])
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # else two kernels would draw the same
    del vars(builtins)["get_ipython"]
    imported.forked()
    kernelapp = importlib.import_module("ipykernel.kernelapp")
    sys.argv = [
        str(Path(str(kernelapp.__file__)).parents[1] / "ipykernel_launcher.py"),
        *request["argv"],
    ]
    own = [f"--IPKernelApp.parent_handle={os.getppid()}"]  # read when it was loaded: nobody's
    kernelapp.launch_new_instance(argv=[*request["argv"], *own])


if __name__ == "__main__":  # pragma: no cover
    main(*sys.argv[1:])
