"""
One module per export format, all with the same face: `read(path) -> RawPatents`.

    a file        found by its content, read by its format's module
    a folder      one bulk edition (REGPAT, PATSTAT), or several exports, each read by itself
    an archive    the same as a folder; unpacked within the limits of `archive`

`read_all` gives one `RawPatents` per export in an order that does not depend on how the paths
were named, and refuses the same file given twice: its records would count double.
"""

import importlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import ModuleType

from studylib.errors import DataError, UsageError, quoted, several, some
from studylib.files import archive, limits, sheet
from studylib.files.checksum import checksum
from studylib.files.folder import is_hidden
from studylib.language import mark
from studylib.readers.lists.declaration import Declaration
from studylib.readers.raw import NO_YEAR, OTHER_PLACE, OTHER_YEAR, Keep, RawPatents
from studylib.readers.sniff import Head, head
from studylib.readers.told import as_meant

WINGS = {
    "patentscope": "lists",
    "lens": "lists",
    "espacenet": "lists",
    "ops_json": "epo",
    "ops_xml": "epo",
    "docdb": "epo",
    "regpat": "bulk",
    "patstat": "bulk",
    "table": "lists",
}
"""Name of each reader and the wing its module lives in; content is tried in this order."""
FORMATS = tuple(WINGS)
TABLE = "table"
BULK = ("regpat", "patstat")
ANSWERS = ("ops_json", "ops_xml", "docdb")
NO_EXPORT = mark("no export of a known format")


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
        heads = [found for path in paths for found in _exports(head(path), format, opened)]
        ordered = _different(heads)
        try:
            answers = _read_each(ordered, None if format == "auto" else format, keep, declaration)
        finally:
            sheet.forget()
    for found, raw in zip(ordered, answers, strict=True):
        if raw is not None:
            _has_rows(raw, found.name)
    beside = [found for found, raw in zip(ordered, answers, strict=True) if raw is None]
    done = [raw for raw in answers if raw is not None]
    if not ordered:
        names = some(Path(path).name or str(path) for path in paths)
        raise NothingToReadError(
            f"There is no file to read in {names}: the folder or archive is empty. "
            "Put the exports there, or name another one."
        )
    if not done:
        raise DataError(_unknown(beside))
    return [_with_notes(done[0], beside), *done[1:]]


def _read_each(
    heads: list[Head],
    format: str | None,  # noqa: A002
    keep: Keep | None,
    declaration: Declaration | None,
) -> list[RawPatents | None]:
    """What each source says; nothing where it is no export of a known format."""

    def answer(found: Head) -> RawPatents | None:
        """What one source says."""
        name = format or _format_of(found)
        if name is None:
            return None
        how = declaration if name == TABLE else keep
        raw: RawPatents = _reader(name).read(found.path, how)
        return as_meant(raw, WINGS[name])

    if not all(found.is_workbook for found in heads):
        return list(map(answer, heads))
    # Parsing a workbook frees the GIL.
    with ThreadPoolExecutor(sheet.AT_ONCE) as cores:
        return list(cores.map(answer, heads))


def _has_rows(raw: RawPatents, name: str) -> None:
    """Raise DataError where every row of an export was rejected; what lies elsewhere was not."""
    if len(raw.records) or raw.rejects.empty:
        return
    reasons = raw.rejects.groupby("reason")["n"].sum().sort_values(ascending=False, kind="stable")
    if set(reasons.index) & {OTHER_YEAR, OTHER_PLACE, *NO_YEAR.values()}:
        return
    raise DataError(
        f"No row of {quoted(name)} can be used, of {int(reasons.sum()):,}: {reasons.index[0]} "
        f"({several(int(reasons.iloc[0]), 'row', 'rows')}). {_advice(str(reasons.index[0]))}"
    )


def _advice(reason: str) -> str:
    """What to do with an export of which nothing can be used."""
    from studylib.readers.epo import answers
    from studylib.readers.epo.tables import NO_BIBLIOGRAPHY

    if reason == NO_BIBLIOGRAPHY:
        return f"Ask OPS for {answers.OF_NUMBER} instead, which has applicants, dates and IPC."
    return "Look at the file, or export it again."


def _reader(name: str) -> ModuleType:
    """The module of a format; loaded when it is needed."""
    return importlib.import_module(f"studylib.readers.{WINGS[name]}.{name}")


def _format_of(found: Head) -> str | None:
    """The format of a file, by its content; an error for a known export that cannot be used."""
    for name in FORMATS:
        if _reader(name).recognises(found):
            return name
    from studylib.readers import refuse

    if words := refuse.sentence(found):
        raise DataError(f"{quoted(found.name)} {words}")
    return None


def _exports(found: Head, format: str, opened: ExitStack) -> Iterator[Head]:  # noqa: A002
    """The exports at a path: itself, or the files of a folder or archive that holds several."""
    is_packed = found.is_archive and not found.is_workbook
    if is_packed:
        sheet.check_kind(found.name, found.members)
    if not (found.is_folder or is_packed) or _is_one_export(found, format):
        yield found
    elif len(found.members) > limits.MOST_EXPORTS:
        raise DataError(
            f"{quoted(found.name)} holds {len(found.members):,} files; at most "
            f"{limits.MOST_EXPORTS:,} exports are read from one folder or archive. Put exports "
            "together, or into several folders."
        )
    elif found.is_folder:
        for member in found.members:
            yield head(found.path / member)
    else:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="studylib-")))
        for number, (member, data) in enumerate(archive.members(found.path)):
            # Only the last part of the name is used: no member can leave the folder.
            name = PurePosixPath(member.replace("\\", "/")).name
            if not is_hidden(member) and name not in ("", ".."):
                path = folder / str(number) / name
                path.parent.mkdir()
                path.write_bytes(data)
                yield head(path)


def _is_one_export(found: Head, format: str) -> bool:  # noqa: A002
    """
    Whether a folder or archive is one export, read by one reader as a whole.

    Bulk editions are; so are answers of one service, if every file is one.
    """
    if any(format in ("auto", bulk) and _reader(bulk).recognises(found) for bulk in BULK):
        return True
    suffixes = {PurePosixPath(member).suffix.casefold() for member in found.members}
    return (suffixes in ({".json"}, {".xml"})) and any(
        format in ("auto", name) and _reader(name).recognises(found) for name in ANSWERS
    )


def _different(heads: list[Head]) -> list[Head]:
    """The sources ordered by name and content; DataError where two are the same."""
    sized = [(found, found.path.stat().st_size) for found in heads]
    sizes = Counter((found.is_folder, size) for found, size in sized)
    keyed = []
    for found, size in sized:
        alone = found.is_folder or sizes[found.is_folder, size] == 1
        content = str(found.path.resolve() if found.is_folder else size)
        keyed.append((found.name, content if alone else checksum(found.path), found))
    keyed.sort(key=lambda key: key[:2])
    seen: dict[str, str] = {}
    for name, content, _ in keyed:
        if content in seen:
            raise DataError(
                f"{quoted(seen[content])} and {quoted(name)} are the same. Name it once: its "
                "records would count double."
            )
        seen[content] = name
    return [found for *_, found in keyed]


def _with_notes(first: RawPatents, beside: list[Head]) -> RawPatents:
    """The first result with the files that are no exports among its rejects."""
    if not beside:
        return first
    import pandas as pd

    notes = pd.DataFrame({"file": [found.name for found in beside], "reason": NO_EXPORT, "n": 1})
    rejects = pd.concat([first.rejects, notes], ignore_index=True)[list(first.rejects)]
    return replace(first, rejects=rejects.astype({"row": "Int64", "column": "str", "value": "str"}))


def _unknown(beside: list[Head]) -> str:
    """Why nothing could be read, with what the first source looks like."""
    first = beside[0]
    # The header is the first of the fullest rows: what stands above it (time, query) is shorter.
    filled = [sum(map(bool, row)) for row in first.rows]
    table = first.rows[filled.index(max(filled))] if max(filled, default=0) > 1 else ()
    if not first.start.strip():
        looks = "It is empty"
    elif table:
        looks = f"Its columns are {some(filter(None, table), most=12)}"
    else:
        looks = f"It starts with {quoted(first.text[:40])}"
    told = (
        f"{some(found.name for found in beside)} cannot be read: {NO_EXPORT}. {looks}. "
        f"Known formats: {', '.join(FORMATS)}."
    )
    return told + (_remedy(first) if table else "")


def _remedy(found: Head) -> str:
    """How a table nobody knows can be read: a block for the study file, or which export to take."""
    from studylib.readers import refuse
    from studylib.readers.lists import guess

    if (block := guess.block(found)) is None:
        return (
            " No column of it looks like IPC symbols beside a number of a patent. If there is one, "
            'name it in the study file: format = "table" and columns = { publication_number = '
            f'"...", ipc = "..." }}. Else: {refuse.INSTEAD}'
        )
    return (
        " Any table with IPC can be read: put this into the study file (or into a file of its own, "
        "for `studylib read --table FILE`), after correcting what is guessed:\n\n"
        f'{block}\n\nThe README lists what a column can hold, below "Any other table".'
    )
