"""
What a build does and why, as it happens: a line per step, in pytask's own reasons.

    prepare                 2.1 s  changed: lens.csv
    run en/20_patents       8.4 s  follows from prepare
    page en/20_patents      0.2 s  follows from run en/20_patents

pytask tells why a task is stale only where it is asked to explain and not to work.  Here it is
asked both: it looks at a task as if to explain it, and works.
"""

import re
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pytask
from _pytask.explain import ChangeReason, TaskExplanation

from studylib.errors import listed
from studylib.runs.many_files import changed

TASK = re.compile(r"task_(?P<kind>\w+?)(\[(?P<id>.*)\])?$")
MOST = 3  # files named in a reason
LISTS = {
    "code": "the code of the notebook",
    "names": "the list of files or pages",
    "links": "the list of pages",
    "inputs": "the inputs",
    "method": "rules and code",
}
OF_FILES = frozenset({"inputs", "method"})


@dataclass(frozen=True)
class Step:
    """One step of a build: its name, how long it took [s], why it ran, how it ended."""

    name: str
    seconds: float
    why: str
    is_done: bool = True

    def line(self) -> str:
        """The step as a line of a log."""
        end = "" if self.is_done else "  FAILED"
        return f"{self.name:<28}{self.seconds:>7.1f} s  {self.why}{end}"

    def told(self) -> dict[str, object]:
        """The step for the history."""
        return {**asdict(self), "seconds": round(self.seconds, 1)}


class Progress:
    """A plugin of pytask: notes every step that ran, and says it."""

    def __init__(self, study_id: str, say: Callable[[str], None]) -> None:
        self.study_id = study_id
        self.say = say
        self.steps: list[Step] = []
        self._seconds: dict[str, float] = {}

    def told(self) -> list[dict[str, object]]:
        """The steps for the history."""
        return [step.told() for step in self.steps]

    @pytask.hookimpl(wrapper=True)
    def pytask_execute_task_setup(
        self, session: pytask.Session, task: pytask.PTask
    ) -> Generator[None, Any, Any]:
        """Have pytask say why a task is stale when it looks whether it is."""
        was = session.config["explain"]
        before = task.attributes.get("explanation")
        task.attributes["explanation"] = TaskExplanation()
        session.config["explain"] = True
        try:
            return (yield)
        finally:
            session.config["explain"] = was
            if before is not None and before.reasons:  # a thread began it before it was its turn
                task.attributes["explanation"] = before

    @pytask.hookimpl(wrapper=True)
    def pytask_execute_task(self, task: pytask.PTask) -> Generator[None, Any, Any]:
        """Take the time, where no thread took it."""
        started = time.monotonic()
        try:
            return (yield)
        finally:
            took = task.attributes.get("seconds")
            self._seconds[task.signature] = time.monotonic() - started if took is None else took

    @pytask.hookimpl
    def pytask_execute_task_log_end(self, report: Any) -> None:
        """Say what ran, and what failed."""
        task = report.task
        if report.outcome.name not in {"SUCCESS", "FAIL"}:
            return
        step = Step(
            step_name(task.name, self.study_id),
            self._seconds.get(task.signature, 0.0),
            why(task, self.study_id),
            report.outcome.name == "SUCCESS",
        )
        self.steps.append(step)
        self.say(step.line())


def step_name(task: str, study_id: str) -> str:
    """
    What a task of pytask is called by those who watch.

    >>> step_name("task_study.py::task_run[a-b-en-20_patents]", "a-b")
    'run en/20_patents'
    """
    found = TASK.search(task)
    if found is None:
        return task
    page = (found["id"] or "").removeprefix(study_id).removeprefix("-")
    language, _dash, name = page.partition("-")
    return f"{found['kind']} {language}/{name}" if name else found["kind"]


def why(task: pytask.PTask, study_id: str) -> str:
    """Why a task is stale, in a few words."""
    explanation = task.attributes.get("explanation")
    reasons: list[ChangeReason] = explanation.reasons if explanation else []
    kinds = {reason.reason for reason in reasons}
    if "forced" in kinds:
        return "asked for by --force"
    if any(r.node_type == "source" and r.reason == "not_in_db" for r in reasons):
        return "made for the first time"
    if "cascade" in kinds:
        return f"follows from {step_name(reasons[0].node_name, study_id)}"
    gone = _named(r for r in reasons if r.node_type == "product")
    other = _named(r for r in reasons if r.node_type in {"dependency", "source"})
    if other:
        return f"changed: {listed(other, MOST)}"
    return f"gone or changed: {listed(gone, MOST)}" if gone else ""


def _named(reasons: Iterable[ChangeReason]) -> list[str]:
    """What changed, sorted: a file by its name, a list of files in words."""
    found: set[str] = set()
    for reason in reasons:
        old, new = (str(reason.details.get(key, "")) for key in ("old_hash", "new_hash"))
        name = reason.node_name.rpartition("::")[2].rpartition("/")[2]
        found |= changed(old, new) if name in OF_FILES and old else {LISTS.get(name, name)}
    return sorted(found)
