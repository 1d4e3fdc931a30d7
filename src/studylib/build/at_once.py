"""
What a start of `studylib build` can know before anything is loaded: that another one runs.

    argv  --study file, --work-->  id of the study  -->  its lock, or exit code 75

Reading the command line as it should be read costs more than all of this.  What is not understood
here, or builds nothing, is left to the command.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from studylib.errors import DataError, UsageError
from studylib.files import lock, toml
from studylib.project import STUDY_ID, folder_of

VALUED = frozenset({"--reports", "--language", "--jobs", "--keep", "--work", "--notify-file"})
FLAGS = frozenset({"--force", "--quiet"})


def locked(words: Sequence[str]) -> AbstractContextManager[None]:
    """
    The lock of the study that a command line builds, held for it; nothing for another command.

    Raises
    ------
    BusyError
        Another build holds it.
    """
    asked = _asked(words)
    study_id = id_of(Path(asked[0])) if asked else None
    if asked is None or study_id is None:
        return nullcontext()
    try:
        work = asked[1]
        return lock.early(Path(work).absolute() / study_id if work else folder_of(study_id))
    except UsageError:  # a wrong folder in the environment; the command says it
        return nullcontext()


def id_of(study_file: Path) -> str | None:
    """The id a study file gives; None where it cannot be read or gives none."""
    with suppress(OSError, ValueError, DataError):
        said = toml.read(study_file).get("id")
        if isinstance(said, str) and STUDY_ID.fullmatch(said):
            return said
    return None


def _asked(words: Sequence[str]) -> tuple[str, str] | None:
    """Study file and --work of a plain `build`; None for anything else."""
    if not words or words[0] != "build":
        return None
    said = iter(words[1:])
    study = work = ""
    for word in said:
        option, _is, value = word.partition("=")
        if option in VALUED:
            value = value or next(said, "")
            work = value if option == "--work" else work
        elif word.startswith("-"):
            if word not in FLAGS:
                return None
        elif study:
            return None
        else:
            study = word
    return study or "study.toml", work
