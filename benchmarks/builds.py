"""
What a build costs: all of it, nothing to do, a sentence of one notebook, a language more.

The default study in one language, in temporary folders; processor seconds are of a machine
that does nothing else.  `ratio` is a whole build over the row, in processor seconds.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks._machine import busy

PROJECT = Path(__file__).resolve().parents[1]
START = """
from pathlib import Path
from studylib.build import plan
plan.NOTEBOOKS = Path({notebooks!r})
from studylib.__main__ import main
main()
"""


def run() -> list[dict[str, object]]:
    """One row per kind of build: processor seconds, seconds, how many times a whole build."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        notebooks, study = _copied(folder)
        build = _builder(folder, notebooks, study)
        whole = _measured("a whole build, one language", build)
        rows = [whole, _measured("nothing to do", build)]
        _edit_a_sentence(notebooks)
        rows.append(_measured("a sentence of one notebook", build))
        said = study.read_text(encoding="utf-8")
        study.write_text(said.replace('languages = ["en"]', 'languages = ["en", "fr"]'), "utf-8")
        rows.append(_measured("a language more", build))
    return [{**row, "ratio": whole["processor"] / row["processor"]} for row in rows]  # type: ignore[operator]


def _copied(folder: Path) -> tuple[Path, Path]:
    """The notebooks, to be edited, and the default study in English beside its data."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    for path in PROJECT.glob("notebooks/*.ipynb"):
        (notebooks / path.name).write_bytes(path.read_bytes())
    (folder / "data").symlink_to(PROJECT / "data", target_is_directory=True)
    said = (PROJECT / "study.toml").read_text(encoding="utf-8")
    study = folder / "study.toml"
    study.write_text(
        said.replace('languages = ["en", "es", "fr", "eu"]', 'languages = ["en"]'), "utf-8"
    )
    return notebooks, study


def _builder(folder: Path, notebooks: Path, study: Path) -> Callable[[], None]:
    """A command that builds the study with these notebooks."""
    start = START.format(notebooks=str(notebooks))
    environment = {**os.environ, "STUDYLIB_PROCESSED": str(folder / "work")}

    def build() -> None:
        """Build what is stale."""
        subprocess.run(
            [sys.executable, "-c", start, "build", str(study), "--quiet", "--reports",
             str(folder / "reports")],
            check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    return build


def _measured(what: str, build: Callable[[], None]) -> dict[str, object]:
    """What a build took."""
    before, started = busy(), time.monotonic()
    build()
    return {"build": what, "processor": busy() - before, "seconds": time.monotonic() - started}


def _edit_a_sentence(notebooks: Path) -> None:
    """Another word in the last markdown cell of the first notebook that has two."""
    path = min(notebooks.glob("[0-9]*.ipynb"))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"][-1]
    cell["source"] = [*cell["source"], " Indeed."]
    path.write_text(json.dumps(notebook), encoding="utf-8")
