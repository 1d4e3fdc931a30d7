"""A file of settings as it stands on disk, or what keeps it from being read, in a sentence."""

import tomllib
from pathlib import Path
from typing import Any

from studylib.errors import DataError, UsageError, quoted
from studylib.files import toml
from studylib.study import toml_errors


def content_of(path: Path, called: str, how: str) -> dict[str, Any]:
    """
    What a TOML file says, unchecked.

    Parameters
    ----------
    path
        The file.
    called
        What people call such a file.
    how
        A sentence: how to come by one.

    Raises
    ------
    UsageError
        It is not there, or cannot be read as TOML.
    """
    try:
        return toml.read(path)
    except FileNotFoundError:
        raise UsageError(f"There is no {called} {quoted(path)}. {how}") from None
    except tomllib.TOMLDecodeError as error:
        text = path.read_text(encoding="utf-8-sig")
        raise UsageError(f"{quoted(path)} {toml_errors.not_toml(error, text)}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{quoted(path)} {toml_errors.not_toml(error)}") from None
    except DataError as error:
        raise UsageError(str(error)) from None
