"""
What is wrong with a study file, or another TOML file, in words: what stands there, what should.

    `period.first_year` is '1e3'; expected a whole number.
    `territories[1].country` is 'Spain'; expected two capital letters like FR.

pydantic finds the mistakes and says them in the language of programs; this says them to somebody
who edits a text file.  One sentence for each mistake, none for what only follows from another.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from studylib.errors import DataError, printable, quoted, several
from studylib.files import toml, wording

Checked = TypeVar("Checked", bound=BaseModel)
Location = tuple[int | str, ...]
PATTERNS = {
    "^[A-Z]{2}$": "two capital letters like FR",
    "^[A-Z]{2}[0-9A-Z]{0,3}$": "a region code like FR61",
    r"^[\w.\-\[\]:]+:\d{1,5}$": "a server and its port like localhost:25",
    r"^https?://[^\s\"'<>]{1,300}$": "an address on the web like https://example.org/studies",
    "^[a-z0-9][a-z0-9-]{0,60}$": "a short name of small letters, digits and hyphens",
}
EXPECTED: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "int_type": lambda _: "a whole number",
    "int_parsing": lambda _: "a whole number",
    "bool_type": lambda _: "true or false, without quotes",
    "bool_parsing": lambda _: "true or false, without quotes",
    "greater_than_equal": lambda ctx: f"{ctx['ge']} or more",
    "less_than_equal": lambda ctx: f"{ctx['le']} or less",
    "string_type": lambda _: "a text",
    "string_too_short": lambda _: "a text that is not empty",
    "string_too_long": lambda ctx: f"at most {ctx['max_length']} characters",
    "string_pattern_mismatch": lambda ctx: PATTERNS[ctx["pattern"]],
    "tuple_type": lambda _: "a list",
    "too_short": lambda ctx: f"at least {ctx['min_length']}",
    "too_long": lambda ctx: f"at most {ctx['max_length']}",
    "model_type": lambda _: "a block of keys",
    "finite_number": lambda _: "a number",
    "path_type": lambda _: "a path in quotes",
    "literal_error": lambda ctx: str(ctx["expected"]),
}
TRANSLATED = 'a text, or one text for each language like { en = "…", fr = "…" }'
PLAIN = (str, int, float)  # what stood in the file can be shown
MOST_TOLD = 50
"""Most mistakes that are told, one a line; the others are counted."""
ALTERNATIVES = ("dict[", "constrained-str", "function-after[")
"""How pydantic calls the kinds that a value may be, inside a location."""
WINDOWS = re.compile(r'"[^"\n]*[A-Za-z0-9_ .:]\\[^"\n]*"')
FOLLOWS = {"too_short", "missing"}  # from another mistake below the same key


def load_toml(path: Path, model: type[Checked], called: str) -> Checked:
    """
    What a TOML file says, checked, without signs that nobody sees; `called` is what people call
    such a file.

    Raises
    ------
    DataError
        The file is missing, is not TOML, or a key is unknown, wrong or lacking.
    """
    try:
        return model.model_validate(wording.bare(toml.read(path)))
    except FileNotFoundError:
        raise DataError(f"There is no {called} {quoted(path.name)}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{quoted(path.name)} cannot be read as TOML: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        message = _briefly(first)
        count = several(error.error_count(), "mistake", "mistakes")
        stands = f" is {_value(first['input'])}" if isinstance(first["input"], PLAIN) else ""
        raise DataError(
            f"{quoted(path.name)} has {count}; first: `{where}`{stands}: {message}."
        ) from None


def _briefly(problem: ErrorDetails) -> str:
    """What is wrong with a key whose name and value are said already."""
    kind = problem["type"]
    if kind == "missing":
        return "missing"
    if kind == "extra_forbidden":
        return "no key of such a file"
    if kind in EXPECTED and kind != "string_pattern_mismatch":  # forms are those of a study file
        return f"expected {EXPECTED[kind](problem.get('ctx', {}))}"
    return problem["msg"].removeprefix("Value error, ")


def in_words(error: ValidationError, study: type[BaseModel], called: str = "a study") -> str:
    """One line per mistake, indented, under their number; keys as they stand in the file."""
    problems = error.errors()
    above = {p["loc"][:length] for p in problems for length in range(len(p["loc"]))}
    found: dict[str, tuple[ErrorDetails, Location]] = {}
    for problem in problems:
        # A list without valid items is too short because of the mistakes below it.
        if problem["type"] not in FOLLOWS or problem["loc"] not in above:
            place = _without_alternatives(problem["loc"])
            found.setdefault(_key(place), (problem, place))
    told = [
        _sentence(problem, study, place, called, is_text=len(place) < len(problem["loc"]))
        for problem, place in islice(found.values(), MOST_TOLD)
    ]
    more = len(found) - len(told)
    count = several(len(found), "mistake", "mistakes")
    return "\n  ".join([f"{count}:", *told, *([f"and {more:,} more."] if more else [])])


def _without_alternatives(place: Location) -> Location:
    """A location up to where a text may also be a table: what follows names types, not keys."""
    for i, part in enumerate(place):
        if isinstance(part, str) and part.startswith(ALTERNATIVES):
            return place[:i]
    return place


def _key(place: Location) -> str:
    """`territories[1].nuts[0]`: a key as one would look for it in the file; lists from 0."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in place]
    return printable("".join(parts).removeprefix("."))


def _sentence(
    problem: ErrorDetails, study: type[BaseModel], place: Location, called: str, *, is_text: bool
) -> str:
    """One mistake in a sentence."""
    key, kind = _key(place), problem["type"]
    if kind == "missing":
        return f"`{key}` is missing."
    if kind == "extra_forbidden":
        known = _known_keys(study, place)
        near = meant(str(place[-1]), known)
        return f"`{key}` is not a key of {called}{near}; known here: {', '.join(known)}."
    if kind == "value_error":  # our own words
        said = problem["msg"].removeprefix("Value error, ")
        return f"`{key}`: {said}." if key else f"{said[0].upper()}{said[1:]}."
    if is_text and kind != "string_too_long":
        return f"`{key}` is not a name or title; expected {TRANSLATED}."
    expected = EXPECTED[kind](problem.get("ctx", {})) if kind in EXPECTED else problem["msg"]
    given = problem["input"]
    if kind == "tuple_type" and isinstance(given, dict):
        return f"`{key}` is one block; there may be several, so write [[{key}]] above each."
    if kind == "int_type" and isinstance(given, str):
        expected += ", without quotes" if given.strip().isdecimal() else ""
    words = [word.strip("'") for word in re.split(", | or ", expected)]
    near = meant(given, words) if kind == "literal_error" and isinstance(given, str) else ""
    return f"`{key}` is {_value(given)}{near}; expected {expected}."


def meant(given: str, known: list[str]) -> str:
    """The word that was meant, where one is near: `conting` (did you mean `counting`?)."""
    near = get_close_matches(given.casefold(), known, n=1, cutoff=0.75)
    return f" (did you mean {quoted(near[0])}?)" if near else ""


def not_toml(error: Exception, text: str = "") -> str:
    """Why a text is no TOML, and what to do where paths are written as Windows writes them."""
    paths = WINDOWS.search(text)
    hint = " Write paths with / in place of \\, or in single quotes." if paths else ""
    return f"cannot be read as TOML: {error}.{hint}"


def _value(value: object) -> str:
    """What stands in the file, as TOML writes true and false."""
    return quoted(str(value).lower() if isinstance(value, bool) else value)


def _known_keys(study: type[BaseModel], place: Location) -> list[str]:
    """The keys the block a location lies in may have."""
    block = study
    for part in place[:-1]:
        if isinstance(part, str):
            block = _block_of(block, part)
    return sorted(field.alias or name for name, field in block.model_fields.items())


def _block_of(model: type[BaseModel], key: str) -> type[BaseModel]:
    """The model of the block under a key, which may be optional or a list of blocks."""
    field = next(f for name, f in model.model_fields.items() if (f.alias or name) == key)
    annotation: Any = field.annotation
    while not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        annotation = get_args(annotation)[0]  # the block stands first in `Block | None`
    return annotation
