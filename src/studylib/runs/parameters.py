"""
The parameters of a notebook, checked in words before any kernel starts.

    # parameters cell                  declared                            checked
    first_year = 2000  # first year    name        kind     default   ->   {"first_year": 2005}
    located_by = "inventor"            first_year  integer  2000
                                       located_by  text     inventor

The cell is read, never run: plain assignments of literals.  A value given from outside becomes a
literal in the notebook, so only what has an unambiguous literal is let in: text, integers, finite
numbers, true and false, nothing, and flat lists of these.  A number is never made of a text nor a
text of a number: the code 00484 stays 00484.
"""

import ast
import json
import keyword
import math
import re
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any, Literal

from studylib.errors import UsageError, quoted, some

Kind = Literal["text", "integer", "number", "flag", "list", "anything"]
KINDS: dict[type, Kind] = {str: "text", int: "integer", float: "number", bool: "flag", list: "list"}
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,18})")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?(e-?[0-9]{1,3})?")
WORDS = {"text": "a text", "integer": "an integer", "number": "a number", "flag": "true or false",
         "list": "a list", "anything": "anything"}  # fmt: skip
TAG = "parameters"


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, what kind of value it takes, its default, what it means."""

    name: str
    kind: Kind
    default: Any
    meaning: str = ""


def declared(notebook: Mapping[str, Any], name: str = "the notebook") -> dict[str, Parameter]:
    """
    The parameters a notebook takes, in the order of its `parameters` cell; none without the cell.

    Raises
    ------
    UsageError
        The cell holds more than assignments of literals, or there are two such cells.
    """
    cells = [c for c in notebook["cells"] if TAG in c["metadata"].get("tags", ())]
    if not cells:
        return {}
    if len(cells) > 1:
        raise UsageError(f"{quoted(name)} has {len(cells)} cells tagged `{TAG}`; keep one.")
    source = cells[0]["source"]
    try:
        return {p.name: p for p in _read(source)}
    except (SyntaxError, ValueError, KeyError, tokenize.TokenError):
        raise UsageError(
            f"The `{TAG}` cell of {quoted(name)} may only hold lines like `first_year = 2000`: "
            "a name, one equals sign, a plain value."
        ) from None


def checked(
    known: Mapping[str, Parameter], given: Mapping[str, Any], name: str = "the notebook"
) -> dict[str, Any]:
    """
    The given values, unchanged, in the order the notebook declares them.

    Raises
    ------
    UsageError
        A name is not a parameter of the notebook, or a value is not of the parameter's kind.
    """
    if unknown := [key for key in given if not _is_name(key) or key not in known]:
        allowed = ", ".join(f"`{key}`" for key in known) or "none"
        raise UsageError(
            f"{quoted(name)} has no parameter {some(unknown)}. Its parameters: {allowed}."
        )
    for key, value in given.items():
        _check_value(known[key], value, name)
    return {key: given[key] for key in known if key in given}


def _is_name(key: object) -> bool:
    """Whether a key can stand left of an equals sign and nothing else."""
    return isinstance(key, str) and key.isidentifier() and not keyword.iskeyword(key)


def _read(source: str) -> list[Parameter]:
    """One parameter per assignment; ValueError on anything else."""
    comments = _comments(source)
    found = []
    for line in ast.parse(source).body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                raise ValueError(ast.unparse(line))
        default = ast.literal_eval(value)
        kind: Kind = "anything" if default is None else KINDS[type(default)]
        found.append(Parameter(name, kind, default, comments.get(line.end_lineno or 0, "")))
    return found


def _comments(source: str) -> dict[int, str]:
    """Comment of each line that has one: the meaning or the unit of the parameter."""
    tokens = tokenize.generate_tokens(StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _check_value(parameter: Parameter, value: Any, name: str) -> None:
    """Raise unless the value has an unambiguous literal and is of the parameter's kind."""
    kind = KINDS.get(type(value))  # exactly these types: no numpy number, no subclass of str
    wider = parameter.kind == "number" and kind == "integer"
    if parameter.kind not in (kind, "anything") and not wider:
        raise UsageError(
            f"The parameter `{parameter.name}` of {quoted(name)} takes {WORDS[parameter.kind]} "
            f"like {quoted(parameter.default)}, not {quoted(value)} ({type(value).__name__})."
        )
    items = value if kind == "list" else [value]
    if unwritable := [item for item in items if not _is_writable(item)]:
        raise UsageError(
            f"The parameter `{parameter.name}` of {quoted(name)} cannot hold {some(unwritable)}: "
            "text, finite numbers, true, false, nothing and flat lists of these are possible."
        )


def _is_writable(item: Any) -> bool:
    """Whether a single value has a literal that gives it back: no NaN, no broken text."""
    if isinstance(item, str):
        return type(item) is str and not any("\ud800" <= c <= "\udfff" for c in item)
    if isinstance(item, float):
        return type(item) is float and math.isfinite(item)
    return item is None or type(item) in (int, bool)


def _value(parameter: Parameter, text: str, name: str) -> Any:
    """A typed text as the parameter's kind; as typed, to be refused, where it does not fit."""
    match parameter.kind:
        case "integer" if INTEGER.fullmatch(text):
            return int(text)
        case "number" if NUMBER.fullmatch(text):
            return float(text)
        case "flag" if text in ("true", "false"):
            return text == "true"
        case "list" | "anything":
            return _from_json(parameter, text, name)
        case _:
            return text


def _from_json(parameter: Parameter, text: str, name: str) -> Any:
    """Lists, and kinds that are open, are typed as JSON: nothing has to be guessed."""
    try:
        return json.loads(text)
    except ValueError:
        raise UsageError(
            f"The parameter `{parameter.name}` of {quoted(name)} is typed as JSON, "
            f'like ["a", "b"], "a" or 1, and {quoted(text)} is not.'
        ) from None


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
