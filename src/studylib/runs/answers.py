"""
The folders in which a build keeps answers, one per notebook, until it ends.

    en/20_patents   computes, keeps    answers/20_patents.en --when it ran--> answers/20_patents
    fr/20_patents   reads there, and names the libraries that computed the answers as its own

A folder is there for others when the notebook that filled it has run to its end: so the libraries
a page names do not depend on which page was quicker.
"""

import json
import shutil
from contextlib import suppress
from pathlib import Path

from studylib.files.answers import KEPT, NEW

LIBRARIES = "libraries.json"


class Answers:
    """What one run of a notebook reads or keeps; nothing where there is no folder."""

    def __init__(self, folder: Path | None, name: str, language: str) -> None:
        self._kept = folder / name if folder else None
        self._new = folder / f"{name}.{language}" if folder else None
        self._is_reading = bool(self._kept and self._kept.is_dir())
        if self._new and not self._is_reading:
            with suppress(OSError):
                self._new.mkdir(parents=True, exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """What the kernel is told."""
        if not self._new:
            return {}
        return {KEPT: str(self._kept)} if self._is_reading else {NEW: str(self._new)}

    def ran(self, libraries: list[str]) -> list[str]:
        """The libraries that computed it, with those of answers it read; others may read it now."""
        if not (self._new and self._kept):
            return libraries
        with suppress(OSError):
            if self._is_reading:
                told = json.loads((self._kept / LIBRARIES).read_text(encoding="utf-8"))
                return sorted({*libraries, *told})
            (self._new / LIBRARIES).write_text(json.dumps(libraries), encoding="utf-8")
            self._new.rename(self._kept)
        return libraries

    def failed(self) -> None:
        """What it kept goes: it may be of half a notebook."""
        if self._new:
            shutil.rmtree(self._new, ignore_errors=True)
