"""
The register of inputs: what each is and is not, who made it, under which licence, its checksums.

    data/raw/sources.toml  --load_register-->  Register  --caption-->  a line under every figure
                                                         --verify--->  nothing changed unnoticed

Checksums are of files below the folder of the register.  An input of a study that is not in the
register, an export of one's own, gets an entry that says only what is known (`describe`).
``python -m studylib.study.sources --update`` refreshes the checksums and leaves every other
line alone.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from studylib.errors import DataError, StudyError, quoted, several, some
from studylib.files.checksum import checksum
from studylib.files.folder import as_shown
from studylib.files.folder import files as files_of
from studylib.language import _, in_language, languages, mark
from studylib.project import PROJECT
from studylib.study.register import Entry, Register, load_register

__all__ = [
    "Entry", "Register", "check", "checksum", "describe", "entry_for", "load_register",
    "unregistered", "update", "verify",
]  # fmt: skip

REGISTER = "sources.toml"
OWN_EXPORT = mark("The study's own file ({format})")
OWN_SOURCE = mark("Source: the study's own file {file} ({format})")
OWN_NAMED_SO = mark("Source: the study's own file {file}")
"""Of a file or folder that is called like its format, as `regpat`."""


def verify(register: Register, root: Path) -> None:
    """
    Raise unless every registered file below `root` is there and unchanged.

    Raises
    ------
    DataError
        Names the files that are missing, and those that changed since they were registered.
    """
    files = {file: sha for entry in register.source for file, sha in entry.sha256.items()}
    missing = [file for file in files if not (root / file).is_file()]
    if missing:
        raise DataError(
            f"{len(missing)} registered files are missing: {some(missing)}. "
            "Get them back, or take them out of sources.toml."
        )
    if changed := [file for file, sha in files.items() if checksum(root / file) != sha]:
        raise DataError(
            f"{several(len(changed), 'file', 'files')} changed since being registered: "
            f"{some(changed)}. Get them "
            "back, or register the change: .venv/bin/python -m studylib.study.sources --update."
        )


def describe(path: Path, format_name: str) -> Entry:
    """
    The entry of an input that is in no register: format, file name and checksums, nothing more.

    A folder counts with all its files, in the order of their names.  The synthetic records of
    this project stay synthetic wherever they are copied to.
    """
    inside = files_of(path) if path.is_dir() else [path]
    files = {p.relative_to(path.parent).as_posix(): checksum(p) for p in inside}
    if not files:
        raise DataError(f"The source {quoted(path.name)} holds no file.")
    name = plain_name(path)
    own = OWN_NAMED_SO if name.casefold() == format_name.casefold() else OWN_SOURCE
    # A register may name no file like `a:b` or one that begins with a blank; users have such files.
    return Entry.model_construct(
        id=f"{format_name}:{name}",
        title=_everywhere(OWN_EXPORT, format=format_name),
        producer="not stated",
        licence="as the producer states",
        date="not stated",
        synthetic=_is_made_up(files.values()),
        what_it_is=f"an export read as {format_name}",
        what_it_is_not="registered: who made it, when and from which query is not known here",
        citation=f"{name} ({format_name}), not registered",
        caption=_everywhere(own, file=name, format=format_name),
        files=tuple(files),
        sha256=files,
        registered=False,
    )


def plain_name(path: Path) -> str:
    r"""
    The name of a file in one line: blanks at its ends and characters that command are no name.

    >>> plain_name(Path("data/ a\nb:c.csv"))
    'a\\x0ab:c.csv'
    """
    return as_shown(path.name).strip() or path.name


def _everywhere(text: str, **values: str) -> dict[str, str]:
    """A text in every language there is."""
    said = {}
    for code in languages():
        with in_language(code):
            said[code] = _(text, **values)
    return said


def _is_made_up(checksums: Iterable[str]) -> bool:
    """Whether one of these files is a synthetic one of this project, by its content."""
    own = PROJECT / "data" / "raw" / REGISTER
    entries = load_register(own).source if own.is_file() else ()
    known = {sha for entry in entries if entry.synthetic for sha in entry.sha256.values()}
    return not known.isdisjoint(checksums)


def entry_for(path: Path, format_name: str, register: Register | None, root: Path) -> Entry:
    """The registered entry of a study's input, else a generated one."""
    return (register.find(path, root) if register else None) or describe(path, format_name)


def unregistered(register: Register, root: Path) -> list[str]:
    """Files below the folder of the register that no entry holds, sorted."""
    known = {file for entry in register.source for file in entry.sha256} | {REGISTER}
    found = (p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    return sorted(
        file for file in found if file not in known and not Path(file).name.startswith(".")
    )


def check(register: Register, root: Path) -> None:
    """`verify`, and raise DataError too when a file below `root` is in no entry."""
    verify(register, root)
    if new := unregistered(register, root):
        raise DataError(
            f"{several(len(new), 'file is', 'files are')} in no source: {some(new)}. Add a block "
            "for them."
        )


def update(path: Path) -> list[str]:
    """
    Write the checksums of every entry's files into the register; the files that changed.

    Each block ends with `[source.sha256]`, one line per file; nothing else is touched.
    """
    register, root = load_register(path), path.parent
    text = path.read_text(encoding="utf-8")
    head, *blocks = re.split(r"(?m)^(?=\[\[source\]\])", text)
    changed, written = [], [head]
    for entry, block in zip(register.source, blocks, strict=True):
        files = {p for pattern in entry.files for p in root.glob(pattern) if p.is_file()}
        sums = {p.relative_to(root).as_posix(): checksum(p) for p in sorted(files)}
        if not sums:
            raise DataError(
                f"Source {quoted(entry.id)} names no file that exists: {some(entry.files)}."
            )
        changed += [f for f in {**entry.sha256, **sums} if entry.sha256.get(f) != sums.get(f)]
        kept = block.split("[source.sha256]")[0].rstrip()
        lines = "\n".join(f'"{file}" = "{sha}"' for file, sha in sums.items())
        written.append(f"{kept}\n[source.sha256]\n{lines}\n\n")
    path.write_bytes(("".join(written).rstrip() + "\n").encode("utf-8"))
    return changed


def main(arguments: Sequence[str] | None = None) -> None:
    """Check the register, or refresh its checksums (`--update`)."""
    parser = argparse.ArgumentParser(
        prog="python -m studylib.study.sources", description=main.__doc__
    )
    parser.add_argument("register", type=Path, nargs="?", default=Path("data/raw") / REGISTER)
    parser.add_argument(
        "--update", action="store_true", help="write the checksums of today's files"
    )
    asked = parser.parse_args(arguments)
    try:
        if asked.update:
            sys.stdout.write(
                f"{several(len(update(asked.register)), 'checksum', 'checksums')} changed\n"
            )
        register = load_register(asked.register)
        check(register, asked.register.parent)
    except StudyError as error:
        parser.exit(error.exit_code, f"{error}\n")
    sys.stdout.write(f"{len(register.source)} sources, all files as registered\n")


if __name__ == "__main__":
    main()
