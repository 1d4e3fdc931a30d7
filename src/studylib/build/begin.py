"""
How a build begins: alone, and not at all where there is nothing to do.

    study file --id--> lock of the study --what was seen last time--> nothing to do, or a build

Nothing heavy is loaded here: of ten builds started at once nine say within a second that another
one runs, and a build with nothing to do costs little more than reading its inputs.  Whether there
is something to do is asked in bytes: of every input, rule, notebook, catalogue and line of code,
and of the pages that stand there.  Where anything differs, pytask decides what is stale.
"""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studylib.build.at_once import id_of
from studylib.errors import UsageError, quoted
from studylib.files import atomic, lock
from studylib.files.folder import is_text
from studylib.files.seen import Seen, look, names_below
from studylib.project import PROCESSED, folder_of
from studylib.runs.published import releases

if TYPE_CHECKING:
    from studylib.build.plan import Plan


@contextmanager
def alone(study_file: Path, reports: Path) -> Iterator[str | None]:
    """
    The id of the study, which nobody else builds inside the block; None where it has none.

    Raises
    ------
    BusyError
        Somebody does.
    UsageError
        What is built, or the pages, cannot be written.
    """
    study_id = id_of(study_file)
    if study_id is None:  # loading it says what is wrong
        yield None
        return
    folder = folder_of(study_id)
    _check_writable(folder, f"What is built goes to {{}}; name another folder with --work, or by "
                            f"{PROCESSED}.")  # fmt: skip
    with lock.locked(folder):
        _check_writable(reports, "Pages go to {}; name another folder with --reports.")
        yield study_id


def _check_writable(folder: Path, what: str) -> None:
    """Raise UsageError unless a file can be made in the folder; it is made if it is not there."""
    if not is_text(str(folder.absolute())):
        raise UsageError(f"{what.format(quoted(folder))} Its name is no text in UTF-8.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        why = f"{error.strerror}".lower()
        raise UsageError(f"{what.format(quoted(folder))} It cannot be written: {why}.") from None


def nothing_to_do(study_file: Path, reports: Path, languages: tuple[str, ...]) -> bool:
    """Whether everything is as the last good build saw it, the pages it published among it."""
    study_id = id_of(study_file)
    if study_id is None or (reports / f"{study_id}.last_failure.json").exists():
        return False
    try:
        said = json.loads(_memory(study_id, study_file, reports, languages).read_text())
        is_as_seen = (
            said["python"] == sys.version
            and all(names_below(Path(root)) == names for root, names in said["folders"].items())
            and not Seen(said["files"]).changed()
        )
    except (OSError, ValueError, KeyError):
        return False
    return is_as_seen and releases.is_shown(reports, study_id, said["release"])


def remember(plan: "Plan") -> None:
    """Note what a good build saw and published, for the next one."""
    study_id = plan.study.id
    said = {
        "python": sys.version,
        "folders": {str(folder): names_below(folder) for folder in plan.folders},
        "files": plan.seen.files,
        "release": releases.name_of(plan.published.read_bytes()),
    }
    where = _memory(study_id, plan.study_file, plan.reports, plan.languages)
    atomic.replace(where, json.dumps(said).encode())


def _memory(study_id: str, study_file: Path, reports: Path, languages: tuple[str, ...]) -> Path:
    """Where a build notes what it saw: for this study file, these pages, these languages."""
    told = os.fsencode(f"{study_file.absolute()}:{reports.absolute()}:{'+'.join(languages)}")
    return folder_of(study_id) / f"seen-{hashlib.sha256(told).hexdigest()[:8]}.json"


__all__ = ["alone", "id_of", "look", "nothing_to_do", "remember"]
