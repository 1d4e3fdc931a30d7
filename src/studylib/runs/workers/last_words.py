"""
How a worker ended that was not asked to, in words.

    exit code, log  -->  the process that ran it was killed (SIGKILL), ...: the last line it wrote
"""

import os
import signal
from pathlib import Path

LONGEST_LOG = 100_000  # bytes of it that are kept


def of(code: int | None, log: Path) -> str:
    """What is said of a process with this exit code (None: unknown) and this log."""
    lines = reversed(end_of(log).split("\n"))
    said = next((line for line in lines if line.strip()), "it said nothing")
    if code is not None and code < 0:
        return f"the process that ran it was {killed_by(-code)}: {said}"
    return f"the process that ran it died: {said}"


def end_of(log: Path) -> str:
    """The end of what a worker wrote past its answers."""
    with log.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_LOG))
        return file.read().decode(errors="replace")


def killed_by(number: int) -> str:
    """
    What a signal did to a process, in words.

    >>> killed_by(9)
    'killed (SIGKILL), as a machine does that is out of memory'
    """
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    by_machine = ", as a machine does that is out of memory" if name == "SIGKILL" else ""
    return f"killed ({name}){by_machine}"
