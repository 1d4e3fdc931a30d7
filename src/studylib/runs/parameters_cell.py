"""
A parameters cell as text, which papermill runs and `parameters.declared` reads again.

    Parameter("first_year", "integer", 2005, "first year")  --written-->
        first_year = 2005  # first year
"""

from collections.abc import Iterable
from typing import Any

from studylib.runs.parameters import TAG, Parameter


def put_into(notebook: Any, parameters: Iterable[Parameter]) -> None:
    """Write these parameters into the `parameters` cell of a notebook, in place of its own."""
    source = written(parameters)
    for cell in notebook["cells"]:
        if TAG in cell["metadata"].get("tags", ()):
            cell["source"] = source


def written(lines: Iterable[Parameter]) -> str:
    """A parameters cell: one line per parameter."""
    return "\n".join(
        f"{p.name} = {_literal(p.default)}" + (f"  # {p.meaning}" if p.meaning else "")
        for p in lines
    )


def _literal(value: Any) -> str:
    """The value as Python writes it, texts in double quotes where they hold none."""
    text = repr(value)
    plain = isinstance(value, str) and not set(value) & set("\"'\\") and value.isprintable()
    return f'"{value}"' if plain else text
