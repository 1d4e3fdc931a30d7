"""
Workers of Dask: those of a scheduler that runs, or a few of this machine for as long as it takes.

    jobs  --ended-->  how each study ended, as it ends

A study is one task.  It is given out again where another build of it is at work (75) or where its
worker was lost; whatever else went wrong would go wrong again.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from studylib.errors import BusyError, StudyError, UsageError, quoted, some
from studylib.farm import task
from studylib.runs.workers import scratch

MOST_LOST = 6  # times a study is given out again; the scheduler itself tries four times each
MOST_BUSY = 30
WAIT = 10.0  # before a study is tried again that another build is at work on [s]
PATIENCE = 60  # until a scheduler answers and has a worker [s]
NEEDED = (
    "`studylib farm` needs Dask, which is an extra: .venv/bin/pip install --no-deps "
    "--require-hashes --requirement requirements-scale.lock"
)
Job = Mapping[str, Any]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """How a study ended: exit code of its build, what it said, how long it took [s]."""

    id: str
    code: int = 0
    message: str = ""
    seconds: float = 0.0
    traceback: str = ""

    @property
    def is_temporary(self) -> bool:
        """Whether it may go well the next time."""
        return self.code == BusyError.exit_code


@contextmanager
def connected(scheduler: str | None, workers: int) -> Iterator[Any]:
    """
    A client of a scheduler, or of so many workers of this machine, which end with the block.

    Raises
    ------
    UsageError
        Dask is not installed, or there is no scheduler, or it has no worker.
    """
    try:
        import distributed
    except ModuleNotFoundError:
        raise UsageError(NEEDED) from None
    if scheduler:
        with _client(scheduler) as client:
            yield client
        return
    with (
        TemporaryDirectory(prefix=scratch.prefix()) as folder,
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
            dashboard_address=None, memory_limit=0, local_directory=folder, silence_logs="CRITICAL",
        ) as cluster,
        distributed.Client(cluster) as client,
    ):  # fmt: skip
        yield client


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    """A client of a scheduler that answers and has a worker."""
    import distributed

    try:
        client = distributed.Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"No scheduler answers at {quoted(scheduler)} ({error}). Start one: .venv/bin/dask "
            "scheduler; it says its address."
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise UsageError(
                f"The scheduler {quoted(scheduler)} has no worker. Start some: .venv/bin/dask "
                f"worker {scheduler} --nthreads 1."
            ) from None
        yield client


def check(client: Any, study: Path) -> None:
    """
    Raise unless every worker has this code and this Python, and sees the files of the studies.

    Raises
    ------
    UsageError
        Which workers do not.
    """
    try:
        found: dict[str, dict[str, Any]] = client.run(task.here, str(study))
    except ModuleNotFoundError as error:
        raise UsageError(
            f"The workers do not know this project ({error}). Start them with its own "
            ".venv/bin/dask, in an environment with all it needs."
        ) from None
    mine = task.here(str(study))
    for key, what in (
        ("code", "another version of this library than the command"),
        ("python", "another Python than the command"),
        ("sees", f"no file {quoted(study)}; studies and reports lie on a disk all of them share"),
    ):
        if wrong := sorted(address for address, told in found.items() if told[key] != mine[key]):
            raise UsageError(f"Workers have {what}: {some(wrong)}.")


def ended(client: Any, jobs: Mapping[str, Job], say: Say) -> Iterator[Outcome]:
    """
    How each study ended, by id, as it ends; `say` is told which ones are given out again.

    Raises
    ------
    BusyError
        The scheduler is gone.
    """
    from distributed import as_completed

    run, tries = secrets.token_hex(4), Counter[tuple[str, bool]]()

    def begun(name: str, wait: float = 0.0) -> Any:
        """The study, given to the scheduler under a name that nothing else has."""
        key = f"studylib-{run}-{name}-{tries.total()}"
        return client.submit(task.build, {**jobs[name], "wait": wait}, key=key, pure=False)

    names = {begun(name): name for name in jobs}
    answers = as_completed(list(names))
    for future in answers:
        name = names.pop(future)
        outcome, is_lost = _outcome(future, name)
        tries[name, is_lost] += 1
        if outcome.is_temporary and tries[name, is_lost] < (MOST_LOST if is_lost else MOST_BUSY):
            say(f"{name}: {'its worker was lost' if is_lost else 'busy'}; once more.")
            again = begun(name, 0.0 if is_lost else WAIT)
            names[again] = name
            answers.add(again)
            continue
        yield outcome


def _outcome(future: Any, name: str) -> tuple[Outcome, bool]:
    """What became of a task, and whether its worker was lost."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        return Outcome(name, **future.result()), False
    except KilledWorker:
        why = "Its worker was lost, again and again: killed, out of memory, or cut off."
        return Outcome(name, BusyError.exit_code, why), True
    except FutureCancelledError:
        raise BusyError(
            "The scheduler is gone. Studies that were built stand; run the command again when it "
            "is back."
        ) from None
    except Exception as error:  # noqa: BLE001 - of Dask itself, in the worker
        return Outcome(name, StudyError.exit_code, f"{type(error).__name__}: {error}"), False
