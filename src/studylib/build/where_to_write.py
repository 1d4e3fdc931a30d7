"""
Where a command may write, said before anything is read.

    --out FILE     a file in a folder that is there      never one of the inputs, by whatever name,
    --out FOLDER   a folder, made if it is not there     and not into the folder that is read

Two names may be one file (a symbolic or a hard link), so files are compared and not names.  What
is written into a folder of exports would be read as one of them the next time.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from studylib.errors import UsageError, quoted
from studylib.project import PROCESSED


def path(text: str | Path) -> Path:
    """
    A path of the command line.

    Raises
    ------
    UsageError
        It is empty: Python would take it for the folder one happens to be in.
    """
    if not str(text).strip():
        raise UsageError("A path is empty. Name a file or a folder; this folder is `.`.")
    return Path(text)


def work_in(folder: Path | None) -> None:
    """Build in this folder, for this process and the ones it starts; as told before by default."""
    if folder is not None:
        os.environ[PROCESSED] = str(folder.absolute())


def check_file(out: Path, inputs: Iterable[Path]) -> None:
    """
    Raise unless a new file can be written there without touching an input.

    Raises
    ------
    UsageError
        It is a folder, its folder is not there or is an input, or it is an input itself.
    """
    if out.is_dir():
        raise UsageError(
            f"--out {quoted(out)} is a folder. Name a file in it, like {quoted(out / 'tags.csv')}."
        )
    if not out.parent.is_dir():
        what = "is no folder" if out.parent.exists() else "is not there"
        raise UsageError(
            f"--out {quoted(out)} cannot be written: {quoted(out.parent)} {what}. Make the folder "
            "first, or name a file elsewhere."
        )
    _apart([out], out.parent, list(inputs))


def check_folder(out: Path, names: Iterable[str], inputs: Iterable[Path]) -> None:
    """
    Raise unless files of these names can be written into a folder without touching an input.

    Raises
    ------
    UsageError
        It is a file or lies below one, is an input, or one of the files is one.
    """
    above = next((place for place in (out, *out.parents) if place.exists()), out.parent)
    if not above.is_dir():
        raise UsageError(
            f"--out {quoted(out)} cannot be a folder: {quoted(above)} is a file. Name a folder, "
            "new or there."
        )
    _apart([out / name for name in names], out, list(inputs))


def _apart(targets: list[Path], folder: Path, inputs: list[Path]) -> None:
    """Raise where a file to be written is an input, or its folder is one that is read."""
    for given in inputs:
        if given.is_dir() and folder.is_dir() and given.samefile(folder):
            raise UsageError(
                f"The inputs are read from {quoted(given)}, so nothing is written there: it would "
                "be read as an export the next time. Choose another folder for --out."
            )
    there = [target for target in targets if target.exists()]
    for source in _files(inputs) if there else ():
        for target in there:
            if source.samefile(target):
                raise UsageError(
                    f"{quoted(target)} would be written over, and is the input {quoted(source)}. "
                    "Choose another --out."
                )


def _files(inputs: list[Path]) -> Iterator[Path]:
    """Every file that is read, or lies in a folder that is; what is not there is no file."""
    for given in inputs:
        yield from (p for p in (given.rglob("*") if given.is_dir() else [given]) if p.is_file())
