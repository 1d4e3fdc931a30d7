"""A notebook in the language of its page: markdown cells and title, from the catalogue."""

import copy
from collections.abc import Collection

from studylib import language
from studylib.language import markdown
from studylib.runs import notebooks
from studylib.runs.lacking import as_said


def translate_notebook(
    notebook: notebooks.Notebook,
    code: str,
    *,
    is_alone: bool = False,
    lacking: Collection[str] = (),
) -> notebooks.Notebook:
    """
    A copy of the notebook with markdown cells and title in a language; marks are kept.

    Of a territory that is alone in its study, what speaks of two sides is said otherwise, and so is
    what speaks of a part a study lacks.
    """

    def told(text: str) -> str:
        """A text of the notebook in the language in use."""
        return language._(as_said(text, is_alone=is_alone, lacking=lacking))

    same = copy.deepcopy(notebook)
    with language.in_language(code):
        for cell in same["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = markdown.translated(notebooks.joined(cell["source"]), told)
        if title := same["metadata"].get("title"):
            same["metadata"]["title"] = told(title)
    return same
