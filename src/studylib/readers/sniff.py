"""
What lies at a path, looked at once and by content: every reader decides from the same `Head`.

A name proves nothing (a zip may be called `export.csv`), so `Head` holds the first bytes and,
for a folder or an archive, the names inside.  Readers say in `recognises(head)` whether the
content is theirs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from studylib.errors import DataError, UsageError, quoted
from studylib.files import archive, plain
from studylib.files.folder import files, is_hidden

START_BYTES = 2**16
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # Path turns https:// into https:/
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Head:
    """What can be known of a source without reading it whole."""

    path: Path
    name: str
    """The last part of the path; what messages and tables call the source."""
    start: bytes
    """The first 64 KB of a file, packed as it is; nothing for a folder."""
    is_folder: bool
    members: tuple[str, ...]
    """Files of the folder or of the zip/tar archive, relative, with `/`, sorted."""

    @cached_property
    def text(self) -> str:
        """The first characters of a text file, leniently decoded: for recognising, not for data."""
        codec = next((codec for mark, codec in MARKS if self.start.startswith(mark)), None)
        return self.start.decode(codec or "utf-8", errors="replace")

    @cached_property
    def is_archive(self) -> bool:
        """Whether the file is a zip, a tar or a compressed file (an xlsx workbook is a zip)."""
        return archive.is_archive(self.start)

    @cached_property
    def is_workbook(self) -> bool:
        """Whether the file is a spreadsheet workbook: BIFF (`xls`) or a zip with one (`xlsx`)."""
        return self.start.startswith(b"\xd0\xcf\x11\xe0") or "xl/workbook.xml" in self.members

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """First rows of a table (delimited text or workbook), leniently read; else nothing."""
        from studylib.files import sheet

        if self.is_folder or (self.is_archive and not self.is_workbook):
            return ()
        return sheet.preview(self.path, self.start)


def head(path: str | Path) -> Head:
    """
    A first look at a file or folder.

    Raises
    ------
    UsageError
        The path is an address (nothing is fetched from the network), or nothing is there.
    DataError
        The file is a pipe or a device, cannot be opened, or is an archive that cannot be listed
        within its limits, or a link in the folder leads nowhere.
    """
    if ADDRESS.match(str(path)):
        raise UsageError(
            f"{quoted(path)} is an address. Download the file first and name it by its path."
        )
    path = Path(path)
    name = path.name or path.absolute().name
    plain.check(path)
    try:
        if path.is_dir():
            below = tuple(file.relative_to(path).as_posix() for file in files(path))
            return Head(path, name, b"", is_folder=True, members=below)
        with path.open("rb") as file:
            start = file.read(START_BYTES)
    except FileNotFoundError:
        raise UsageError(f"There is no file or folder {quoted(path)}. Correct the path.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{quoted(path)} cannot be opened: {reason}.") from None
    return Head(path, name, start, is_folder=False, members=_visible(archive.names(path, start)))


def _visible(names: Iterable[str]) -> tuple[str, ...]:
    """The names of the files that are the user's."""
    return tuple(name for name in names if not is_hidden(name))
