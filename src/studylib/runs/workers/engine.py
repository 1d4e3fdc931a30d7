"""
papermill's own engine, which also tells what is lost when a cell fails or a kernel dies.

    the notebook as far as it came      also when a cell failed
    why a kernel is gone                killed, and by which signal, or ended by its own code
    too much output                     stopped before it fills the memory
"""

import os
import signal
from contextlib import suppress
from functools import cache
from typing import Any

from studylib.runs.workers.last_words import killed_by

MOST_SHOWN = 50_000_000  # characters of one notebook; the largest page of a study shows 2 million
KEPT = 2_000  # of what a cell showed that showed too much


class StoppedError(Exception):
    """Why a notebook did not come to its end, in words."""


def register(name: str, begun: list[Any]) -> None:
    """Let papermill know the engine by a name; the notebook it fills is the one in the list."""
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.log import logger

    class Telling(NBClientEngine):  # type: ignore[misc]
        """The engine of papermill; what it was given is remembered."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **named: Any) -> Any:
            """Execute as papermill does, with a client that counts."""
            begun[:] = [nb_man.nb]
            # As papermill hands it on; what is left out is its own writing to the terminal.
            known = {k: v for k, v in named.items() if k in _client().class_trait_names()}
            return _client()(
                nb_man, kernel_name=kernel_name, startup_timeout=named["start_timeout"],
                log=logger, **known,
            ).execute()  # fmt: skip

    papermill_engines.register(name, Telling)


@cache
def _client() -> Any:
    """The class of clients: papermill's, that knows how much was shown and how a kernel ended."""
    from nbclient.exceptions import DeadKernelError
    from papermill.clientwrap import PapermillNotebookClient

    class Counting(PapermillNotebookClient):  # type: ignore[misc]
        """A client that stops a notebook which shows too much."""

        shown = 0
        stopped = ""

        def execute_cell(self, cell: Any, *given: Any, **named: Any) -> Any:
            """Execute a cell; of one that was stopped, the beginning of what it showed is kept."""
            try:
                return super().execute_cell(cell, *given, **named)
            except DeadKernelError:
                if self.shown > MOST_SHOWN:
                    cell.outputs = [_cut(output) for output in cell.outputs[:1]]
                raise StoppedError(self.stopped) from None

        async def _async_check_alive(self) -> None:
            """Ask whether the kernel lives; where it does not, know how it ended."""
            try:
                await super()._async_check_alive()
            except DeadKernelError:
                code = await self.km.provisioner.poll() if self.km.provisioner else None
                self.stopped = self.stopped or _how(code)
                raise

        def process_message(self, msg: Any, *given: Any, **named: Any) -> Any:
            """Take what a cell shows, until it is too much."""
            self.shown += _size(msg["content"])
            if self.shown <= MOST_SHOWN:
                return super().process_message(msg, *given, **named)
            if not self.stopped:
                self.stopped = (
                    f"it showed more than {MOST_SHOWN // 1_000_000} MB; show a summary, or the "
                    "first rows of a table"
                )
                with suppress(OSError, AttributeError):
                    os.kill(self.km.provisioner.pid, signal.SIGKILL)
            return None

    return Counting


def _how(code: int | None) -> str:
    """How a kernel ended, in words."""
    if code is not None and code < 0:
        return f"its kernel was {killed_by(-code)}"
    return f"its kernel was ended by the code of the notebook (exit code {code or 0})"


def _size(content: dict[str, Any]) -> int:
    """Characters of a message that are shown."""
    parts = [content.get("text", ""), *content.get("traceback", ())]
    parts += (content.get("data") or {}).values()
    return sum(len(part) if isinstance(part, str) else len(str(part)) for part in parts)


def _cut(output: Any) -> Any:
    """The beginning of an output."""
    if output.output_type == "stream":
        output.text = output.text[:KEPT] + "…"
    return output
