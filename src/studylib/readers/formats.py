"""
The formats that are known, and which of them a file is in.

    name  --module-->  `recognises(head)`, `read(path, ...)`
"""

import importlib
from types import ModuleType

from studylib.errors import DataError, quoted
from studylib.readers.sniff import Head

WINGS = {
    "patentscope": "lists",
    "lens": "lists",
    "espacenet": "lists",
    "ops_json": "epo",
    "ops_xml": "epo",
    "docdb": "epo",
    "regpat": "bulk",
    "patstat": "bulk",
    "table": "lists",
}
"""Name of each reader and the wing its module lives in; content is tried in this order."""
FORMATS = tuple(WINGS)
TABLE = "table"


def module(name: str) -> ModuleType:
    """The module of a format; loaded when it is needed."""
    return importlib.import_module(f"studylib.readers.{WINGS[name]}.{name}")


def of(found: Head) -> str | None:
    """The format of a file, by its content; an error for a known export that cannot be used."""
    for name in FORMATS:
        if module(name).recognises(found):
            return name
    from studylib.readers import refuse

    if words := refuse.sentence(found):
        raise DataError(f"{quoted(found.name)} {words}")
    return None
