"""
The whole study on one page: each task names what it reads and what it writes.

    exports, rules --prepare--> canonical tables --page--> one page per notebook and language
                                                 --publish--> reports/<study>/, all or nothing

pytask decides what is stale by content; stale pages are made side by side.  `studylib build` hands
the tasks of one plan to pytask; `pytask` on the shell builds the default study.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from studylib.build import steps
from studylib.build.plan import DEFAULT, Plan


def tasks_of(plan: Plan) -> list[Callable[..., None]]:
    """The tasks of one build, from raw inputs to published pages."""

    @task(id=plan.id)
    def task_prepare(
        inputs: list[Path] = plan.inputs,
        method: list[Path] = plan.method,
        names: PythonNode = PythonNode(value=plan.names, hash=True),
        prepared: Annotated[Path, Product] = plan.prepared,
    ) -> None:
        """Exports, rules and study file become canonical tables, with rejects and funnel."""
        steps.prepare(plan)

    @task(id=plan.id)
    def task_publish(
        pages: list[Path] = [page.html for page in plan.pages],
        beside: list[Path] = [page.executed for page in plan.pages],  # tables and figures
        names: PythonNode = PythonNode(value=plan.listed, hash=True),
        published: Annotated[Path, Product] = plan.published,
    ) -> None:
        """All pages, tables and figures of the study replace the last good ones in one step."""
        steps.publish(plan)

    return [task_prepare, *(page_of(plan, page) for page in plan.pages), task_publish]


def page_of(plan: Plan, page: steps.Page) -> Callable[..., None]:
    """The task of one page."""

    @task(id=f"{plan.id}-{page.language}-{page.name}")
    def task_page(
        notebook: Path = page.notebook,
        prepared: Path = plan.prepared,
        method: list[Path] = [*plan.method, *page.words],
        links: PythonNode = PythonNode(value=plan.listed, hash=True),
        html: Annotated[Path, Product] = page.html,
        executed: Annotated[Path, Product] = page.executed,
    ) -> None:
        """A notebook asks the canonical tables its question in one language: a page."""
        steps.make_page(plan, page)

    return task_page


if __name__ == Path(__file__).stem:  # imported by `pytask`, which collects the tasks that are there
    tasks_of(DEFAULT)
