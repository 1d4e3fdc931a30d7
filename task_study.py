"""
The whole study on one page: each task names what it reads and what it writes.

    exports, rules --prepare--> canonical tables --run--> executed notebook per language
                   --page--> a page of it, between its words --publish--> reports/<study>/

pytask decides what is stale by content; stale pages are made side by side.  `studylib build` hands
the tasks of one plan to pytask; `pytask` on the shell builds the default study.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from studylib.build import steps
from studylib.build.plan import DEFAULT, Plan
from studylib.build.published import release
from studylib.runs.many_files import ManyFiles


def tasks_of(plan: Plan) -> list[Callable[..., None]]:
    """The tasks of one build, from raw inputs to published pages."""
    inputs = ManyFiles.of(f"{plan.id}::inputs", plan.seen, plan.inputs)
    method = ManyFiles.of(f"{plan.id}::method", plan.seen, plan.method)

    @task(id=plan.id)
    def task_prepare(
        inputs: ManyFiles = inputs,
        method: ManyFiles = method,
        names: PythonNode = PythonNode(value=plan.names, hash=True),
        prepared: Annotated[Path, Product] = plan.prepared,
    ) -> None:
        """Exports, rules and study file become canonical tables, with rejects and funnel."""
        steps.prepare(plan)

    @task(id=f"{plan.id}-{plan.publication}")
    def task_publish(
        pages: list[Path] = [page.html for page in plan.pages],
        beside: list[Path] = [page.executed for page in plan.pages],  # tables and figures
        names: PythonNode = PythonNode(value=plan.listed, hash=True),
        published: Annotated[Path, Product] = plan.published,
    ) -> None:
        """All pages, tables and figures of the study replace the last good ones in one step."""
        release.publish(plan)

    pages = [task for page in plan.pages for task in tasks_of_page(plan, page, method)]
    return [task_prepare, *pages, task_publish]


def tasks_of_page(plan: Plan, page: steps.Page, method: ManyFiles) -> list[Callable[..., None]]:
    """The tasks of one page; where only words of the notebook change, it is not run again."""

    @task(id=f"{plan.id}-{page.language}-{page.name}")
    def task_run(
        code: PythonNode = PythonNode(value=page.code, hash=True),
        prepared: Path = plan.prepared,
        method: ManyFiles = method,
        words: list[Path] = page.words,
        executed: Annotated[Path, Product] = page.executed,
    ) -> None:
        """A notebook asks the canonical tables its question in one language."""
        steps.run_page(plan, page)

    @task(id=f"{plan.id}-{page.language}-{page.name}")
    def task_page(
        notebook: Path = page.notebook,
        executed: Path = page.executed,
        prepared: Path = plan.prepared,
        method: ManyFiles = method,
        words: list[Path] = page.words,
        links: PythonNode = PythonNode(value=plan.listed, hash=True),
        html: Annotated[Path, Product] = page.html,
    ) -> None:
        """What it showed is laid out as a page."""
        steps.make_page(plan, page)

    return [task_run, task_page]


if __name__ == Path(__file__).stem:  # imported by `pytask`, which collects the tasks that are there
    tasks_of(DEFAULT)
