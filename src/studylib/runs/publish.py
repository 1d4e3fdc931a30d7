"""
Reports that are never half-written: a release is staged, verified, flushed, then swapped in.

    reports/
      .lock                          held while publishing; the kernel frees it when we die
      .releases/<study>/<release>/   what was published, the last three; <release> is its checksum
      <study> -> .releases/<study>/<release>        replaced by one rename
      index.html                     replaced by one rename
      <study>.last_failure.json      why the last build of it failed, gone after a good one
      .releases/<study>/.held        a release that was rolled back: not shown again unless asked

A reader sees the old report or the new one.  Equal content is the release that is there already,
and then nothing is touched, not even a time.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from studylib.errors import RunError, UsageError, quoted, several, some
from studylib.files import atomic, lock
from studylib.project import STUDY_ID
from studylib.runs.pages import faults

RELEASES = ".releases"
MANIFEST = "manifest.json"
PATH_IN_QUOTES = re.compile(r"""(['"`])/(?:[^'"`\n]*/)?([^'"`/\n]+)/?\1""")
PATH = re.compile(r"""(?<![\w.:/])/(?:[^\s'"`/]+/)+([^\s'"`/]*)""")
KEPT = 3
SHORT = 12  # characters of the checksum that name a release
Pages = Mapping[str, bytes | Path]


def publish(
    pages: Pages, reports: Path, study_id: str, *, index: bytes | None = None, keep: int = KEPT
) -> Path:
    """The published folder of a study, `reports/<study_id>`: see `release`."""
    release(pages, reports, study_id, index=index, keep=keep)
    return reports / study_id


def release(
    pages: Pages,
    reports: Path,
    study_id: str,
    *,
    index: bytes | None = None,
    keep: int = KEPT,
    patience: float = 0.0,
) -> Path:
    """
    The folder of the release that holds exactly these pages, shown as `reports/<study_id>`.

    One that was rolled back is made, and not shown again.

    Parameters
    ----------
    pages
        Content, or a file to copy, by its path inside the study's folder (`fr/index.html`).
    reports
        The reports folder; made if it is not there.
    study_id
        Name of the study's folder in it.
    index
        The page above all studies; as it was by default.
    keep
        How many releases stay, the one that is shown among them.
    patience
        How long to wait where somebody else publishes here [s].

    Raises
    ------
    BusyError
        Somebody else publishes here.
    UsageError
        A folder of that name stands in the way, or a path leads out of the study's folder.
    RunError
        A page is unfit (`runs.pages`) or the disk is full; the old report stands untouched.
    """
    if not STUDY_ID.fullmatch(study_id):
        raise UsageError(f"{quoted(study_id)} cannot be the folder of a study; use a-z, 0-9, -.")
    with lock.locked(reports, patience=patience):
        link = reports / study_id
        if link.exists() and not link.is_symlink():
            raise UsageError(
                f"{quoted(link)} is a folder that was not published by studylib; "
                "move it away or choose another reports folder."
            )
        _sweep(reports, study_id)
        try:
            content = _content(pages)
            _check(content, index, link)
            made = _release(content, reports / RELEASES / study_id)
            if _held(reports, study_id) != made.name or not link.exists():
                _held_file(reports, study_id).unlink(missing_ok=True)
                _swap(link, made)
                if index is not None:
                    atomic.replace(reports / "index.html", index)
        except OSError as error:
            raise RunError(
                f"{quoted(study_id)} could not be published: {error.strerror or error}. "
                "The report that was there before is unchanged."
            ) from error
        finally:
            with suppress(OSError):
                _sweep(reports, study_id)
        good(reports, study_id)
        _forget(link.resolve(), keep)
    return made


def roll_back(reports: Path, study_id: str, to: str | None = None) -> str:
    """
    Show an earlier release again, by default the one before; returns its name.

    The one that was shown stays, and a build that makes it again does not show it.

    Raises
    ------
    BusyError
        Somebody else publishes here.
    UsageError
        There is no such release, or no earlier one, or it is not whole any more.
    """
    with lock.locked(reports):
        known = releases(reports, study_id)
        if not known:
            raise UsageError(f"Nothing is published of {quoted(study_id)} in {quoted(reports)}.")
        names = [told.name for told in known]
        now = next((i for i, told in enumerate(known) if told.is_shown), -1)
        if to is None and now + 1 >= len(names):
            raise UsageError(f"There is no release of {quoted(study_id)} before the one shown.")
        wanted = names[now + 1] if to is None else to
        if wanted not in names:
            raise UsageError(
                f"There is no release {quoted(wanted)} of {quoted(study_id)}; there are "
                f"{some(names)}."
            )
        target = reports / RELEASES / study_id / wanted
        if not is_whole(target):
            raise UsageError(f"The release {quoted(wanted)} was changed after it was published.")
        newest = max(known, key=lambda told: told.made).name
        _point(reports / study_id, target)
        _held_file(reports, study_id).unlink(missing_ok=True)
        if newest != wanted:
            atomic.replace(_held_file(reports, study_id), newest.encode())
    return wanted


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
    return name in (link.resolve().name, _held(reports, study_id))


def show_again(reports: Path, study_id: str) -> None:
    """Forget that a release was rolled back: a build may show it."""
    _held_file(reports, study_id).unlink(missing_ok=True)


def _held_file(reports: Path, study_id: str) -> Path:
    return reports / RELEASES / study_id / ".held"


def _held(reports: Path, study_id: str) -> str | None:
    """The release that was rolled back."""
    with suppress(OSError):
        return _held_file(reports, study_id).read_text(encoding="utf-8")
    return None


def failed(reports: Path, study_id: str, error: Exception) -> Path:
    """
    Say beside the published report, which stays as it is, why the last build failed.

    The note lies where readers are: of paths of this machine it has the last part only.
    """
    reports.mkdir(parents=True, exist_ok=True)
    told = {
        "study": study_id,
        "error": type(error).__name__,
        "message": without_folders(str(error)),
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    text = json.dumps(told, indent=1, ensure_ascii=True) + "\n"
    return atomic.replace(reports / f"{study_id}.last_failure.json", text.encode())


def good(reports: Path, study_id: str) -> None:
    """Take the note away: the last build of the study did not fail."""
    (reports / f"{study_id}.last_failure.json").unlink(missing_ok=True)


def without_folders(text: str) -> str:
    """
    The text with the last part of every path from the root in it.

    >>> without_folders("[Errno 28] No space left: '/home/me/my study/a.csv' -> /tmp/x/a.csv")
    "[Errno 28] No space left: 'a.csv' -> a.csv"
    """
    text = PATH_IN_QUOTES.sub(r"\1\2\1", text)
    return PATH.sub(r"\1", text)


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


def _content(pages: Pages) -> dict[str, bytes]:
    """The bytes of every page, and no path that leads out or hides."""
    wrong = [
        path
        for path in pages
        if path in ("", ".", MANIFEST)
        or path != PurePosixPath(path).as_posix()
        or path.startswith("/")
        or any(part.startswith(".") or "\\" in part for part in path.split("/"))
    ]
    if wrong:
        raise UsageError(
            f"These are not paths inside a report: {some(wrong)}. Use names like fr/index.html."
        )
    return {k: v if isinstance(v, bytes) else v.read_bytes() for k, v in pages.items()}


def _check(content: Mapping[str, bytes], index: bytes | None, link: Path) -> None:
    """Raise unless every page can be shown as it is, and its links lead somewhere."""
    pages = {f"{link.name}/{path}": body for path, body in content.items()}
    if index is not None:
        pages["index.html"] = index

    def is_elsewhere(path: str) -> bool:
        """Whether a link leads to what stands beside this study: its page is there already."""
        others = not path.startswith(("..", "/", f"{link.name}/")) and (link.parent / path).exists()
        return path == "index.html" or others

    if found := [
        f"{path}: {fault}" for path in sorted(pages) for fault in faults(path, pages, is_elsewhere)
    ]:
        raise RunError(
            f"{several(len(found), 'fault', 'faults')} in the pages, nothing published: "
            f"{some(found)}."
        )


def _release(content: Mapping[str, bytes], folder: Path) -> Path:
    """The release that holds this content: the one that is there, or a new one."""
    listed = manifest(content)
    release = folder / name_of(listed)
    if is_whole(release):
        return release
    staging = folder / f"{atomic.UNFINISHED}{secrets.token_hex(4)}"
    for path, body in {**content, MANIFEST: listed}.items():
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(target, body)
    if not is_whole(staging):
        raise RunError(f"What was written to {quoted(folder)} does not read back; check the disk.")
    for inner in [staging, *(p for p in staging.rglob("*") if p.is_dir())]:
        atomic.flush_folder(inner)
    if release.exists():  # somebody changed it: it is not what its name says
        release.rename(folder / f"{atomic.UNFINISHED}{secrets.token_hex(4)}")
    staging.rename(release)
    atomic.flush_folder(folder)
    return release


def _swap(link: Path, release: Path) -> None:
    """Let the study's name point to a release; untouched if it does."""
    if link.is_symlink() and str(link.readlink()) == os.path.relpath(release, link.parent):
        return
    os.utime(release)  # the order in which releases were shown, for `_forget`
    _point(link, release)


def _point(link: Path, release: Path) -> None:
    """Let a link lead to a release, by one rename."""
    target = os.path.relpath(release, link.parent)
    beside = link.with_name(f"{atomic.UNFINISHED}{link.name}-{secrets.token_hex(4)}")
    beside.symlink_to(target, target_is_directory=True)
    beside.replace(link)
    atomic.flush_folder(link.parent)


def _sweep(reports: Path, study_id: str) -> None:
    """Remove what killed runs left; nobody else is at work, for we hold the lock."""
    for folder in (reports, reports / RELEASES / study_id):
        for left in folder.glob(f"{atomic.UNFINISHED}*"):
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _forget(current: Path, keep: int) -> None:
    """Keep the last releases, the current one always."""
    shown = [p for p in current.parent.iterdir() if not p.name.startswith(".")]
    shown.sort(key=lambda p: (p == current, p.stat().st_mtime_ns, p.name), reverse=True)
    for old in shown[keep:]:
        shutil.rmtree(old)
