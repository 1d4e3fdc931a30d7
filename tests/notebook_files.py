"""Tiny notebooks for tests: cells as (id, source), code unless the source starts with a mark."""

import json
from pathlib import Path


def notebook(*cells: tuple[str, str], title: str = "A question?") -> dict:
    """A notebook with these cells; the cell with the id `parameters` is tagged so."""
    return {
        "cells": [cell(id_, source) for id_, source in cells],
        "metadata": {"title": title, "kernelspec": {"name": "elsewhere"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def cell(id_: str, source: str) -> dict:
    """One cell: markdown if it starts like markdown."""
    tags = {"tags": ["parameters"]} if id_ == "parameters" else {}
    if source.startswith(("#", "*", "We ")):
        return {"cell_type": "markdown", "id": id_, "metadata": tags, "source": source}
    return {
        "cell_type": "code",
        "id": id_,
        "metadata": tags,
        "source": source.splitlines(keepends=True),
        "outputs": [],
        "execution_count": None,
    }


def written(
    folder: Path, *cells: tuple[str, str], name: str = "10_tiny", title: str = "A question?"
) -> Path:
    """A notebook file with these cells."""
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(notebook(*cells, title=title)), encoding="utf-8")
    return path
