"""
Stale tasks of one kind executed side by side, while pytask goes through its tasks in turn.

    pytask       prepare | page 1: wait | page 2: wait | ...  publish
    threads              | page 1   | page 3   | ...
                         | page 2   | page 4   | ...

When pytask comes to the first task of the kind, everything it needs is there; each one that pytask
calls stale is then begun in a thread, and pytask waits for it when it is its turn.  So pytask alone
decides what runs and what a result is, and a failure is told as it is without threads.

A thread does little: the work is done by the worker it borrows (`studylib.runs.workers.supervise`).
pytask-parallel is not used because it swallows Ctrl-C: it waits for the tasks that run and reports
a success.
"""

import time
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytask
from pytask.tree_util import tree_map

from studylib.runs.workers import supervise

# What pytask raises for a task it will not execute; it says why when it comes to the task.
IS_NOT_EXECUTED = (
    pytask.Skipped,
    pytask.SkippedUnchanged,
    pytask.SkippedAncestorFailed,
    pytask.NodeNotFoundError,
)
PATIENCE = 0.1  # a thread may be just about to start a worker [s]


@pytask.hookimpl(tryfirst=True)
def pytask_configure(pm: Any, raw_config: dict[str, Any]) -> None:
    """
    Join a build that says how many pages are made at a time; any other use of pytask is left alone.

    pytask knows this module by the entry point `pytask` of the package.
    """
    if watched_by := raw_config.get("watched_by"):
        pm.register(watched_by)
    if jobs := raw_config.get("pages_at_a_time"):
        pm.register(SideBySide("task_run", jobs, after="task_prepare"))


@pytask.hookimpl(trylast=True)
def pytask_parse_config(config: dict[str, Any]) -> None:
    """Remember in the file that was named: pytask's own address takes `?` and `%` for commands."""
    if remembered := config.get("remembered_in"):
        config["database_url"] = config["database_url"].set(database=remembered, query={})


class SideBySide:
    """
    A plugin of pytask: tasks of functions with this name, so many of them at a time.

    Workers get ready while the task runs after which all of these are stale.
    """

    def __init__(self, name: str, jobs: int, after: str) -> None:
        self.name = name
        self.jobs = jobs
        self.after = after
        self._begun: dict[str, Future[Any]] | None = None

    @pytask.hookimpl(wrapper=True)
    def pytask_execute_build(self) -> Generator[None, Any, Any]:
        """Have threads during a build, and end what they do when it ends early."""
        with ThreadPoolExecutor(self.jobs) as self._pool:
            try:
                return (yield)
            finally:
                self._end()

    @pytask.hookimpl
    def pytask_execute_task_log_start(self, session: pytask.Session, task: pytask.PTask) -> None:
        """Begin all stale tasks of the kind when pytask comes to the first of them."""
        if self._begun is None and self._is_meant(task):
            meant = filter(self._is_meant, session.tasks)
            # By name, that is language by language: the next one reads what the first computed.
            stale = sorted((t for t in meant if _is_stale(session, t)), key=lambda t: t.name)
            self._begun = {other.signature: self._pool.submit(_execute, other) for other in stale}

    @pytask.hookimpl(tryfirst=True)
    def pytask_execute_task_setup(self, task: pytask.PTask) -> None:
        """Wait for a task that was begun before pytask looks at its products."""
        if begun := self._future(task):
            wait([begun])

    @pytask.hookimpl(tryfirst=True)
    def pytask_execute_task(self, session: pytask.Session, task: pytask.PTask) -> bool | None:
        """Take the result of a task that was begun, or its error; pytask executes all others."""
        if begun := self._future(task):
            begun.result()
            return True
        if task.function.__name__ == self.after:
            supervise.begin(min(self.jobs, sum(map(self._is_meant, session.tasks))))
        return None

    def _future(self, task: pytask.PTask) -> Future[Any] | None:
        return (self._begun or {}).get(task.signature)

    def _is_meant(self, task: pytask.PTask) -> bool:
        return task.function.__name__ == self.name

    def _end(self) -> None:
        """Nothing that was begun still runs: what waits is left, what runs is stopped."""
        begun = list((self._begun or {}).values())
        for future in begun:
            future.cancel()
        while wait(begun, timeout=0).not_done:
            supervise.stop_busy()
            wait(begun, timeout=PATIENCE)


def _is_stale(session: pytask.Session, task: pytask.PTask) -> bool:
    """Whether pytask would execute the task, in its own words."""
    try:
        session.hook.pytask_execute_task_setup(session=session, task=task)
    except IS_NOT_EXECUTED:
        return False
    except Exception:  # noqa: BLE001 - pytask meets it again at its turn, and reports it
        return False
    return True


def _execute(task: pytask.PTask) -> None:
    """Call the function of a task with what its nodes hold, as pytask does."""
    started = time.monotonic()
    nodes = {**task.depends_on, **task.produces}
    try:
        task.execute(
            **{name: tree_map(lambda node: node.load(), tree) for name, tree in nodes.items()}
        )
    finally:
        task.attributes["seconds"] = time.monotonic() - started
