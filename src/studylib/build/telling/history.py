"""
What builds of a study did: a line of JSON for each, beside its pages.

    reports/<study>.history.jsonl   {time, outcome, exit_code, seconds, steps, release,
                                     parameters, inputs, method}

No path of this machine stands there, for the pages may be public.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from studylib.errors import StudyError
from studylib.files import atomic
from studylib.runs.published import last_failure, releases

MOST = 1000  # runs that are kept
NOTHING, BUILT, FAILED, INTERRUPTED = "nothing to do", "built", "failed", "interrupted"


def file_of(reports: Path, study_id: str) -> Path:
    """Where the history of a study is."""
    return reports / f"{study_id}.history.jsonl"


def note(
    reports: Path,
    study_id: str,
    steps: Sequence[Mapping[str, object]],
    started: float,
    error: BaseException | None = None,
) -> None:
    """Add a run: what ran, when it began [s], what stopped it; nothing where it cannot be kept."""
    outcome, code = _outcome(error, is_work=bool(steps))
    said: dict[str, object] = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
        "outcome": outcome,
        "exit_code": code,
        "seconds": round(time.time() - started, 1),
        "steps": list(steps),
        "release": next((r.name for r in releases.releases(reports, study_id) if r.is_shown), None),
    }
    if isinstance(error, Exception):
        said["message"] = last_failure.without_folders(str(error))
    if outcome == BUILT:
        said |= _made_of(reports / study_id)
    line = json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    path = file_of(reports, study_id)
    with suppress(OSError):
        lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
        atomic.replace(path, b"".join([*lines[1 - MOST :], line]))


def _outcome(error: BaseException | None, *, is_work: bool) -> tuple[str, int]:
    """How a run ended, and the exit code of its command."""
    if error is None:
        return BUILT if is_work else NOTHING, 0
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, 130
    return FAILED, error.exit_code if isinstance(error, StudyError) else 1


def _made_of(link: Path) -> dict[str, object]:
    """Parameters, checksums of inputs, and versions, as the published results tell them."""
    with suppress(OSError, ValueError):
        said = json.loads((link / "results.json").read_text(encoding="utf-8"))
        return {key: said[key] for key in ("parameters", "inputs", "method") if key in said}
    return {}


def runs(reports: Path, study_id: str) -> list[dict[str, Any]]:
    """The runs of a study, the last first; a line that cannot be read is left out."""
    found = []
    with suppress(OSError):
        for line in file_of(reports, study_id).read_bytes().splitlines():
            with suppress(ValueError):
                found.append(json.loads(line))
    return found[::-1]


def lines(reports: Path, study_id: str, most: int) -> Iterator[str]:
    """The last runs, a line for each, and what ran below it."""
    told = runs(reports, study_id)[:most]
    if not told:
        yield f"No build of {study_id} is known here."
    for run in told:
        code = f" (exit code {run['exit_code']})" if run["exit_code"] else ""
        release = run["release"] or "none"
        yield f"{run['time']}  {run['outcome']}{code}, {run['seconds']} s, shown: {release}"
        if run["steps"]:
            names = [f"{step['name']} {step['seconds']} s" for step in run["steps"]]
            yield f"    {', '.join(names)}"
        if "message" in run:
            yield f"    {run['message']}"
