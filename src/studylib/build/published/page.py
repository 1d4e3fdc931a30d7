"""
One page of a build: a notebook in one language, what it says of itself, where its files go.

    notebooks/20_patents.ipynb, fr  --Page-->  .../pages/fr/20_patents.html    the page
                                               .../20_patents.ipynb           its executed notebook
                                               .../20_patents-files/          tables and figures
                                               .../20_patents.txt, .json      what it says in short
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from studylib.errors import UsageError, quoted, some
from studylib.project import PACKAGE
from studylib.runs import notebooks
from studylib.study.model import Study


@dataclass(frozen=True)
class Page:
    """One notebook in one language: what it is made of and where its page goes."""

    name: str
    language: str
    notebook: Path
    folder: Path
    is_alone: bool = False
    """Whether the study has one territory, and so no other side to speak of."""
    lacking: tuple[str, ...] = ()
    """What the study lacks of what notebooks speak of."""

    @property
    def html(self) -> Path:
        """The page, before publication."""
        return self.folder / f"{self.name}.html"

    @property
    def executed(self) -> Path:
        """The notebook after its run, with what each cell showed."""
        return self.folder / f"{self.name}.ipynb"

    @property
    def beside(self) -> Path:
        """Folder of the tables and figures that go with the page."""
        return self.folder / f"{self.name}-files"

    @property
    def failed(self) -> Path:
        """What is kept of a run that failed: this name with `.ipynb` and `.txt`."""
        return self.folder.parents[1] / "failed" / self.language / self.name

    @property
    def path(self) -> str:
        """Where the page stands in the published folder of its study."""
        return f"{self.language}/{self.html.name}"

    @cached_property
    def code(self) -> str:
        """
        What a run of it depends on: the code cells with their ids and tags.

        Words between them are put in when the page is laid out, and need no run.
        """
        said = notebooks.read(self.notebook)
        cells = [
            {key: cell[key] for key in ("id", "source", "metadata")}
            for cell in said["cells"]
            if cell["cell_type"] == "code"
        ]
        return json.dumps(cells, sort_keys=True)

    @property
    def headline(self) -> Path:
        """The answer of the page in one sentence, for the list of pages."""
        return self.folder / f"{self.name}.txt"

    @property
    def said(self) -> Path:
        """What the page says in short, for the front page of the study."""
        return self.folder / f"{self.name}.json"

    @cached_property
    def about(self) -> dict[str, Any]:
        """
        What the notebook says of itself, in its metadata.

        `title`; `menu`: its name in a word or two; `rests_on`: inputs for the banner; `needs`: keys
        of the study file without which it has nothing to ask; `is_answer`: false where it only says
        what the study rests on; `front`: its place on the front page, 1 first.

        Raises
        ------
        UsageError
            It is no notebook, has no title, or needs a key that no study file has.
        """
        said: dict[str, Any] = notebooks.read(self.notebook)["metadata"]
        if not said.get("title"):
            raise UsageError(f"{quoted(self.notebook)} has no `title` in its metadata; add one.")
        if unknown := sorted(set(said.get("needs", ())) - set(Study.model_fields)):
            raise UsageError(
                f"{quoted(self.notebook)} needs what no study file says: {some(unknown)}. `needs` "
                f"in its metadata can name {', '.join(Study.model_fields)}."
            )
        return said

    @property
    def words(self) -> list[Path]:
        """The catalogue of the language, if it has one."""
        path = PACKAGE / f"locale/{self.language}/LC_MESSAGES/studylib.po"
        return [path] if path.is_file() else []


def is_asked(page: Page, study: Study) -> bool:
    """Whether a study has what a notebook needs: keys of the study file, in its metadata."""
    return all(getattr(study, key) for key in page.about.get("needs", ()))
