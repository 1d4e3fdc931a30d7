"""
Which figures a choice can change: what the questions of the notebooks read of a study.

    sl.show.kets(study, sl.ket_shares(study))
        -> ket_shares -> study.units -> rule.unit        ->  changes with: unit, first_year, ...
                      -> study.tags                      ->  changes with: scheme, match

The code is read, nothing is computed: a question whose code (or that of what it calls) names a
choice may change with it, and one that does not cannot.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from studylib.project import PACKAGE, PROJECT
from studylib.runs import notebooks, parameters
from studylib.study.settings import KEYS

PREPARED = {"applications": {"kinds"}, "documents": {"kinds"},
            "tags": {"scheme", "match", "kinds"}, "locations": {"territories", "kinds"},
            "areas": {"territories"}, "local_areas": {"territories"},
            "territory_ids": {"territories"},
            "funnel": {"first_year", "last_year", "date", "kinds", "territories"}}  # fmt: skip
"""What is prepared by a choice that is not read again: the tables and lists that depend on it."""
ELSEWHERE = frozenset({"study", "report", "language", "files", "errors", "project", "figures",
                       "show.provenance"})  # fmt: skip
"""Rooms that lay out and check: what they read of a study decides no number."""
DATASET = ("patents.dataset", "Dataset")
Place = tuple[str, str]
"""A module below `studylib`, and a function, class or method in it."""


class Code(NamedTuple):
    """What one function names: choices it reads, and other code of ours."""

    choices: frozenset[str]
    calls: frozenset[Place]


@cache
def figures(folder: Path = PROJECT / "notebooks") -> pd.DataFrame:
    """
    Every figure and table of the notebooks, and the choices it can change with.

    One row per shown thing, in the order of the pages, as text: page (`20_patents`), section (the
    heading it stands under), shown (`kets`), choices (joined by a space, in the order of the study
    file), parameters (those the page takes, joined by a space).
    """
    rows: list[tuple[str, str, str, str, str]] = []
    for path in sorted(folder.glob("[0-9]*.ipynb")):
        notebook = notebooks.read(path)
        takes = " ".join(parameters.declared(notebook, path.name))
        for section, shown, reads in _shown(notebook):
            told = " ".join(key for key in KEYS if key in reads)
            rows.append((path.stem, section, shown, told, takes))
    return pd.DataFrame(rows, columns=["page", "section", "shown", "choices", "parameters"])


def _shown(notebook: notebooks.Notebook) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Section, name and choices of everything `sl.show` shows in a notebook."""
    known: dict[str, frozenset[str]] = {}
    section = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            section = cell["source"].partition("\n")[0].lstrip("# ")
            continue
        for line in ast.parse(cell["source"]).body:
            reads = _of_cell(line, known)
            if isinstance(line, ast.Assign):
                known |= {n.id: reads for t in line.targets for n in ast.walk(t)
                          if isinstance(n, ast.Name) and n.id != "study"}  # fmt: skip
            for call in ast.walk(line):
                asked = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
                if asked.startswith("sl.show."):
                    yield section, asked.removeprefix("sl.show."), reads


def _of_cell(line: ast.stmt, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """The choices behind one line of a notebook, given those behind the names before it."""
    import studylib as sl

    found: frozenset[str] = frozenset()
    for node in ast.walk(line):
        if isinstance(node, ast.Name):
            found |= known.get(node.id, frozenset())
        elif isinstance(node, ast.Attribute):
            asked = ast.unparse(node)
            if asked.startswith("sl.show."):
                found |= choices_of((sl.MODULES["show"], node.attr))
            elif asked.startswith("sl.") and node.attr in sl.NAMES and node.attr != "open_study":
                found |= choices_of((sl.NAMES[node.attr], node.attr))
            elif asked == f"study.{node.attr}":
                found |= choices_of((DATASET[0], f"{DATASET[1]}.{node.attr}"))
    return found


@cache
def choices_of(place: Place) -> frozenset[str]:
    """The choices a function reads, itself or through what it calls."""
    found: set[str] = set()
    seen, waiting = {place}, [place]
    while waiting:
        code = _code(waiting.pop())
        found |= code.choices
        waiting += code.calls - seen
        seen |= code.calls
    return frozenset(found)


@cache
def _code(place: Place) -> Code:
    """What the code at a place names; nothing where there is no such code."""
    room = _room(place[0])
    if place[1] not in room.code:
        told = room.names.get(place[1])  # handed on by a room's `__init__`
        return Code(frozenset(), frozenset([told] if told else []))
    choices: set[str] = set()
    calls: set[Place] = set()
    for node in ast.walk(room.code[place[1]]):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            calls |= {(place[0], node.id)} if node.id in room.code else set()
            calls |= {room.names[node.id]} if node.id in room.names else set()
        elif isinstance(node, ast.Attribute):
            base = ast.unparse(node.value)
            if base in room.names and not room.names[base][1]:  # a module: `counting.units`
                calls.add((room.names[base][0], node.attr))
            if base.rpartition(".")[2] in {"study", "self", "rule", "period", "counting", "ket"}:
                choices |= {node.attr} & set(KEYS)
                choices |= PREPARED.get(node.attr, set())
                calls.add((DATASET[0], f"{DATASET[1]}.{node.attr}"))
        elif isinstance(node, ast.Constant):
            choices |= PREPARED.get(str(node.value), set())  # `study.table("tags")`
    return Code(frozenset(choices), frozenset(calls))


class Room(NamedTuple):
    """A module: its functions and classes, and what its imports call the rest of the library."""

    code: dict[str, ast.AST]
    names: dict[str, Place]


@cache
def _room(module: str) -> Room:
    """A module of the library as its file says it."""
    path = _file(module)
    if path is None:
        return Room({}, {})
    code: dict[str, ast.AST] = {}
    names: dict[str, Place] = {}
    node: ast.AST
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            code[node.name] = node
        if isinstance(node, ast.ClassDef):
            code |= {f"{node.name}.{part.name}": part for part in node.body
                     if isinstance(part, ast.FunctionDef)}  # fmt: skip
    if module == DATASET[0]:
        del code[DATASET[1]]  # its parts are asked for one by one
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE.name):
            below = str(node.module)[len(PACKAGE.name) + 1 :]
            if not ELSEWHERE & {below.partition(".")[0], below}:
                names |= {a.asname or a.name: _place(below, a.name) for a in node.names}
    return Room(code, names)


def _place(module: str, name: str) -> Place:
    """What an import names: a module, told by an empty name, or something in one."""
    inside = f"{module}.{name}" if module else name
    return (inside, "") if _file(inside) else (module, name)


def _file(module: str) -> Path | None:
    """The file of a module below `studylib`; None where it is no module."""
    stem = PACKAGE.joinpath(*module.split("."))
    files = (stem.with_suffix(".py"), stem / "__init__.py")
    return next((path for path in files if path.is_file()), None)
