"""
Which libraries took a file apart: said where one does, gathered by whoever wants to know.

    with gathered() as libraries:
        readers.read_all(paths)        ->  {"duckdb"} for a bulk edition

What a library reads depends on what lies in a folder, so nobody can say it before.
"""

from collections.abc import Iterator
from contextlib import contextmanager

_gathering: list[set[str]] = []


@contextmanager
def gathered() -> Iterator[set[str]]:
    """The libraries at work inside the block, in every thread."""
    found: set[str] = set()
    _gathering.append(found)
    try:
        yield found
    finally:
        _gathering[:] = [other for other in _gathering if other is not found]


def at_work(library: str) -> None:
    """Say that a library, by the name it is installed by, takes a file apart."""
    for found in _gathering:
        found.add(library)
