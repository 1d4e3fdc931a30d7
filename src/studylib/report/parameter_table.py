"""
The parameters of an executed notebook, for the foot of its page.

    first_year = 2000  # first filing year       ->  first_year   2000   first filing year

The `parameters` cell gives names, order and meaning, the injected cell the values of this run.
A meaning is in English in the notebook and in the language of the page in its foot.
"""

import ntpath
from dataclasses import dataclass
from typing import Any

from studylib.files.folder import as_shown
from studylib.language import _
from studylib.runs.parameters import TAG, declared

INJECTED = "injected-parameters"


@dataclass(frozen=True)
class Shown:
    """One parameter: its name, the value of this run as a reader writes it, its meaning."""

    name: str
    value: str
    meaning: str = ""


def parameters(notebook: Any) -> list[Shown]:
    """The parameters in the order of the notebook; a path shows its last part only."""
    found: dict[str, Shown] = {}
    for tag in (TAG, INJECTED):
        for cell in notebook.cells:
            if cell.cell_type == "code" and tag in cell.metadata.get("tags", []):
                alone = {"cells": [{"source": cell.source, "metadata": {"tags": [TAG]}}]}
                for name, p in declared(alone).items():
                    meaning = _(p.meaning) if p.meaning else ""
                    if not meaning and name in found:
                        meaning = found[name].meaning
                    found[name] = Shown(name, written(p.default), meaning)
    return list(found.values())


def written(value: Any) -> str:
    """
    A value without quotes; of an absolute path, which differs between machines, the last part;
    an empty text in words.

    >>> written("inventor"), written("/home/me/tables"), written([1, 2])
    ('inventor', '…/tables', '[1, 2]')
    """
    if not isinstance(value, str):
        return repr(value)
    if not value:
        return _("empty")
    is_absolute = value.startswith("/") or bool(ntpath.splitdrive(value)[0])
    return as_shown("…/" + ntpath.basename(value.rstrip("/\\")) if is_absolute else value)
