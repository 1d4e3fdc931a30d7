"""
Files that are there whole or not at all: written beside, flushed to disk, then renamed.

A reader sees the old file or the new one, also when the writer is killed, the disk is full or
the power goes.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studylib.errors import BusyError, quoted

UNFINISHED = ".unfinished-"


def replace(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all; a file that already holds this content is not touched."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return path
    beside = path.with_name(f"{UNFINISHED}{path.name}-{secrets.token_hex(4)}")
    try:
        write(beside, content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
    return path


def write(path: Path, content: bytes) -> None:
    """Write a new file and flush it to disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to disk, so that a rename outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(reports: Path, name: str = ".lock") -> Iterator[None]:
    """
    Nobody else holds this lock of the reports folder inside the block.

    Raises
    ------
    BusyError
        Somebody does.  A lock ends with its process, so a lock is never left behind.
    """
    reports.mkdir(parents=True, exist_ok=True)
    with (reports / name).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                f"Another build writes to {quoted(reports)}. Try again when it has finished."
            ) from None
        yield
