"""
The engine behind bulk exports: DuckDB that can read the parts of an export and nothing else.

It may use 2 GB of memory and spills to the private folder; no extension is loaded, and what it
cannot do with an export is said in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studylib.errors import DataError, quoted, some
from studylib.files.at_work import at_work
from studylib.readers.bulk.left_behind import literal
from studylib.readers.bulk.macros import MACROS

if TYPE_CHECKING:
    import duckdb

MEMORY = "2GB"
THREADS = 2


@contextmanager
def connected(
    folder: Path, allowed: Sequence[str], memory: str = ""
) -> Iterator["duckdb.DuckDBPyConnection"]:
    """An engine that sees a private folder and these files, with the macros of our queries."""
    import duckdb

    at_work("duckdb")
    engine = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
            "memory_limit": memory or MEMORY,
            "threads": THREADS,
            "preserve_insertion_order": "false",  # every answer is sorted by its query
            "temp_directory": str(folder / "spill"),
        },
    )
    try:
        engine.execute("SET enable_progress_bar = false")
        engine.execute(f"SET allowed_directories = [{literal(str(folder))}]")
        engine.execute(f"SET allowed_paths = [{', '.join(map(literal, allowed))}]")
        engine.execute("SET enable_external_access = false; SET lock_configuration = true")
        engine.execute(MACROS)
        yield engine
    finally:
        engine.close()


@contextmanager
def in_words(name: str, names: Mapping[str, str]) -> Iterator[None]:
    """
    Turns what the engine raises about data and machine into a sentence.

    Parameters
    ----------
    name
        Name of the export.
    names
        Path the engine knows -> name of the file inside the export.
    """
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise DataError(
            f"{quoted(name)} needs more than {MEMORY} of memory and finds no room on "
            f"disk. Free some, set TMPDIR to a larger disk, or narrow the study."
        ) from None
    except duckdb.InvalidInputException as error:
        affected = [file for path, file in names.items() if path in str(error)]
        raise DataError(
            f"{some(affected) or quoted(name)} mixes kinds of line ends or is no table of "
            "text. Convert it to one kind: sed -i 's/\\r$//' FILE."
        ) from None
