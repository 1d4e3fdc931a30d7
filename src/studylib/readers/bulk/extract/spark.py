"""
Spark as the engine of an extract, for editions that lie on a cluster.

It needs Java 17.  Answers come back through Arrow, and no Python runs on the workers.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studylib.errors import DataError, UsageError, quoted
from studylib.files.folder import files as files_of
from studylib.readers.bulk.extract.engine import YEARS, Rows, values

if TYPE_CHECKING:
    import pyarrow as pa

NEEDED = (
    "The engine Spark is an extra: .venv/bin/pip install --no-deps --no-build-isolation "
    "--require-hashes --requirement requirements-scale.lock"
)
HERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
}
"""On this machine: on loopback alone, and no more parts than cores."""
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.log.level": "ERROR",
}


def has_java() -> bool:
    """Whether there is a Java to start Spark with."""
    return bool(os.environ.get("JAVA_HOME") or shutil.which("java"))


@dataclass
class Spark:
    """A running session of Spark."""

    session: Any

    @classmethod
    @contextmanager
    def connected(cls, master: str) -> Iterator["Spark"]:
        """A session of this master, stopped after the block."""
        try:
            from pyspark.sql import SparkSession
        except ModuleNotFoundError:
            raise UsageError(NEEDED) from None
        if not has_java():
            raise UsageError(
                "Spark needs Java 17 and there is none. Install it (Debian: "
                "openjdk-17-jre-headless), or say where it is in JAVA_HOME."
            )
        builder = SparkSession.builder.master(master).appName("studylib extract")
        here = HERE if master.startswith("local") else {}
        for key, value in {**SETTINGS, **here}.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        try:
            yield cls(session)
        finally:
            session.stop()

    def names(self, path: str) -> list[str]:
        """The files below a folder, or below an address."""
        if "://" not in path:
            return [str(file.resolve()) for file in files_of(Path(path))]
        with _in_words(path):
            found = self.session.read.format("binaryFile").option("recursiveFileLookup", "true")
            return [row.path for row in found.load(path).select("path").collect()]

    def register(self, name: str, files: Sequence[str], delimiter: str) -> None:
        """A table of text or Parquet, its columns by name whatever their order in a file."""
        with _in_words(name):
            parts = [self._read(file, delimiter) for file in files]
            whole = reduce(lambda one, other: one.unionByName(other, True), parts)  # noqa: FBT003
            for column in whole.columns:
                if column.lower() in YEARS:
                    whole = whole.withColumn(column, whole[column].cast("string"))
            whole.createOrReplaceTempView(name)

    def _read(self, file: str, delimiter: str) -> Any:
        if file.lower().endswith(".parquet"):
            return self.session.read.parquet(file)
        reading = self.session.read.option("header", "true").option("sep", delimiter)
        reading = reading.option("quote", "" if delimiter == "|" else '"').option("escape", '"')
        return reading.option("mode", "FAILFAST").csv(file)

    def given(self, name: str, columns: Sequence[str], rows: Rows) -> None:
        """A small table of texts."""
        self.view(name, values(columns, rows))

    def keep(self, name: str, query: str) -> None:
        """The answer of a query, computed once."""
        with _in_words(name):
            self.session.sql(query).persist().createOrReplaceTempView(name)

    def view(self, name: str, query: str) -> None:
        """A query under a name."""
        with _in_words(name):
            self.session.sql(query).createOrReplaceTempView(name)

    def fetch(self, query: str) -> "pa.Table":
        """The answer of a query."""
        with _in_words("the edition"):
            answer: pa.Table = self.session.sql(query).toArrow()
            return answer


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """What Spark cannot do with the edition, in a sentence."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        first = str(error).strip().splitlines()[0]
        raise DataError(f"{quoted(name)} cannot be read by Spark as it stands: {first}") from None
