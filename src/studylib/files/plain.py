"""
Whether what lies at a path is a file that ends: no pipe, socket or device.

    export.csv     a file, or a link to one     read
    pipe           waits for somebody to write  DataError, at once
    /dev/zero      never ends                   DataError, at once

Opening a pipe waits for its other end, so it is asked before anything is opened.
"""

import stat
from pathlib import Path

from studylib.errors import DataError, quoted

KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def kind(path: Path) -> str | None:
    """What a path leads to, in words, if it is neither file nor folder; None where nothing is."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None  # whoever opens it says so
    return KINDS.get(stat.S_IFMT(mode))


def check(path: Path) -> None:
    """
    Raise unless what lies at a path ends: a file or a folder.  A path to nothing passes.

    Raises
    ------
    DataError
        It is a named pipe, a socket or a device.
    """
    if found := kind(path):
        raise DataError(
            f"{quoted(path)} is {found}, which may never end, and no file. "
            "Save what comes out of it as a file and name that."
        )
