"""
What an input costs by its size: honest ones, and some made to fill the memory or to take for ever.

Each is made here, given to a command in a process of its own, and measured: seconds of the clock,
and the most memory the process held.  `times_honest` is that memory, less what the command needs
for ten rows, over the same of an honest export of as many bytes; packed ones are measured by what
they unpack to, up to the size where their packing is asked for (`limits.HARMLESS`).

An input that is read costs at most ten times as much memory as an honest one of its size; one that
is refused is refused within a second of processor more than a file that is not there, and below
200 MB.
"""

import gzip
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HEADER = (
    "Lens ID,Publication Number,Jurisdiction,Kind,Publication Date,Application Number,"
    "Application Date,Title,IPCR Classifications,Applicants,Inventors,Priority Numbers\n"
)
ROWS = 25_000
LONG = 10**6
LAUNCH = """
import os, resource, subprocess, sys, time
before = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, time.perf_counter() - before, used.ru_utime + used.ru_stime,
      used.ru_maxrss / 1024, b"Traceback" in done.stderr)
"""
READ, REFUSED = 0, (2, 10)
MOST_TIMES = 10
MOST_MEMORY = 200  # MB
MOST_SECONDS = 1


class Cost(NamedTuple):
    """What one command took: exit code, seconds of clock and processor, memory [MB]."""

    code: int
    seconds: float
    processor: float
    memory: float


def run() -> list[dict[str, object]]:
    """One row per input: its size, what became of it, seconds and memory."""
    with tempfile.TemporaryDirectory(prefix="studylib-bench-") as made:
        folder = Path(made)
        start = cost(["read", "none.csv", "--out", "none"], folder)  # what reads is loaded
        few = cost(["read", str(text(folder / "few.csv", honest(10))), "--out", "few"], folder)
        many = text(folder / "many.csv", honest(ROWS))
        by_byte = (cost(["read", str(many), "--out", "many"], folder).memory - few.memory) / (
            many.stat().st_size
        )
        return [
            _row(name, path, command, folder, start, few, by_byte)
            for name, path, command in inputs(folder)
        ]


def _row(
    name: str, path: Path, command: list[str], folder: Path, start: Cost, few: Cost, by_byte: float
) -> dict[str, object]:
    """An input measured, and held against the bars."""
    spent = cost(command, folder)
    size = path.stat().st_size if path.is_file() else 0
    more = max(0.0, spent.processor - start.processor)
    times = max(0.0, spent.memory - few.memory) / (by_byte * size) if size else 0.0
    if spent.code in REFUSED:
        assert spent.memory < MOST_MEMORY, (name, spent)
        assert more < MOST_SECONDS, (name, spent)
    else:
        assert spent.code == READ, (name, spent)
        assert times < MOST_TIMES, (name, spent, times)
    return {
        "input": name,
        "megabytes": round(size / 2**20, 3),
        "becomes": "read" if spent.code == READ else "refused",
        "seconds": round(spent.seconds, 2),
        "processor_seconds_more_than_start": round(more, 2),
        "memory_megabytes": round(spent.memory),
        "times_honest": round(times, 2) if spent.code == READ else "",
    }


def inputs(folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """Name, path and command of every input, made when its turn comes."""
    for name, make in EXPORTS.items():
        path = make(folder / name)
        yield name, path, ["read", str(path), "--out", "out"]
        if path.is_file():
            path.unlink()
    for name, content in STUDIES.items():
        path = text(folder / "study.toml", content())
        yield name, path, ["check", str(path)]


def cost(command: list[str], folder: Path) -> Cost:
    """What a command takes, in a process whose parent is small."""
    said = subprocess.run(
        [sys.executable, "-c", LAUNCH, sys.executable, "-m", "studylib", *command],
        cwd=folder, check=True, capture_output=True, text=True, timeout=300,
    ).stdout.split()  # fmt: skip
    assert said[4] == "False", (command, "a traceback")
    return Cost(int(said[0]), float(said[1]), float(said[2]), float(said[3]))


def line(n: int, **told: str) -> str:
    """A row of a made-up Lens export, some of its cells as told."""
    cells = {
        "id": f"{n:03d}", "number": f"EP{1_000_000 + n}", "office": "EP", "kind": "A1",
        "published": "2005-01-02", "application": f"EP 0{n % 10}{100_000 + n}",
        "filed": "2003-05-06", "title": f"Title {n}", "ipc": "H01L31/042;;H01S5/00",
        "applicants": "Example SA;;Exemple SL", "inventors": "Doe J;;Roe R",
        "claims": "EP 03000001 A 20030506", **told,
    }  # fmt: skip
    return ",".join(f'"{cell}"' for cell in cells.values()) + "\n"


def honest(n: int) -> str:
    """A made-up export of so many rows."""
    return HEADER + "".join(map(line, range(n)))


def text(path: Path, content: str) -> Path:
    """A file of text."""
    path.write_text(content, encoding="utf-8")
    return path


def export(more: Callable[[], str]) -> Callable[[Path], Path]:
    """A maker of a small export with something behind it."""
    return lambda path: text(path, HEADER + line(0) + more())


def zipped(content: Callable[[], str]) -> Callable[[Path], Path]:
    """A maker of a zip archive with one file."""

    def make(path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("a.csv", content())
        return path

    return make


def compressed(path: Path) -> Path:
    """A compressed file of blank lines."""
    path.write_bytes(gzip.compress((HEADER + line(0) + "\n" * 2 * 10**8).encode()))
    return path


def names(path: Path) -> Path:
    """An archive of empty files."""
    with zipfile.ZipFile(path, "w") as packed:
        for n in range(50_000):
            packed.writestr(f"{n}.csv", "")
    return path


def pipe(path: Path) -> Path:
    """A named pipe that nobody writes to."""
    os.mkfifo(path)
    return path


def docdb(n: int) -> str:
    """Exchange documents that all say the same, which is nothing."""
    document = (
        '<exchange-document country="FR" doc-number="1" kind="A"><bibliographic-data>'
        "</bibliographic-data></exchange-document>"
    )
    return "<exchange-documents>" + document * n


EXPORTS: dict[str, Callable[[Path], Path]] = {
    "honest export, 1,000 rows": lambda path: text(path, honest(1000)),
    "honest export, 10,000 rows": lambda path: text(path, honest(10_000)),
    "honest export, 100,000 rows": lambda path: text(path, honest(100_000)),
    "lines of open quotes": export(lambda: 'a","\n' * 100_000),
    "a cell of IPC, a million characters": export(lambda: line(1, ipc="H" * LONG)),
    "a list of IPC, 80,000 symbols": export(
        lambda: line(1, ipc=";;".join(f"H01L {n % 900}/0" for n in range(80_000)))
    ),
    "a title of a million characters": export(lambda: line(1, title="x" * LONG)),
    "a title of ten million characters": export(lambda: line(1, title="x" * 10 * LONG)),
    "a name of a million characters": export(lambda: line(1, applicants="x " * (LONG // 2))),
    "numbers of a million digits": export(
        lambda: line(1, number="1" * LONG, application="1" * LONG, filed="1" * LONG)
    ),
    "a row of ten million cells": export(lambda: "a," * 10 * LONG),
    "a million blank rows": export(lambda: ("," * 11 + "\n") * LONG),
    "ten million blank lines": export(lambda: "\n" * 10 * LONG),
    "a packed text of 200 MB": zipped(lambda: HEADER + line(0) + "x" * 200 * LONG),
    "a packed export of a million rows": zipped(lambda: HEADER + line(0) * LONG),
    "packed exchange documents, 180 MB": zipped(lambda: docdb(1_700_000)),
    "packed blank lines, 200 MB": compressed,
    "an archive of 50,000 empty files": names,
    "brackets within brackets (JSON)": lambda path: text(
        path, '{"ops:world-patent-data":' + "[" * 100_000
    ),
    "two million empty documents (JSON)": lambda path: text(
        path,
        '{"ops:world-patent-data":{"exchange-document":[' + ",".join(["{}"] * 2 * LONG) + "]}}",
    ),
    "a named pipe": pipe,
    "a device that never ends": lambda _: Path("/dev/zero"),
}
STUDIES: dict[str, Callable[[], str]] = {
    "a study file of 5,000 brackets": lambda: "a = " + "[" * 5000,
    "a key of 5,000 parts": lambda: ".".join("a" * 5000) + " = 1",
    "100,000 territories": lambda: "".join(
        f'[[territories]]\nname = "T{n}"\ncountry = "FR"\n' for n in range(100_000)
    ),
    "20,000 sources": lambda: "".join(f'[[sources]]\npath = "{n}"\n' for n in range(20_000)),
    "50,000 keys that are none": lambda: "".join(f"k{n} = 1\n" for n in range(50_000)),
}
