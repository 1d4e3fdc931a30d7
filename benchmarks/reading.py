"""
What `studylib read` costs over the bare reading of the same workbooks with pandas.

Three PATENTSCOPE result lists (24,294 records) where they lie beside the project, otherwise a
made-up list of the same size.  `pandas.read_excel` (engine calamine, its fastest for these) gives
the cells; `studylib read` finds the format, cleans numbers, dates, symbols and names, merges
applications and families and writes seven checked tables.

Measured are seconds of the clock, ways in turn, medians, because names are cleaned beside the rest
on a second core: the figures hold for a machine that does nothing else.  Of the largest list, the
seconds of a processor are told too, which other work on the machine changes less.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REAL = Path(__file__).resolve().parents[2] / "shared" / "real" / "patentscope"
RUNS = 5
RECORDS = 24_000
AIM = 1.5
"""What reading may take at most, as a multiple of pandas; not reached yet, see the results."""
BAR = 2.6
"""What the largest list may take of a processor, starts and imports among it."""
PANDAS = "import sys, pandas; [pandas.read_excel(f, engine='calamine') for f in sys.argv[1:]]"
HEADER = ("Publication Number", "Publication Date", "Title", "Priority Data", "IPC",
          "Applicants", "Inventors")  # fmt: skip


def run() -> list[dict[str, object]]:
    """One row per comparison: seconds of studylib and of pandas, and their ratio."""
    with tempfile.TemporaryDirectory(prefix="studylib-bench-") as made:
        out = Path(made) / "tables"
        files = sorted(REAL.glob("*.xls")) or [made_up(Path(made) / "made_up.xlsx")]
        data = "PATENTSCOPE" if REAL.is_dir() else "made up (../shared not found)"
        names = [str(file) for file in files]
        largest = max(names, key=lambda name: Path(name).stat().st_size)
        python = [sys.executable, "-c"]
        studylib = [sys.executable, "-m", "studylib"]
        rows = [
            compared("whole process", data, AIM,
                     lambda: process([*studylib, "read", *names, "--out", str(out)]),
                     lambda: process([*python, PANDAS, *names])),
            compared("processor, whole process, largest list", data, BAR,
                     lambda: processor([*studylib, "read", largest, "--out", str(out)]),
                     lambda: processor([*python, PANDAS, largest])),
            compared("without start and imports", data, AIM,
                     lambda: spent(lambda: read_with_studylib(files, out)),
                     lambda: spent(lambda: read_with_pandas(files))),
            compared("import studylib, and pandas", "", None,
                     lambda: process([*python, "import studylib, pandas"]),
                     lambda: process([*python, "import pandas"])),
            compared("studylib --help", "", None,
                     lambda: process([*studylib, "--help"]),
                     lambda: process([*python, "import pandas"])),
        ]  # fmt: skip
    assert rows[3]["studylib_seconds"] - rows[3]["pandas_seconds"] < 0.5, "the import is light"
    return rows


def compared(
    what: str, data: str, aim: float | None, ours: Callable[[], float], pandas: Callable[[], float]
) -> dict[str, object]:
    """Medians of two ways measured in turn."""
    pairs = [(ours(), pandas()) for _ in range(RUNS)]
    studylib, bare = (round(statistics.median(way), 3) for way in zip(*pairs, strict=True))
    return {
        "what": what,
        "data": data,
        "studylib_seconds": studylib,
        "pandas_seconds": bare,
        "ratio": round(studylib / bare, 2),
        "aim": "" if aim is None else aim,
    }


def process(command: list[str]) -> float:
    """Seconds of a process of its own."""
    return spent(lambda: subprocess.run(command, check=True, capture_output=True))


def processor(command: list[str]) -> float:
    """Seconds of a processor that a process of its own takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def spent(work: Callable[[], object]) -> float:
    """Seconds of some work."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def read_with_studylib(files: list[Path], out: Path) -> None:
    """From workbooks to tables on disk."""
    from studylib import readers
    from studylib.files import sheet
    from studylib.prepare import canonical

    sheet.forget()  # workbooks are kept between finding its format and reading it
    canonical(readers.read_all(files, "auto")).write(out)


def read_with_pandas(files: list[Path]) -> None:
    """From workbooks to cells."""
    import pandas as pd

    for file in files:
        pd.read_excel(file, engine="calamine")


def made_up(path: Path) -> Path:
    """A result list as PATENTSCOPE writes it; its records mean nothing."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ResultSet")
    sheet.append(["Query: made up"])
    sheet.append(HEADER)
    for i in range(RECORDS):
        day = f"{1 + i % 28:02d}.{1 + i % 12:02d}.{2000 + i % 13}"
        symbols = [
            f"{'ABCDEFGH'[(i + j) % 8]}01L {1 + (i * j) % 90}/{i * 7 % 97:02d}" for j in range(4)
        ]
        people = [f"Name{(i + j) % 9000} Given{j}" for j in range(3)]
        sheet.append(
            [f"EP{1_000_000 + i}", day, f"Title {i}", f"0{i % 13:02d}{i:05d} {day} FR",
             ";".join(symbols * 2), f"Example {i % 5000} S.A.", ";".join(people)]
        )  # fmt: skip
    book.save(path)
    return path
