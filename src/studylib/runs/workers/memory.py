"""
How much memory a notebook may take, so that the machine outlives it.

    study file `memory` [MB], or half of the machine  -->  each process of the run   `confine`
                                                      -->  all of them together      `used`

A process that asks for more than its share is refused (`RLIMIT_DATA`: what it can write to, not
the libraries it maps), and its cell fails with an error of memory.  Many processes that each keep
within it share a control group with that limit where there may be one (`control_group`);
elsewhere they are added up and stopped by the builder.
"""

import os
import resource
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

MB = 1_000_000
SHARE = 2  # one in so many of the machine's bytes
LEAST = 1_000  # MB; below it pandas and matplotlib have no room
GROUPS = Path("/sys/fs/cgroup")
OWN_GROUP = Path("/proc/self/cgroup")
PAGE = os.sysconf("SC_PAGE_SIZE")
SIGNS = ("MemoryError", "bad_alloc", "Cannot allocate memory", "Out of memory")


def allowed(asked: int | None) -> int:
    """Megabytes a notebook may take: what the study says, else half of the machine."""
    return asked or max(LEAST, of_the_machine() // SHARE // MB)


def of_the_machine() -> int:
    """Bytes of memory there are: of the machine, or of the container it is cut down to."""
    there = os.sysconf("SC_PHYS_PAGES") * PAGE
    return min([there, *_limits()])


def _limits() -> list[int]:
    """The limits of the control groups this process is in, and of those above them [bytes]."""
    found = []
    with suppress(OSError):
        for line in OWN_GROUP.read_text().splitlines():
            _number, kinds, path = line.split(":", 2)
            root, name = (GROUPS, "memory.max") if not kinds else (
                GROUPS / "memory", "memory.limit_in_bytes")  # fmt: skip
            if kinds in ("", "memory"):
                own = root / path.lstrip("/")
                for folder in (own, *own.parents):
                    with suppress(OSError, ValueError):
                        found.append(int((folder / name).read_text()))
    return [n for n in found if n > 0]


def confine(megabytes: int) -> None:
    """Give this process, and each that it starts, no more than so much."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = megabytes * MB
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def used(processes: Iterable[int]) -> int:
    """Bytes that these processes hold by themselves: what they share with others is no part."""
    total = 0
    for pid in processes:
        with suppress(OSError, ValueError, IndexError):
            _size, held, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
            total += (int(held) - int(shared)) * PAGE
    return total


def is_short(failure: str) -> bool:
    """Whether an error says that there was no more memory."""
    return any(sign in failure.partition("\n")[0] for sign in SIGNS)


def sentence(megabytes: int) -> str:
    """What is said of a notebook that needed more."""
    return (
        f"it needed more than {megabytes:,} MB of memory; `memory` in the study file says how many "
        "a notebook may take"
    )
