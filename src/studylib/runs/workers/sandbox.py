"""
Where notebooks run: an environment that is the same everywhere, and no process outlives it.

Nothing of the user's shell, configuration or start-up files reaches a kernel, so that two machines
build the same bytes.  Every process started for a run carries the run's name in its environment:
`end` finds them all, also those that left their group or hold the interpreter, and what they
started without that name; `end_leftovers` finds those whose builder is gone.
"""

import os
import secrets
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path

MARK = "STUDYLIB_RUN"
PROC = Path("/proc")
CPU = PROC / "cpuinfo"
# Dates written into figures: the first of January 2014, the year of the study. Never the clock.
SOURCE_DATE_EPOCH = "1388534400"
FIXED = {
    "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1", "PYTHONSAFEPATH": "1",
    "TZ": "UTC", "LC_ALL": "C.UTF-8", "COLUMNS": "120", "SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH,
    # Sums of floats by a library may depend on the number of threads and on the processor.
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "JUPYTER_PLATFORM_DIRS": "0",
}  # fmt: skip
LOOKS, PAUSE = 20, 0.05  # a process may start another one while it is being ended [s]
SET_CHILD_SUBREAPER = 36  # in `linux/prctl.h`
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "STUDYLIB_PROCESSED")


def environment(scratch: Path, run: str) -> dict[str, str]:
    """The whole environment of a run: nothing is inherited but where things are found."""
    home = scratch / "home"
    private = {
        name: str(home / folder)
        for name, folder in {
            "HOME": "", "TMPDIR": "tmp", "IPYTHONDIR": "ipython", "XDG_CONFIG_HOME": "config",
            "XDG_CACHE_HOME": "cache", "JUPYTER_CONFIG_DIR": "jupyter", "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "r",
        }.items()
    }  # fmt: skip
    for folder in private.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **FIXED, **_core(), **private, "MPLCONFIGDIR": str(font_cache(home)), MARK: run}


def _core() -> dict[str, str]:
    """
    One core of OpenBLAS for all processors that have it, as a belt.

    What notebooks compute is added in one order on every core (`stats.sums`); what draws, and what
    a notebook of somebody's own computes, may still add as the core likes.
    """
    with suppress(OSError):
        if " avx2 " in CPU.read_text(encoding="utf-8").replace("\n", " "):
            return {"OPENBLAS_CORETYPE": "Haswell"}
    return {}


def font_cache(otherwise: Path) -> Path:
    """
    Folder of matplotlib's list of fonts, kept between runs: making it takes seconds.

    It holds nothing but that list; the place is private to the run where it cannot be made, or is
    there and cannot be written (of a service, say): matplotlib would make one list a process, and
    warn on stderr.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    folder = base / "studylib" / f"matplotlib-{metadata.version('matplotlib')}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    private = otherwise / "matplotlib"
    private.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        for made in folder.glob("fontlist-*.json"):
            shutil.copyfile(made, private / made.name)
    return private


def new_run() -> str:
    """A name for a run that says which process answers for it."""
    return f"{os.getpid()}:{started(os.getpid())}:{secrets.token_hex(8)}"


def end(run: str, last: int | None = None) -> int:
    """
    Kill every process of a run and all below them; returns how many there were.

    `last` is ended when nothing below it is left: what its children leave behind, under another
    name or in a session of its own, becomes its own child while it lives.
    """
    return _kill(lambda mark: mark == run, last)


def end_leftovers() -> int:
    """Kill the processes of runs whose builder is gone; returns how many there were."""
    return _kill(lambda mark: not answers(mark))


def _kill(meant: Callable[[str], bool], last: int | None = None) -> int:
    """Kill the processes whose run is meant, until a look around finds no more of them."""
    killed: set[int] = set()
    for _look in range(LOOKS):
        roots = {pid for pid, mark in _marked() if meant(mark)}
        found = roots | below(roots | {last} if last else roots)
        found -= {os.getpid()}
        for pid in found - {last} or found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        killed |= found
        if not found:
            break
        time.sleep(PAUSE)
    return len(killed)


def below(roots: Iterable[int | None]) -> set[int]:
    """The processes that these started, and those which these started; none that has ended."""
    above: dict[int, int] = {}
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            state, parent = _stat(folder)[:2]
            if state not in "ZX":
                above[int(folder.name)] = int(parent)
    found = set(roots)
    while more := {pid for pid, parent in above.items() if parent in found} - found:
        found |= more
    return {pid for pid in found - set(roots) if pid}


def adopt() -> None:
    """What is left of this process's children's children becomes its own, not the system's."""
    with suppress(OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _marked() -> Iterator[tuple[int, str]]:
    """Processes of this user, in this container, that belong to a run; none without `/proc`."""
    prefix = f"{MARK}=".encode()
    for folder in PROC.glob("[0-9]*"):
        if folder.name == str(os.getpid()):
            continue
        # A process may end, or belong to somebody else, while it is looked at.
        with suppress(OSError):
            if _container(folder) != _container(PROC / "self") or _is_ended(folder):
                continue
            for entry in (folder / "environ").read_bytes().split(b"\0"):
                if entry.startswith(prefix):
                    yield int(folder.name), entry.removeprefix(prefix).decode(errors="replace")


def _container(folder: Path) -> str:
    """The pid namespace: numbers of processes mean something only inside their own."""
    return str((folder / "ns" / "pid").readlink())


def _stat(folder: Path) -> list[str]:
    """Fields of `/proc/<pid>/stat` after the name, which may hold blanks: state first."""
    return (folder / "stat").read_text().rpartition(")")[2].split()


def _is_ended(folder: Path) -> bool:
    """Whether a process has ended and only waits for its parent to notice."""
    return _stat(folder)[0] in "ZX"


def started(pid: int) -> str:
    """When a process started, in ticks since boot: numbers of processes are used again."""
    try:
        return _stat(PROC / str(pid))[19]
    except OSError:
        return "0"


def answers(mark: str) -> bool:
    """Whether the process that started a run still lives."""
    pid, _, rest = mark.partition(":")
    return pid.isdigit() and started(int(pid)) == rest.partition(":")[0]
