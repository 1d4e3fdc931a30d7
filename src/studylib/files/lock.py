"""
One process at a time in a folder; others are told at once.

    folder/.lock   held while somebody writes there; it ends with its process, so none is left

A lock may be taken before the command is loaded that needs it (`early`): of ten builds started at
once nine are refused before any of them loads anything.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from studylib.errors import BusyError, quoted

NAME = ".lock"
LOOK = 0.1  # between two tries of who waits [s]
_early: dict[Path, BinaryIO] = {}  # taken, and not asked for yet


@contextmanager
def locked(folder: Path, name: str = NAME, *, patience: float = 0.0) -> Iterator[None]:
    """
    Nobody else holds this lock of a folder inside the block; the folder is made if need be.

    Raises
    ------
    BusyError
        Somebody does, and still does after so long [s].
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _early.pop(folder / name, None) or _waited_for(folder, name, patience):
        yield


def _waited_for(folder: Path, name: str, patience: float) -> BinaryIO:
    """The open file that holds the lock, at once or within so long [s]."""
    until = time.monotonic() + patience
    while True:
        try:
            return _taken(folder, name)
        except BusyError:
            if time.monotonic() >= until:
                raise
        time.sleep(LOOK)


@contextmanager
def early(folder: Path) -> Iterator[None]:
    """
    The lock of a folder is taken for the first `locked` of this process; free after the block.

    Where the folder cannot be made or written `locked` will say so, and nothing is taken.

    Raises
    ------
    BusyError
        Somebody holds it.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _early[path] = _taken(folder, NAME)
    except OSError:
        pass
    try:
        yield
    finally:
        if path in _early:
            _early.pop(path).close()


def _taken(folder: Path, name: str) -> BinaryIO:
    """The open file that holds the lock."""
    file = (folder / name).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise BusyError(
            f"Another build writes to {quoted(folder)}. Try again when it has finished."
        ) from None
    return file
