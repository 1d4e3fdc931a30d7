"""
Answers computed once in a build: what does not depend on the language of the page.

    first language    differences(study) --computed--> an answer, kept in a folder of the build
    other languages   differences(study) --read------> the same answer

Only a build names such a folder, one per notebook (`studylib.runs.answers`); anywhere else, and
with other choices than an answer was kept for, everything is computed.  The folder is private to
the build and goes with it, so an answer is never older than data or code.
"""

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

KEPT, NEW = "STUDYLIB_ANSWERS", "STUDYLIB_NEW_ANSWERS"
"""Environment variables: the folder answers are read from, or that in which they are kept."""
Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_said: dict[str, bytes] = {}  # in this process: headline, table and sentence ask for the same


def once(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """
    The function, whose answer to the same question is computed once in a build.

    It must depend on nothing but what it is given, and not on the language.  What it is given
    tells what it is known as (`known_as`; None: not known, always computed), or is pickled.
    """

    @wraps(function)
    def answer(*given: Given.args, **named: Given.kwargs) -> Answer:
        """The answer, read or computed."""
        if not (NEW in os.environ or KEPT in os.environ):
            return function(*given, **named)
        name = _name(function, given, named)
        if (said := _said.get(name) or _read(name)) is None:
            computed = function(*given, **named)
            try:
                said = pickle.dumps(computed)
            except (pickle.PicklingError, AttributeError, TypeError):
                return computed
            _keep(name, said)
        if name:
            _said[name] = said
        again: Answer = pickle.loads(said)  # noqa: S301 - of this build, in its private folder
        return again

    return answer


def _name(function: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> str:
    """The name of a question, the same in every kernel; "" where there is none."""
    values = (*given, *named.values())
    if any(getattr(value, "known_as", "") is None for value in values):
        return ""
    known = [getattr(value, "known_as", value) for value in values]
    try:
        asked = pickle.dumps((function.__module__, function.__qualname__, known, list(named)))
    except (pickle.PicklingError, AttributeError, TypeError):
        return ""
    return hashlib.sha256(asked).hexdigest()


def _read(name: str) -> bytes | None:
    """What was answered; None where it was not."""
    with suppress(OSError):
        if name and KEPT in os.environ:
            return Path(os.environ[KEPT], name).read_bytes()
    return None


def _keep(name: str, said: bytes) -> None:
    """Keep an answer for other languages; on a full disk they compute it."""
    with suppress(OSError):
        if name and NEW in os.environ:
            folder = Path(os.environ[NEW])
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(said)
            Path(file.name).replace(folder / name)
