"""
Why the last build of a study failed, beside its pages, which stay as they are.

    reports/<study>.last_failure.json   {study, error, message, time}; gone after a good build
"""

import json
import re
import time
from pathlib import Path

from studylib.files import atomic

PATH_IN_QUOTES = re.compile(r"""(['"`])/(?:[^'"`\n]*/)?([^'"`/\n]+)/?\1""")
PATH = re.compile(r"""(?<![\w.:/])/(?:[^\s'"`/]+/)+([^\s'"`/]*)""")


def failed(reports: Path, study_id: str, error: Exception) -> Path:
    """
    Say beside the published report, which stays as it is, why the last build failed.

    The note lies where readers are: of paths of this machine it has the last part only.
    """
    reports.mkdir(parents=True, exist_ok=True)
    told = {
        "study": study_id,
        "error": type(error).__name__,
        "message": without_folders(str(error)),
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    text = json.dumps(told, indent=1, ensure_ascii=True) + "\n"
    return atomic.replace(reports / f"{study_id}.last_failure.json", text.encode())


def good(reports: Path, study_id: str) -> None:
    """Take the note away: the last build of the study did not fail."""
    (reports / f"{study_id}.last_failure.json").unlink(missing_ok=True)


def without_folders(text: str) -> str:
    """
    The text with the last part of every path from the root in it.

    >>> without_folders("[Errno 28] No space left: '/home/me/my study/a.csv' -> /tmp/x/a.csv")
    "[Errno 28] No space left: 'a.csv' -> a.csv"
    """
    text = PATH_IN_QUOTES.sub(r"\1\2\1", text)
    return PATH.sub(r"\1", text)
