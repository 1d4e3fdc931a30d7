"""
Temporary folders that say who made them, so that those of killed builders are swept.

    /tmp/sl-<process>.<its start>.<its container>-<chance>

Nobody else's folder is touched: the name says the builder, the system says the owner.
"""

import os
import re
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from studylib.errors import UsageError
from studylib.runs.workers import sandbox

NAME = re.compile(r"sl-(\d+)\.(\d+)\.(\d+)-\w+")


def folder() -> Path:
    """
    A new temporary folder of this process.

    Raises
    ------
    UsageError
        There is no place for one.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=prefix())).resolve()
    except OSError as error:
        where = tempfile.tempdir or os.environ.get("TMPDIR") or "the folder for temporary files"
        raise UsageError(
            f"No temporary folder can be made in {where}: {(error.strerror or '').lower()}. Make "
            "room there, or name another place in the environment variable TMPDIR."
        ) from None


def prefix() -> str:
    """How the name of every temporary folder of this process begins."""
    own = os.getpid()
    return f"sl-{own}.{sandbox.started(own)}.{_container()}-"


def new_name() -> str:
    """A name that tells whose it is, for what is no folder of files."""
    return f"{prefix()}{secrets.token_hex(4)}"


def sweep() -> int:
    """Remove the folders of builders that are gone; returns how many there were."""
    swept = 0
    with suppress(OSError):
        place = Path(tempfile.gettempdir())
        for left in place.glob("sl-*"):
            if is_left(left):
                shutil.rmtree(left, ignore_errors=True)
                swept += not left.exists()
    return swept


def is_left(path: Path) -> bool:
    """Whether it is a folder of this user that a builder of this container made and left."""
    found = NAME.fullmatch(path.name)
    with suppress(OSError):
        if found and found[3] == _container() and not path.is_symlink() and path.is_dir():
            is_own = path.stat().st_uid == os.geteuid()
            return is_own and not sandbox.answers(f"{found[1]}:{found[2]}:")
    return False


def _container() -> str:
    """The number of the namespace in which numbers of processes mean something; 0 without one."""
    try:
        return str((sandbox.PROC / "self" / "ns" / "pid").stat().st_ino)
    except OSError:
        return "0"
