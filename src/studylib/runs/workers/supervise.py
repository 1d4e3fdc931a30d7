"""
The builder's workers: handed out, kept for the next notebook, none left behind.

A worker stays for the next notebook (`borrowed` hands out idle ones), because loading papermill
takes longer than a small notebook.
"""

import atexit
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from studylib.runs.workers.lent import Worker

_idle: list[Worker] = []
_busy: list[Worker] = []
_lock = threading.Lock()


def begin(number: int) -> None:
    """So many workers that load what notebooks need while something else is done."""
    for _i in range(number):
        worker = Worker(soon=True)
        with _lock:
            _idle.append(worker)


@contextmanager
def borrowed() -> Iterator[Worker]:
    """A worker for one notebook, kept for the next one if it is still well after it."""
    worker = _idle_one() or Worker()
    with _lock:
        _busy.append(worker)
    try:
        yield worker
    except BaseException:
        _returned(worker)
        worker.end()
        raise
    _returned(worker)
    if worker.is_alive:
        with _lock:
            _idle.append(worker)
    else:
        worker.end()


def _idle_one() -> Worker | None:
    """A worker without work that is still well, taken out of the list; None if there is none."""
    while True:
        with _lock:
            if not _idle:
                return None
            worker = _idle.pop()
        if worker.is_alive:
            return worker
        worker.end()


def _returned(worker: Worker) -> None:
    """The worker is not busy any more."""
    with _lock:
        _busy.remove(worker)


def stop_busy() -> None:
    """Stop the notebooks that other threads wait for; each fails in its thread."""
    with _lock:
        workers = list(_busy)
    for worker in workers:
        worker.stop()


@atexit.register
def end_idle() -> None:
    """End the workers nobody uses."""
    with _lock:
        workers = [_idle.pop() for _ in range(len(_idle))]
    for worker in workers:
        worker.end()
