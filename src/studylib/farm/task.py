"""
What a worker does with one study: build it inside its own process, and say how it went.

    job  --build-->  {"code", "message", "traceback", "seconds"}

The build is no process of its own.  As one it runs on when its worker is killed, holds the lock of
the study, and the second try is told that another build is at work; here it ends with the worker,
and its notebooks end with it (`runs.workers`).

One process builds one study at a time, for folders and languages are told by the environment.
"""

import hashlib
import os
import platform
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from studylib.build.command import build_study
from studylib.build.telling import notify
from studylib.errors import StudyError, UsageError
from studylib.project import PACKAGE, PROCESSED

_alone = threading.Lock()


def build(job: Mapping[str, Any]) -> dict[str, Any]:
    """
    How the build of one study ended.

    `job`: `study` and `reports` (paths from the root), `work` (where it is built, or nothing),
    `jobs`, `keep`, `force` of the build, `wait` [s] before it begins.  The code is that of the
    command `studylib build`.
    """
    time.sleep(job["wait"])
    started = time.monotonic()
    with _alone, _work_in(job["work"]):
        said = {"code": 0, "message": "", "traceback": ""}
        try:
            _build(Path(job["study"]), Path(job["reports"]), job)
        except StudyError as error:
            said |= {"code": error.exit_code, "message": str(error)}
        except Exception as error:  # noqa: BLE001 - told by the command that ordered it
            is_of_a_path = isinstance(error, OSError) and bool(error.filename)
            said |= {
                "code": UsageError.exit_code if is_of_a_path else StudyError.exit_code,
                "message": f"{type(error).__name__}: {error}",
                "traceback": "" if is_of_a_path else traceback.format_exc(),
            }
    return {**said, "seconds": time.monotonic() - started}


def _build(study: Path, reports: Path, job: Mapping[str, Any]) -> None:
    """Build a study, and tell those of its [notify]."""
    with notify.told(study, reports, None, lambda _line: None):
        build_study(
            study, reports, jobs=job["jobs"], keep=job["keep"], force=job["force"],
            is_one_of_many=True,
        )  # fmt: skip


@contextmanager
def _work_in(folder: str | None) -> Iterator[None]:
    """Build in this folder, and afterwards where it was; as told to the worker without one."""
    before = os.environ.get(PROCESSED)
    if folder:
        os.environ[PROCESSED] = folder
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(PROCESSED, None)
        else:
            os.environ[PROCESSED] = before


def here(study: str) -> dict[str, Any]:
    """What a worker is: its Python, its code, and whether it sees a study file."""
    return {"python": platform.python_version(), "code": code(), "sees": Path(study).is_file()}


def code() -> str:
    """A checksum of the code of this library: another one may make other pages."""
    told = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        told.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return told.hexdigest()
