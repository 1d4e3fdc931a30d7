"""
Write the pages of `docs/` that say what the code says: `make docs`.

    tables.md      every table and its columns, from `studylib.tables.contracts`
    commands.md    every command with its help
    questions.md   what a notebook can ask, from `studylib.QUESTIONS`
"""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import studylib as sl
from studylib.tables.contracts import CONTRACTS, Column, Contract

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


PAGES = {"tables.md": tables, "commands.md": commands, "questions.md": questions}

if __name__ == "__main__":
    for _name, _written in PAGES.items():
        (DOCS / _name).write_text(_written(), encoding="utf-8")
