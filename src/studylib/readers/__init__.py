"""
One module per export format, all with the same face: `read(path) -> RawPatents`.

    a file        found by its content, read by its format's module
    a folder      one bulk edition (REGPAT, PATSTAT), or several exports, each read by itself
    an archive    the same as a folder; unpacked within the limits of `archive`

`read_all` gives one `RawPatents` per export in an order that does not depend on how the paths
were named, and refuses the same file given twice: its records would count double.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from studylib.errors import DataError, UsageError, quoted, some
from studylib.files import sheet
from studylib.readers import formats, named, unusable
from studylib.readers.formats import FORMATS, TABLE, WINGS
from studylib.readers.lists.declaration import Declaration
from studylib.readers.raw import Keep, RawPatents
from studylib.readers.sniff import Head, head
from studylib.readers.told import as_meant, with_names_shown

__all__ = ["FORMATS", "TABLE", "NothingToReadError", "read", "read_all"]


class NothingToReadError(DataError):
    """A folder or archive holds no file; who named it says where it stands."""


def read(
    path: str | Path,
    format: str = "auto",  # noqa: A002
    keep: Keep | None = None,
    declaration: Declaration | None = None,
) -> RawPatents:
    """
    What one export says.

    Raises
    ------
    UsageError
        The path is an address or points nowhere, or the format is not known.
    DataError
        The content is of no known format, cannot be read, or is several exports.
    """
    found = read_all([path], format, keep, declaration)
    if len(found) > 1:
        raise DataError(
            f"{quoted(path)} holds {len(found)} exports. Name one of them, or read them all "
            "with `read_all`."
        )
    return found[0]


def read_all(
    paths: Iterable[str | Path],
    format: str = "auto",  # noqa: A002 - the word of the command line
    keep: Keep | None = None,
    declaration: Declaration | None = None,
) -> list[RawPatents]:
    """
    What each export of some files and folders says, ordered by file name and content.

    `declaration` says what the columns of a table are that is read by the format `table`.

    Files beside the exports that are no export of a known format (notes, licences) are rejects
    without a row number; known exports that cannot be used are errors.

    Raises
    ------
    UsageError, DataError
        As `read`; also where the same content is named twice, or nothing is an export.
    """
    if format not in ("auto", *FORMATS):
        raise UsageError(f"There is no format {quoted(format)}. Known: auto, {', '.join(FORMATS)}.")
    paths = list(paths)
    with ExitStack() as opened:
        heads = [found for path in paths for found in named.exports(head(path), format, opened)]
        ordered = named.different(heads)
        try:
            answers = _read_each(ordered, None if format == "auto" else format, keep, declaration)
        finally:
            sheet.forget()
    for found, raw in zip(ordered, answers, strict=True):
        if raw is not None:
            unusable.check_rows(raw, found.name)
    beside = [found for found, raw in zip(ordered, answers, strict=True) if raw is None]
    done = [raw for raw in answers if raw is not None]
    if not ordered:
        names = some(Path(path).name or str(path) for path in paths)
        raise NothingToReadError(
            f"There is no file to read in {names}: the folder or archive is empty. "
            "Put the exports there, or name another one."
        )
    if not done:
        raise DataError(unusable.unknown(beside))
    return list(map(with_names_shown, [unusable.with_notes(done[0], beside), *done[1:]]))


def _read_each(
    heads: list[Head],
    format: str | None,  # noqa: A002
    keep: Keep | None,
    declaration: Declaration | None,
) -> list[RawPatents | None]:
    """What each source says; nothing where it is no export of a known format."""

    def answer(found: Head) -> RawPatents | None:
        """What one source says."""
        name = format or formats.of(found)
        if name is None:
            return None
        how = declaration if name == TABLE else keep
        raw: RawPatents = formats.module(name).read(found.path, how)
        return as_meant(raw, WINGS[name])

    if not all(found.is_workbook for found in heads):
        return list(map(answer, heads))
    # Parsing a workbook frees the GIL.
    with ThreadPoolExecutor(sheet.AT_ONCE) as cores:
        return list(cores.map(answer, heads))
