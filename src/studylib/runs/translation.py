"""A notebook in the language of its page: markdown cells and title, from the catalogue."""

import copy

from studylib import language
from studylib.language import markdown
from studylib.runs import notebooks
from studylib.runs.one_side import of_one_side


def translate_notebook(
    notebook: notebooks.Notebook, code: str, *, is_alone: bool = False
) -> notebooks.Notebook:
    """
    A copy of the notebook with markdown cells and title in a language; marks are kept.

    Of a territory that is alone in its study, what speaks of two sides is said otherwise.
    """

    def told(text: str) -> str:
        """A text of the notebook in the language in use."""
        return language._(of_one_side(text) if is_alone else text)

    same = copy.deepcopy(notebook)
    with language.in_language(code):
        for cell in same["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = markdown.translated(notebooks.joined(cell["source"]), told)
        if title := same["metadata"].get("title"):
            same["metadata"]["title"] = told(title)
    return same
