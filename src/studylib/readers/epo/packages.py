"""
The files of an export of exchange documents: one file, a folder of them, or an archive.

One broken file among many goes to the rejects with its name and the reason, and leaves no
half of itself behind; where nothing can be read the first reason is the error.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from studylib.errors import DataError, quoted
from studylib.files import archive
from studylib.readers import sniff
from studylib.readers.epo import answers
from studylib.readers.epo.tables import Tables

Parse = Callable[[IO[bytes], str, Tables], None]
"""Read one file of this name into the tables; DataError where it cannot be read."""
Opener = Callable[[], IO[bytes]]
MOST_FIRST_LOOKS = 3


def read_each(path: Path, suffix: str, parse: Parse, tables: Tables) -> None:
    """
    Parse every file with the suffix that lies at a path: folders by name, archives as packed.

    Raises
    ------
    DataError
        No such file lies there, or none of them can be read.
    """
    broken: list[tuple[str, DataError]] = []
    n_read = 0
    for name, opened in _files(path, suffix):
        mark = tables.mark()
        start = b""
        try:
            with closing(opened()) as stream:
                start = stream.read(sniff.START_BYTES)
                stream.seek(0)
                parse(stream, name, tables)
            n_read += 1
        except answers.NoDocumentError as error:
            tables.undo(mark)
            broken.append((name, answers.named(name, start) or error))
        except DataError as error:
            tables.undo(mark)
            broken.append((name, error))
    if not broken and not n_read:
        raise DataError(f"{quoted(path.name)} holds no {suffix} file. Name the right folder.")
    if not n_read:
        first = broken[0][1]
        n = len(broken)
        if n == 1:
            raise first
        raise DataError(
            f"None of the {n:,} files of {quoted(path.name)} can be read. First: {first}"
        )
    for name, reason in broken:
        tables.n_received += 1
        tables.rejects.add(name, None, "file", name, str(reason), 1)


def starts(head: sniff.Head, suffix: str) -> Iterator[str]:
    """The first characters of the first files with the suffix, for recognising a format."""
    if not head.is_folder and not head.is_archive:
        yield head.text
        return
    for name, opened in islice(_files(head.path, suffix), MOST_FIRST_LOOKS):
        try:
            with closing(opened()) as stream:
                start = stream.read(sniff.START_BYTES)
        except DataError:
            continue  # whoever reads the folder will say so
        yield sniff.Head(head.path, name, start, is_folder=False, members=()).text


def _files(path: Path, suffix: str) -> Iterator[tuple[str, Opener]]:
    """Name (inside the export, never a path of this machine) and opener of each file."""
    head = sniff.head(path)
    if head.is_archive:
        yield from _packed(path, suffix)
    elif not head.is_folder:
        yield head.name, partial(_open, path)
    for name in head.members if head.is_folder else ():
        if name.lower().endswith(suffix):
            yield name, partial(_open, path / name)
        elif name.lower().endswith(".zip"):  # bulk deliveries are folders of zip files
            try:
                for member, opened in _packed(path / name, suffix):
                    yield f"{name}/{member}", opened
            except DataError as error:
                yield name, partial(_refuse, error)


def _packed(path: Path, suffix: str) -> Iterator[tuple[str, Opener]]:
    """
    The files of an archive, in the order they were packed.

    Bytes go from the archive to the parser and never to disk, so a member's name (`../../x`)
    is only a label.
    """
    members = sniff.head(path).members
    is_nameless = members == (path.stem,) and not PurePosixPath(path.stem).suffix  # `export.gz`
    names = {name for name in members if is_nameless or name.lower().endswith(suffix)}
    for name, data in archive.members(path) if names else ():
        if name in names:
            yield name, partial(io.BytesIO, data)


def _open(path: Path) -> IO[bytes]:
    """The file, or a sentence why it cannot be opened."""
    try:
        return path.open("rb")
    except OSError as error:
        raise DataError(f"{quoted(path.name)} cannot be opened: {error.strerror}.") from None


def _refuse(error: DataError) -> IO[bytes]:
    """Raise what an archive said when its turn comes: an opener that fails."""
    raise error
