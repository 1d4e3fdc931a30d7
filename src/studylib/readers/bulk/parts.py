"""
The files of a bulk export, wherever they are packed, and each as plain text on disk.

    202001/202001_EPO_IPC.txt           a file of a folder
    202001/202001_EPO_Inv_reg.txt.gz    a compressed file of a folder
    tls209_part01.zip                   the files inside a zip, in a folder or alone

Bulk exports are larger than any limit for small archives, so they are unpacked to disk, one
by one and only when asked for, against two other limits: how much smaller the packing made
them, and how much room the disk has.  Both are checked on what is declared and again on what
comes out, because a declaration can lie.
"""

import gzip
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from studylib.errors import DataError, quoted, some
from studylib.files.folder import files
from studylib.files.limits import MOST_EXPORTS, MOST_RATIO, is_bomb, twice

SPARE_DISK = 2**30
"""What stays free on the disk [bytes]: 1 GB."""
CHUNK = 2**20
BROKEN = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError,
          RuntimeError)  # fmt: skip
OTHER_PACKING = (b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x28\xb5\x2f\xfd")
PACKED_NAME = re.compile(r"\.(zip|gz|txt|csv)$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One file of an export: its name inside the export and where its bytes are."""

    name: str
    source: Path
    packing: Literal["none", "gz", "zip"] = "none"
    member: str = ""
    """Name inside the zip."""
    alias: str = ""
    """What it would be called without `.txt`, where its columns or a copy's name tell that."""

    @property
    def base(self) -> str:
        """The last part of the name; what tables of rejects call the file."""
        return self.name.rsplit("/", 1)[-1]

    @property
    def stem(self) -> str:
        """The base name without `.txt`, `.csv`, `.gz` and `.zip`, or the alias."""
        return self.alias or stem(self.name)


def stem(name: str) -> str:
    """
    The last part of a name without the suffixes of text and packing.

    >>> stem("edition/202001_EPO_IPC.txt.gz")
    '202001_EPO_IPC'
    """
    name = name.rsplit("/", 1)[-1]
    while PACKED_NAME.search(name):
        name = PACKED_NAME.sub("", name)
    return name


def parts(path: Path) -> list[Part]:
    """
    The files of a folder, of a zip or of a folder with zips, sorted by name.

    Raises
    ------
    DataError
        A file is packed otherwise, a zip cannot be opened, a link leads nowhere, or there is no
        file at all.
    """
    found: list[Part] = []
    if path.is_dir():
        for file in files(path):
            found += _packed(file, file.relative_to(path).as_posix())
    else:
        found += _packed(path, path.name)
    found = [part for part in found if not _hidden(part.name)]
    if not found:
        raise DataError(f"There is no file in {quoted(path.name)}.")
    if len(found) > MOST_EXPORTS:  # each is opened, and a zip is listed anew for each
        raise DataError(
            f"{quoted(path.name)} holds {len(found):,} files; a bulk edition has a few dozen, and "
            f"at most {MOST_EXPORTS:,} are looked at. Put those of the edition into a folder."
        )
    return sorted(found, key=lambda part: (part.name, part.member))


def matching(found: Iterable[Part], pattern: re.Pattern[str]) -> list[Part]:
    """
    The parts whose stem fits a pattern.

    Raises
    ------
    DataError
        Two of them have the same stem: one would be counted twice.
    """
    fitting = [part for part in found if pattern.search(part.stem)]
    stems = [part.stem.lower() for part in fitting]
    if same := set(twice(stems)):
        names = [part.name for part in fitting if part.stem.lower() in same]
        raise DataError(
            f"{len(names)} files hold the same part of the export: {some(names)}. "
            "Keep one of them, or every row is counted twice."
        )
    return fitting


def unpacked(part: Part, target: Path) -> Path:
    """
    The plain text of a part: the file itself, or `target` once it is unpacked there.

    Raises
    ------
    DataError
        The packing is damaged, locked or a bomb, or the disk is too small.
    """
    if part.packing == "none":
        return part.source.resolve()
    try:
        if part.packing == "gz":
            with gzip.open(part.source) as stream:
                _copy(part, cast("IO[bytes]", stream), part.source.stat().st_size, target)
        else:
            with zipfile.ZipFile(part.source) as packed:
                info = packed.getinfo(part.member)
                _believable(part, info.file_size, info.compress_size, target)
                with packed.open(info) as stream:
                    _copy(part, stream, info.compress_size, target)
    except BROKEN as error:
        raise DataError(
            f"{quoted(part.name)} cannot be unpacked ({str(error).rstrip('.')[:120]}). "
            "It is damaged, cut short or locked with a password; download it again."
        ) from None
    return target


def _packed(file: Path, name: str) -> list[Part]:
    """The part or parts that one file on disk stands for, told by its first bytes."""
    with file.open("rb") as stream:
        start = stream.read(512)
    if start.startswith(OTHER_PACKING) or start[257:262] == b"ustar":
        raise DataError(
            f"{quoted(name)} is packed in a way that is not read here. Unpack it into a folder and "
            "name the folder."
        )
    if start.startswith(b"\x1f\x8b"):
        return [Part(name, file, "gz")]
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return [Part(name, file)]
    try:
        with zipfile.ZipFile(file) as packed:
            members = [info.filename for info in packed.infolist() if not info.is_dir()]
    except BROKEN:
        raise DataError(
            f"The archive {quoted(name)} cannot be opened. It is damaged or cut short; "
            "download it again."
        ) from None
    return [Part(f"{name}/{member}", file, "zip", member) for member in members]


def _hidden(name: str) -> bool:
    """Whether a file is none of the user's: dot files and what file managers leave."""
    return "__MACOSX" in name or any(piece.startswith(".") for piece in name.split("/"))


def _copy(part: Part, stream: IO[bytes], packed_size: int, target: Path) -> None:
    """Write a packed part out, piece by piece, as long as its size can be believed."""
    size = 0
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            _believable(part, size, packed_size, target, written=size)
            out.write(chunk)


def _believable(part: Part, size: int, packed_size: int, target: Path, written: int = 0) -> None:
    """Raise if a file of this size is no text, or finds no room."""
    if is_bomb(size, packed_size):
        raise DataError(
            f"{quoted(part.name)} unpacks to more than {MOST_RATIO} times its size, which no table "
            "of text does. If you trust it, unpack it yourself and name the folder."
        )
    free = shutil.disk_usage(target.parent).free
    if size - written + SPARE_DISK > free:
        raise DataError(
            f"{quoted(part.name)} needs {size // 2**20:,} MB of disk to unpack; "
            f"{free // 2**20:,} MB are free and {SPARE_DISK // 2**20:,} MB stay free. "
            "Make room, or set TMPDIR to a larger disk."
        )
