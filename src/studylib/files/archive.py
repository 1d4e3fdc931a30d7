"""
Zip and tar archives that strangers packed: listed and unpacked within stated limits.

Sizes are checked twice: as the archive declares them (before anything is unpacked) and as
they turn out to be (while unpacking), because a declaration can lie.  What a reader gets is
the bytes that were counted, never the archive itself.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from studylib.errors import DataError, quoted, some
from studylib.files import limits

CHUNK = 2**20
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OPENERS: dict[bytes, Callable[[Path], IO[bytes]]] = {
    b"\x1f\x8b": cast("Callable[[Path], IO[bytes]]", gzip.open),
    b"BZh": cast("Callable[[Path], IO[bytes]]", bz2.open),
    b"\xfd7zXZ\x00": cast("Callable[[Path], IO[bytes]]", lzma.open),
}
TAR_MAGIC = slice(257, 262)
BROKEN = (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, lzma.LZMAError, zlib.error,
          NotImplementedError, RuntimeError, ValueError)  # fmt: skip


def names(path: Path, start: bytes) -> tuple[str, ...]:
    """
    Names of the files in a zip or tar archive, sorted; nothing for any other file.

    `start` holds the first bytes of the file.  A compressed file that is no tar archive
    (`export.csv.gz`) has one member, named like the file without its last suffix.  Sizes are
    not looked at: a bulk edition is larger than any limit, and its reader has its own.
    """
    if not is_archive(start):
        return ()
    with _damaged(path):
        if start.startswith((ZIP, EMPTY_ZIP)):
            with zipfile.ZipFile(path) as packed:
                listed = [info.filename for info in packed.infolist() if not info.is_dir()]
        else:
            listed = [
                name for name, _ in _unpacked(path, start, limits.MOST_UNPACKED, with_bytes=False)
            ]
    _few(path, len(listed))
    return tuple(sorted(listed))


def is_archive(start: bytes) -> bool:
    """Whether a file that starts so is a zip, a tar or a compressed file."""
    packed = (ZIP, EMPTY_ZIP, *OPENERS)
    return start.startswith(packed) or start[TAR_MAGIC] == b"ustar"


def members(path: Path, most: int | None = None) -> Iterator[tuple[str, bytes]]:
    """
    Each file of an archive with its bytes, one at a time, in the order of the archive.

    Raises
    ------
    DataError
        The archive is damaged, encrypted, names a file twice, or holds more than `most` bytes
        (`limits.MOST_UNPACKED` if not given).
    """
    with path.open("rb") as file:
        start = file.read(512)
    with _damaged(path):
        yield from _unpacked(path, start, most or limits.MOST_UNPACKED, with_bytes=True)


class _damaged:  # noqa: N801 - reads as a word of the with statement
    """Turns what the archive libraries raise about a broken file into one sentence."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, BROKEN):
            raise DataError(
                f"The archive {quoted(self.path.name)} cannot be unpacked ({_reason(error)}). "
                "It is damaged, cut short or locked with a password; download it again."
            ) from None


def _reason(error: BaseException) -> str:
    """What a library says went wrong, short."""
    return str(error).strip().rstrip(".")[:120] or type(error).__name__


def _declared(path: Path, packed: zipfile.ZipFile, most: int) -> list[zipfile.ZipInfo]:
    """The files a zip declares, after checking number, names and declared sizes."""
    infos = [info for info in packed.infolist() if not info.is_dir()]
    _few(path, len(infos))
    listed = [info.filename for info in infos]
    if same := sorted(limits.twice(listed)):
        raise DataError(
            f"The archive {quoted(path.name)} names {some(same)} more than once; "
            "which one is meant cannot be known. Pack it again."
        )
    _small(path, sum(info.file_size for info in infos), most)
    for info in infos:
        _likely(path, info.file_size, info.compress_size)
    # Members may share their packed bytes, so that their packed sizes tell nothing.
    _likely(path, sum(info.file_size for info in infos), path.stat().st_size)
    return infos


def _few(path: Path, n: int) -> None:
    """Raise where an archive holds too many files."""
    if n > limits.MOST_MEMBERS:
        raise DataError(
            f"The archive {quoted(path.name)} holds more than {limits.MOST_MEMBERS:,} files; "
            "unpack it into a folder and name the folder."
        )


def _small(path: Path, n: int, most: int) -> None:
    """Raise where more bytes come out of an archive than are allowed."""
    if n > most:
        raise DataError(
            f"The archive {quoted(path.name)} unpacks to more than {most // 2**20:,} MB, the limit "
            "for packed files. If you trust it, unpack it yourself and name the unpacked file."
        )


def _likely(path: Path, size: int, packed: int) -> None:
    """Raise where something packs better than any table or document."""
    if limits.is_bomb(size, packed):
        raise DataError(
            f"The archive {quoted(path.name)} unpacks to more than {limits.MOST_RATIO} times its "
            "size, which no table or document does. If you trust it, unpack it yourself and name "
            "the unpacked file."
        )


def _unpacked(
    path: Path, start: bytes, most: int, *, with_bytes: bool
) -> Iterator[tuple[str, bytes]]:
    """Every file and its bytes (or none), counted while they are unpacked."""
    if start.startswith((ZIP, EMPTY_ZIP)):
        yield from _unzipped(path, most)
        return
    opener = next((o for magic, o in OPENERS.items() if start.startswith(magic)), None)
    with opener(path) if opener else path.open("rb") as stream:
        counted = _Counted(path, stream, most)
        first = counted.peek(512)
        if first[TAR_MAGIC] == b"ustar":
            yield from _untarred(path, counted, with_bytes=with_bytes)
        else:
            yield path.stem, counted.read(-1) if with_bytes else b""


def _unzipped(path: Path, most: int) -> Iterator[tuple[str, bytes]]:
    """Every file of a zip and its bytes."""
    with zipfile.ZipFile(path) as packed:
        for info in _declared(path, packed, most):
            with packed.open(info) as file:
                yield info.filename, file.read()


def _untarred(path: Path, stream: "_Counted", *, with_bytes: bool) -> Iterator[tuple[str, bytes]]:
    """Every file of a tar and its bytes (or none)."""
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as packed:
        for n, info in enumerate(packed, start=1):
            _few(path, n)
            file = packed.extractfile(info) if info.isreg() else None
            if file is not None:
                yield info.name, file.read() if with_bytes else b""


class _Counted(io.RawIOBase):
    """A stream that stops with a sentence once it has given more bytes than allowed."""

    def __init__(self, path: Path, stream: IO[bytes], most: int) -> None:
        super().__init__()
        self.path, self.stream, self.most = path, stream, most
        self.packed = path.stat().st_size
        self.n, self.ahead = 0, b""

    def peek(self, n: int) -> bytes:
        """The first bytes, which `read` gives again."""
        self.ahead = self.stream.read(n)
        return self.ahead

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most this many; raises once there are too many."""
        allowed = self.most - self.n + 1
        wanted = allowed if size < 0 else min(size, allowed)
        pieces = [self.ahead[:wanted]]
        self.ahead = self.ahead[wanted:]
        left = wanted - len(pieces[0])
        self.n += len(pieces[0])
        while left and (piece := self.stream.read(min(left, CHUNK))):
            pieces.append(piece)
            left -= len(piece)
            self.n += len(piece)
            _likely(self.path, self.n, self.packed)
        _small(self.path, self.n, self.most)
        return b"".join(pieces)
