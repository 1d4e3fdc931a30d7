"""
Files that are there whole or not at all: written beside, flushed to disk, then renamed.

A reader sees the old file or the new one, also when the writer is killed, the disk is full or
the power goes.
"""

import os
from pathlib import Path

UNFINISHED = ".unfinished-"


def replace(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all; a file that already holds this content is not touched."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return path
    import secrets  # not before it is needed: a start that is refused writes nothing

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
