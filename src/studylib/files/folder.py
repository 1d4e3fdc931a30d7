r"""
The files of a folder of exports, none of them skipped in silence.

    data/b.csv         a file                     listed
    data/.git/x        hidden, system files       none of the user's exports
    data/a.csv -> ?    a link that leads nowhere  DataError: a share that is not mounted must not
    data/more -> /s    a link to a folder         DataError:    make the study smaller unnoticed
    data/caf\xe9.csv   a name that is no UTF-8    DataError: no page or table could say it
    data/pipe          a pipe, socket or device   DataError: it may never end
"""

import re
from pathlib import Path

from studylib.errors import DataError, printable, several, some
from studylib.files import plain

SYSTEM_FILES = ("__MACOSX/", "Thumbs.db", "desktop.ini")  # left by file managers


def files(folder: Path) -> list[Path]:
    """
    The files below a folder, hidden and system files left out, sorted by their relative names.

    Raises
    ------
    DataError
        A link leads nowhere, or to a folder (links are not followed into folders), a name is no
        text, or something is no file that ends.
    """
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    seen = {name: path for name, path in sorted(names.items()) if not is_hidden(name)}
    if lost := [name for name, path in seen.items() if not path.exists()]:
        raise DataError(
            f"{several(len(lost), 'link leads', 'links lead')} nowhere: {_below(folder, lost)}. "
            "Bring back what it pointed to (is a share not mounted?), or remove the link."
        )
    if linked := [name for name, path in seen.items() if path.is_symlink() and path.is_dir()]:
        raise DataError(
            f"{several(len(linked), 'link leads', 'links lead')} to a folder, which would not be "
            f"read: {_below(folder, linked)}. Name that folder itself instead of linking to it."
        )
    if odd := [name for name in seen if not is_text(name)]:
        raise DataError(
            f"{several(len(odd), 'file has a name that is', 'files have names that are')} no text "
            f"in UTF-8: {_below(folder, odd)}. Rename {'it' if len(odd) == 1 else 'them'}."
        )
    for path in seen.values():
        plain.check(path)
    return [path for path in seen.values() if path.is_file()]


def files_below(path: Path) -> list[Path]:
    """The file itself, or every file in the folder, sorted; DataError for a link to nowhere."""
    return files(path) if path.is_dir() else [path]


def as_shown(name: str) -> str:
    r"""
    The name of a file as tables and pages say it: signs that nobody sees stand by their number.

    A name is text from somebody else, too: a mark of direction in it would turn the words around
    it, and two names that look alike would be two rows nobody can tell apart.

    >>> as_shown("a\u202evsc.csv"), as_shown("a\nb.csv")
    ('a\\x202evsc.csv', 'a\\x0ab.csv')
    """
    return printable(name).replace("\n", "\\x0a")


def is_text(name: str) -> bool:
    """Whether a name can stand on a page: bytes that are no UTF-8 cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_hidden(name: str) -> bool:
    """Whether a file is none of the user's: dot files and what file managers leave."""
    return any(re.match(r"\.[^.]", part) for part in name.split("/")) or any(
        mark in name for mark in SYSTEM_FILES
    )


def _below(folder: Path, names: list[str]) -> str:
    """Some names, with that of their folder."""
    return some(f"{folder.absolute().name}/{name}" for name in names)
