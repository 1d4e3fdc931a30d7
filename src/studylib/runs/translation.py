"""A notebook in the language of its page: markdown cells and title, from the catalogue."""

import copy

from studylib import language
from studylib.language import markdown
from studylib.runs import notebooks


def translate_notebook(notebook: notebooks.Notebook, code: str) -> notebooks.Notebook:
    """A copy of the notebook with markdown cells and title in a language; marks are kept."""
    same = copy.deepcopy(notebook)
    with language.in_language(code):
        for cell in same["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = markdown.translated(notebooks.joined(cell["source"]), language._)
        if title := same["metadata"].get("title"):
            same["metadata"]["title"] = language._(title)
    return same
