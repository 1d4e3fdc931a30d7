"""
Whether an executed notebook may be shown, and its form without anything that differs by chance.

The status fields of papermill are not read: they say "completed" after a killed kernel.
"""

import re
from dataclasses import dataclass
from typing import Any

from studylib.errors import is_printable
from studylib.runs.notebooks import Notebook, joined

ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
INJECTED = "injected-parameters"
RICHER = ("text/html", "image/svg+xml", "image/png", "text/markdown")
LONGEST_LINE = 300
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Failure:
    """What went wrong, and the id of the cell it happened in if that is known."""

    what: str
    cell: str | None = None
    shown: Notebook | None = None
    """The notebook with what it showed until then, if that is known."""
    traceback: str = ""


def problem(executed: Notebook) -> Failure | None:
    """The first reason not to show an executed notebook; None when there is none."""
    for cell in executed["cells"]:
        if cell["cell_type"] == "code" and (what := _fault(cell)):
            return Failure(what, cell["id"], executed)
    return None


def _fault(cell: dict[str, Any]) -> str | None:
    """What is wrong with one executed code cell."""
    for output in cell["outputs"]:
        kind = output["output_type"]
        if kind == "error":
            return f"{output['ename']}: {output['evalue']}"
        if kind == "stream" and output["name"] == "stderr":
            return f"it wrote to stderr: {joined(output['text'])}"
        shown = joined(output["text"]) if kind == "stream" else _plain(output["data"])
        if address := ADDRESS.search(shown):
            return f"an output shows an address in memory ({address[0]}), which no build repeats"
    return None if cell["execution_count"] else "it was not run: the notebook stopped before it"


def _plain(data: dict[str, Any]) -> str:
    """The text a reader sees of an output: none if there is a table or a figure in its place."""
    return "" if any(kind in data for kind in RICHER) else joined(data.get("text/plain", ""))


def settled(executed: Notebook, source: Notebook, *, title: str | None = None) -> Notebook:
    """
    The executed notebook with what a build may say: cells, outputs, parameters, title, language.

    Times, paths and versions papermill and Jupyter write are left out; ids are those of the
    source, and that of the injected parameters is fixed.
    """
    given = executed["metadata"].get("papermill", {}).get("parameters", {})
    kept = {k: v for k, v in source["metadata"].items() if k not in ("language_info", "papermill")}
    kept["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    kept["language_info"] = {"name": "python"}
    kept["papermill"] = {"parameters": given}
    if title is not None:
        kept["title"] = title
    cells = [_settled_cell(cell) for cell in executed["cells"]]
    return {"cells": cells, "metadata": kept, "nbformat": 4, "nbformat_minor": 5}


def _settled_cell(cell: dict[str, Any]) -> dict[str, Any]:
    """One cell without times and chance ids; its outputs without addresses nobody sees."""
    metadata = {k: v for k, v in cell["metadata"].items() if k not in ("papermill", "execution")}
    if not metadata.get("tags", True):
        del metadata["tags"]
    same = {**cell, "metadata": metadata}
    if INJECTED in metadata.get("tags", ()):
        same["id"] = INJECTED
    if cell["cell_type"] == "code":
        same["outputs"] = [_settled_output(output) for output in cell["outputs"]]
    return same


def _settled_output(output: dict[str, Any]) -> dict[str, Any]:
    """An output; its plain text goes if it holds an address and something richer stands there."""
    data = output.get("data", {})
    if "text/plain" in data and ADDRESS.search(joined(data["text/plain"])):
        data = {kind: value for kind, value in data.items() if kind != "text/plain"}
        return {**output, "data": data}
    return output


def one_line(text: str) -> str:
    """The first line with something on it, without colours, control characters escaped, cut."""
    lines = [line.strip() for line in COLOURS.sub("", text).splitlines()]
    first = next((line for line in lines if line), "no message")
    shown = "".join(c if is_printable(c) else f"\\x{ord(c):02x}" for c in first[:LONGEST_LINE])
    return shown if shown.endswith(".") else f"{shown}."
