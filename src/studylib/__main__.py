"""
The `studylib` command: every step of a study from the shell, errors as sentences.

Nothing but the errors is loaded before it is known that no other build runs (`build.at_once`);
the commands themselves stand in `build.commands` and `farm.commands`.
"""

import atexit
import gc
import sys
from pathlib import Path

from studylib.build import at_once
from studylib.errors import StudyError, UsageError, printable, quoted
from studylib.files.atomic import UNFINISHED

SELDOM = (50_000, 20, 50)
"""After how many new objects Python looks for those that hold each other; by default 700."""


def main() -> None:
    """Run the command; an error the user can act on is one sentence and an exit code."""
    _collect_seldom()
    try:
        with at_once.locked(sys.argv[1:]):
            from studylib.farm.commands import app

            app(standalone_mode=True)
    except StudyError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        if not error.filename:
            raise
        # A path that cannot be read or written is the user's to change.
        _say(f"{quoted(_known(error.filename))}: {error.strerror}.")
        sys.exit(UsageError.exit_code)


def _collect_seldom() -> None:
    """
    Look for garbage seldom, and not at the end: a fifth of what reading an export costs.

    A command makes tables, whose memory goes with their last name.  What is left when it ends goes
    with the process; only DuckDB, where it was at work, calls that a leak.
    """
    gc.set_threshold(*SELDOM)
    atexit.unregister(_leave)
    atexit.register(_leave)


def _leave() -> None:
    if "duckdb" not in sys.modules:
        gc.freeze()


def _say(text: str) -> None:
    """Say why it ended: what comes from data or from file names must not command the terminal."""
    sys.stderr.write(f"studylib: {printable(text)}\n")


def _known(filename: object) -> Path:
    """The path a user knows: of a file that was not finished, the folder it could not be in."""
    path = Path(str(filename))
    for place in (*path.parents, path):
        if place.name.startswith(UNFINISHED):
            return place.parent
    return path


if __name__ == "__main__":
    main()
