"""
Exports named on the command line: known by their content, or tables of which a file says the rest.

    read list.csv                       found by content
    read list.csv --table block.toml    a [[sources]] block, or its keys alone

What checks study files is loaded only where such a file is named: reading starts without it.
"""

from pathlib import Path

from studylib import readers
from studylib.errors import UsageError, quoted
from studylib.readers.lists.declaration import Declaration
from studylib.readers.raw import RawPatents


def read_exports(paths: list[Path], format_: str, table: Path | None) -> list[RawPatents]:
    """Exports that no study names; `table` says what the columns of an unknown one hold."""
    if table is None:
        return readers.read_all(paths, format_)
    if format_ not in ("auto", readers.TABLE):
        raise UsageError(f"--table says how a table is read, but --format is {quoted(format_)}.")
    return readers.read_all(paths, readers.TABLE, None, declaration_of(table))


def declaration_of(path: Path) -> Declaration:
    """
    What a file says of the columns of a table: a `[[sources]]` block, or its keys alone.

    Raises
    ------
    DataError
        The file is missing, is no TOML, or a key is unknown, wrong or lacking.
    """
    from pydantic import Field

    from studylib.files import toml
    from studylib.study.input_parts import Source
    from studylib.study.toml_errors import load_toml
    from studylib.study.value_types import Part

    class Block(Source):
        path: Path = Path()
        format: str = "table"

    class File(Part):
        sources: tuple[Block, ...] = Field(min_length=1, max_length=1)

    try:
        is_block = "sources" in toml.read(path)
    except (OSError, ValueError):
        is_block = False  # `load_toml` says what is wrong
    called = "file that says what the columns of a table hold"
    if is_block:
        return load_toml(path, File, called).sources[0].declaration
    return load_toml(path, Block, called).declaration
