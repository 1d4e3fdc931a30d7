"""
The engines of an extract, by name: DuckDB in this process, or Spark here or on a cluster.

    "duckdb", folder            ->  Duck    folders of this machine
    "spark", folder or address  ->  Spark   also what lies where a cluster lies
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studylib.errors import UsageError, quoted
from studylib.readers.bulk.extract.engine import Engine


@contextmanager
def started(engine: str, path: str, master: str = "") -> Iterator[Engine]:
    """
    An engine for one edition, stopped after the block.

    Raises
    ------
    UsageError
        There is no such engine, it is not installed, or a folder is not there.
    """
    if engine == "duckdb":
        if "://" in path:
            raise UsageError(
                f"{quoted(path)} is an address, which Spark reads: --engine spark. DuckDB reads "
                "folders of this machine."
            )
        from studylib.readers.bulk.extract.duck import Duck

        with (
            tempfile.TemporaryDirectory(prefix="studylib-") as made,
            Duck.connected(Path(made).resolve(), Path(path)) as duck,
        ):
            yield duck
    elif engine == "spark":
        from studylib.readers.bulk.extract.spark import Spark

        with Spark.connected(master or "local[*]") as spark:
            yield spark
    else:
        raise UsageError(f"There is no engine {quoted(engine)}; there are duckdb and spark.")
