"""
Notebooks as files: read, checked for what a stable build needs, written so that equal is equal.

A notebook is a plain dictionary here (nbformat 4.5, sources joined to one text): reading one does
not load the Jupyter libraries.  Ids are required because readers and builds refer to cells by id,
and tools invent random ids where there are none.
"""

import json
from pathlib import Path
from typing import Any

from studylib.errors import UsageError, quoted, some

Notebook = dict[str, Any]
OLDEST = (4, 5)
OF_A_RUN = ("kernelspec", "language_info", "papermill")
"""Metadata that a run writes; all others are the notebook's own words."""


def read(path: Path) -> Notebook:
    """
    A notebook with one text per cell source.

    Raises
    ------
    UsageError
        The file is missing, is no notebook, is older than nbformat 4.5, or an id repeats.
    """
    try:
        notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
        version = (int(notebook["nbformat"]), int(notebook["nbformat_minor"]))
        cells = notebook["cells"]
        for cell in cells:
            cell["source"] = joined(cell["source"])
    except OSError as error:
        raise UsageError(f"Notebook {quoted(path)} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise UsageError(
            f"{quoted(path)} is not a notebook; open and save it in JupyterLab."
        ) from None
    if version < OLDEST:
        raise UsageError(
            f"{quoted(path)} is of nbformat {version[0]}.{version[1]}, which has no fixed cell "
            "ids; open and save it in JupyterLab (4.5 or newer)."
        )
    ids = [str(cell.get("id")) for cell in cells]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise UsageError(
            f"Cell ids of {quoted(path)} repeat: {some(twice)}. Give each cell its own."
        )
    return notebook


def with_words(executed: Notebook, words: Notebook) -> Notebook:
    """
    What the code cells of a notebook showed, between the words and under the title of another.

    The other has the same code cells; what was put in for the run (parameters) stays behind the
    cell it came after.
    """
    code = [cell for cell in executed["cells"] if cell["cell_type"] == "code"]
    known = {cell["id"] for cell in words["cells"]}
    cells = []
    for cell in words["cells"]:
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        at = next(i for i, run in enumerate(code) if run["id"] == cell["id"])
        cells.append(code[at])
        for more in code[at + 1 :]:
            if more["id"] in known:
                break
            cells.append(more)
    said = {k: v for k, v in words["metadata"].items() if k not in OF_A_RUN}
    metadata = {**executed["metadata"], **said}
    return {**executed, "cells": cells, "metadata": metadata}


def joined(source: str | list[str]) -> str:
    """The source of a cell as one text; files hold it as a list of lines."""
    return source if isinstance(source, str) else "".join(source)


def as_bytes(notebook: Notebook) -> bytes:
    """The notebook as a file: keys sorted, sources as lines, equal bytes for equal content."""
    lines = [{**c, "source": c["source"].splitlines(keepends=True)} for c in notebook["cells"]]
    text = json.dumps({**notebook, "cells": lines}, indent=1, ensure_ascii=False, sort_keys=True)
    return text.encode() + b"\n"
