"""
The releases of a study that are there: which, since when, whole or not, and which one is shown.

    reports/.releases/<study>/<release>/manifest.json   checksum and size of every file of it
    reports/.releases/<study>/.held                     a release that was rolled back
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

RELEASES = ".releases"
MANIFEST = "manifest.json"
SHORT = 12  # characters of the checksum that name a release


@dataclass(frozen=True)
class Release:
    """A release that is there: its name, when it was last made the one to show, if it is shown."""

    name: str
    made: datetime
    is_shown: bool


def releases(reports: Path, study_id: str) -> list[Release]:
    """The releases of a study that are there, the last made first."""
    folder, link = reports / RELEASES / study_id, reports / study_id
    shown = link.resolve().name if link.is_symlink() else None
    paths = [p for p in folder.glob("*") if not p.name.startswith(".")]
    paths.sort(key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)
    times = {p.name: datetime.fromtimestamp(p.stat().st_mtime, UTC) for p in paths}
    return [Release(p.name, times[p.name], p.name == shown) for p in paths]


def is_shown(reports: Path, study_id: str, name: str) -> bool:
    """Whether a release is what stands there, whole, or was rolled back by a person."""
    link = reports / study_id
    if not (link.is_symlink() and is_whole(link)):
        return False
    return name in (link.resolve().name, held(reports, study_id))


def show_again(reports: Path, study_id: str) -> None:
    """Forget that a release was rolled back: a build may show it."""
    held_file(reports, study_id).unlink(missing_ok=True)


def held_file(reports: Path, study_id: str) -> Path:
    """Where it is noted that a release was rolled back."""
    return reports / RELEASES / study_id / ".held"


def held(reports: Path, study_id: str) -> str | None:
    """The release that was rolled back."""
    with suppress(OSError):
        return held_file(reports, study_id).read_text(encoding="utf-8")
    return None


def manifest(content: Mapping[str, bytes]) -> bytes:
    """Checksum and size of every file, sorted by path: what a release is, and its name."""
    told = {
        path: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
        for path, body in sorted(content.items())
    }
    return json.dumps({"files": told}, indent=1).encode() + b"\n"


def name_of(listed: bytes) -> str:
    """The name of the release with this manifest."""
    return hashlib.sha256(listed).hexdigest()[:SHORT]


def is_whole(release: Path) -> bool:
    """Whether a release holds exactly the files its manifest names, unchanged."""
    try:
        told = (release / MANIFEST).read_bytes()
        paths = [p for p in release.rglob("*") if p.is_file() and p != release / MANIFEST]
        found = {p.relative_to(release).as_posix(): p.read_bytes() for p in paths}
    except OSError:
        return False
    return manifest(found) == told
