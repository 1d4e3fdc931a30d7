"""
Files as they were when they were looked at, and which of them are others now.

    paths  --look-->  Seen(path: checksum, size, times)  --changed-->  paths whose bytes differ

What decides is content.  Of a large file the bytes are read again only if its size, its times or
its place on the disk differ: the time of its last change is kept by the system, and no program
sets it back.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from studylib.files.checksum import checksum

LARGE = 16 * 1024 * 1024  # bytes; below it reading costs less than it is worth
GONE = ""
SKIPPED = ("__pycache__",)


@dataclass(frozen=True)
class Seen:
    """Checksum and marks (size, times, place) of every file, by path."""

    files: Mapping[str, list[object]]

    def content(self, path: Path) -> str:
        """The checksum a file had; empty for one that was gone."""
        return str(self.files[str(path)][-1])

    def changed(self) -> list[Path]:
        """The files whose content is another now, or that are gone; in order."""
        return [Path(path) for path, then in self.files.items() if not _is_same(Path(path), then)]


def look(paths: Iterable[Path]) -> Seen:
    """The files as they are now; one that is gone counts as such."""
    return Seen({str(path): [*_marks(path), _content(path)] for path in sorted(paths)})


def names_below(folder: Path) -> list[str]:
    """The names of all files below a folder, sorted; hidden and compiled ones left out."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED and name[0] != "."]
        found += [os.path.relpath(f"{place}/{name}", folder) for name in files if name[0] != "."]
    return sorted(found)


def _is_same(path: Path, then: list[object]) -> bool:
    marks = _marks(path)
    if marks == then[:-1] and marks and int(str(marks[0])) > LARGE:
        return True
    return _content(path) == then[-1]


def _marks(path: Path) -> list[object]:
    """Size, times of change and place of a file; nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def _content(path: Path) -> str:
    try:
        return checksum(path) if path.is_file() else GONE  # opening a pipe would wait
    except OSError:
        return GONE
