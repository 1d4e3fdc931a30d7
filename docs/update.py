"""
Write the pages of `docs/` that say what the code says: `make docs`.

    tables.md      every table and its columns, from `studylib.tables.contracts`
    commands.md    every command with its help
    questions.md   what a notebook can ask, from `studylib.QUESTIONS`
    study-file.md  every key of a study file and of a codebook, from the models and `keys.toml`
"""

import inspect
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import studylib as sl
from studylib.study.model import Language, Study
from studylib.survey.codebook import Codebook
from studylib.tables.contract import Column, Contract
from studylib.tables.contracts import CONTRACTS

DOCS = Path(__file__).parent
BY = "<!-- Written by `make docs`; change the code. -->\n"
LITERAL = str.maketrans({"|": "\\|", "<": "&lt;"})
WIDTH = 100  # columns of a terminal


def tables() -> str:
    """The codebook: one section per canonical table."""
    head = "# Tables and columns\nTables of a study in `data/processed/<study>`, and of `studylib read`. "
    head += "A column with `?` may be missing. Kinds: text, label (few distinct values), integer, number, date, flag.\n"
    return "\n".join([BY + head, *(_table(contract) for contract in CONTRACTS.values())])


def _table(contract: Contract) -> str:
    """One table: its grain, its key, a row per column."""
    rows = "\n".join(_column(column) for column in contract.columns)
    key = ", ".join(f"`{name}`" for name in contract.key)
    return (
        f"## {contract.name}\n{contract.grain[0].upper()}{contract.grain[1:]}; sorted by {key}.\n\n"
        f"| column | kind | meaning | values |\n|---|---|---|---|\n{rows}\n"
    )


def _column(column: Column) -> str:
    name = column.name if column.required else f"{column.name}?"
    allowed = ", ".join(column.allowed).translate(LITERAL)
    return f"| `{name}` | {column.kind} | {column.meaning.translate(LITERAL)} | {allowed} |"


def commands() -> str:
    """Every command with what its `--help` says."""
    named = [
        line.split()[0]
        for line in _help().partition("Commands:")[2].splitlines()
        if line[2:3].strip()
    ]
    sections = [
        f"## {name}\n```sh\n.venv/bin/studylib {name} --help\n```\n\n```text\n{_help(name)}\n```\n"
        for name in named
    ]
    return "\n".join(
        [
            f"{BY}# Commands\nExit codes stand in the [README](../README.md#the-command).\n",
            *sections,
        ]
    )


def _help(*command: str) -> str:
    """What a command says of itself, on a terminal of 100 columns."""
    asked = [sys.executable, "-m", "studylib", *command, "--help"]
    wide = os.environ | {"COLUMNS": str(WIDTH), "TERMINAL_WIDTH": str(WIDTH)}
    said = subprocess.run(asked, check=True, capture_output=True, text=True, env=wide).stdout
    told = said.replace("python -m studylib", "studylib").strip()
    return "\n".join(line.rstrip() for line in told.splitlines())


def questions() -> str:
    """Every function of `import studylib as sl`, by the question it answers."""
    parts = [
        f"{BY}# Questions in a notebook\nEach returns a table. `help(sl.ket_shares)` says what a row is.\n"
    ]
    for asked, names in sl.QUESTIONS.items():
        rows = "\n".join(f"| `sl.{name}` | {_first(getattr(sl, name))} |" for name in names)
        parts.append(f"## {asked}\n| function | gives |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def _first(function: object) -> str:
    """The first sentence of a docstring, on one line."""
    paragraph = (inspect.getdoc(function) or "").partition("\n\n")[0]
    return " ".join(paragraph.split()).translate(LITERAL)


KEYS = tomllib.loads((DOCS / "keys.toml").read_text(encoding="utf-8"))
HEADS = {
    ("study", ""): "Study file\nKeys that stand above the first block.",
    ("codebook", ""): "Codebook\nA file of its own, named by `codebook` in `[survey]`.",
}
WORDS = {"int": "whole number", "str": "text", "bool": "`true` or `false`", "Path": "path",
         "float": "number"}  # fmt: skip


def study_file() -> str:
    """Every key of a study file and of a codebook, block by block, as the models have them."""
    head = (
        "# The study file, key by key\nPaths are relative to the study file. `[[name]]` may stand "
    )
    head += "several times. Meanings and examples stand in `keys.toml`; the rest is what the code accepts.\n"
    parts = [BY + head]
    for called, model in (("study", Study), ("codebook", Codebook)):
        for block, repeated, fields in blocks_of(model):
            marks = f"[[{block}]]" if repeated else f"[{block}]"
            head = HEADS.get(
                (called, block), f"{marks}" if called == "study" else f"{marks} of a codebook"
            )
            rows = "\n".join(
                _key(name, field, *KEYS[called][block][name]) for name, field in fields.items()
            )
            parts.append(
                f"## {head}\n\n| key | type | default | meaning | example |\n|---|---|---|---|---|\n{rows}\n"
            )
    return "\n".join(parts)


def blocks_of(model: type[BaseModel]) -> Iterator[tuple[str, bool, dict[str, FieldInfo]]]:
    """The blocks of a model: name, whether it may stand several times, the keys in it."""
    own, blocks = {}, []
    for name, field in model.model_fields.items():
        inner = next((part for part in _parts(field.annotation) if _is_model(part)), None)
        if inner is None:
            own[field.alias or name] = field
        else:
            repeated = any(get_origin(part) is tuple for part in _parts(field.annotation))
            blocks.append((field.alias or name, repeated, inner.model_fields))
    yield "", False, own
    yield from blocks


def _is_model(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _parts(annotation: object) -> Iterator[Any]:
    """A type and everything it is made of."""
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _key(name: str, field: FieldInfo, meaning: str, example: str) -> str:
    """One key: its row."""
    if field.is_required():
        usual = "needed"
    else:
        usual = _usual(field.get_default(call_default_factory=True))
    cells = (f"`{name}`", _kind(field.annotation), usual, meaning, f"`{example}`")
    return f"| {' | '.join(cell.translate(LITERAL) for cell in cells)} |"


def _usual(value: object) -> str:
    """A default as one would type it; a dash where nothing is meant."""
    if value is None or value in ((), {}, ""):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    said = ", ".join(f'"{v}"' for v in value) if isinstance(value, tuple) else f'"{value}"'
    return (
        f"`[{said}]`"
        if isinstance(value, tuple)
        else f"`{said if isinstance(value, str) else value}`"
    )


def _kind(annotation: Any) -> str:
    """A type in words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in inner)
    if origin in (Union, UnionType):
        kinds = dict.fromkeys(_kind(part) for part in inner if part is not type(None))
        return " or ".join(kinds).replace("text or one", "text, or one")
    if origin is tuple:
        return f"list of: {_kind(inner[0])}"
    if origin is dict:
        return "one per language" if inner[0] is Language else f"names = {_kind(inner[1])}"
    if origin is not None:  # Annotated
        return _kind(inner[0])
    return WORDS[annotation.__name__]


PAGES = {"tables.md": tables, "commands.md": commands, "questions.md": questions,
         "study-file.md": study_file}  # fmt: skip

if __name__ == "__main__":
    for _name, _written in PAGES.items():
        (DOCS / _name).write_text(_written(), encoding="utf-8")
