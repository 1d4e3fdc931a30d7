"""Where the project's own files lie, and where what is built of a study goes."""

import os
import re
from pathlib import Path

from studylib.errors import UsageError, quoted

PACKAGE = Path(__file__).parent
"""The folder of the package itself."""
PROJECT = PACKAGE.resolve().parents[1]
"""The folder the notebooks, the rules and the default data lie in."""
PROCESSED = "STUDYLIB_PROCESSED"
"""Environment variable: another folder for everything that is built before it is published."""

STUDY_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
"""How a study may be called where it names folders."""


def folder_of(study_id: str) -> Path:
    """
    Where everything built of a study is before it is published: `data/processed`, or where told.

    Raises
    ------
    UsageError
        The environment names a folder that depends on where a process happens to run.
    """
    told = Path(os.environ.get(PROCESSED) or PROJECT / "data" / "processed")
    if not told.is_absolute():
        raise UsageError(f"{PROCESSED} is {quoted(told)}; give the whole path, from the root.")
    return told / study_id
