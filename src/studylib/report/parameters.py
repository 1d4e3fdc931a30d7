"""
The parameters of an executed notebook, read from its cells and never run.

    first_year = 2000  # first filing year       ->  first_year   2000   first filing year

The `parameters` cell gives names, order and meaning, the injected cell the values of this run.
"""

import ast
import io
import ntpath
import tokenize
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, the value of this run as it would be written, its meaning."""

    name: str
    value: str
    meaning: str = ""


def parameters(notebook: Any) -> list[Parameter]:
    """The parameters in the order of the notebook; a path shows its last part only."""
    found: dict[str, Parameter] = {}
    for tag in ("parameters", "injected-parameters"):
        for cell in notebook.cells:
            if cell.cell_type == "code" and tag in cell.metadata.get("tags", []):
                for parameter in assigned(cell.source):
                    old = found.get(parameter.name, parameter)
                    meaning = old.meaning or parameter.meaning
                    found[parameter.name] = Parameter(parameter.name, parameter.value, meaning)
    return list(found.values())


def assigned(source: str) -> list[Parameter]:
    """
    Names and literal values a cell assigns, with the comment at the end of the line.

    >>> assigned("last_year = 2012  # included")
    [Parameter(name='last_year', value='2012', meaning='included')]
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    comments = _comments(source)
    found = []
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            meaning = comments.get(node.end_lineno or 0, "")
            found.append(Parameter(node.targets[0].id, _written(node.value), meaning))
    return found


def _comments(source: str) -> dict[int, str]:
    """The comment of each line that has one."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}


def _written(node: ast.expr) -> str:
    """A value as a reader writes it: text without quotes, a path without its folders."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError):
        return ast.unparse(node)
    if isinstance(value, str):
        is_absolute = value.startswith("/") or bool(ntpath.splitdrive(value)[0])
        return "…/" + ntpath.basename(value.rstrip("/\\")) if is_absolute else value
    return repr(value)
