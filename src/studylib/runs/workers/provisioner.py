"""
Where kernels come from: Jupyter asks a provisioner, ours asks the warm process of this worker.

    papermill -> KernelManager -> Provisioner  --warm process there and well--> forked
                                               --not Linux, threads, no answer-> started, as usual

Everything but the beginning is Jupyter's own `LocalProvisioner`: it watches, signals and ends a
forked kernel as it does a started one.
"""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from studylib.runs.workers import SOON, warm

PATIENCE = 60.0  # of a loaded machine, while one library is loaded [s]
LAST = -signal.SIGKILL  # how a kernel ended whose parent cannot tell any more


class Provisioner(LocalProvisioner):
    """Kernels forked from the warm process, or started where that cannot be."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """A kernel, forked or started; where its sockets are."""
        cwd = str(kwargs.get("cwd") or Path.cwd())
        process = Kernel.forked(cmd, cwd, kwargs["env"])
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = process
        self.pid, self.pgid, self.cwd = process.pid, process.pid, cwd
        return self.connection_info


class Kernel:
    """A forked kernel, in the words of `subprocess.Popen`, which Jupyter knows."""

    stdin = stdout = stderr = None

    def __init__(self, parent: "Parent", pid: int) -> None:
        self._parent = parent
        self.pid = pid
        self.returncode: int | None = None

    @classmethod
    def forked(cls, argv: Sequence[str], cwd: str, env: Mapping[str, str]) -> "Kernel | None":
        """A kernel of the warm process; None where there is none, or it cannot be forked."""
        pid = parent.fork(argv, cwd, env) if (parent := Parent.current) else 0
        return cls(parent, pid) if parent and pid else None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        if self.returncode is None:
            self.returncode = self._parent.code(self.pid)
        return self.returncode

    def wait(self) -> int:
        """How it ended, when it has."""
        while (code := self.poll()) is None:
            self._parent.listen(PATIENCE)
        return code

    def send_signal(self, number: int) -> None:
        """A signal to it and to what it started."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def kill(self) -> None:
        """The signal that ends it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """The signal that asks it to end."""
        self.send_signal(signal.SIGTERM)


class Parent:
    """The warm process as its worker sees it."""

    current: "Parent | None" = None

    def __init__(self, *, soon: bool = False) -> None:
        self.channel, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.channel.settimeout(PATIENCE)
        with there:
            self.process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [sys.executable, "-m", warm.__name__, str(there.fileno())] + [SOON] * soon,
                stdin=subprocess.DEVNULL, pass_fds=[there.fileno()],
                env={**os.environ, **warm.SETTINGS},
            )  # fmt: skip
        self._ended: dict[int, int] = {}

    def fork(self, argv: Sequence[str], cwd: str, env: Mapping[str, str]) -> int:
        """The number of a new kernel; 0 where none can be forked."""
        limit = resource.getrlimit(resource.RLIMIT_DATA)
        request = {"argv": argv[3:], "cwd": str(cwd), "env": dict(env), "memory": limit}
        try:
            self.channel.send(json.dumps(request).encode())
            while "pid" not in (said := self._heard()):
                pass
            return int(said["pid"])
        except (OSError, ValueError):
            self.end()
            return 0

    def code(self, pid: int) -> int | None:
        """How a kernel ended; None while it runs."""
        self.listen(0)
        if pid not in self._ended and self.process.poll() is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)  # nobody else would end it, or know how it ended
            self._ended[pid] = LAST
        return self._ended.get(pid)

    def listen(self, seconds: float) -> None:
        """Hear what is told until nothing is for so long [s]."""
        self.channel.settimeout(seconds)
        with suppress(OSError, ValueError):
            while True:
                self._heard()
        self.channel.settimeout(PATIENCE)

    def _heard(self) -> dict[str, int]:
        """One thing that is told."""
        said: dict[str, int] = json.loads(self.channel.recv(warm.LONGEST))
        if "ended" in said:
            self._ended[said["ended"]] = said["code"]
        return said

    def end(self) -> None:
        """End the warm process, and its kernels with it; what is asked for now is started."""
        Parent.current = None
        self.channel.close()
        self.process.kill()
        self.process.wait()


def register(name: str) -> None:
    """Tell Jupyter of the provisioner, in this process alone: it is for builds."""
    group = KernelProvisionerFactory.GROUP_NAME
    known = EntryPoint(name, f"{__name__}:{Provisioner.__name__}", group)
    KernelProvisionerFactory.provisioners[name] = known


def begin(*, soon: bool) -> None:
    """Start the warm process where there can be one; `soon`: kernels will be asked for."""
    if sys.platform == "linux" and hasattr(os, "pidfd_open"):
        with suppress(OSError):
            Parent.current = Parent(soon=soon)
