"""
Many files that a task of pytask reads, as one thing that is the same or changed.

    a.csv  5e88...
    b.csv  9f86...   -->  one node, one row in what pytask remembers: a line for each file
    c.py   2c62...

pytask writes a row, and waits for the disk, for each file of each task: with all rules and all code
behind every page that took longer than the pages.  The files stay told apart by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studylib.files.seen import Seen


@dataclass(kw_only=True)
class ManyFiles:
    """A node of pytask: files and their checksums, as they were when the build began."""

    name: str
    content: str
    attributes: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, seen: Seen, files: Iterable[Path]) -> "ManyFiles":
        """The files, each of them seen when the build began; `name` is one per study."""
        return cls(name=name, content="\n".join(f"{seen.content(path)} {path}" for path in files))

    @property
    def signature(self) -> str:
        """What pytask knows the node by."""
        return self.name

    def state(self) -> str:
        """A line per file: its checksum and its path; one without words where there is no file."""
        return self.content or "\n"

    def load(self, is_product: bool = False) -> None:  # noqa: FBT001, FBT002 - as pytask calls it
        """Nothing: a task finds its files in the plan."""

    def save(self, value: Any) -> None:
        """Never called: these files are read, not made."""
        raise NotImplementedError


def changed(old: str, new: str) -> set[str]:
    r"""
    The names of the files that differ between two states.

    >>> sorted(changed("1 /d/a.csv\n2 /d/b.csv", "1 /d/a.csv\n3 /d/b.csv\n4 /d/c d.csv"))
    ['b.csv', 'c d.csv']
    """
    differing = set(old.splitlines()) ^ set(new.splitlines())
    return {line.partition(" ")[2].rpartition("/")[2] for line in differing if line}
