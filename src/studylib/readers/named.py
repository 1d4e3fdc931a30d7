"""
The exports that paths stand for, each once and in an order that does not depend on the naming.

    a file                 one export
    a folder, an archive   one bulk edition or one set of answers, or the exports in it
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from studylib.errors import DataError, quoted
from studylib.files import archive, limits, workbook
from studylib.files.checksum import checksum
from studylib.files.folder import is_hidden
from studylib.readers import formats
from studylib.readers.sniff import Head, head

BULK = ("regpat", "patstat")
ANSWERS = ("ops_json", "ops_xml", "docdb")


def exports(found: Head, format: str, opened: ExitStack) -> Iterator[Head]:  # noqa: A002
    """The exports at a path: itself, or the files of a folder or archive that holds several."""
    is_packed = found.is_archive and not found.is_workbook
    if is_packed:
        workbook.check_kind(found.name, found.members)
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
    if any(format in ("auto", bulk) and formats.module(bulk).recognises(found) for bulk in BULK):
        return True
    suffixes = {PurePosixPath(member).suffix.casefold() for member in found.members}
    return (suffixes in ({".json"}, {".xml"})) and any(
        format in ("auto", name) and formats.module(name).recognises(found) for name in ANSWERS
    )


def different(heads: list[Head]) -> list[Head]:
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
