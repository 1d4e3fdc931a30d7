"""
The whole study on one page: each task names what it reads and what it writes.

    exports, rules --prepare--> canonical tables --page--> one page per notebook and language
                                                 --publish--> reports/<study>/, all or nothing

pytask decides what is stale by content; stale pages are made side by side.  `studylib build` runs
this file for one study; which one, and where the reports go, stand in the environment
(`studylib.build.steps.Plan.from_environment`).
"""

from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, storage, task

from studylib.build import steps
from studylib.runs.side_by_side import SideBySide

plan = steps.Plan.from_environment()
storage.get().register(SideBySide("task_page", plan.jobs))


@task(id=plan.id)
def task_prepare(
    inputs: list[Path] = plan.inputs,
    method: list[Path] = plan.method,
    names: PythonNode = PythonNode(value=plan.names, hash=True),
    prepared: Annotated[Path, Product] = plan.prepared,
) -> None:
    """Exports, rules and study file become canonical tables, with rejects and funnel."""
    steps.prepare(plan)


for page in plan.pages:

    @task(id=f"{plan.id}-{page.language}-{page.name}")
    def task_page(
        notebook: Path = page.notebook,
        prepared: Path = plan.prepared,
        method: list[Path] = plan.method,
        words: list[Path] = page.words,
        page: steps.Page = page,
        html: Annotated[Path, Product] = page.html,
    ) -> None:
        """A notebook asks the canonical tables its question in one language and becomes a page."""
        steps.make_page(plan, page)


@task(id=plan.id)
def task_publish(
    pages: list[Path] = [page.html for page in plan.pages],
    names: PythonNode = PythonNode(value=plan.page_names, hash=True),
    published: Annotated[Path, Product] = plan.published,
) -> None:
    """All pages, tables and figures of the study replace the last good ones in one step."""
    steps.publish(plan)
