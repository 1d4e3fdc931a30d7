"""Tasks side by side: so many at a time, only the stale ones, told as if they ran in turn."""

import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytask
import pytest

from studylib.runs.side_by_side import SideBySide, _is_stale
from studylib.runs.workers import supervise

TASKS = """\
from pathlib import Path
from typing import Annotated

import test_side_by_side as told
from pytask import Product, task

HERE = Path(__file__).parent


@task
def task_prepare(source: Path = HERE / "source", out: Annotated[Path, Product] = HERE / "tables"):
    out.write_text(source.read_text())


for name in "abcd":

    @task(id=name)
    def task_run(
        name: str = name,
        needs: list[Path] = [HERE / "tables", HERE / f"{name}.in"],
        out: Annotated[Path, Product] = HERE / f"{name}.out",
    ):
        told.page(name, needs[1], out)


@task
def task_publish(
    pages: list[Path] = [HERE / f"{name}.out" for name in "abcd"],
    out: Annotated[Path, Product] = HERE / "all",
):
    out.write_text("".join(page.read_text() for page in pages))
"""
lock = threading.Lock()
made: list[str] = []
running = most = 0


def page(name: str, source: Path, out: Path) -> None:
    """Stand for a notebook: remember that it ran, and how many ran at that time."""
    global running, most  # noqa: PLW0603
    with lock:
        running += 1
        most = max(most, running)
        made.append(name)
    time.sleep(0.2)
    with lock:
        running -= 1
    text = source.read_text()
    if text == "wrong":
        raise ValueError(name)  # as a notebook that fails
    out.write_text(text)


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Build the little project; says what was made, how many at a time, and the outcomes."""
    (tmp_path / "task_little.py").write_text(TASKS)
    (tmp_path / "pytask.toml").write_text("[tool.pytask.ini_options]\n")
    (tmp_path / "source").write_text("tables")
    for name in "abcd":
        (tmp_path / f"{name}.in").write_text(name)

    def build(n: int = 2) -> tuple[str, int, dict[str, object]]:
        import test_side_by_side as told

        monkeypatch.setattr(told, "most", 0)
        told.made.clear()
        # pytask imports a module once, under a name that depends on what was imported before.
        for name in [n for n in sys.modules if n.endswith("task_little")]:
            del sys.modules[name]
        session = pytask.build(
            config=tmp_path / "pytask.toml",
            paths=[tmp_path],
            verbose=0,
            capture="no",
            pages_at_a_time=n,
        )
        assert session.exit_code in {pytask.ExitCode.OK, pytask.ExitCode.FAILED}
        outcomes = {
            r.task.name.rpartition("::")[2]: r.outcome.name for r in session.execution_reports
        }
        errors = [str(r.exc_info[1]) for r in session.execution_reports if r.outcome.name == "FAIL"]
        return "".join(sorted(told.made)), told.most, {**outcomes, "errors": errors}

    return build


@pytest.mark.parametrize("n", [1, 2, 3])
def test_so_many_run_at_a_time_as_asked(built, tmp_path, n):
    """Not one more, not one less; and what is built is the same."""
    made_now, at_a_time, _ = built(n)
    assert (made_now, at_a_time) == ("abcd", n)
    assert (tmp_path / "all").read_text() == "abcd"


def test_another_use_of_pytask_is_left_alone(built):
    """Who does not say how many pages are made at a time gets pytask as it is: one by one."""
    assert built(0)[1] == 1


def test_only_what_is_stale_is_begun(built, tmp_path):
    """An edited input makes its page; nothing edited makes nothing."""
    built()
    assert built()[0] == ""
    (tmp_path / "c.in").write_text("C")
    assert built()[0] == "c"
    assert (tmp_path / "all").read_text() == "abCd"


def test_a_product_that_is_gone_is_made_again_once(built, tmp_path):
    """Also where it comes back equal before pytask looks at it."""
    built()
    (tmp_path / "b.out").unlink()
    assert built()[0] == "b"
    assert (tmp_path / "b.out").read_text() == "b"
    assert built()[0] == ""


def test_a_failure_is_told_by_its_own_task(built, tmp_path):
    """The others are made; what needs the one that failed is not."""
    (tmp_path / "b.in").write_text("wrong")
    made_now, _, outcomes = built()
    assert made_now == "abcd"
    assert [name for name, outcome in outcomes.items() if outcome == "FAIL"] == ["task_run[b]"]
    assert outcomes["errors"] == ["b"]
    assert outcomes["task_run[c]"] == "SUCCESS"
    assert outcomes["task_publish"] == "SKIP_PREVIOUS_FAILED"
    (tmp_path / "b.in").write_text("b")
    assert built()[0] == "b"


def test_nothing_is_begun_when_what_it_needs_failed(built, tmp_path):
    """Tables that could not be prepared are asked nothing."""
    (tmp_path / "source").write_bytes(b"\xff")
    made_now, _, outcomes = built()
    assert made_now == ""
    assert outcomes["task_prepare"] == "FAIL"
    assert outcomes["task_run[a]"] == "SKIP_PREVIOUS_FAILED"


def test_a_state_that_cannot_be_read_is_left_to_the_task_it_belongs_to():
    """Looking ahead never ends a build: the task meets the error at its turn, and reports it."""

    def setup(session, task):  # noqa: ARG001 - as pytask calls it
        raise IsADirectoryError("a folder where a file should be")

    session = SimpleNamespace(hook=SimpleNamespace(pytask_execute_task_setup=setup))
    assert _is_stale(session, None) is False


def test_a_build_that_ends_early_begins_nothing_more(monkeypatch):
    """What waits is left, what runs is stopped, and the build ends when nothing runs."""
    stopped = threading.Event()
    monkeypatch.setattr(supervise, "stop_busy", stopped.set)
    plugin = SideBySide("task_run", 1, "task_prepare")
    build = plugin.pytask_execute_build()
    next(build)
    runs = plugin._pool.submit(stopped.wait, 10)
    waits = plugin._pool.submit(pytest.fail)
    plugin._begun = {"runs": runs, "waits": waits}
    with pytest.raises(KeyboardInterrupt):
        build.throw(KeyboardInterrupt)
    assert runs.result(timeout=0) is True
    assert waits.cancelled()
