"""
Files that travel with an output: the CSV of a table, the SVG of a figure.

    Table, Picture  --MIME type `FILES`-->  executed notebook  --files-->  {"tables/x.csv": text}

A notebook knows no path: what belongs beside its page is carried in the output itself, and the
run writes it there.  What is no text (a picture, a spreadsheet) is carried as base64.  An output
shows a link to it with the template `link.html.j2`.
"""

import base64
import re
from collections.abc import Mapping
from typing import Any

from studylib.errors import RunError, UsageError, quoted

FILES = "application/vnd.studylib.files+json"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
PATH = re.compile(
    rf"(?:tables/{NAME.pattern}\.(?:csv|graphml|json|xlsx)"
    rf"|figures/{NAME.pattern}\.(?:csv|svg|png|xlsx))"
)
BINARY = (".png", ".xlsx")


def as_text(content: bytes) -> str:
    """Bytes as an output carries them."""
    return base64.b64encode(content).decode("ascii")


def files(notebook: Any) -> dict[str, bytes]:
    """
    What belongs beside the page of an executed notebook: path relative to the page, and bytes.

    Raises
    ------
    RunError
        A path leads elsewhere, or one path stands for two different contents.
    """
    found: dict[str, str] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            carried: Mapping[str, str] = output.get("data", {}).get(FILES, {})
            for path, text in carried.items():
                if not PATH.fullmatch(path):
                    raise RunError(f"An output wants to write {quoted(path)}; it may not.")
                if found.setdefault(path, text) != text:
                    raise RunError(
                        f"Two outputs are both called {quoted(path)}. Give each its own name."
                    )
    return {path: _bytes(path, text) for path, text in found.items()}


def _bytes(path: str, text: str) -> bytes:
    """The bytes of a file: of a picture and a spreadsheet from base64, of all others its text."""
    return base64.b64decode(text) if path.endswith(BINARY) else text.encode()


def check_name(name: str) -> str:
    """The name of a table or figure; small letters, digits, `_` and `-`, or "" for no file."""
    if name and not NAME.fullmatch(name):
        raise UsageError(
            f"{quoted(name)} cannot name a file: use small letters, digits, `_` and `-`."
        )
    return name
