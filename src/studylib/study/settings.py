"""
A study with some of its keys changed, checked as its file is, and written as a file of its own.

    study.toml, {"period.first_year": 2005}  --changed-->  Study
    what a file says                         --as_toml-->  text that `load` reads back

`KEYS` are the keys that can be tried without another input: every value of the blocks `period`,
`counting` and `ket`, found in the model, and which of the territories are looked at.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from studylib.errors import UsageError, quoted, some
from studylib.files import toml
from studylib.study.model import Study, checked
from studylib.study.parts import Area

TERRITORIES = "territories"


def _fields() -> dict[str, tuple[str, FieldInfo]]:
    """The values of the blocks every study has, by the names they are chosen by."""
    found = {}
    for block, told in Study.model_fields.items():
        if isinstance(told.annotation, type) and issubclass(told.annotation, BaseModel):
            for name, field in told.annotation.model_fields.items():
                found[name] = (f"{block}.{name}", field)
    return found


FIELDS = _fields()
KEYS = (*FIELDS, TERRITORIES)


def allowed(name: str) -> tuple[str, ...]:
    """The values a choice can have; empty where they are no list."""
    told = FIELDS[name][1].annotation if name in FIELDS else None
    if get_origin(told) is tuple:  # several of them
        told = get_args(told)[0]
    words = get_args(told)
    return words if words and all(isinstance(word, str) for word in words) else ()


def said(study: Study, name: str) -> Any:
    """What the study says for a choice: a text, a number, or a list of names or words."""
    if name == TERRITORIES:
        return study.territory_ids
    block, _, key = FIELDS[name][0].partition(".")
    value = getattr(getattr(study, block), key)
    if isinstance(value, tuple):
        return list(value)
    return value.as_posix() if isinstance(value, Path) else value


def content(file: Path, changes: Mapping[str, Any]) -> dict[str, Any]:
    """
    What a study file says with these choices in it.

    Raises
    ------
    UsageError
        A territory is not one of the study's.
    """
    told = toml.read(file)
    for name, value in changes.items():
        if name == TERRITORIES:
            told[name] = _named(told.get(name, []), value)
        else:
            block, _, key = FIELDS[name][0].partition(".")
            told[block] = {**told.get(block, {}), key: value}
    return told


def changed(file: Path, changes: Mapping[str, Any]) -> Study:
    """
    The study of a file with these choices, checked as the file is.

    Raises
    ------
    UsageError
        A choice is none a study file could hold, or there is no choice of this name.
    """
    if unknown := [name for name in changes if name not in KEYS]:
        raise UsageError(f"There is no choice {some(unknown)}; there are {', '.join(KEYS)}.")
    return checked(content(file, changes), file, f"{file.name} with these choices")


def _named(blocks: list[Any], names: Any) -> list[Any]:
    """The blocks of the territories of these names, in this order."""
    if not isinstance(names, (list, tuple)) or not names:
        raise UsageError(f"`territories` is {quoted(names)}; expected a list of names.")
    known = {Area.model_validate(block).id: block for block in blocks}
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"There is no territory {some(unknown)}; there are {some(known, most=6)}.")
    return [known[name] for name in names]


def as_toml(told: Mapping[str, Any]) -> str:
    """What a study file says as text: values first, then blocks, then lists of blocks."""
    plain = {k: v for k, v in told.items() if not _is_block(v) and not _is_blocks(v)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in told.items():
        if _is_block(value):
            lines += ["", f"[{_key(key)}]", *(f"{_key(k)} = {_value(v)}" for k, v in value.items())]
        elif _is_blocks(value):
            for block in value:
                lines += ["", f"[[{_key(key)}]]"]
                lines += [f"{_key(k)} = {_value(v)}" for k, v in block.items()]
    return "\n".join([*lines, ""])


def _is_block(value: object) -> bool:
    return isinstance(value, dict)


def _is_blocks(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _key(name: str) -> str:
    """A key, in quotes where it is no bare one."""
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _value(name)


def _value(value: object) -> str:
    """A value as TOML writes it; a block inside a block on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else str(value)
